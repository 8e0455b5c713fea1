"""One project as its page tells it: the answer first, what can be done, the rules, the months, the money, the story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sushui.documents.queries import TargetFiles, files_by_target
from sushui.kernel import clock
from sushui.kernel.components import Step, StepState, StoryEntry
from sushui.kernel.industries import Industry, lineage
from sushui.kernel.labels import label_of
from sushui.kernel.viewer import Viewer
from sushui.liaison import queries as liaison
from sushui.liaison.queries import VisitFilter
from sushui.projects import queries
from sushui.projects.enums import FundingSource, LightRule, ProjectStage
from sushui.projects.models import FundsPaid, FundsReceived, Project, ProjectLight
from sushui.projects.panels.bottlenecks import BottleneckLine, bottleneck_lines
from sushui.projects.panels.offers import (
    Offer,
    funds_offers,
    milestone_offers,
    project_offers,
)
from sushui.projects.panels.rows import StepDue, deciding, step_due
from sushui.projects.panels.story import story_of
from sushui.projects.panels.wording import sentence_of
from sushui.projects.permissions import may_report_on_project
from sushui.projects.queries import YearSum
from sushui.projects.rules.lights import LightLimits, MonthFigures, MonthLight, month_judged, month_lights
from sushui.projects.rules.stages import AT_REST, LIFE
from sushui.supervision import queries as supervision
from sushui.supervision.enums import StatusLight

if TYPE_CHECKING:
    from sushui.liaison.models import Visit
    from sushui.supervision.models import SupervisedTask

FEW_TASKS = 20
MOST_VISITS = 200
FILES = "project"  # under which kind of target documents knows a project


@dataclass(frozen=True)
class RuleLine:
    """What one rule says of the project."""

    light: ProjectLight
    sentence: str

    @property
    def title(self) -> str:
        return label_of(LightRule(self.light.rule))


@dataclass(frozen=True)
class MonthLine:
    """One month of the strip: figures in yuan, sums since January, and its light."""

    month: date
    planned: Decimal | None
    actual: Decimal | None
    planned_sum: Decimal
    actual_sum: Decimal
    light: MonthLight | None

    @property
    def status(self) -> StatusLight:
        return self.light.light if self.light else StatusLight.NONE


@dataclass(frozen=True)
class StepLine:
    """A milestone with its distance and what can be done to it."""

    due: StepDue
    offers: list[Offer]


@dataclass(frozen=True)
class DemandLine:
    """What must be paid out by a day."""

    by_on: date
    percent: int
    amount: Decimal
    is_short: bool


@dataclass(frozen=True)
class PaymentLine:
    """A payment; one that was corrected does not count any more and stays in sight."""

    payment: FundsPaid
    counts: bool
    may_correct: bool


@dataclass(frozen=True)
class FundsLine:
    """Money that came, what must be paid out of it by when, and what was."""

    received: FundsReceived
    paid: Decimal
    demands: list[DemandLine]
    payments: list[PaymentLine]
    offers: list[Offer]

    @property
    def left(self) -> Decimal:
        return self.received.amount - self.paid


@dataclass(frozen=True)
class SourceLine:
    """Planned money of one source: for the whole project and for this year."""

    source: FundingSource
    whole: Decimal | None
    year: Decimal | None


@dataclass(frozen=True)
class ProjectSheet:
    """All that the page of a project shows."""

    project: Project
    year: int
    sums: YearSum
    deciding: RuleLine | None
    rules: list[RuleLine]
    months: list[MonthLine]
    steps: list[StepLine]
    funds: list[FundsLine]
    sources: list[SourceLine]
    bottlenecks: list[BottleneckLine]
    tasks: list[SupervisedTask]
    files: TargetFiles
    offers: list[Offer]
    stages: list[Step]
    industry: list[Industry]
    story: list[StoryEntry]

    @property
    def open_bottlenecks(self) -> int:
        return sum(1 for each in self.bottlenecks if each.bottleneck.resolved_on is None)


def project_sheet(viewer: Viewer, project: Project, year: int | None = None) -> ProjectSheet:
    """Read everything about a project once; as many queries for much as for little."""
    shown = year or clock.today().year
    rules = [RuleLine(each, sentence_of(each)) for each in queries.lights_of(project)]
    tasks, told = tasks_about(viewer, project), queries.story(project)
    lit = deciding([each.light for each in rules], StatusLight(project.light))
    return ProjectSheet(
        project=project,
        year=shown,
        sums=queries.year_sums([project.pk], shown)[project.pk],
        deciding=next((each for each in rules if each.light is lit), None),
        rules=rules,
        months=month_lines(project, shown),
        steps=_steps(viewer, project),
        funds=[_funds(viewer, project, each) for each in queries.funds_of(project)],
        sources=_sources(project, shown),
        bottlenecks=_bottlenecks(viewer, project),
        tasks=tasks,
        files=files_by_target(viewer, FILES, [project])[project.pk],
        offers=project_offers(viewer, project),
        stages=_stages(project),
        industry=lineage(project.industry_code) if project.industry_code else [],
        story=story_of(told, queries.turns_of(project), visits_to(viewer, project), tasks),
    )


def visits_to(viewer: Viewer, project: Project) -> list[Visit]:
    """Visits to the project that the viewer may know of, the newest first; what was withdrawn is left out."""
    if project.subject_id is None:
        return []
    rows = liaison.visits(viewer, VisitFilter(subject_id=project.subject_id))
    return list(rows.order_by("-visited_on", "-pk")[:MOST_VISITS])


def month_lines(project: Project, year: int) -> list[MonthLine]:
    """The twelve months of a year, each with its sums since January and its light once it is judged."""
    rows, facts = queries.months_of(project, year), queries.facts_of([project])[project.pk]
    until = month_judged(facts, clock.today(), _limits(project))
    lit = {each.month: each for each in month_lights([MonthFigures(r.month, r.planned, r.actual) for r in rows], until)}
    lines, planned, actual = [], Decimal(), Decimal()
    for row in rows:
        planned, actual = planned + (row.planned or 0), actual + (row.actual or 0)
        lines.append(MonthLine(row.month, row.planned, row.actual, planned, actual, lit.get(row.month)))
    return lines


def _limits(project: Project) -> LightLimits:
    return queries.light_limits(project.division_id, clock.today())


def _steps(viewer: Viewer, project: Project) -> list[StepLine]:
    found = []
    for milestone in queries.milestones_of(project):
        due = step_due(milestone, clock.today())
        assert due is not None, "a milestone has a day"
        found.append(StepLine(due, milestone_offers(viewer, milestone, project)))
    return found


def _funds(viewer: Viewer, project: Project, received: FundsReceived) -> FundsLine:
    counted = queries.counted_payments(received)
    paid = sum((each.amount for each in counted), Decimal())
    offers = funds_offers(viewer, received, project, is_left=paid < received.amount)
    demands = [_demand(received, each, paid) for each in received.required]
    may_correct = bool(may_report_on_project(viewer, project))
    payments = [PaymentLine(each, each in counted, may_correct and each in counted) for each in received.payments.all()]
    return FundsLine(received, paid, demands, payments, offers)


def _demand(received: FundsReceived, required: dict[str, Any], paid: Decimal) -> DemandLine:
    by_on, percent = date.fromisoformat(required["by"]), int(required["percent"])
    amount = received.amount * percent / 100
    return DemandLine(by_on, percent, amount, is_short=by_on < clock.today() and paid < amount)


def _sources(project: Project, year: int) -> list[SourceLine]:
    """Money by source in the order of the statistics; sources that nobody named are left out."""
    found = {(row.year, row.source): row.amount for row in queries.funding_of(project)}
    lines = [SourceLine(each, found.get((0, each)), found.get((year, each))) for each in FundingSource]
    return [line for line in lines if line.whole is not None or line.year is not None]


def _bottlenecks(viewer: Viewer, project: Project) -> list[BottleneckLine]:
    rows = list(queries.bottlenecks_of(project))
    ordered = sorted(rows, key=lambda each: (each.resolved_on is not None, each.found_on, each.pk))
    for each in ordered:
        each.project = project  # at hand: no query for what is offered
    return bottleneck_lines(viewer, ordered)


def tasks_about(viewer: Viewer, project: Project) -> list[SupervisedTask]:
    """Supervised tasks about the project that the viewer may know of: open ones first, the newest first."""
    if project.subject_id is None:
        return []
    rows = supervision.register(viewer).filter(subject_id=project.subject_id)
    return list(rows.order_by("-is_open", "due_on", "-pk")[:FEW_TASKS])


def _stages(project: Project) -> list[Step]:
    """The way of a project's life and where it stands; at rest it stands stopped beside it."""
    changes = list(queries.stage_changes_of(project))
    reached = {change.after: change.on for change in reversed(changes)}
    stage = ProjectStage(project.stage)
    if stage in AT_REST:
        before = next((ProjectStage(each.before) for each in changes if each.after == stage and each.before), None)
        steps = _steps_to(before, reached) if before else []
        return [*steps, Step(label_of(stage), StepState.STOPPED, f"{project.stage_on}")]
    return _steps_to(stage, reached)


def _steps_to(stage: ProjectStage, reached: dict[Any, date]) -> list[Step]:
    at = LIFE.index(stage) if stage in LIFE else -1
    return [_step(each, place, at, reached) for place, each in enumerate(LIFE)]


def _step(stage: ProjectStage, place: int, at: int, reached: dict[Any, date]) -> Step:
    state = StepState.DONE if place < at else StepState.CURRENT if place == at else StepState.WAITING
    day = reached.get(stage)
    return Step(label_of(stage), state, f"{day}" if day and place <= at else "")
