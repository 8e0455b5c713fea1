import django.contrib.postgres.indexes
from django.db import migrations, models

import sushui.kernel.search


class Migration(migrations.Migration):
    dependencies = [
        ("liaison", "0001_liaison"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="visit",
            name="visit_search",
        ),
        migrations.AddIndex(
            model_name="visit",
            index=django.contrib.postgres.indexes.GinIndex(
                models.F("search"), sushui.kernel.search.DivisionArray("division"), name="visit_search"
            ),
        ),
    ]
