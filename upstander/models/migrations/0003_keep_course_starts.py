from django.db import migrations


def keep_starts(apps, schema_editor):
    CourseStart = apps.get_model("upstander", "CourseStart")
    columns = apps.get_model("upstander", "Enrolment").objects.values_list(
        "person_id", "course_key", "started_on", "started_at"
    )
    starts = [
        CourseStart(person_id=person, course_key=course, started_on=day, recorded_at=at)
        for person, course, day, at in columns.iterator()
    ]
    CourseStart.objects.bulk_create(starts, batch_size=1_000, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ('upstander', '0002_cases_drafts_and_proof'),
    ]

    operations = [
        migrations.RunPython(keep_starts, migrations.RunPython.noop),
    ]
