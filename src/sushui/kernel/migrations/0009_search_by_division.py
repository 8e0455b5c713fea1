import django.contrib.postgres.indexes
from django.db import migrations, models

import sushui.kernel.search


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0008_subject_search_text"),
        ("organizations", "0001_initial"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="subject",
            name="subject_search",
        ),
        migrations.AddIndex(
            model_name="subject",
            index=django.contrib.postgres.indexes.GinIndex(
                models.F("search"), sushui.kernel.search.DivisionArray("division"), name="subject_search"
            ),
        ),
    ]
