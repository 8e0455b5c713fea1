"""What was shown of a sheet is held with it, so that its import writes nothing else."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("projects", "0007_clusters_change_names")]

    operations: ClassVar = [
        migrations.AddField(model_name="sheetdraft", name="preview", field=models.JSONField(default=dict)),
    ]
