"""Nobody looks a list of liaisons up by its digest."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("liaison", "0003_held_preview")]
    operations: ClassVar = [migrations.RemoveIndex(model_name="liaisonlist", name="liaison_list_by_digest")]
