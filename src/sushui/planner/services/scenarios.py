"""Drawing up scenarios: drafted, copied, changed. One that was adopted is never changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden, NotFound
from sushui.kernel.requirements import require_text
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.planner import queries
from sushui.planner.enums import ChangeKind, PlannerVerb, ScenarioState, ValuePart
from sushui.planner.models import Scenario, ScenarioChange
from sushui.planner.permissions import may_keep_planned, may_plan
from sushui.planner.rules.weeks import Weeks
from sushui.planner.rules.weights import MOST
from sushui.projects import queries as projects

LAST_YEAR = 2100
DATED = (ChangeKind.FIX_START, ChangeKind.PROMISE)
TYING = (ChangeKind.REQUIRE, ChangeKind.RIVAL)


@dataclass(frozen=True)
class ScenarioDraft:
    """What a scenario is to be: ``base_id`` a version of the portfolio, else the ledger's candidates."""

    name: str
    year: int
    years: int = 3
    base_id: int | None = None
    weights: Mapping[ValuePart, int] | None = None
    note: str = ""


@dataclass(frozen=True)
class ChangeDraft:
    """One thing said otherwise: ``by`` how much of a pool or of money (may be below 0), ``on`` which day a project.

    ``other_id``: the project that it is tied to.
    """

    kind: ChangeKind
    pool_id: int | None = None
    money_id: int | None = None
    project_id: int | None = None
    other_id: int | None = None
    by: Decimal | None = None
    on: date | None = None
    note: str = ""


@transaction.atomic
def draft_scenario(viewer: Viewer, draft: ScenarioDraft) -> Scenario:
    """Draw up a scenario of a year.

    Raises:
        DomainError: ``text_missing``, ``scenario_taken``, ``year_past``, ``years_impossible``, ``weight_impossible``,
            ``base_elsewhere``.
    """
    if not may_plan(viewer):
        raise Forbidden
    values = _scenario_values(viewer, draft)
    _refuse_taken(viewer.division_id, draft.year, values["name"])
    made = Scenario.objects.create(division_id=viewer.division_id, post_id=viewer.post_id, **values)
    record_act(viewer, PlannerVerb.DRAFT, made, after=_said(made))
    return made


@transaction.atomic
def copy_scenario(viewer: Viewer, scenario: Scenario, *, name: str) -> Scenario:
    """Copy a scenario with all that it says otherwise, to be changed beside it; an adopted one too.

    Raises:
        DomainError: ``text_missing``, ``scenario_taken``.
    """
    if not may_keep_planned(viewer, scenario):
        raise Forbidden
    named = require_text(name, "Called")
    _refuse_taken(scenario.division_id, scenario.year, named)
    same = {name: getattr(scenario, name) for name in ("year", "years", "base_id", "weights", "note")}
    made = Scenario.objects.create(
        division_id=scenario.division_id, post_id=viewer.post_id, copied_from=scenario, name=named, **same
    )
    for change in scenario.changes.all():
        change.pk, change.scenario = None, made
        change.save(force_insert=True)
    record_act(viewer, PlannerVerb.COPY, made, after=_said(made) | {"subject": scenario.name})
    return made


@transaction.atomic
def edit_scenario(
    viewer: Viewer, scenario: Scenario, draft: ScenarioDraft, *, seen_version: int | None = None
) -> Scenario:
    """Give a scenario another name, another base, other years or weights."""
    row = open_scenario(viewer, scenario, seen_version)
    before, values = _said(row), _scenario_values(viewer, draft)
    if (values["name"], draft.year) != (row.name, row.year):
        _refuse_taken(row.division_id, draft.year, values["name"])
    for name, value in values.items():
        setattr(row, name, value)
    save_changes(row, *values)
    record_act(viewer, PlannerVerb.EDIT, row, before=before, after=_said(row))
    return row


@transaction.atomic
def change_scenario(
    viewer: Viewer, scenario: Scenario, draft: ChangeDraft, *, seen_version: int | None = None
) -> ScenarioChange:
    """Say one thing otherwise than the registers; said again of the same it replaces what was said.

    Raises:
        DomainError: ``change_incomplete``, ``below_nothing``, ``day_outside``, ``tied_to_itself``,
            ``tied_in_a_circle``, ``scenario_adopted``.
    """
    row = open_scenario(viewer, scenario, seen_version)
    values = _change_values(viewer, row, draft)
    about = {name: values[name] for name in ("pool", "money", "project", "other")}
    made, _is_new = ScenarioChange.objects.update_or_create(
        scenario=row, kind=draft.kind, **about, defaults={"by": draft.by, "on": draft.on, "note": draft.note.strip()}
    )
    save_changes(row)
    record_act(viewer, PlannerVerb.CHANGE, row, after=_change_said(made), note=made.note)
    return made


@transaction.atomic
def undo_change(viewer: Viewer, change: ScenarioChange, *, seen_version: int | None = None) -> Scenario:
    """Take a change back: the registers count again."""
    row = open_scenario(viewer, change.scenario, seen_version)
    said = _change_said(change)
    change.delete()
    save_changes(row)
    record_act(viewer, PlannerVerb.UNDO, row, before=said, after={"kind": said["kind"], "subject": said["subject"]})
    return row


def open_scenario(viewer: Viewer, scenario: Scenario, seen_version: int | None) -> Scenario:
    """The scenario, locked, if the viewer keeps it and nobody has adopted it.

    Raises:
        DomainError: ``scenario_adopted``.
    """
    if not may_keep_planned(viewer, scenario):
        raise Forbidden
    row = Scenario.objects.select_for_update(of=("self",)).select_related("base").get(pk=scenario.pk)
    check_version(row, seen_version)
    if row.state is ScenarioState.ADOPTED:
        raise DomainError(
            "scenario_adopted",
            _("The scenario “%(name)s” is adopted: nobody changes it any more."),
            _("Copy it and change the copy."),
            name=row.name,
        )
    return row


# --- what is taken ---------------------------------------------------------------------------------------------------
def _scenario_values(viewer: Viewer, draft: ScenarioDraft) -> dict[str, Any]:
    if not 1 <= draft.years <= 5:
        raise DomainError("years_impossible", _("A scenario plans one to five years."), _("Give a number from 1 to 5."))
    if not clock.today().year <= draft.year + draft.years - 1 <= LAST_YEAR:
        raise DomainError(
            "year_past", _("The years from %(year)s on are over or too far away."), _("Give a year such as this one."),
            year=draft.year,
        )  # fmt: skip
    weights = draft.weights or {}
    if any(not 0 <= points <= MOST for points in weights.values()):
        raise DomainError(
            "weight_impossible", _("A part of the value counts from 0 to a million points."), _("Correct the points.")
        )
    base = projects.portfolios.version_for(viewer, draft.base_id) if draft.base_id is not None else None
    if base is not None and base.division_id != viewer.division_id:
        raise DomainError(
            "base_elsewhere", _("That portfolio belongs to another division."), _("Choose one of your own.")
        )
    return {
        "name": require_text(draft.name, "Called"),
        "year": draft.year,
        "years": draft.years,
        "base_id": draft.base_id,
        "weights": {part.value: points for part, points in weights.items()},
        "note": draft.note.strip(),
    }


def _refuse_taken(division_id: int, year: int, name: str) -> None:
    if Scenario.objects.filter(division_id=division_id, year=year, name=name).exists():
        raise DomainError(
            "scenario_taken",
            _("There is a scenario “%(name)s” of %(year)s already."),
            _("Give another name."),
            name=name,
            year=year,
        )


def _change_values(viewer: Viewer, scenario: Scenario, draft: ChangeDraft) -> dict[str, Any]:
    """What the change is about, as the viewer may know of it."""
    about: dict[str, Any] = {"pool": None, "money": None, "project": None, "other": None}
    if draft.kind is ChangeKind.POOL and draft.pool_id is not None and draft.by is not None:
        about["pool"] = _own(scenario, queries.pool_for(viewer, draft.pool_id))
        _refuse_below(about["pool"].amount, draft.by)
    elif draft.kind is ChangeKind.MONEY and draft.money_id is not None and draft.by is not None:
        about["money"] = _own(scenario, queries.money_for(viewer, draft.money_id))
        _refuse_below(about["money"].amount, draft.by)
    elif draft.project_id is not None and _is_complete(draft):
        about["project"] = _own(scenario, projects.project_for(viewer, draft.project_id))
        _refuse_outside(scenario, draft)
        if draft.kind in TYING and draft.other_id is not None:
            about["other"] = _own(scenario, projects.project_for(viewer, draft.other_id))
            _refuse_knot(scenario, draft)
    else:
        raise DomainError(
            "change_incomplete", _("It is not said what is changed, or by how much."), _("Fill in what is missing.")
        )
    return about


def _is_complete(draft: ChangeDraft) -> bool:
    """Whether a change about a project says its day, or the project it is tied to."""
    return (draft.kind not in DATED or draft.on is not None) and (draft.kind not in TYING or draft.other_id is not None)


def _refuse_knot(scenario: Scenario, draft: ChangeDraft) -> None:
    """Refuse a project tied to itself, and projects of which each is to be built only together with the next."""
    if draft.project_id == draft.other_id:
        raise DomainError("tied_to_itself", _("A project cannot be tied to itself."), _("Choose another project."))
    if draft.kind is not ChangeKind.REQUIRE:
        return
    rows = scenario.changes.filter(kind=ChangeKind.REQUIRE).values_list("project_id", "other_id")
    requires: dict[int | None, set[int | None]] = defaultdict(set)
    for one, other in rows:
        requires[one].add(other)
    reached, front = set(), {draft.other_id}
    while front:
        reached |= front
        front = {after for each in front for after in requires[each]} - reached
    if draft.project_id in reached:
        raise DomainError(
            "tied_in_a_circle",
            _("Then each of these projects would wait for the others."),
            _("Take the other tie back first."),
        )


def _own(scenario: Scenario, record: Any) -> Any:
    """The record, if it is of the scenario's division.

    Raises:
        NotFound: it is another's.
    """
    if record.division_id != scenario.division_id:
        raise NotFound
    return record


def _refuse_below(amount: Decimal, by: Decimal) -> None:
    if amount + by < 0:
        raise DomainError(
            "below_nothing",
            _("There is no more than %(amount)s of it."),
            _("Take at most that much away."),
            amount=f"{amount.normalize():f}",
        )


def _refuse_outside(scenario: Scenario, draft: ChangeDraft) -> None:
    weeks = Weeks(scenario.year, scenario.years)
    if draft.kind in DATED and draft.on is not None and not weeks.first_day <= draft.on <= weeks.last_day:
        raise DomainError(
            "day_outside",
            _("%(day)s lies outside the years that are planned."),
            _("Give a day from %(first)s to %(last)s."),
            day=draft.on.isoformat(),
            first=weeks.first_day.isoformat(),
            last=weeks.last_day.isoformat(),
        )


def _said(scenario: Scenario) -> dict[str, Any]:
    base = scenario.base
    return {
        "name": scenario.name,
        "year": scenario.year,
        "years": scenario.years,
        "base": f"{base.portfolio.name} {base.number}" if base else "",
        "weights": dict(scenario.weights),
    }


def _change_said(change: ScenarioChange) -> dict[str, Any]:
    subject = change.pool or change.money or change.project
    by = None if change.by is None else f"{change.by.normalize():f}"
    said = {"kind": change.kind, "subject": str(subject), "by": by, "on": change.on}
    return said | ({"other": str(change.other)} if change.other else {})
