from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('upstander', '0006_courses_and_survey'),
    ]

    operations = [
        migrations.AddField(
            model_name='attempt',
            name='given',
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
