from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0004_sheets"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="bottleneck",
            name="bottleneck_open",
        ),
        migrations.AddIndex(
            model_name="bottleneck",
            index=models.Index(
                condition=models.Q(("resolved_on", None)),
                fields=["division", "found_on"],
                include=("project",),
                name="bottleneck_open",
            ),
        ),
    ]
