"""An adjustment can be about the end of one appointment (row B09)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('upstander', '0011_people_who_need_something'),
    ]

    operations = [
        migrations.AddField(
            model_name='adjustmentrecord',
            name='appointment_id',
            field=models.CharField(blank=True, db_default='', default='', max_length=60),
        ),
    ]
