from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("projects", "0006_year_plan_versions")]

    operations: ClassVar = [
        migrations.RemoveConstraint(model_name="projectcluster", name="cluster_name_once"),
        migrations.AddConstraint(
            model_name="projectcluster",
            constraint=models.UniqueConstraint(
                deferrable=models.Deferrable.DEFERRED, fields=("division", "name"), name="cluster_name_once"
            ),
        ),
    ]
