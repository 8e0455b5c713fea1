"""Monthly reports: of one project, and who has reported a month and who has not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    Max,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Concat

from sushui.documents.queries import attachments_by_target
from sushui.kernel import clock
from sushui.kernel.months import month_of
from sushui.kernel.settings_registry import settings_of
from sushui.kernel.viewer import Viewer
from sushui.projects.enums import FigureKind, Punctuality, ReportState
from sushui.projects.models import Bottleneck, MonthlyFigure, MonthlyReport, MonthlyReportVersion, Project, ProjectMonth
from sushui.projects.queries.figures import built_in, figures_version
from sushui.projects.queries.imports import own_projects
from sushui.projects.queries.ledger import visible_projects
from sushui.projects.queries.units import report_projects
from sushui.projects.rules.reports import Before, ReportLimits, is_locked

if TYPE_CHECKING:
    from sushui.documents.models import Attachment

PHOTOS = "projects.monthly_report"  # under which kind of target documents knows a report


def report_limits(division_id: int, on: date | None = None) -> ReportLimits:
    """The settings in force for a division on a day (default: today)."""
    return ReportLimits(**settings_of("project_reports", division_id, on))


# --- one project -----------------------------------------------------------------------------------------------------
def visible_reports(viewer: Viewer) -> QuerySet[MonthlyReport]:
    """Reports that the viewer may read: see `report_projects`."""
    return MonthlyReport.objects.filter(project__in=report_projects(viewer))


def report_of(project: Project, month: date) -> MonthlyReport | None:
    """The project's report for a month, given or a draft."""
    rows = project.reports.filter(month=month_of(month)).select_related("current__post__agency", "typed_by__agency")
    found: MonthlyReport | None = rows.first()
    return found


def reports_of(project: Project, year: int) -> list[MonthlyReport]:
    """Given reports of a year, the newest month first, each with its versions and the bottlenecks found with it."""
    versions = MonthlyReportVersion.objects.select_related("post__agency", "user").order_by("-number")
    rows = project.reports.filter(month__year=year, state=ReportState.GIVEN).select_related("current")
    told = rows.prefetch_related(Prefetch("versions", queryset=versions), "bottlenecks")
    return list(told.order_by("-month"))


def photos_of(viewer: Viewer, reports: Iterable[MonthlyReport]) -> dict[int, list[Attachment]]:
    """Photos by the report's number; what was withdrawn is left out."""
    found = attachments_by_target(viewer, PHOTOS, [report.pk for report in reports])
    return {number: [each for each in files if not each.is_withdrawn] for number, files in found.items()}


def report_seen(project: Project) -> int:
    """A number that grows with every figure, plan and report given for the project: a form shows and sends it back."""
    newest = MonthlyReportVersion.objects.filter(report__project=project).aggregate(Max("pk"))["pk__max"]
    return figures_version(project) + (newest or 0)


def report_version(project: Project, month: date) -> int:
    """The version of the month's report, which counts drafts too; 0 while there is neither."""
    rows = project.reports.filter(month=month_of(month)).values_list("version", flat=True)
    return rows.first() or 0


def before(project: Project, month: date) -> Before:
    """What was known of the project before a month: see `before_many`."""
    return before_many([project.pk], month)[project.pk]


def before_many(project_ids: Iterable[int], month: date) -> dict[int, Before]:
    """What was known of projects before a month; three queries however many there are.

    Done in all is what the last report said, if it said so, and the figures of the months after it; else all figures.
    """
    numbers, first = list(project_ids), month_of(month)
    rows = MonthlyReport.objects.filter(project_id__in=numbers, month__lt=first, state=ReportState.GIVEN)
    said = rows.order_by("project_id", "-month")
    sums = dict(_latest(said, "cumulative"))
    progress = dict(_latest(said, "progress"))
    figures = ProjectMonth.objects.filter(project_id__in=numbers, actual__isnull=False).exclude(month=first)
    months: dict[int, list[Latest]] = {}
    later: dict[int, Decimal] = {}
    for number, when, actual in figures.order_by("month").values_list("project_id", "month", "actual"):
        if when < first:
            months.setdefault(number, []).append((when, actual))
        else:
            later[number] = later.get(number, Decimal()) + actual
    return {
        number: _before(months.get(number, []), sums.get(number), progress.get(number), later.get(number, Decimal()))
        for number in numbers
    }


Latest = tuple[date, Decimal]


def _latest(reports: QuerySet[MonthlyReport], field: str) -> Iterable[tuple[int, Latest]]:
    """The newest month in which each project said something, and what."""
    said = reports.filter(**{f"current__{field}__isnull": False}).distinct("project_id")
    for number, month, value in said.values_list("project_id", "month", f"current__{field}"):
        yield number, (month, value)


def _before(figures: list[Latest], said: Latest | None, progress: Latest | None, after: Decimal) -> Before:
    start, base = said or (date.min, Decimal())
    later = [(month, actual) for month, actual in figures if month > start]
    known = [month for month, _value in (*figures, *filter(None, (said, progress)))]
    total = base + sum((actual for _month, actual in later), Decimal())
    return Before(max(known, default=None), total, progress[1] if progress else None, after)


# --- who has reported ------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ReportFilter:
    """What the list of a month is narrowed to. ``without``: the ``agency``, where nobody has said whose they are."""

    punctuality: str = ""
    agency_id: int | None = None
    without: str = ""

    def query(self, month: date) -> str:
        """The query under which the page of a month is narrowed so."""
        said = {"month": f"{month:%Y-%m}", "state": self.punctuality, "agency": self.agency_id or ""}
        said["without"] = self.without
        return urlencode({name: value for name, value in said.items() if value})


def expected_reports(viewer: Viewer, month: date, narrowed: ReportFilter = ReportFilter()) -> QuerySet[Any]:
    """Projects of the viewer's own division under construction in a month, each with its ``punctuality``."""
    own = visible_projects(viewer).filter(division_id=viewer.division_id)
    rows = punctual(own, month, viewer.division_id).select_related("agency")
    if narrowed.punctuality:
        rows = rows.filter(punctuality=narrowed.punctuality)
    if narrowed.without == "agency":
        rows = rows.filter(agency=None)
    return rows.filter(agency_id=narrowed.agency_id) if narrowed.agency_id else rows


def punctual(projects: QuerySet[Project], month: date, division_id: int) -> QuerySet[Any]:
    """Those under construction in a month, each with its ``punctuality`` (`enums.Punctuality`), in one query."""
    return with_punctuality(projects.filter(built_in(month_of(month))), month, division_id)


def with_punctuality(projects: QuerySet[Project], month: date, division_id: int) -> QuerySet[Any]:
    """Projects, each with the ``punctuality`` of a month in which it was under construction, in one query."""
    wanted = month_of(month)
    locked = is_locked(wanted, clock.today(), report_limits(division_id))
    told = ProjectMonth.objects.filter(project=OuterRef("pk"), month=wanted, actual__isnull=False)
    of_month = {"project": OuterRef("pk"), "month": wanted}
    first = {"kind": FigureKind.ACTUAL, "number": 1, "is_late": True}  # a correction makes nobody late
    figures = MonthlyFigure.objects.filter(**of_month, **first)
    reports = MonthlyReport.objects.filter(**of_month, is_late=True)
    missing = Punctuality.MISSING if locked else Punctuality.AWAITED
    return projects.annotate(
        punctuality=Case(
            When(~Exists(told), then=Value(missing.value)),
            When(Exists(figures) | Exists(reports), then=Value(Punctuality.LATE.value)),
            default=Value(Punctuality.IN_TIME.value),
            output_field=CharField(),
        )
    )


def with_figures(rows: QuerySet[Any], month: date) -> QuerySet[Any]:
    """Rows of `expected_reports` with ``done`` and ``progress`` of the month; by ``turn`` who owes it comes first."""
    of_month = {"project": OuterRef("pk"), "month": month_of(month)}
    order = [Punctuality.MISSING, Punctuality.AWAITED, Punctuality.LATE, Punctuality.IN_TIME]
    ranks = [When(punctuality=each.value, then=Value(f"{rank} ")) for rank, each in enumerate(order)]
    told: QuerySet[Any] = rows.annotate(
        done=Subquery(ProjectMonth.objects.filter(**of_month).values("actual")[:1]),
        progress=Subquery(MonthlyReport.objects.filter(**of_month).values("current__progress")[:1]),
        turn=Concat(Case(*ranks, output_field=CharField()), "name", output_field=CharField()),
    )
    return told


@dataclass(frozen=True)
class AgencyPunctuality:
    """How an agency (None: nobody answers for the projects) stands with a month: counts that add up to ``expected``."""

    agency_id: int | None
    name: str
    expected: int
    in_time: int
    late: int
    missing: int
    awaited: int

    @property
    def unreported(self) -> int:
        return self.missing + self.awaited


_SHOWN = (Punctuality.IN_TIME, Punctuality.LATE, Punctuality.MISSING, Punctuality.AWAITED)


def punctuality_by_agency(projects: QuerySet[Any]) -> list[AgencyPunctuality]:
    """Sums of rows from `expected_reports`, those with most missing first; one query."""
    rows = projects.order_by().values_list("agency_id", "agency__short_name", "agency__name", "punctuality")
    found: dict[tuple[int | None, str], dict[str, int]] = {}
    for agency_id, short, name, standing, count in rows.annotate(count=Count("pk")):
        found.setdefault((agency_id, short or name or ""), {})[standing] = count
    sums = [
        AgencyPunctuality(agency_id, name, sum(counts.values()), *(counts.get(each.value, 0) for each in _SHOWN))
        for (agency_id, name), counts in found.items()
    ]
    return sorted(sums, key=lambda each: (-each.unreported, -each.late, each.name))


def missing_agencies(division_id: int, month: date) -> dict[int, int]:
    """How many projects of each agency of a division are missing in a locked month; for the clock, not for a viewer."""
    rows = punctual(Project.objects.filter(division_id=division_id, agency__isnull=False), month, division_id)
    counted = rows.filter(punctuality=Punctuality.MISSING).order_by().values_list("agency_id")
    return dict(counted.annotate(Count("pk")))


# --- for workbooks ---------------------------------------------------------------------------------------------------
def standing_reports(project_ids: Iterable[int], month: date) -> dict[int, MonthlyReportVersion]:
    """What the given reports of a month say now, by project; one query."""
    rows = MonthlyReport.objects.filter(project_id__in=list(project_ids), month=month, state=ReportState.GIVEN)
    return {row.project_id: row.current for row in rows.select_related("current") if row.current is not None}


def open_troubles(project_ids: Iterable[int]) -> dict[int, set[str]]:
    """What holds projects up, in the words in which it was recorded; one query."""
    rows = Bottleneck.objects.filter(project_id__in=list(project_ids), resolved_on=None)
    found: dict[int, set[str]] = {}
    for number, text in rows.values_list("project_id", "text"):
        found.setdefault(number, set()).add(text)
    return found


def foreign_names(viewer: Viewer) -> Iterator[tuple[str, str, str]]:
    """Code, name and agency of the projects of the viewer's division that another agency answers for; one query.

    Only to say to whoever names one that it is not theirs to report.
    """
    rows = Project.objects.filter(division_id=viewer.division_id, agency__isnull=False)
    others = rows.exclude(pk__in=own_projects(viewer).order_by().values("pk")).order_by("pk")
    for code, name, short, agency in others.values_list("code", "name", "agency__short_name", "agency__name"):
        yield code, name, short or agency
