from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('upstander', '0009_mail_and_in_person'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='surveyspool',
            name='filled',
        ),
    ]
