from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_initial")]

    operations = [
        migrations.RunSQL("DELETE FROM supervision_importdraft", migrations.RunSQL.noop),
        migrations.RemoveField("importdraft", "sheets"),
        migrations.AddField("importdraft", "sheet", models.JSONField(default=dict), preserve_default=False),
        migrations.AddField("importdraft", "sheet_name", models.CharField(default="", max_length=64), preserve_default=False),
        migrations.AlterField("importdraft", "sheet_index", models.PositiveSmallIntegerField()),
        migrations.AddField("importdraft", "title", models.CharField(blank=True, max_length=255)),
        migrations.AddField("importdraft", "source", models.CharField(default="work_list", max_length=32)),
        migrations.AddField("importdraft", "issued_on", models.DateField(null=True)),
        migrations.AddField("importdraft", "year", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField("importdraft", "kind", models.CharField(default="general", max_length=32)),
        migrations.AddIndex(
            "importdraft", models.Index(fields=["division", "digest"], name="import_by_digest")
        ),
    ]
