"""Where projects stand, the shapes of townships, and which milestone comes after which."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

import sushui.kernel.clock


class Migration(migrations.Migration):
    dependencies: ClassVar = [("projects", "0009_portfolios")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="project",
            name="longitude",
            field=models.DecimalField(decimal_places=6, max_digits=9, null=True),
        ),
        migrations.AddField(
            model_name="project",
            name="latitude",
            field=models.DecimalField(decimal_places=6, max_digits=8, null=True),
        ),
        migrations.AddField(
            model_name="milestone",
            name="after",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followers",
                to="projects.milestone",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(("latitude", None), ("longitude", None))
                | models.Q(("latitude__gte", 3), ("latitude__lte", 54), ("longitude__gte", 73), ("longitude__lte", 136)),
                name="project_stands_in_china",
            ),
        ),
        migrations.CreateModel(
            name="TownshipShapes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=sushui.kernel.clock.now)),
                ("updated_at", models.DateTimeField(default=sushui.kernel.clock.now)),
                ("datum", models.CharField(max_length=32)),
                ("file_name", models.CharField(max_length=255)),
                ("digest", models.CharField(max_length=64)),
                ("source", models.CharField(max_length=200)),
                ("review_number", models.CharField(blank=True, max_length=64)),
                ("shapes", models.JSONField()),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.division",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.post"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("division",), name="township_shapes_once")],
            },
        ),
    ]
