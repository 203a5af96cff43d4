from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('upstander', '0007_queue'),
    ]

    operations = [
        migrations.CreateModel(
            name='AskedBefore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('course_key', models.CharField(max_length=60)),
                ('page', models.CharField(blank=True, max_length=120)),
                ('words', models.JSONField(default=dict)),
                ('shared_on', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'ordering': ['shared_on', 'id'],
                'indexes': [models.Index(fields=['course_key', 'page'], name='asked_before_by_page')],
            },
        ),
    ]
