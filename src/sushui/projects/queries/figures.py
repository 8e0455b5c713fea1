"""Monthly figures: the raw versions of one project, and sums over many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from sushui.kernel import clock
from sushui.kernel.months import end_of, month_of, months_after, year_months
from sushui.kernel.viewer import Viewer
from sushui.projects.enums import FigureKind, ProjectStage
from sushui.projects.models import FundsReceived, MonthlyFigure, Project, ProjectMonth, YearPlan, YearPlanVersion
from sushui.projects.queries.ledger import ProjectFilter, conditions, counted_payments, visible_projects
from sushui.projects.rules.lights import MonthFigures, ProjectFacts, Tranche
from sushui.projects.rules.stages import AT_REST
from sushui.supervision.enums import StatusLight

RED, HELD_UP = ProjectFilter(light=StatusLight.RED), ProjectFilter(is_held_up=True)


@dataclass(frozen=True)
class MonthSum:
    """Sums of one month over some projects, in yuan; ``kept``: the part of ``actual`` in projects planned by month."""

    month: date
    planned: Decimal
    actual: Decimal
    kept: Decimal


@dataclass(frozen=True)
class YearSum:
    """What a project has planned and done in a year, in yuan; None is what nobody has said."""

    planned: Decimal | None = None
    done: Decimal | None = None

    @property
    def percent(self) -> Decimal | None:
        """How much of the year's plan is done; None without a plan."""
        return self.done * 100 / self.planned if self.planned and self.done is not None else None


@dataclass(frozen=True)
class LedgerTotals:
    """What stands under the head of a ledger: how many projects, and their sums in yuan."""

    count: int
    investment: Decimal
    planned: Decimal
    done: Decimal


def figures_of(project: Project, year: int) -> QuerySet[MonthlyFigure]:
    """Every version of the year's figures, by month and kind, the newest first."""
    rows = project.figures.filter(month__year=year).select_related("post__agency", "user")
    return rows.order_by("month", "kind", "-number")


def figures_version(project: Project) -> int:
    """A number that grows with every figure and plan given for the project: what a form shows and sends back."""
    newest = (project.figures.aggregate(Max("pk")), project.year_plan_versions.aggregate(Max("pk")))
    return sum(each["pk__max"] or 0 for each in newest)


def plan_versions(project: Project, year: int) -> QuerySet[YearPlanVersion]:
    """Every version of the year's plan, the newest first."""
    rows = project.year_plan_versions.filter(year=year).select_related("post__agency", "user")
    return rows.order_by("-number")


def newest_numbers(project_ids: Iterable[int]) -> dict[tuple[int, date, FigureKind], int]:
    """The newest version of each figure of these projects."""
    rows = MonthlyFigure.objects.filter(project_id__in=list(project_ids)).order_by("number")
    found = rows.values_list("project_id", "month", "kind", "number")
    return {(project, month, FigureKind(kind)): number for project, month, kind, number in found}


def months_of(project: Project, year: int) -> list[ProjectMonth]:
    """The twelve months of a year as they stand; a month nobody spoke of is there without figures."""
    stands = {row.month: row for row in project.months.filter(month__year=year)}
    blank = {"project": project, "division_id": project.division_id}
    return [stands.get(month) or ProjectMonth(month=month, **blank) for month in year_months(year)]


def month_sums(projects: QuerySet[Project], year: int) -> list[MonthSum]:
    """The twelve months of a year, each summed over the projects; one query."""
    months = ProjectMonth.objects.filter(project__in=projects.order_by().values("pk"), month__year=year).order_by()
    rows, planned = months.values_list("month"), months.filter(planned__isnull=False)
    kept = Sum("actual", filter=Q(project__in=planned.values("project_id")))
    sums = {month: said for month, *said in rows.annotate(Sum("planned"), Sum("actual"), kept=kept)}
    nothing = (None, None, None)
    return [MonthSum(month, *(said or Decimal() for said in sums.get(month, nothing))) for month in year_months(year)]


def planned_by_year_alone(projects: QuerySet[Project], year: int) -> int:
    """How many of the projects have a plan for the year and none for any of its months."""
    plans = YearPlan.objects.filter(project=OuterRef("pk"), year=year)
    months = ProjectMonth.objects.filter(project=OuterRef("pk"), month__year=year, planned__isnull=False)
    return projects.filter(Exists(plans), ~Exists(months)).count()


def year_sums(project_ids: Iterable[int], year: int) -> dict[int, YearSum]:
    """Planned and done in the year for each of these projects; two queries however many there are.

    The plan is the year's as it was given, else the sum of its months, as the lights read it.
    """
    numbers = list(project_ids)
    given = dict(YearPlan.objects.filter(project_id__in=numbers, year=year).values_list("project_id", "amount"))
    rows = ProjectMonth.objects.filter(project_id__in=numbers, month__year=year).order_by().values_list("project_id")
    sums = {number: (planned, done) for number, planned, done in rows.annotate(Sum("planned"), Sum("actual"))}
    nothing = (None, None)
    return {
        number: YearSum(given.get(number, sums.get(number, nothing)[0]), sums.get(number, nothing)[1])
        for number in numbers
    }


def done_before(project_ids: Iterable[int], day: date) -> dict[int, Decimal]:
    """The investment done of each project in the months before a day, where any was reported; one query."""
    rows = ProjectMonth.objects.filter(project_id__in=list(project_ids), month__lt=day, actual__isnull=False)
    return dict(rows.order_by().values_list("project_id").annotate(Sum("actual")))


def ledger_totals(projects: QuerySet[Project], year: int) -> LedgerTotals:
    """Sums over the projects; three queries however many there are."""
    rows, zero = projects.order_by(), Decimal()
    counted = rows.aggregate(count=Count("pk"), investment=Sum("total_investment"))
    plans = YearPlan.objects.filter(project__in=rows.values("pk"), year=year)
    given = plans.aggregate(total=Sum("amount"))["total"] or zero
    months = ProjectMonth.objects.filter(project__in=rows.values("pk"), month__year=year)
    unplanned = ~Q(project__in=plans.values("project_id"))
    summed = months.aggregate(planned=Sum("planned", filter=unplanned), done=Sum("actual"))
    planned, done = given + (summed["planned"] or zero), summed["done"] or zero
    return LedgerTotals(counted["count"], counted["investment"] or zero, planned, done)


@dataclass(frozen=True)
class DivisionSum:
    """A division's projects: how many, red, held up; planned and done in a year, in yuan."""

    count: int = 0
    red: int = 0
    held_up: int = 0
    planned: Decimal = Decimal()
    done: Decimal = Decimal()

    def __add__(self, other: DivisionSum) -> DivisionSum:
        """Both divisions together."""
        pairs = ((getattr(self, each.name), getattr(other, each.name)) for each in fields(self))
        return DivisionSum(*(one + another for one, another in pairs))


def division_sums(viewer: Viewer, year: int) -> dict[int, DivisionSum]:
    """The divisions that have projects; three queries. Planned and done as `ledger_totals` sums them."""
    rows, zero = visible_projects(viewer).order_by(), Decimal()
    red, held_up = (Count("pk", filter=conditions(each, viewer.division_ids)) for each in (RED, HELD_UP))
    counts = {row[0]: row[1:] for row in rows.values_list("division_id").annotate(Count("pk"), red=red, stuck=held_up)}
    plans = YearPlan.objects.filter(project__in=rows.values("pk"), year=year)
    given = dict(plans.values_list("project__division_id").annotate(Sum("amount")))
    months = ProjectMonth.objects.filter(project__in=rows.values("pk"), month__year=year).values_list("division_id")
    unplanned = ~Q(project__in=plans.values("project_id"))
    summed = months.annotate(planned=Sum("planned", filter=unplanned), done=Sum("actual"))
    sums = {division: (planned or zero, done or zero) for division, planned, done in summed}
    money = {number: sums.get(number, (zero, zero)) for number in counts}
    return {
        number: DivisionSum(count, red_ones, stuck, given.get(number, zero) + money[number][0], money[number][1])
        for number, (count, red_ones, stuck) in counts.items()
    }


def months_in(projects: QuerySet[Project], month: date) -> QuerySet[ProjectMonth]:
    """What was planned and done in a month by each of the projects that have a figure there, the largest plan first."""
    rows = ProjectMonth.objects.filter(project__in=projects.order_by().values("pk"), month=month)
    rows = rows.exclude(planned=None, actual=None).select_related("project__agency", "project__division")
    return rows.order_by(F("planned").desc(nulls_last=True), F("actual").desc(nulls_last=True), "pk")


def newly_reported(viewer: Viewer, year: int, since: date) -> QuerySet[MonthlyFigure]:
    """Investment done in a year that was reported or corrected on or after a day: each month of a project once.

    ``amount`` is what counts now, ``before`` what counted before the day (0 where nothing did).
    """
    moment = clock.beginning_of(since)
    rows = MonthlyFigure.objects.filter(kind=FigureKind.ACTUAL, division_id__in=viewer.division_ids)
    same = rows.filter(project=OuterRef("project"), month=OuterRef("month"))
    before = same.filter(at__lt=moment).order_by("-number").values("amount")[:1]
    told = rows.filter(at__gte=moment, month__year=year, project__in=visible_projects(viewer).order_by().values("pk"))
    told = told.exclude(Exists(same.filter(number__gt=OuterRef("number"))))
    return told.annotate(before=Coalesce(Subquery(before), Decimal())).order_by("project_id", "month")


def reported_since(viewer: Viewer, year: int, since: date) -> Decimal:
    """By how much the investment done in a year grew since a day, in yuan; corrections downward count against it."""
    sums = newly_reported(viewer, year, since).aggregate(now=Sum("amount"), then=Sum("before"))
    return (sums["now"] or Decimal()) - (sums["then"] or Decimal())


def month_to_report(today: date) -> date:
    """The month whose figures are reported now: the last that has ended."""
    return months_after(month_of(today), -1)


def awaiting_figures(viewer: Viewer, month: date) -> QuerySet[Project]:
    """Projects under construction in the month that the viewer's agency answers for and whose figure is missing."""
    rows = visible_projects(viewer).filter(built_in(month), agency_id__in=viewer.agency_ids)
    told = ProjectMonth.objects.filter(month=month, actual__isnull=False).values("project_id")
    return rows.exclude(pk__in=told)


def built_in(month: date) -> Q:
    """Projects that were under construction in a month (its first day), as `rules.stages.is_built_in` says of one."""
    is_building, is_resting = Q(stage=ProjectStage.UNDER_CONSTRUCTION), Q(stage__in=AT_REST)
    is_completed_later, has_no_end = Q(completed_on__gte=month), Q(completed_on=None)
    is_rested_later = is_resting & Q(stage_on__gte=month) & (is_completed_later | has_no_end)
    has_not_ended = is_building | is_rested_later | (~is_resting & is_completed_later)
    return Q(started_on__lte=end_of(month)) & has_not_ended


def facts_of(projects: Iterable[Project]) -> dict[int, ProjectFacts]:
    """What the light rules look at, for many projects; as many queries as for one."""
    by_number = {project.pk: project for project in projects}
    months, plans, tranches = _months(by_number), _year_plans(by_number), _tranches(by_number)
    return {
        number: ProjectFacts(
            stage=project.stage,
            planned_start_month=project.planned_start_month,
            started_on=project.started_on,
            enrolled_on=project.enrolled_on,
            total_investment=project.total_investment,
            year_plans=plans[number],
            months=tuple(months[number]),
            tranches=tuple(tranches[number]),
            review_on=project.review_on,
            stage_on=project.stage_on,
            completed_on=project.completed_on,
        )
        for number, project in by_number.items()
    }


def _months(numbers: Iterable[int]) -> dict[int, list[MonthFigures]]:
    found: dict[int, list[MonthFigures]] = defaultdict(list)
    rows = ProjectMonth.objects.filter(project_id__in=list(numbers)).order_by("month")
    for number, month, planned, actual in rows.values_list("project_id", "month", "planned", "actual"):
        found[number].append(MonthFigures(month, planned, actual))
    return found


def _year_plans(numbers: Iterable[int]) -> dict[int, dict[int, Decimal]]:
    from_all: dict[int, dict[int, Decimal]] = defaultdict(dict)
    rows = Project.objects.filter(pk__in=list(numbers), year_plans__isnull=False)
    for number, year, amount in rows.values_list("pk", "year_plans__year", "year_plans__amount"):
        from_all[number][year] = amount
    return from_all


def _tranches(numbers: Iterable[int]) -> dict[int, list[Tranche]]:
    found: dict[int, list[Tranche]] = defaultdict(list)
    rows = FundsReceived.objects.filter(project_id__in=list(numbers)).prefetch_related("payments").order_by("pk")
    for received in rows:
        required = tuple((date.fromisoformat(each["by"]), Decimal(each["percent"]) / 100) for each in received.required)
        paid = tuple((payment.paid_on, payment.amount) for payment in counted_payments(received))
        found[received.project_id].append(Tranche(received.amount, required, paid))
    return found
