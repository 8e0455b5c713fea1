"""What was shown of a file of projects is held, so that nothing else is taken over."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("projects", "0002_written_once"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="exchangedraft",
            name="answers",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="exchangedraft",
            name="digest",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="exchangedraft",
            name="preview",
            field=models.JSONField(default=dict),
        ),
    ]
