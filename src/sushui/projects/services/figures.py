"""Monthly figures: raw, signed, versioned. Nothing is overwritten and nothing is adjusted to a target."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_acts
from sushui.kernel.errors import DomainError, Forbidden, StaleRecord
from sushui.kernel.labels import label_of
from sushui.kernel.months import month_of
from sushui.kernel.viewer import Viewer
from sushui.projects.enums import FigureKind, ProjectVerb
from sushui.projects.models import MonthlyFigure, Project, ProjectMonth, YearPlan, YearPlanVersion
from sushui.projects.permissions import may_edit_project, may_report_on_project
from sushui.projects.queries import figures_version, newest_numbers, report_limits
from sushui.projects.rules.reports import is_locked
from sushui.projects.services.corrections import correct_reports
from sushui.projects.services.lighting import light_projects
from sushui.projects.services.steps import require_amount

BATCH = 1_000
PLAN_KEY = ("project_id", "year", "number")
Key = tuple[int, date, FigureKind]


@dataclass(frozen=True)
class Figure:
    """One figure in yuan: of which project, month and kind. ``reason`` says why it corrects an earlier one."""

    project_id: int
    month: date
    kind: FigureKind
    amount: Decimal
    reason: str = ""

    @property
    def key(self) -> Key:
        return (self.project_id, month_of(self.month), self.kind)


@dataclass(frozen=True)
class Recorded:
    """What was done with a set of figures."""

    new: int
    corrected: int
    unchanged: int


@transaction.atomic
def record_figures(viewer: Viewer, figures: Sequence[Figure], *, origin: str = "", seen: int | None = None) -> Recorded:
    """Write figures down, all or none: plans by the project office, deeds by whoever answers for the project.

    A figure that stands already as given is left alone; another amount becomes the next version and needs a reason.
    What was done in a locked month is marked as late; its first figure needs a reason or an ``origin``, the
    workbook that is imported: nothing else that gives figures says one. Where a report stands for the month, its next
    version says the amount too. ``seen`` is the `queries.figures_version` of the one project that they are of, as the
    viewer saw it.

    Raises:
        StaleRecord: figures came in since.
        DomainError: ``figure_twice``, ``month_in_future``, ``correction_without_reason``, ``late_without_reason``,
            ``amount_below_zero``, ``amount_too_large``.
    """
    recorded = write_figures(viewer, figures, origin=origin, seen=seen)
    _correct_reports(viewer, [each for each in figures if each.kind is FigureKind.ACTUAL], origin)
    return recorded


def write_figures(
    viewer: Viewer,
    figures: Sequence[Figure],
    *,
    origin: str = "",
    seen: int | None = None,
    may_say: Callable[[Viewer, Project], bool] = may_report_on_project,
) -> Recorded:
    """Write figures down for an act that says in its reports what they say; else as `record_figures`, which see.

    ``may_say``: who may say what was done.
    """
    projects = _locked(each.project_id for each in figures)
    _refuse_stale(projects, seen)
    _refuse_figures(viewer, figures, projects, may_say)
    months = {(row.project_id, row.month): row for row in ProjectMonth.objects.filter(project_id__in=projects)}
    changed = [each for each in figures if _standing(months, each.key) != each.amount]
    corrected = [each for each in changed if _standing(months, each.key) is not None]
    _refuse_silent_correction(corrected, projects)
    late = _late(changed, projects)
    if not origin:
        _refuse_silent_delay(late, projects)
    _write_versions(viewer, changed, projects, origin, late={each.key for each in late})
    _carry_over(changed, projects, months)
    _tell(viewer, changed, corrected, projects, origin)
    light_projects(sorted({each.project_id for each in changed}))
    return Recorded(len(changed) - len(corrected), len(corrected), len(figures) - len(changed))


def plan_year(
    viewer: Viewer, project: Project, year: int, amount: Decimal, *, reason: str = "", seen: int | None = None
) -> YearPlan:
    """Say how much is to be invested in a year, in yuan; see `plan_years`."""
    plan_years(viewer, [(project.pk, year, amount)], reason=reason, seen=seen)
    return YearPlan.objects.get(project=project, year=year)


@transaction.atomic
def plan_years(
    viewer: Viewer, plans: Sequence[tuple[int, int, Decimal]], *, reason: str = "", seen: int | None = None
) -> int:
    """Say for many projects (project, year, yuan) how much is to be invested, all or none; gives how many changed.

    Another amount than the one that stands needs a reason and becomes the next version. ``seen`` is that of
    `record_figures`.

    Raises:
        StaleRecord: figures came in since.
        DomainError: ``plan_without_reason``, ``amount_below_zero``, ``amount_too_large``.
    """
    projects = _locked(number for number, _year, _amount in plans)
    _refuse_stale(projects, seen)
    for number, _year, amount in plans:
        if number not in projects or not may_edit_project(viewer, projects[number]):
            raise Forbidden
        require_amount(amount)
    rows = YearPlan.objects.filter(project_id__in=projects)
    standing = {(project, year): amount for project, year, amount in rows.values_list("project_id", "year", "amount")}
    changed = [each for each in plans if standing.get(each[:2]) != each[2]]
    _refuse_silent_plan([each for each in changed if each[:2] in standing], projects, reason)
    _write_plans(viewer, changed, reason)
    acts = [
        (
            projects[number],
            {"year": year, "amount": standing.get((number, year))},
            {"year": year, "amount": new},
            reason,
        )
        for number, year, new in changed
    ]
    record_acts(viewer, ProjectVerb.PLAN, acts)
    light_projects(sorted({number for number, _year, _amount in changed}))
    return len(changed)


def _refuse_silent_plan(
    changed: Sequence[tuple[int, int, Decimal]], projects: Mapping[int, Project], reason: str
) -> None:
    if changed and not reason.strip():
        number, year, _amount = changed[0]
        raise DomainError(
            "plan_without_reason",
            _("The plan of %(year)s of “%(name)s” stands with another amount."),
            _("Say why it is changed; the amount given before is kept beside it."),
            year=year,
            name=projects[number].name,
        )


def _write_plans(viewer: Viewer, changed: Sequence[tuple[int, int, Decimal]], reason: str) -> None:
    """The next version of each plan, and what the newest ones say."""
    moment = clock.now()
    rows = YearPlanVersion.objects.filter(project_id__in={number for number, _year, _amount in changed})
    newest = {(project, year): last for project, year, last in rows.order_by("number").values_list(*PLAN_KEY)}
    YearPlanVersion.objects.bulk_create(
        [
            YearPlanVersion(
                project_id=number,
                year=year,
                number=newest.get((number, year), 0) + 1,
                amount=amount,
                at=moment,
                user_id=viewer.user_id,
                post_id=viewer.post_id,
                reason=reason.strip(),
            )
            for number, year, amount in changed
        ],
        BATCH,
    )
    YearPlan.objects.bulk_create(
        [YearPlan(project_id=number, year=year, amount=amount) for number, year, amount in changed],
        BATCH,
        update_conflicts=True,
        unique_fields=["project", "year"],
        update_fields=["amount"],
    )


@transaction.atomic
def plan_months(
    viewer: Viewer,
    project: Project,
    year: int,
    *,
    total: Decimal,
    months: Mapping[date, Decimal],
    reason: str = "",
    seen: int | None = None,
) -> Recorded:
    """Plan a year in one act: how much in all, and how much in each month that is named.

    Raises:
        StaleRecord: figures came in since.
        DomainError: those of `plan_year` and `record_figures`.
    """
    _refuse_stale(_locked([project.pk]), seen)
    plan_years(viewer, [(project.pk, year, total)], reason=reason)
    given = [Figure(project.pk, month, FigureKind.PLAN, amount, reason) for month, amount in months.items()]
    return record_figures(viewer, given)


def _refuse_stale(projects: Mapping[int, Project], seen: int | None) -> None:
    """The one project's figures are still those that the viewer saw; None does not depend on them."""
    if seen is not None and [figures_version(project) for project in projects.values()] != [seen]:
        raise StaleRecord


def _locked(numbers: Iterable[int]) -> dict[int, Project]:
    rows = Project.objects.filter(pk__in=set(numbers)).order_by("pk").select_for_update(of=("self",))
    return {project.pk: project for project in rows}


def _refuse_figures(
    viewer: Viewer,
    figures: Sequence[Figure],
    projects: Mapping[int, Project],
    may_say: Callable[[Viewer, Project], bool],
) -> None:
    seen: set[Key] = set()
    for each in figures:
        project = projects.get(each.project_id)
        allowed = may_edit_project if each.kind is FigureKind.PLAN else may_say
        if project is None or not allowed(viewer, project):
            raise Forbidden
        require_amount(each.amount)
        if each.key in seen:
            raise _refusal("figure_twice", _("%(kind)s of %(month)s is given twice for “%(name)s”."), each, project)
        seen.add(each.key)
        if each.kind is FigureKind.ACTUAL and month_of(each.month) > clock.today():
            raise _refusal(
                "month_in_future", _("%(month)s has not come yet: nothing can be done in it."), each, project
            )


def _refuse_silent_correction(corrected: Sequence[Figure], projects: Mapping[int, Project]) -> None:
    for each in corrected:
        if not each.reason.strip():
            sentence = _("%(kind)s of %(month)s of “%(name)s” stands with another amount.")
            raise _refusal("correction_without_reason", sentence, each, projects[each.project_id])


def _late(figures: Sequence[Figure], projects: Mapping[int, Project]) -> list[Figure]:
    """Those that say what was done in a month that is locked by now."""
    today, divisions = clock.today(), {project.division_id for project in projects.values()}
    limits = {division: report_limits(division, today) for division in divisions}
    done = (each for each in figures if each.kind is FigureKind.ACTUAL)
    return [each for each in done if is_locked(each.month, today, limits[projects[each.project_id].division_id])]


def _refuse_silent_delay(late: Sequence[Figure], projects: Mapping[int, Project]) -> None:
    for each in late:
        if not each.reason.strip():
            sentence = _("%(month)s of “%(name)s” is locked: what is given now is late.")
            raise _refusal("late_without_reason", sentence, each, projects[each.project_id])


_MENDS = {
    "figure_twice": _("Keep one of the two."),
    "month_in_future": _("Report the months that have begun."),
    "correction_without_reason": _("Say why it is corrected; the figure given before is kept beside it."),
    "late_without_reason": _("Say why it comes now; it is listed as late with the reason."),
}


def _refusal(code: str, sentence: Any, each: Figure, project: Project) -> DomainError:
    said = {"kind": label_of(each.kind), "month": f"{each.month:%Y-%m}", "name": project.name}
    return DomainError(code, sentence, _MENDS[code], **said)


def _standing(months: Mapping[tuple[int, date], ProjectMonth], key: Key) -> Decimal | None:
    number, month, kind = key
    row = months.get((number, month))
    if row is None:
        return None
    amount: Decimal | None = row.planned if kind is FigureKind.PLAN else row.actual
    return amount


def _write_versions(
    viewer: Viewer, changed: Sequence[Figure], projects: Mapping[int, Project], origin: str, *, late: Collection[Key]
) -> None:
    newest = newest_numbers({each.project_id for each in changed})
    MonthlyFigure.objects.bulk_create(
        [
            MonthlyFigure(
                project_id=each.project_id,
                division_id=projects[each.project_id].division_id,
                month=month_of(each.month),
                kind=each.kind,
                number=newest.get(each.key, 0) + 1,
                amount=each.amount,
                at=clock.now(),
                user_id=viewer.user_id,
                post_id=viewer.post_id,
                reason=each.reason.strip(),
                origin=origin,
                is_late=each.key in late,
            )
            for each in changed
        ],
        BATCH,
    )


def _correct_reports(viewer: Viewer, done: Sequence[Figure], origin: str) -> None:
    projects = Project.objects.in_bulk({each.project_id for each in done})
    places = {each: (each.project_id, month_of(each.month)) for each in done}
    correct_reports(
        viewer,
        {places[each]: each.amount for each in done},
        {places[each]: each.reason for each in done},
        late={places[each] for each in _late(done, projects)},
        origin=origin,
    )


def _carry_over(
    changed: Sequence[Figure], projects: Mapping[int, Project], months: dict[tuple[int, date], ProjectMonth]
) -> None:
    """Let the month's row say what the newest figures say."""
    touched: dict[tuple[int, date], ProjectMonth] = {}
    for each in changed:
        place = each.project_id, month_of(each.month)
        blank = ProjectMonth(
            project_id=each.project_id, division_id=projects[each.project_id].division_id, month=place[1]
        )
        row = touched.setdefault(place, months.get(place, blank))
        setattr(row, "planned" if each.kind is FigureKind.PLAN else "actual", each.amount)
    ProjectMonth.objects.bulk_create([row for row in touched.values() if row.pk is None], BATCH)
    ProjectMonth.objects.bulk_update([row for row in touched.values() if row.pk], ["planned", "actual"], BATCH)


def _tell(
    viewer: Viewer,
    changed: Sequence[Figure],
    corrected: Sequence[Figure],
    projects: Mapping[int, Project],
    origin: str,
) -> None:
    """One audit line for each project and kind of act, with the figures in it."""
    again = {each.key for each in corrected}
    for verb, figures in (
        (ProjectVerb.PLAN, [each for each in changed if each.kind is FigureKind.PLAN and each.key not in again]),
        (ProjectVerb.REPORT, [each for each in changed if each.kind is FigureKind.ACTUAL and each.key not in again]),
        (ProjectVerb.CORRECT, list(corrected)),
    ):
        by_project: dict[int, list[Figure]] = {}
        for each in figures:
            by_project.setdefault(each.project_id, []).append(each)
        record_acts(
            viewer,
            verb,
            [(projects[number], {}, _said(given, origin), given[0].reason) for number, given in by_project.items()],
        )


def _said(figures: Sequence[Figure], origin: str) -> dict[str, Any]:
    said: dict[str, Any] = {"figures": {f"{each.month:%Y-%m} {each.kind}": each.amount for each in figures}}
    return said | ({"origin": origin} if origin else {})
