"""The year's portfolio by programs: its versions, what they say, what differs, and every act."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query, Schema
from pydantic import BeforeValidator, Field

from sushui.kernel.api import Line, Number, Text, seen_version, tell_version
from sushui.kernel.pages import ViewerRequest
from sushui.projects import queries as ledger
from sushui.projects.api.root import router
from sushui.projects.api.schemas import ProjectNamed, ProjectQuery, Seen, Year, Yuan
from sushui.projects.enums import EntryField, PortfolioGroup, PortfolioState, ProjectLevel, ProjectSector, Standing
from sushui.projects.models import PortfolioEntry, PortfolioVersion, ProjectPortfolio, YearlyOutput
from sushui.projects.permissions import may_keep_ledger, may_open_portfolios, may_open_projects
from sushui.projects.queries import portfolios as queries
from sushui.projects.queries.portfolios import EntryFilter
from sushui.projects.rules import ratios
from sushui.projects.rules.portfolios import Comparison, compare, grouped, totals_of
from sushui.projects.rules.ratios import Ratio
from sushui.projects.services import portfolios as services
from sushui.projects.services.outputs import record_output as write_output
from sushui.projects.services.portfolios import EntryValues


# --- said ------------------------------------------------------------------------------------------------------------
class PortfolioOut(Schema):
    """The list of a year. ``in_force`` is the number of the version that counts, if any is approved."""

    id: int
    division_id: int
    year: int
    name: str
    in_force: int | None

    @staticmethod
    def resolve_in_force(portfolio: ProjectPortfolio) -> int | None:
        return portfolio.in_force.pk if portfolio.in_force else None


class PortfolioVersionOut(Schema):
    """A version of the list. ``version`` is what `If-Match` names, ``number`` which version of the list it is."""

    id: int
    portfolio_id: int
    number: int
    state: PortfolioState
    based_on_id: int | None
    note: str
    post_id: int
    created_at: datetime
    discussed_on: date | None
    discussion: str
    approved_on: date | None
    approved_by_id: int | None
    document: str
    version: int


class PortfolioEntryOut(Schema):
    """A project in a version, with what was said of it at that time; money in yuan."""

    id: int
    project_id: int
    position: int
    name: str
    total: Decimal | None
    planned: Decimal | None
    start_month: date | None
    completion_month: date | None
    note: str
    level: ProjectLevel
    sector: Annotated[ProjectSector | None, BeforeValidator(lambda value: value or None)]
    cluster: ProjectNamed | None
    place: ProjectNamed | None
    sources: dict[str, Decimal]
    version: int


class PortfolioTotalsOut(Schema):
    """So many projects, with so much investment in yuan; ``planned`` is null where it cannot be parted."""

    count: int
    total: Decimal
    planned: Decimal | None


class PortfolioGroupOut(Schema):
    """The totals of one group; its key is a number or a word, "" where nobody has said."""

    key: str
    totals: PortfolioTotalsOut


class RatioOut(Schema):
    """A part of a whole: counted projects, or yuan; ``unsaid`` projects lack a figure."""

    part: Decimal
    whole: Decimal
    unsaid: int
    percent: Decimal | None

    @staticmethod
    def resolve_percent(ratio: Ratio) -> Decimal | None:
        return None if ratio.percent is None else round(ratio.percent, 4)


class PortfolioRatesOut(Schema):
    """开工率, 投产率, 达效率."""

    started: RatioOut
    in_production: RatioOut
    at_target: RatioOut


class PortfolioSumsOut(Schema):
    """The totals of a version, parted in each way, and its rates."""

    totals: PortfolioTotalsOut
    groups: dict[PortfolioGroup, list[PortfolioGroupOut]]
    rates: PortfolioRatesOut


class EntryChangeOut(Schema):
    """What two versions say differently; ``difference`` in yuan, months or ranks."""

    field: EntryField
    before: str | None
    after: str | None
    difference: Decimal | None


class EntryMoveOut(Schema):
    project_id: int
    name: str
    changes: list[EntryChangeOut]


class PortfolioRowOut(Schema):
    project_id: int
    name: str
    position: int
    total: Decimal | None
    planned: Decimal | None


class ComparisonOut(Schema):
    """What came in, went out and moved from one version to another."""

    entered: list[PortfolioRowOut]
    left: list[PortfolioRowOut]
    moved: list[EntryMoveOut]
    same: int
    before: PortfolioTotalsOut
    after: PortfolioTotalsOut


class OutputOut(Schema):
    """The output of a year as it was given; the highest ``number`` counts."""

    id: int
    year: int
    number: int
    amount: Decimal
    at: datetime
    post_id: int
    reason: str


# --- heard -----------------------------------------------------------------------------------------------------------
class PortfolioIn(Schema):
    year: Year
    name: Annotated[Line, Field(max_length=100)]


class PortfolioDraft(Schema):
    """Which projects of the ledger the version is to hold."""

    filter: ProjectQuery = ProjectQuery()
    note: Text = ""


class PortfolioNote(Schema):
    note: Text = ""


class PutIn(Seen):
    """Projects for a draft, at a rank or at the end."""

    project_ids: Annotated[list[Number], Field(min_length=1, max_length=200)]
    position: Number | None = None


class EntryIn(Seen):
    """What the version is to say of a project."""

    total: Yuan | None = None
    planned: Yuan | None = None
    start_month: date | None = None
    completion_month: date | None = None
    note: Annotated[Line, Field(max_length=200)] = ""


class EntryRank(Seen):
    position: Number


class EntryReason(Seen):
    reason: Text


class Discussion(Seen):
    on: date
    note: Text


class Approval(Seen):
    on: date
    document: Annotated[Line, Field(max_length=200)] = ""


class EntryQuery(Schema):
    """Which entries of a version are wanted: those of a group (``by`` with ``key``), so far come, of this size."""

    by: PortfolioGroup | None = None
    key: Line = ""
    standing: Standing | None = None
    least: Yuan | None = None

    def filter(self) -> EntryFilter:
        return EntryFilter({self.by: self.key} if self.by else {}, self.standing, self.least)


class OutputIn(Schema):
    year: Year
    amount: Yuan
    reason: Text = ""


# --- reads -----------------------------------------------------------------------------------------------------------
@router.reads("/portfolios", may_open_portfolios, list[PortfolioOut])
def portfolios(request: ViewerRequest) -> list[ProjectPortfolio]:
    """Every year's portfolio, the newest first."""
    return list(queries.portfolios(request.viewer))


@router.reads("/portfolios/{portfolio_id}/versions", may_open_portfolios, list[PortfolioVersionOut])
def portfolio_versions(request: ViewerRequest, portfolio_id: Number) -> list[PortfolioVersion]:
    """The versions of a portfolio, the newest first."""
    return list(queries.versions_of(queries.portfolio_for(request.viewer, portfolio_id)))


@router.reads("/portfolio-versions/{list_version_id}", may_open_portfolios, PortfolioVersionOut)
def portfolio_version(request: ViewerRequest, list_version_id: Number, response: HttpResponse) -> PortfolioVersion:
    """One version; its version comes as the ETag."""
    found = queries.version_for(request.viewer, list_version_id)
    tell_version(response, found.version)
    return found


@router.reads("/portfolio-versions/{list_version_id}/entries", may_open_portfolios, list[PortfolioEntryOut])
def portfolio_entries(
    request: ViewerRequest, list_version_id: Number, narrowed: Annotated[EntryQuery, Query()]
) -> list[PortfolioEntry]:
    """The projects of a version by rank: all of them, or those of which a total or a rate is made."""
    found, wanted = queries.version_for(request.viewer, list_version_id), narrowed.filter()
    rows = queries.narrowed_rows(queries.entry_rows(found), wanted, queries.lives_of(found))
    return list(queries.entries_of(found).filter(pk__in=[row.entry_id for row in rows]))


@router.reads("/portfolio-versions/{list_version_id}/sums", may_open_portfolios, PortfolioSumsOut)
def portfolio_sums(request: ViewerRequest, list_version_id: Number) -> dict[str, Any]:
    """The totals of a version by cluster, level, sector, source and township, and its three rates."""
    found = queries.version_for(request.viewer, list_version_id)
    rows, lives = queries.entry_rows(found), list(queries.lives_of(found).values())
    rates = (ratios.start_rate(lives), ratios.production_rate(lives), ratios.target_rate(lives))
    return {
        "totals": totals_of(rows),
        "groups": {by: grouped(rows, by) for by in PortfolioGroup},
        "rates": dict(zip(("started", "in_production", "at_target"), rates, strict=True)),
    }


@router.reads("/portfolio-versions/{list_version_id}/compare/{other_version_id}", may_open_portfolios, ComparisonOut)
def compare_portfolio_versions(
    request: ViewerRequest, list_version_id: Number, other_version_id: Number
) -> dict[str, Any]:
    """What came in, went out and moved from one version to another."""
    before, after = (queries.version_for(request.viewer, number) for number in (list_version_id, other_version_id))
    return _compared(compare(queries.entry_rows(before), queries.entry_rows(after)))


def _compared(found: Comparison) -> dict[str, Any]:
    moved = [
        {
            "project_id": move.after.project_id,
            "name": move.after.name,
            "changes": [
                {
                    "field": each.field,
                    "before": _plain(each.before),
                    "after": _plain(each.after),
                    "difference": None if each.difference is None else Decimal(each.difference),
                }
                for each in move.changes
            ],
        }
        for move in found.moved
    ]
    said = {"entered": found.entered, "left": found.left, "moved": moved, "same": found.same}
    return said | {"before": found.before, "after": found.after}


def _plain(value: Any) -> str | None:
    return None if value is None else str(value)


# --- acts ------------------------------------------------------------------------------------------------------------
@router.writes("/portfolios", may_keep_ledger, PortfolioOut, status=201)
def open_portfolio(request: ViewerRequest, asked: PortfolioIn) -> ProjectPortfolio:
    """Open the list of a year."""
    return services.open_portfolio(request.viewer, year=asked.year, name=asked.name)


@router.writes("/portfolios/{portfolio_id}/versions", may_keep_ledger, PortfolioVersionOut, status=201)
def draft_portfolio(request: ViewerRequest, portfolio_id: Number, asked: PortfolioDraft) -> PortfolioVersion:
    """Draft a version of the projects that a filter of the ledger leaves."""
    found = queries.portfolio_for(request.viewer, portfolio_id)
    return services.draft_from_ledger(request.viewer, found, asked.filter.filter(), note=asked.note)


@router.writes("/portfolio-versions/{list_version_id}/next", may_keep_ledger, PortfolioVersionOut, status=201)
def draft_next_portfolio(request: ViewerRequest, list_version_id: Number, asked: PortfolioNote) -> PortfolioVersion:
    """Draft the next version from another one; from an approved one it is an adjustment and says why."""
    return services.draft_from_version(
        request.viewer, queries.version_for(request.viewer, list_version_id), note=asked.note
    )


@router.writes("/portfolio-versions/{list_version_id}/entries", may_keep_ledger, PortfolioVersionOut, status=201)
def put_into_portfolio(request: ViewerRequest, list_version_id: Number, asked: PutIn) -> PortfolioVersion:
    """Put projects into a draft."""
    found, seen = queries.version_for(request.viewer, list_version_id), seen_version(request, asked.version)
    services.put_in(request.viewer, found, asked.project_ids, position=asked.position, seen_version=seen)
    return queries.version_for(request.viewer, list_version_id)


@router.writes("/portfolio-entries/{entry_id}", may_keep_ledger, PortfolioEntryOut, method="PUT")
def change_portfolio_entry(request: ViewerRequest, entry_id: Number, asked: EntryIn) -> PortfolioEntry:
    """Say other amounts or dates of a project in a draft; the ledger is left as it is."""
    found, seen = queries.entry_for(request.viewer, entry_id), seen_version(request, asked.version)
    values = EntryValues(**asked.model_dump(exclude={"version"}))
    return services.change_entry(request.viewer, found, values, seen_version=seen)


@router.writes("/portfolio-entries/{entry_id}/move", may_keep_ledger, PortfolioEntryOut)
def move_portfolio_entry(request: ViewerRequest, entry_id: Number, asked: EntryRank) -> PortfolioEntry:
    """Give a project another rank in a draft."""
    found, seen = queries.entry_for(request.viewer, entry_id), seen_version(request, asked.version)
    return services.move_entry(request.viewer, found, position=asked.position, seen_version=seen)


@router.writes("/portfolio-entries/{entry_id}/take-out", may_keep_ledger, PortfolioVersionOut)
def take_out_of_portfolio(request: ViewerRequest, entry_id: Number, asked: EntryReason) -> PortfolioVersion:
    """Take a project out of a draft."""
    found, seen = queries.entry_for(request.viewer, entry_id), seen_version(request, asked.version)
    services.take_out(request.viewer, found, reason=asked.reason, seen_version=seen)
    return queries.version_for(request.viewer, found.list_version_id)


@router.writes("/portfolio-versions/{list_version_id}/discuss", may_keep_ledger, PortfolioVersionOut)
def discuss_portfolio(request: ViewerRequest, list_version_id: Number, asked: Discussion) -> PortfolioVersion:
    """Note that a draft was discussed; what it says stands from now on."""
    found, seen = queries.version_for(request.viewer, list_version_id), seen_version(request, asked.version)
    return services.discuss_version(request.viewer, found, on=asked.on, note=asked.note, seen_version=seen)


@router.writes("/portfolio-versions/{list_version_id}/approve", may_open_portfolios, PortfolioVersionOut)
def approve_portfolio(request: ViewerRequest, list_version_id: Number, asked: Approval) -> PortfolioVersion:
    """Approve a discussed version; it is final."""
    found, seen = queries.version_for(request.viewer, list_version_id), seen_version(request, asked.version)
    return services.approve_version(request.viewer, found, on=asked.on, document=asked.document, seen_version=seen)


# --- yearly output ---------------------------------------------------------------------------------------------------
@router.reads("/{project_id}/outputs", may_open_projects, list[OutputOut])
def outputs(request: ViewerRequest, project_id: Number) -> list[YearlyOutput]:
    """Every version of a project's yearly output, the newest year first."""
    return list(queries.outputs_of(ledger.project_for(request.viewer, project_id)))


@router.writes("/{project_id}/outputs", may_open_projects, OutputOut, status=201)
def record_output(request: ViewerRequest, project_id: Number, asked: OutputIn) -> YearlyOutput:
    """Say what a project turned out in a year."""
    found = ledger.project_for(request.viewer, project_id)
    return write_output(request.viewer, found, **asked.model_dump())
