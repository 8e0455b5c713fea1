"""Permits of projects: their paths in versions, their steps, and what became of limits that passed."""

import django.contrib.postgres.fields
import django.db.models.deletion
import sushui.kernel.clock
import sushui.projects.enums.permits
from django.conf import settings
from django.db import migrations, models

# What a division wrote stays as it was written.
FORBID = """
CREATE FUNCTION projects_versions_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Versions of permit paths are append-only: % on % is refused.', TG_OP, TG_TABLE_NAME;
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON projects_permittemplateversion
    FOR EACH ROW EXECUTE FUNCTION projects_versions_stay();
"""
ALLOW = """
DROP TRIGGER append_only ON projects_permittemplateversion;
DROP FUNCTION projects_versions_stay();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0001_initial"),
        ("projects", "0012_monthly_reports"),
        ("supervision", "0008_held_preview"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PermitPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=sushui.kernel.clock.now)),
                ("updated_at", models.DateTimeField(default=sushui.kernel.clock.now)),
                ("path", models.CharField(max_length=32)),
                ("variant", models.CharField(max_length=32)),
                (
                    "flags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), default=list, size=None
                    ),
                ),
                ("start_on", models.DateField(null=True)),
                ("is_not_before", models.BooleanField(default=False)),
                ("is_reached", models.BooleanField(default=False)),
                ("read_on", models.DateField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.division"
                    ),
                ),
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="permit_plan", to="projects.project"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PermitStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=sushui.kernel.clock.now)),
                ("updated_at", models.DateTimeField(default=sushui.kernel.clock.now)),
                ("key", models.CharField(max_length=64)),
                ("place", models.PositiveSmallIntegerField()),
                ("applies", models.BooleanField(default=True)),
                ("name", models.CharField(max_length=128)),
                ("english", models.CharField(max_length=200)),
                ("agency_kind", models.CharField(max_length=64)),
                ("filed_on", models.DateField(null=True)),
                ("accepted_on", models.DateField(null=True)),
                ("granted_on", models.DateField(null=True)),
                ("extended", models.PositiveSmallIntegerField(default=0)),
                ("number", models.CharField(blank=True, max_length=128)),
                ("expires_on", models.DateField(null=True)),
                ("planned_days", models.PositiveSmallIntegerField(null=True)),
                (
                    "state",
                    models.CharField(default=sushui.projects.enums.permits.PermitState["WAITING"], max_length=32),
                ),
                ("due_on", models.DateField(null=True)),
                ("is_over", models.BooleanField(default=False)),
                ("good_until", models.DateField(null=True)),
                ("forecast_on", models.DateField(null=True)),
                ("slack_days", models.IntegerField(null=True)),
                ("is_critical", models.BooleanField(default=False)),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.agency",
                    ),
                ),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.division"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="projects.permitplan"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="permit_steps", to="projects.project"
                    ),
                ),
            ],
            options={
                "ordering": ["plan", "place"],
            },
        ),
        migrations.CreateModel(
            name="PermitOverrun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="supervision.supervisedtask"
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="overruns", to="projects.permitstep"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PermitStop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=32)),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("reason", models.TextField(blank=True)),
                ("ended_reason", models.TextField(blank=True)),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stops", to="projects.permitstep"
                    ),
                ),
            ],
            options={
                "ordering": ["from_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="PermitTemplateVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=32)),
                ("variant", models.CharField(max_length=32)),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("note", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.division"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.post"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="permitplan",
            name="template",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="projects.permittemplateversion",
            ),
        ),
        migrations.CreateModel(
            name="PermitHolder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=64)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.agency"
                    ),
                ),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.division"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("division", "kind"), name="permit_holder_once")],
            },
        ),
        migrations.AddIndex(
            model_name="permitstep",
            index=models.Index(fields=["division", "state", "due_on"], name="permit_step_by_state"),
        ),
        migrations.AddIndex(
            model_name="permitstep",
            index=models.Index(fields=["agency", "state"], name="permit_step_by_agency"),
        ),
        migrations.AddIndex(
            model_name="permitstep",
            index=models.Index(fields=["project"], name="permit_step_by_project"),
        ),
        migrations.AddIndex(
            model_name="permitstep",
            index=models.Index(
                condition=models.Q(("number", ""), _negated=True),
                fields=["division", "number"],
                name="permit_step_by_number",
            ),
        ),
        migrations.AddIndex(
            model_name="permitstep",
            index=models.Index(
                condition=models.Q(("is_over", True)), fields=["division", "due_on", "id"], name="permit_step_over"
            ),
        ),
        migrations.AddConstraint(
            model_name="permitstep",
            constraint=models.UniqueConstraint(fields=("plan", "key"), name="permit_step_once"),
        ),
        migrations.AddConstraint(
            model_name="permitstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("filed_on", None),
                    ("accepted_on", None),
                    ("accepted_on__gte", models.F("filed_on")),
                    _connector="OR",
                ),
                name="permit_accepted_after_filed",
            ),
        ),
        migrations.AddConstraint(
            model_name="permitstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("filed_on", None), ("granted_on", None), ("granted_on__gte", models.F("filed_on")), _connector="OR"
                ),
                name="permit_granted_after_filed",
            ),
        ),
        migrations.AddConstraint(
            model_name="permitstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accepted_on", None),
                    ("granted_on", None),
                    ("granted_on__gte", models.F("accepted_on")),
                    _connector="OR",
                ),
                name="permit_granted_after_accepted",
            ),
        ),
        migrations.AddConstraint(
            model_name="permitoverrun",
            constraint=models.UniqueConstraint(fields=("step", "due_on"), name="permit_overrun_once"),
        ),
        migrations.AddConstraint(
            model_name="permitstop",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_on", None)), fields=("step",), name="one_open_permit_stop"
            ),
        ),
        migrations.AddConstraint(
            model_name="permitstop",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on", None), ("until_on__gte", models.F("from_on")), _connector="OR"),
                name="permit_stop_runs_forward",
            ),
        ),
        migrations.AddConstraint(
            model_name="permittemplateversion",
            constraint=models.UniqueConstraint(
                fields=("division", "path", "variant", "number"), name="permit_version_once"
            ),
        ),
        migrations.AddIndex(
            model_name="permitplan",
            index=models.Index(fields=["read_on"], name="permit_plan_to_read"),
        ),
        migrations.RunSQL(FORBID, ALLOW),
    ]
