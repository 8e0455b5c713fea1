"""Amounts of resources with six decimals, and what is undelivered of each need, summed over its commitments.

And which waits of a permit were ended by its grant.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

SUM_UP = """
UPDATE projects_resourceneed AS need SET undelivered = said.missing
FROM (
    SELECT need_id, SUM(GREATEST(amount - delivered, 0)) AS missing
    FROM projects_resourcecommitment WHERE withdrawn_on IS NULL GROUP BY need_id
) AS said
WHERE said.need_id = need.id;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("projects", "0003_exchange_previews")]

    operations: ClassVar = [
        migrations.AlterField("resourcecommitment", "amount", models.DecimalField(max_digits=22, decimal_places=6)),
        migrations.AlterField(
            "resourcecommitment", "delivered", models.DecimalField(max_digits=22, decimal_places=6, default=0)
        ),
        migrations.AlterField("resourcedelivery", "amount", models.DecimalField(max_digits=22, decimal_places=6)),
        migrations.AlterField(
            "resourceneed", "amount", models.DecimalField(max_digits=22, decimal_places=6, null=True)
        ),
        migrations.AlterField(
            "resourceneed", "committed", models.DecimalField(max_digits=22, decimal_places=6, default=0)
        ),
        migrations.AlterField(
            "resourceneed", "delivered", models.DecimalField(max_digits=22, decimal_places=6, default=0)
        ),
        migrations.AddField(
            "resourceneed", "undelivered", models.DecimalField(max_digits=22, decimal_places=6, default=0)
        ),
        migrations.AddField("permitstop", "is_ended_by_grant", models.BooleanField(default=False)),
        migrations.RunSQL(SUM_UP, migrations.RunSQL.noop),
    ]
