"""What a document says of a project beyond its entry in the ledger, entered with a project that is new here.

Of a project that the ledger has already, milestones, plans and figures have their owner: they stay in the document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, ngettext

from sushui.kernel import clock
from sushui.kernel.audit import record_acts
from sushui.kernel.viewer import Viewer
from sushui.projects.enums import FigureKind, GroundVerb, ProjectVerb
from sushui.projects.models import Milestone, Project
from sushui.projects.rules.exchange import ExchangeMonth, ExchangeProject, ExchangeStep, is_step
from sushui.projects.services.figures import Figure, plan_years, record_figures
from sushui.projects.services.ground import is_in_china
from sushui.projects.services.steps import LARGEST

BATCH = 500
New = Sequence[tuple[Project, ExchangeProject]]


def enter_more(viewer: Viewer, new: New, *, origin: str) -> None:
    """Enter the place, the years' plans, the monthly figures and the milestones of projects just registered."""
    _enter_places(viewer, new)
    plan_years(viewer, [(project.pk, year, amount) for project, said in new for year, amount in _plans(said)])
    record_figures(viewer, [each for project, said in new for each in _figures(project, said)], origin=origin)
    _enter_steps(viewer, new)


def more_in_words(said: ExchangeProject) -> Iterator[str]:
    """What would be entered of a new project, and what is left in the document."""
    plans, months, steps = len(list(_plans(said))), len(list(_months(said))), len(_steps(said))
    counted = (
        ngettext("%(count)d yearly plan", "%(count)d yearly plans", plans) % {"count": plans} if plans else "",
        ngettext("figures of %(count)d month", "figures of %(count)d months", months) % {"count": months}
        if months
        else "",
        ngettext("%(count)d milestone", "%(count)d milestones", steps) % {"count": steps} if steps else "",
    )
    if any(counted):
        yield gettext("Entered with it: %(what)s.") % {"what": gettext(", ").join(filter(None, counted))}
    left = len(said.year_plans) - plans + len(said.months) - months + len(said.steps) - steps
    if left:
        told = ngettext(
            "%(count)d plan, month or milestone cannot be entered and stays in the document.",
            "%(count)d plans, months or milestones cannot be entered and stay in the document.",
            left,
        )
        yield told % {"count": left}


def _can_be(amount: Decimal | None) -> bool:
    return amount is None or 0 <= amount <= LARGEST


def _plans(said: ExchangeProject) -> Iterator[tuple[int, Decimal]]:
    yield from ((year, amount) for year, amount in said.year_plans.items() if _can_be(amount) and 1990 <= year <= 2100)


def _months(said: ExchangeProject) -> Iterator[ExchangeMonth]:
    """Months that can be: nothing is done yet in one that has not come."""
    today = clock.today()
    for each in said.months:
        has_come = each.done is None or each.month <= today
        if has_come and _can_be(each.planned) and _can_be(each.done):
            yield each


def _figures(project: Project, said: ExchangeProject) -> Iterator[Figure]:
    for each in _months(said):
        for kind, amount in ((FigureKind.PLAN, each.planned), (FigureKind.ACTUAL, each.done)):
            if amount is not None:
                yield Figure(project.pk, each.month, kind, amount)


def _steps(said: ExchangeProject) -> list[ExchangeStep]:
    """Milestones that can be: named, planned for a day, and not reached on one to come."""
    today = clock.today()
    return [each for each in said.steps if is_step(each) and (each.reached_on or today) <= today]


def _enter_places(viewer: Viewer, new: New) -> None:
    """Where the projects stand; a place elsewhere than in China is none."""
    placed = [project for project, said in new if is_in_china(said.longitude, said.latitude)]
    points = {project.pk: {"longitude": said.longitude, "latitude": said.latitude} for project, said in new}
    for project in placed:
        project.longitude, project.latitude = points[project.pk].values()
        project.version += 1
    Project.objects.bulk_update(placed, ["longitude", "latitude", "version"], BATCH)
    record_acts(viewer, GroundVerb.LOCATE, [(project, {}, points[project.pk], "") for project in placed])


def _enter_steps(viewer: Viewer, new: New) -> None:
    """The milestones in the order of the document, few statements however many."""
    rows = [_milestone(project, step) for project, said in new for step in _steps(said)]
    Milestone.objects.bulk_create(rows, BATCH)
    told = [(row.project, _told(row)) for row in rows]
    record_acts(viewer, ProjectVerb.ADD_MILESTONE, [(project, {}, said, "") for project, said in told])


def _told(row: Milestone) -> dict[str, Any]:
    said = {"name": row.name, "planned_on": row.planned_on, "reached_on": row.reached_on, "evidence": row.evidence}
    return {name: value for name, value in said.items() if value}


def _milestone(project: Project, step: ExchangeStep) -> Milestone:
    assert step.planned_on is not None, "what is entered is planned for a day"
    return Milestone(
        project=project,
        division_id=project.division_id,
        name=step.name.strip(),
        planned_on=step.planned_on,
        reached_on=step.reached_on,
        evidence=step.evidence.strip(),
    )
