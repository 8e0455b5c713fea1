"""The projects of a scenario as the planner sees them, read from the registers of projects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sushui.kernel.months import end_of
from sushui.kernel.viewer import Viewer
from sushui.planner.enums import ChangeKind, Doubt
from sushui.planner.models import Scenario, ScenarioChange
from sushui.planner.rules.candidates import CANDIDATES, Candidate, StepFact
from sushui.planner.rules.weeks import Weeks, length
from sushui.projects import queries as projects
from sushui.projects import services
from sushui.projects.enums import FundingSource, ProjectSector, ResourceFactor

if TYPE_CHECKING:
    from sushui.projects.models import Project
    from sushui.projects.services.permits import OpenStep, PermitOutlook

LAND_IN_HAND = "land_in_hand"  # the circumstance of a permit path under which no quota of land is needed


@dataclass(frozen=True)
class Months:
    """What the base version says of a project's time; the ledger's word where it says nothing."""

    start: date | None = None
    completion: date | None = None


def candidates(viewer: Viewer, scenario: Scenario, changes: Iterable[ScenarioChange], today: date) -> list[Candidate]:
    """The projects that a scenario chooses among, by their number; a fixed number of queries.

    Those of the base version, else those of the division's ledger that are neither built nor at rest; with those that
    the scenario puts in, without those that it leaves out.
    """
    said = list(changes)
    put_in, left_out = _numbers(said, ChangeKind.PUT_IN), _numbers(said, ChangeKind.LEAVE_OUT)
    months = _base_months(scenario)
    rows = projects.visible_projects(viewer).filter(division_id=scenario.division_id)
    chosen = rows.filter(pk__in=months) if scenario.base else rows.filter(stage__in=CANDIDATES)
    found = (chosen | rows.filter(pk__in=put_in)).exclude(pk__in=left_out)
    return _facts(viewer, list(found.select_related("place").order_by("pk")), months, Weeks(scenario.year, 1), today)


def _numbers(changes: Iterable[ScenarioChange], kind: ChangeKind) -> set[int]:
    return {each.project_id for each in changes if each.kind is kind and each.project_id is not None}


def _base_months(scenario: Scenario) -> dict[int, Months]:
    if scenario.base is None:
        return {}
    rows = projects.portfolios.entry_rows(scenario.base)
    return {row.project_id: Months(row.start_month, row.completion_month) for row in rows}


def _facts(
    viewer: Viewer, rows: list[Project], months: Mapping[int, Months], weeks: Weeks, today: date
) -> list[Candidate]:
    numbers = [row.pk for row in rows]
    open_ones = [row.pk for row in rows if row.started_on is None]
    outlooks, needs = services.permits.permit_outlooks(open_ones), _needs(viewer, numbers)
    done, funding = projects.done_before(numbers, weeks.first_day), projects.funding_by_project(numbers)
    found = []
    for row in rows:
        money: dict[FundingSource, Decimal] = defaultdict(Decimal)
        for each in funding.get(row.pk, []):
            if each.year == 0:
                money[each.source] += each.amount
        said, outlook = months.get(row.pk, Months()), outlooks.get(row.pk)
        start, completion = said.start or row.planned_start_month, said.completion or row.planned_completion_month
        found.append(
            Candidate(
                project_id=row.pk,
                name=row.name,
                stage=row.stage,
                agency_id=row.agency_id,
                place_path=row.place.path if row.place else "",
                level=row.level,
                sector=ProjectSector(row.sector) if row.sector else None,
                total=row.total_investment,
                done_before=done.get(row.pk, Decimal()),
                output=row.expected_output,
                tax=row.expected_tax,
                jobs=row.jobs,
                start_on=start,
                started_on=row.started_on,
                completion_on=end_of(completion) if completion else None,
                steps=_steps(outlook, weeks, today) if outlook else None,
                has_land=outlook is not None and LAND_IN_HAND in outlook.flags,
                needs=_with_ledger(needs.get(row.pk, {}), row),
                money=money,
            )
        )
    return found


def _needs(viewer: Viewer, numbers: list[int]) -> dict[int, dict[ResourceFactor, Decimal | None]]:
    """By project and factor what is still to be delivered; None where nobody has said how much is needed."""
    found: dict[int, dict[ResourceFactor, Decimal | None]] = defaultdict(dict)
    rows = projects.visible_needs(viewer).filter(project_id__in=numbers).exclude(factor=ResourceFactor.FUNDS)
    for number, word, amount, delivered in rows.values_list("project_id", "factor", "amount", "delivered"):
        factor = ResourceFactor(word)
        known = found[number].get(factor, Decimal())
        left = None if amount is None or known is None else known + max(amount - delivered, Decimal())
        found[number][factor] = left
    return found


def _with_ledger(needs: dict[ResourceFactor, Decimal | None], row: Project) -> dict[ResourceFactor, Decimal | None]:
    """Where no need of land or energy is in the list, what the ledger says of the project."""
    columns = {ResourceFactor.LAND: row.area_mu, ResourceFactor.ENERGY: row.energy_tce}
    return {factor: said for factor, said in columns.items() if said is not None} | needs


def _steps(outlook: PermitOutlook, weeks: Weeks, today: date) -> tuple[StepFact, ...]:
    """The open steps; what is begun and ends before the planned time is behind it."""
    begin = max(weeks.first_day, today)
    behind = {step.key for step in outlook.steps if _is_behind(step, begin)}
    return tuple(_step(step, begin, behind) for step in outlook.steps if step.key not in behind)


def _is_behind(step: OpenStep, begin: date) -> bool:
    return step.is_begun and step.has_end and step.until_on is not None and step.until_on < begin


def _step(step: OpenStep, begin: date, behind: set[str]) -> StepFact:
    return StepFact(
        key=step.key,
        name=step.name,
        english=step.english,
        requires=tuple(key for key in step.requires if key not in behind),
        agency_id=step.agency_id,
        weeks=_weeks_of(step, begin),
        is_begun=step.is_begun,
        doubt=Doubt.STOPPED if step.is_stopped else Doubt.OVER if step.is_over else None,
    )


def _weeks_of(step: OpenStep, begin: date) -> int | None:
    """A clock that stands still is planned as if it went on today, and a limit that has passed as if it ended soon."""
    if step.is_moment:
        return 0
    is_known = step.has_end or step.is_stopped or step.is_over
    if not is_known or step.from_on is None or step.until_on is None:
        return None
    from_on = begin if step.is_begun else step.from_on
    return length(from_on, max(from_on, step.until_on))
