from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0007_drop_dead_fields")]

    operations = [
        migrations.AddField(
            model_name="subject",
            name="search_text",
            field=models.TextField(blank=True, default=""),
        ),
    ]
