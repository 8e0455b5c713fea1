"""Monthly reports and the list of bottlenecks by programs."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from ninja import Query, Schema
from pydantic import Field

from sushui.kernel.api import Line, Listed, Number, Size, Text, seen_version
from sushui.kernel.keyset import Sort, stretch
from sushui.kernel.months import month_of
from sushui.kernel.pages import ViewerRequest
from sushui.projects import queries, services
from sushui.projects.api.root import router
from sushui.projects.api.schemas import BottleneckOut, Cursor, ProjectNamed, Seen, Year, Yuan
from sushui.projects.enums import BottleneckKind, FundingSource, Punctuality
from sushui.projects.models import Bottleneck, MonthlyReport
from sushui.projects.permissions import may_open_projects, may_open_reports, may_see_all_projects
from sushui.projects.queries import BottleneckFilter, ReportFilter
from sushui.projects.services import FoundBottleneck, ReportDraft

OLDEST, BY_NAME = Sort(("found_on", "pk")), Sort(("name", "pk"))
Share = Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)]


class ReportVersionOut(Schema):
    """A report as it was given; ``confirmed`` is what was asked about and confirmed, with its numbers."""

    number: int
    at: datetime
    post_id: int
    done: Decimal
    cumulative: Decimal | None
    progress: Decimal | None
    received: Decimal | None
    sources: dict[FundingSource, Decimal]
    next_plan: Decimal | None
    text: str
    reason: str
    is_late: bool
    confirmed: list[dict[str, Any]]
    origin: str


class MonthlyReportOut(Schema):
    """The report of a month with every version, the newest first."""

    id: int
    project_id: int
    month: date
    is_late: bool
    given_at: datetime
    versions: list[ReportVersionOut]
    version: int


class FoundIn(Schema):
    """What holds the project up, as it was found with the report."""

    kind: BottleneckKind
    text: Text


class ReportIn(Schema):
    """What a report says of a month, amounts in yuan, progress in percent; null is not said."""

    month: date
    done: Yuan
    cumulative: Yuan | None = None
    progress: Share | None = None
    received: Yuan | None = None
    sources: dict[FundingSource, Yuan] = Field(default_factory=dict)
    next_plan: Yuan | None = None
    text: Text = ""
    bottleneck: FoundIn | None = None

    def draft(self) -> ReportDraft:
        found = FoundBottleneck(self.bottleneck.kind, self.bottleneck.text) if self.bottleneck else None
        said = self.model_dump(exclude={"bottleneck", "reason", "confirmed", "version"})
        return ReportDraft(**said, bottleneck=found)


class ReportGiven(ReportIn, Seen):
    """A report with why it is corrected or late; ``version``: of the month's report that was seen, 0 if there was none.

    ``confirmed``: keys of the questions that a person looked at; the refusal ``report_doubtful`` names them.
    """

    reason: Text = ""
    confirmed: list[Line] = Field(default_factory=list, max_length=20)


class StandingOut(Schema):
    """A project that is to be reported in a month, and whether it was."""

    id: int
    name: str
    agency: ProjectNamed | None
    punctuality: Punctuality


class StandingQuery(Schema):
    punctuality: Punctuality | None = None
    agency_id: Number | None = None


class BottleneckQuery(Schema):
    """What the list is narrowed to; ``agency_id`` 0: nobody is named."""

    state: Literal["", "overdue", "resolved", "all"] = ""
    kind: BottleneckKind | None = None
    agency_id: Number | None = None
    has_task: Literal["", "yes", "no"] = ""
    text: Line = ""

    def filter(self) -> BottleneckFilter:
        return BottleneckFilter(
            self.state, self.kind.value if self.kind else "", self.agency_id, self.has_task, self.text
        )


@router.reads("/{project_id}/reports/{year}", may_open_reports, list[MonthlyReportOut])
def reports(request: ViewerRequest, project_id: Number, year: Year) -> list[MonthlyReport]:
    """The given reports of a year, the newest month first, each as it was given and corrected."""
    return queries.reports_of(queries.report_project_for(request.viewer, project_id), year)


@router.writes("/{project_id}/reports", may_open_reports, MonthlyReportOut, status=201)
def give_report(request: ViewerRequest, project_id: Number, asked: ReportGiven) -> MonthlyReport:
    """Give the report of a month, or correct the one that stands."""
    found = queries.report_project_for(request.viewer, project_id)
    report = services.give_report(
        request.viewer,
        found,
        asked.draft(),
        reason=asked.reason,
        confirmed=asked.confirmed,
        seen_version=seen_version(request, asked.version),
    )
    return next(each for each in queries.reports_of(found, report.month.year) if each.pk == report.pk)


@router.reads("/reports/{month}", may_see_all_projects, Listed[StandingOut])
def standings(
    request: ViewerRequest,
    month: date,
    narrowed: Annotated[StandingQuery, Query()],
    cursor: Cursor = "",
    limit: Size = 50,
) -> dict[str, object]:
    """Who has reported the month in which a day lies, who was late, and who has not; by the project's name."""
    wanted = ReportFilter(narrowed.punctuality.value if narrowed.punctuality else "", narrowed.agency_id)
    rows: QuerySet[Any] = queries.expected_reports(request.viewer, month_of(month), wanted)
    found = stretch(rows, BY_NAME, after=cursor, size=limit)
    return {"items": found.rows, "next": found.after}


@router.reads("/bottlenecks", may_open_projects, Listed[BottleneckOut])
def bottleneck_list(
    request: ViewerRequest, narrowed: Annotated[BottleneckQuery, Query()], cursor: Cursor = "", limit: Size = 50
) -> dict[str, object]:
    """What holds up any project that the viewer may know of: open ones unless asked otherwise, the oldest first."""
    found = stretch(queries.bottlenecks(request.viewer, narrowed.filter()), OLDEST, after=cursor, size=limit)
    return {"items": found.rows, "next": found.after}


@router.writes("/bottlenecks/{bottleneck_id}/raise-task", may_open_projects, BottleneckOut)
def raise_task(request: ViewerRequest, bottleneck_id: Number, asked: Seen) -> Bottleneck:
    """Make the supervised task of a bottleneck, with its words, agency and day."""
    found, seen = queries.bottleneck_for(request.viewer, bottleneck_id), seen_version(request, asked.version)
    return services.raise_bottleneck_task(request.viewer, found, seen_version=seen)
