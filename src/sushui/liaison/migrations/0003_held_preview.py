"""What was shown of a sheet is held with it, so that its import writes nothing else."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("liaison", "0002_search_by_division")]

    operations: ClassVar = [
        migrations.AddField(model_name="liaisonlist", name="preview", field=models.JSONField(default=dict)),
    ]
