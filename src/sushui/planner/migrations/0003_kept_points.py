from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('planner', '0002_inquiries'),
    ]

    operations = [
        migrations.AddField(
            model_name='run',
            name='kept',
            field=models.BigIntegerField(default=0),
        ),
    ]
