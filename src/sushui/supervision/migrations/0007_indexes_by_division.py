import django.contrib.postgres.indexes
from django.db import migrations, models

import sushui.kernel.search


class Migration(migrations.Migration):
    dependencies = [
        ("supervision", "0006_closed_and_assigned_days"),
    ]

    operations = [
        *[
            migrations.RemoveIndex(model_name="supervisedtask", name=name)
            for name in ("task_open_by_due", "task_open_by_red", "task_search")
        ],
        migrations.AddIndex(
            model_name="supervisedtask",
            index=models.Index(
                condition=models.Q(("is_open", True)),
                fields=["division", "due_on", "id"],
                include=("assigned_on", "yellow_on", "red_on"),
                name="task_open_by_due",
            ),
        ),
        migrations.AddIndex(
            model_name="supervisedtask",
            index=models.Index(
                condition=models.Q(("is_open", True)),
                fields=["division", "red_on", "id"],
                include=("assigned_on", "awaited_agency"),
                name="task_open_by_red",
            ),
        ),
        migrations.AddIndex(
            model_name="supervisedtask",
            index=django.contrib.postgres.indexes.GinIndex(
                models.F("search"), sushui.kernel.search.DivisionArray("division"), name="task_search"
            ),
        ),
    ]
