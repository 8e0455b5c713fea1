"""Acts on a scenario: drawn up, copied, changed, run, adopted."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel import clock
from sushui.kernel.acts import ActForm, VersionedActForm, day_field, offer, record_field, text_area
from sushui.kernel.labels import choices_of, label_of
from sushui.planner import queries, services
from sushui.planner.enums import ChangeKind, Firmness, InquiryKind, ScenarioState, ValuePart
from sushui.planner.models import Inquiry, MoneyPool, Run, Scenario, ScenarioChange
from sushui.planner.panels.wording import amount_words, pool_words
from sushui.planner.permissions import may_adopt_plan, may_keep_planned, may_plan
from sushui.planner.rules.weights import DEFAULT, MOST, weights_of
from sushui.planner.services import Adopted, ChangeDraft, ScenarioDraft
from sushui.projects import queries as projects

WAN = Decimal(10_000)
DURATIONS = ((30, _("30 seconds")), (60, _("1 minute")), (300, _("5 minutes")), (600, _("10 minutes")))


# --- a scenario ------------------------------------------------------------------------------------------------------
class DraftScenarioForm(ActForm):
    title = button = _("Draw up a scenario")
    done = _("The scenario is drawn up. Change what it is to say otherwise, then ask for its plan.")
    name = forms.CharField(label=_("Called"), max_length=100)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    years = forms.IntegerField(
        label=_("Years planned"), min_value=1, max_value=5, initial=3, help_text=_("From 1 January of the year on.")
    )
    base = forms.TypedChoiceField(
        label=_("Base"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Whose projects are the candidates; else all of the ledger that are not completed."),
    )
    note = forms.CharField(label=_("Note"), required=False, widget=text_area(2))

    def prepare(self) -> None:
        self.initial.setdefault("year", clock.today().year)
        for part in DEFAULT:
            self.fields[part.value] = forms.IntegerField(
                label=_("Points: %(part)s") % {"part": label_of(part)},
                min_value=0,
                max_value=MOST,
                initial=weights_of({})[part],
                help_text=_UNITS[part],
            )
        self.fields["base"].choices = [("", _("The ledger")), *self._versions()]  # type: ignore[attr-defined]

    def _versions(self) -> list[tuple[int, str]]:
        rows = projects.portfolios.portfolios(self.viewer).filter(division_id=self.viewer.division_id)
        said = _("%(name)s, version %(number)s (%(state)s)")
        return [
            (each.pk, said % {"name": f"{row.name} {row.year}", "number": each.number, "state": label_of(each.state)})
            for row in rows
            for each in row.versions.all()
        ]

    def may(self) -> bool:
        return bool(may_plan(self.viewer))

    def draft(self) -> ScenarioDraft:
        """What was typed."""
        said = self.cleaned_data
        weights = {part: said[part.value] for part in DEFAULT}
        return ScenarioDraft(said["name"], said["year"], said["years"], said["base"], weights, said["note"])

    def act(self) -> Scenario:
        return services.draft_scenario(self.viewer, self.draft())


_UNITS = {
    ValuePart.INVESTMENT: _("For each ten thousand yuan."),
    ValuePart.OUTPUT: _("For each ten thousand yuan."),
    ValuePart.TAX: _("For each ten thousand yuan."),
    ValuePart.JOBS: _("For each job."),
    ValuePart.PRIORITY: _("County key projects count once, those of the city twice, of the province four times."),
    ValuePart.COMMITMENT: _("For each promise that is kept."),
    ValuePart.LATENESS: _("Taken away for each week by which a promise is late."),
}


class EditScenarioForm(DraftScenarioForm, VersionedActForm):
    title = _("Change the scenario")
    button = pgettext_lazy("button", "Save")
    done = _("The scenario is changed; ask for a new run.")
    record: Scenario

    def prepare(self) -> None:
        row = self.record
        for name in ("name", "year", "years", "note"):
            self.initial.setdefault(name, getattr(row, name))
        self.initial.setdefault("base", row.base_id)
        for part, points in weights_of(row.weights).items():
            self.initial.setdefault(part.value, points)
        super().prepare()

    def may(self) -> bool:
        return bool(may_keep_planned(self.viewer, self.record))

    def act(self) -> Scenario:
        return services.edit_scenario(self.viewer, self.record, self.draft(), seen_version=self.seen_version)


class CopyScenarioForm(ActForm):
    title = button = _("Copy the scenario")
    done = _("The copy is there with all that the scenario says otherwise.")
    record: Scenario
    name = forms.CharField(label=_("Called"), max_length=100)

    def prepare(self) -> None:
        self.initial.setdefault("name", _("%(name)s, second") % {"name": self.record.name})

    def may(self) -> bool:
        return bool(may_keep_planned(self.viewer, self.record))

    def act(self) -> Scenario:
        return services.copy_scenario(self.viewer, self.record, name=self.cleaned_data["name"])


class AskForm(VersionedActForm):
    """Leaves the search to the worker; the registers are read now."""

    title = button = _("Look for a plan")
    done = _("The search begins. This page shows how far it is; you need not wait.")
    record: Scenario
    seconds = forms.TypedChoiceField(label=_("At most"), choices=DURATIONS, coerce=int, initial=60)

    def may(self) -> bool:
        return bool(may_keep_planned(self.viewer, self.record))

    def act(self) -> Run:
        seconds = self.cleaned_data["seconds"]
        return services.ask_for_run(self.viewer, self.record, seconds=seconds, seen_version=self.seen_version)


class RankForm(VersionedActForm):
    """What the county would do by its list; a plan that is searched for can be held against it."""

    title = button = _("Plan by rank")
    done = _("Planned by rank: the higher level and the larger projects first, each as early as can be.")
    record: Scenario

    def may(self) -> bool:
        return bool(may_keep_planned(self.viewer, self.record))

    def act(self) -> Run:
        return services.plan_by_rank(self.viewer, self.record, seen_version=self.seen_version)


# --- what it says otherwise ------------------------------------------------------------------------------------------
class ChangeForm(VersionedActForm):
    """One thing said otherwise than the registers."""

    button = pgettext_lazy("button", "Save")
    done = _("The scenario says so now; ask for a new run.")
    kind: ChangeKind
    record: Scenario

    @property
    def title(self) -> Any:  # type: ignore[override]
        return label_of(self.kind)

    def may(self) -> bool:
        return bool(may_keep_planned(self.viewer, self.record))

    def draft(self) -> ChangeDraft:
        raise NotImplementedError

    def act(self) -> ScenarioChange:
        return services.change_scenario(self.viewer, self.record, self.draft(), seen_version=self.seen_version)


class _ByForm(ChangeForm):
    """More or less of something; below 0 it is less."""

    by = forms.DecimalField(
        label=_("By how much"),
        max_digits=16,
        decimal_places=6,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
        help_text=_("Less with a minus: -30."),
    )
    note = forms.CharField(label=_("Why"), max_length=200, required=False)


class PoolField(forms.ModelChoiceField):
    """Chooses a pool by all that tells it from others."""

    def label_from_instance(self, obj: Any) -> str:
        day = obj.arrives_on if isinstance(obj, MoneyPool) else obj.year
        return f"{day} {pool_words(obj)} {amount_words(obj)}"


class ChangePoolForm(_ByForm):
    kind = ChangeKind.POOL
    pool = PoolField(None, label=_("Resource pool"), empty_label=_("Choose"))
    field_order = ("pool", "by", "note")

    def prepare(self) -> None:
        span = range(self.record.year, self.record.year + self.record.years)
        rows = queries.visible_pools(self.viewer).filter(division_id=self.record.division_id)
        offer(
            self, "pool", rows.filter(year__in=span).select_related("agency", "place").order_by("year", "factor", "pk")
        )

    def draft(self) -> ChangeDraft:
        said = self.cleaned_data
        return ChangeDraft(self.kind, pool_id=said["pool"].pk, by=said["by"], note=said["note"])


class ChangeMoneyForm(_ByForm):
    kind = ChangeKind.MONEY
    money = PoolField(None, label=_("Money pool"), empty_label=_("Choose"))
    field_order = ("money", "by", "note")

    def prepare(self) -> None:
        span = range(self.record.year, self.record.year + self.record.years)
        rows = queries.visible_money(self.viewer).filter(division_id=self.record.division_id)
        offer(self, "money", rows.filter(arrives_on__year__in=span).order_by("arrives_on", "pk"))
        self.fields["by"].help_text = _("In ten thousand yuan; less with a minus.")

    def draft(self) -> ChangeDraft:
        said = self.cleaned_data
        return ChangeDraft(self.kind, money_id=said["money"].pk, by=said["by"] * WAN, note=said["note"])


class _ProjectForm(ChangeForm):
    """About a project of the division."""

    project = record_field(_("Project"))
    note = forms.CharField(label=_("Why"), max_length=200, required=False)

    def prepare(self) -> None:
        rows = projects.visible_projects(self.viewer).filter(division_id=self.record.division_id)
        offer(self, "project", rows.order_by("-total_investment", "pk"))

    def draft(self) -> ChangeDraft:
        said = self.cleaned_data
        return ChangeDraft(self.kind, project_id=said["project"].pk, on=said.get("on"), note=said["note"])


class PutInForm(_ProjectForm):
    kind = ChangeKind.PUT_IN


class LeaveOutForm(_ProjectForm):
    kind = ChangeKind.LEAVE_OUT


class MandatoryForm(_ProjectForm):
    kind = ChangeKind.MANDATORY


class FixStartForm(_ProjectForm):
    kind = ChangeKind.FIX_START
    on = day_field(label=_("On"))
    field_order = ("project", "on", "note")


class PromiseForm(_ProjectForm):
    kind = ChangeKind.PROMISE
    on = day_field(label=_("Not later than"))
    field_order = ("project", "on", "note")


class _TieForm(_ProjectForm):
    """About two projects."""

    other = record_field(_("Other project"))
    field_order = ("project", "other", "note")

    def prepare(self) -> None:
        super().prepare()
        rows = projects.visible_projects(self.viewer).filter(division_id=self.record.division_id)
        offer(self, "other", rows.order_by("-total_investment", "pk"))

    def draft(self) -> ChangeDraft:
        return replace(super().draft(), other_id=self.cleaned_data["other"].pk)


class RequireForm(_TieForm):
    kind = ChangeKind.REQUIRE


class RivalForm(_TieForm):
    kind = ChangeKind.RIVAL


class UndoForm(ActForm):
    title = button = _("Take the change back")
    done = _("The registers count again; ask for a new run.")
    record: ScenarioChange

    def may(self) -> bool:
        return bool(may_keep_planned(self.viewer, self.record.scenario))

    def act(self) -> Scenario:
        return services.undo_change(self.viewer, self.record)


# --- a run -----------------------------------------------------------------------------------------------------------
class StopForm(ActForm):
    title = button = _("Stop the search")
    done = _("The search leaves off; the best plan it has found stays.")
    record: Run

    def may(self) -> bool:
        return bool(may_keep_planned(self.viewer, self.record))

    def act(self) -> Run:
        return services.stop_run(self.viewer, self.record)


class AdoptForm(ActForm):
    """The draft is discussed and approved in the portfolio, as every other."""

    title = _("Adopt the plan")
    button = pgettext_lazy("button", "Adopt")
    done = _("The plan is the portfolio's next draft; whoever must act has a task.")
    record: Run
    note = forms.CharField(label=_("Reason"), required=False, widget=text_area(2))

    def may(self) -> bool:
        return bool(may_adopt_plan(self.viewer, self.record))

    def act(self) -> Adopted:
        return services.adopt_plan(self.viewer, self.record, note=self.cleaned_data["note"])


class InquireForm(ActForm):
    """Asks something of a run; the worker answers, and the page shows it as it comes."""

    title = button = _("Work it out")
    done = _("The worker is at it. The answers stand here as they are found.")
    record: Run
    kind = forms.ChoiceField(label=_("What is asked"), choices=choices_of(InquiryKind))
    about = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)

    def may(self) -> bool:
        return bool(may_keep_planned(self.viewer, self.record))

    def act(self) -> Inquiry:
        said = self.cleaned_data
        return services.inquire(self.viewer, self.record, InquiryKind(said["kind"]), about=said["about"])


class ReplanForm(ActForm):
    """Looks for a plan that keeps to the run's, with the registers as they are now."""

    title = button = _("Plan anew")
    done = _("The search begins. What has begun stands; the page shows who is affected.")
    record: Run
    firmness = forms.ChoiceField(
        label=_("How firmly it holds"),
        choices=choices_of(Firmness),
        help_text=_("Projects of which a day was promised are held to three times as firmly."),
    )
    seconds = forms.TypedChoiceField(label=_("At most"), choices=DURATIONS, coerce=int, initial=30)
    name = forms.CharField(
        label=_("Called"),
        max_length=100,
        required=False,
        help_text=_("The scenario is adopted: a copy of it is planned."),
    )

    def prepare(self) -> None:
        scenario = self.record.scenario
        if scenario.state is ScenarioState.ADOPTED:
            said = _("%(name)s, %(day)s") % {"name": scenario.name, "day": clock.today().isoformat()}
            self.initial.setdefault("name", said)
        else:
            del self.fields["name"]

    def may(self) -> bool:
        return bool(may_keep_planned(self.viewer, self.record))

    def act(self) -> Run:
        said = self.cleaned_data
        firmness = Firmness(said["firmness"])
        return services.replan(
            self.viewer, self.record, firmness=firmness, seconds=said["seconds"], name=said.get("name", "")
        )


SCENARIO_FORMS: dict[str, type[ActForm]] = {
    "edit": EditScenarioForm,
    "copy": CopyScenarioForm,
    "ask": AskForm,
    "rank": RankForm,
    "change-pool": ChangePoolForm,
    "change-money": ChangeMoneyForm,
    "put-in": PutInForm,
    "leave-out": LeaveOutForm,
    "mandatory": MandatoryForm,
    "fix-start": FixStartForm,
    "promise": PromiseForm,
    "require": RequireForm,
    "rival": RivalForm,
}
RUN_FORMS: dict[str, type[ActForm]] = {
    "stop": StopForm,
    "adopt": AdoptForm,
    "inquire": InquireForm,
    "replan": ReplanForm,
}
