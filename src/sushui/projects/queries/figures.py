"""Monthly figures: the raw versions of one project, and sums over many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from sushui.kernel.months import year_months
from sushui.projects.enums import FigureKind
from sushui.projects.models import FundsReceived, MonthlyFigure, Project, ProjectMonth
from sushui.projects.rules.lights import MonthFigures, ProjectFacts, Tranche


@dataclass(frozen=True)
class MonthSum:
    """Sums of one month over some projects, in yuan; ``unreported``: planned projects without an actual figure."""

    month: date
    planned: Decimal
    actual: Decimal


def figures_of(project: Project, year: int) -> QuerySet[MonthlyFigure]:
    """Every version of the year's figures, by month and kind, the newest first."""
    rows = project.figures.filter(month__year=year).select_related("post__agency", "user")
    return rows.order_by("month", "kind", "-number")


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
    rows = ProjectMonth.objects.filter(project__in=projects, month__year=year).order_by().values_list("month")
    sums = {month: (planned, actual) for month, planned, actual in rows.annotate(Sum("planned"), Sum("actual"))}
    zero = Decimal()
    pairs = [(month, sums.get(month, (None, None))) for month in year_months(year)]
    return [MonthSum(month, planned or zero, actual or zero) for month, (planned, actual) in pairs]


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
        paid = tuple((payment.paid_on, payment.amount) for payment in received.payments.all())
        found[received.project_id].append(Tranche(received.amount, required, paid))
    return found
