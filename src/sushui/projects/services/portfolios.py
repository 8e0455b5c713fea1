"""The year's portfolio: opened, drafted, discussed, approved, adjusted. A version that is approved is never changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden, StaleRecord
from sushui.kernel.labels import label_of
from sushui.kernel.months import month_of
from sushui.kernel.requirements import require_past, require_text
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import Role
from sushui.projects import queries
from sushui.projects.enums import FundingSource, PortfolioState, PortfolioVerb, ProjectLevel, ProjectStage
from sushui.projects.models import PortfolioEntry, PortfolioVersion, Project, ProjectFunding, ProjectPortfolio
from sushui.projects.permissions import may_approve_portfolio, may_keep_ledger, may_keep_portfolio
from sushui.projects.queries import ProjectFilter
from sushui.projects.queries.portfolios import version_in_force
from sushui.projects.services.steps import require_amount

BATCH = 500
MOST = 5_000  # projects of a version
FIRST_YEAR, LAST_YEAR = 1990, 2100
_LEVELS = list(ProjectLevel)


@dataclass(frozen=True)
class EntryValues:
    """What a version says of a project: yuan, months as the first of their days, None is what nobody has said."""

    total: Decimal | None = None
    planned: Decimal | None = None
    start_month: date | None = None
    completion_month: date | None = None
    note: str = ""


DESCRIBED = ("level", "sector", "cluster_id", "place_id", "agency_id", "sources")  # the ledger's, unless a list differs
DECIDED = tuple(field.name for field in fields(EntryValues))


# --- opening and drafting --------------------------------------------------------------------------------------------
@transaction.atomic
def open_portfolio(viewer: Viewer, *, year: int, name: str) -> ProjectPortfolio:
    """Open the list of a year; it has no version yet.

    Raises:
        DomainError: ``text_missing``, ``year_impossible``, ``portfolio_taken``.
    """
    if not may_keep_ledger(viewer):
        raise Forbidden
    named = require_text(name, "Called")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DomainError(
            "year_impossible", _("%(year)s is no year of a portfolio."), _("Give a year such as 2026."), year=year
        )
    if ProjectPortfolio.objects.filter(division_id=viewer.division_id, year=year, name=named).exists():
        raise DomainError(
            "portfolio_taken",
            _("A portfolio of %(year)s with the name “%(name)s” is open already."),
            _("Draft a version of that one, or give another name."),
            year=year,
            name=named,
        )
    made = ProjectPortfolio.objects.create(division_id=viewer.division_id, year=year, name=named)
    record_act(viewer, PortfolioVerb.OPEN, made, after={"year": year, "name": named})
    return made


@transaction.atomic
def draft_from_ledger(
    viewer: Viewer, portfolio: ProjectPortfolio, narrowed: ProjectFilter, *, note: str = ""
) -> PortfolioVersion:
    """Draft a version of the projects that a filter of the ledger leaves; what is terminated stays out.

    Key projects of the higher level come first, then the larger ones. The year's investment is the plan of the ledger.

    Raises:
        DomainError: ``too_many_projects``.
    """
    _require_keeper(viewer, portfolio)
    rows = queries.ledger(viewer, replace(narrowed, division_id=portfolio.division_id))
    version = _new_version(viewer, portfolio, None, note)
    projects = sorted(_projects(rows), key=_by_weight)
    _refuse_too_many(len(projects))
    PortfolioEntry.objects.bulk_create(_entries(version, projects, first=1), BATCH)
    said = {name: value for name, value in asdict(narrowed).items() if value not in (None, "", False)}
    _told_draft(viewer, version, len(projects), {"filter": said} if said else {})
    return version


@transaction.atomic
def draft_from_version(viewer: Viewer, based_on: PortfolioVersion, *, note: str = "") -> PortfolioVersion:
    """Draft the next version from another one: the same projects with the same rank, amounts and dates.

    What describes a project (name, level, cluster, place, sources of money) is read anew from the ledger, but for what
    the list says otherwise. From an approved version this is an adjustment, and says why.

    Raises:
        DomainError: ``text_missing`` where an adjustment says no reason.
    """
    portfolio = based_on.portfolio
    _require_keeper(viewer, portfolio)
    if based_on.is_final:
        note = require_text(note, "Reason")
    version = _new_version(viewer, portfolio, based_on, note)
    old = {entry.project_id: entry for entry in based_on.entries.all()}
    projects = list(_projects(Project.objects.filter(pk__in=old)))
    for entry in (entries := _entries(version, projects, first=1)):
        entry.position = old[entry.project_id].position
        keep_decided(entry, old[entry.project_id])
    PortfolioEntry.objects.bulk_create(entries, BATCH)
    _told_draft(viewer, version, len(entries), {"based_on": based_on.number})
    return version


@transaction.atomic
def draft_from_sheet(
    viewer: Viewer,
    portfolio: ProjectPortfolio,
    based_on: PortfolioVersion | None,
    entries: Sequence[PortfolioEntry],
    *,
    note: str = "",
    origin: str = "",
) -> PortfolioVersion:
    """Draft the next version with these entries (`ledger_entries`, as a workbook changed them) in this order.

    Raises:
        DomainError: ``too_many_projects``; ``text_missing`` where an adjustment says no reason.
    """
    _require_keeper(viewer, portfolio)
    _refuse_too_many(len(entries))
    if based_on is not None and based_on.is_final:
        note = require_text(note, "Reason")
    version = _new_version(viewer, portfolio, based_on, note)
    for position, entry in enumerate(entries, start=1):
        entry.list_version, entry.position = version, position
    PortfolioEntry.objects.bulk_create(entries, BATCH)
    said = {"based_on": based_on.number} if based_on is not None else {}
    _told_draft(viewer, version, len(entries), said | {"file": origin})
    return version


def keep_decided(entry: PortfolioEntry, was: PortfolioEntry) -> None:
    """Let a new entry say what an earlier version decided of the project, and what that said by itself."""
    for name in (*DECIDED, *was.own):
        setattr(entry, name, getattr(was, name))
    entry.own = was.own


def _new_version(
    viewer: Viewer, portfolio: ProjectPortfolio, based_on: PortfolioVersion | None, note: str
) -> PortfolioVersion:
    """The next number; two who draft at once wait for each other."""
    ProjectPortfolio.objects.select_for_update().get(pk=portfolio.pk)
    newest = portfolio.versions.order_by("-number").first()
    return PortfolioVersion.objects.create(
        division_id=portfolio.division_id,
        portfolio=portfolio,
        number=newest.number + 1 if newest else 1,
        based_on=based_on,
        note=note.strip(),
        post_id=viewer.post_id,
        user_id=viewer.user_id,
    )


def _told_draft(viewer: Viewer, version: PortfolioVersion, count: int, more: dict[str, Any]) -> None:
    after = {"number": version.number, "count": count, **more}
    record_act(viewer, PortfolioVerb.DRAFT, version, after=after, note=version.note)


def _projects(rows: QuerySet[Project]) -> QuerySet[Project]:
    return rows.exclude(stage=ProjectStage.TERMINATED)


def _by_weight(project: Project) -> tuple[int, Decimal, int]:
    return _LEVELS.index(project.level), -(project.total_investment or Decimal()), project.pk


def _entries(version: PortfolioVersion, projects: Sequence[Project], *, first: int) -> list[PortfolioEntry]:
    """Entries of a version in this order, as the ledger has them now."""
    made = ledger_entries(version.portfolio, projects)
    for position, entry in enumerate(made, start=first):
        entry.list_version, entry.position = version, position
    return made


def ledger_entries(portfolio: ProjectPortfolio, projects: Sequence[Project]) -> list[PortfolioEntry]:
    """What the ledger says of projects now, as entries of no version yet; two queries however many there are."""
    numbers = [project.pk for project in projects]
    sums = queries.year_sums(numbers, portfolio.year)
    sources: dict[int, dict[str, str]] = {}
    money = ProjectFunding.objects.filter(project_id__in=numbers, year=0).order_by("pk")
    for number, source, amount in money.values_list("project_id", "source", "amount"):
        sources.setdefault(number, {})[FundingSource(source).value] = str(amount)
    return [
        PortfolioEntry(
            division_id=portfolio.division_id,
            project=project,
            planned=sums[project.pk].planned,
            total=project.total_investment,
            start_month=project.planned_start_month,
            completion_month=_not_before(project.planned_start_month, project.planned_completion_month),
            name=project.name,
            level=project.level,
            sector=project.sector,
            cluster_id=project.cluster_id,
            place_id=project.place_id,
            agency_id=project.agency_id,
            sources=sources.get(project.pk, {}),
        )
        for project in projects
    ]


def _not_before(start: date | None, completion: date | None) -> date | None:
    """A completion that lies before the start is no plan and is left out."""
    return None if start and completion and completion < start else completion


# --- changing a draft ------------------------------------------------------------------------------------------------
@transaction.atomic
def put_in(
    viewer: Viewer,
    version: PortfolioVersion,
    project_ids: Iterable[int],
    *,
    position: int | None = None,
    seen_version: int | None = None,
) -> list[PortfolioEntry]:
    """Put projects of the ledger into a draft, at a rank or at the end; those that are in it already stay.

    Raises:
        DomainError: ``version_closed``, ``unknown_project``, ``elsewhere``, ``nothing_to_put_in``, ``rank_impossible``,
            ``too_many_projects``.
    """
    row = _draft(viewer, version, seen_version)
    inside = set(row.entries.values_list("project_id", flat=True))
    projects = _found(viewer, [number for number in dict.fromkeys(project_ids) if number not in inside])
    if not projects:
        raise DomainError(
            "nothing_to_put_in", _("All of these are in the version already."), _("Choose other projects.")
        )
    _refuse_elsewhere(row, projects)
    _refuse_too_many(len(inside) + len(projects))
    first = len(inside) + 1 if position is None else _possible(position, len(inside) + 1)
    row.entries.filter(position__gte=first).update(position=F("position") + len(projects))
    made = PortfolioEntry.objects.bulk_create(_entries(row, projects, first=first), BATCH)
    save_changes(row)
    after = {"projects": [project.name for project in projects], "position": first}
    record_act(viewer, PortfolioVerb.PUT_IN, row, after=after)
    return made


@transaction.atomic
def take_out(viewer: Viewer, entry: PortfolioEntry, *, reason: str, seen_version: int | None = None) -> None:
    """Take a project out of a draft; those below it move up.

    Raises:
        DomainError: ``version_closed``, ``text_missing``.
    """
    row, entry = _entry_of_draft(viewer, entry, seen_version)
    said = require_text(reason, "Reason")
    entry.delete()
    row.entries.filter(position__gt=entry.position).update(position=F("position") - 1)
    save_changes(row)
    before = {"project": entry.name, "position": entry.position, "total": entry.total, "planned": entry.planned}
    record_act(viewer, PortfolioVerb.TAKE_OUT, row, before=before, after={"project": entry.name}, note=said)


@transaction.atomic
def move_entry(
    viewer: Viewer, entry: PortfolioEntry, *, position: int, seen_version: int | None = None
) -> PortfolioEntry:
    """Give a project another rank in a draft; those between make room.

    Raises:
        DomainError: ``version_closed``, ``rank_impossible``.
    """
    row, entry = _entry_of_draft(viewer, entry, seen_version)
    was, now = entry.position, _possible(position, row.entries.count())
    if now < was:
        row.entries.filter(position__gte=now, position__lt=was).update(position=F("position") + 1)
    else:
        row.entries.filter(position__gt=was, position__lte=now).update(position=F("position") - 1)
    entry.position = now
    save_changes(entry, "position")
    save_changes(row)
    said = {"project": entry.name}
    record_act(viewer, PortfolioVerb.MOVE, row, before={**said, "position": was}, after={**said, "position": now})
    return entry


@transaction.atomic
def change_entry(
    viewer: Viewer, entry: PortfolioEntry, values: EntryValues, *, seen_version: int | None = None
) -> PortfolioEntry:
    """Say other amounts or dates of a project in a draft; the ledger is left as it is.

    Raises:
        DomainError: ``version_closed``, ``amount_below_zero``, ``amount_too_large``, ``completion_before_start``.
    """
    (row, entry), given = _entry_of_draft(viewer, entry, seen_version), _checked(values)
    before = {name: getattr(entry, name) for name, value in given.items() if getattr(entry, name) != value}
    for name, value in given.items():
        setattr(entry, name, value)
    save_changes(entry, *given)
    save_changes(row)
    said, after = {"project": entry.name}, {name: given[name] for name in before}
    record_act(viewer, PortfolioVerb.CHANGE, row, before=said | before, after=said | after)
    return entry


def _checked(values: EntryValues) -> dict[str, Any]:
    for amount in (values.total, values.planned):
        require_amount(amount)
    start, completion = (
        None if day is None else month_of(day) for day in (values.start_month, values.completion_month)
    )
    if start and completion and completion < start:
        raise DomainError(
            "completion_before_start",
            _("The completion in %(completion)s lies before the start in %(start)s."),
            _("Correct one of the two months."),
            start=f"{start:%Y-%m}",
            completion=f"{completion:%Y-%m}",
        )
    return {**asdict(values), "start_month": start, "completion_month": completion, "note": values.note.strip()}


# --- discussing and approving ----------------------------------------------------------------------------------------
@transaction.atomic
def discuss_version(
    viewer: Viewer, version: PortfolioVersion, *, on: date, note: str, seen_version: int | None = None
) -> PortfolioVersion:
    """Note that a draft was discussed on a day, where and with which result; what it says stands from now on.

    Raises:
        DomainError: ``version_closed``, ``version_empty``, ``text_missing``, ``day_in_future``.
    """
    row = _draft(viewer, version, seen_version)
    if not row.entries.exists():
        raise DomainError("version_empty", _("The version holds no project."), _("Put projects into it first."))
    row.state, row.discussed_on = PortfolioState.DISCUSSED, require_past(on)
    row.discussion = require_text(note, "Where it was discussed")
    save_changes(row, "state", "discussed_on", "discussion")
    record_act(viewer, PortfolioVerb.DISCUSS, row, after={"state": row.state, "on": on}, note=row.discussion)
    return row


@transaction.atomic
def approve_version(
    viewer: Viewer, version: PortfolioVersion, *, on: date, document: str = "", seen_version: int | None = None
) -> PortfolioVersion:
    """Approve a discussed version; it is final. The supervision office names the document that says so.

    The first that is approved is the approved one; each after it adjusts what was in force.

    Raises:
        DomainError: ``not_discussed``, ``day_in_future``, ``before_discussion``, ``text_missing``, ``overtaken`` when
            another version was approved since this one was drafted.
    """
    if not may_approve_portfolio(viewer, version.portfolio):
        raise Forbidden
    row = _locked(version)
    check_version(row, seen_version)
    _refuse_undiscussed(row)
    if require_past(on) < (row.discussed_on or on):
        raise DomainError(
            "before_discussion", _("It was discussed after that day."), _("Give the day on which it was approved.")
        )
    in_force = version_in_force(row.portfolio)
    _refuse_overtaken(row, in_force)
    row.document = document.strip() if viewer.has(Role.COUNTY_LEADER) else require_text(document, "Document")
    row.state = PortfolioState.ADJUSTED if in_force else PortfolioState.APPROVED
    row.approved_on, row.approved_by_id = on, viewer.post_id
    save_changes(row, "state", "approved_on", "approved_by_id", "document")
    after = {"state": row.state, "on": on, "document": row.document}
    record_act(viewer, PortfolioVerb.APPROVE, row, before={"state": PortfolioState.DISCUSSED}, after=after)
    return row


# --- refusals --------------------------------------------------------------------------------------------------------
def _require_keeper(viewer: Viewer, portfolio: ProjectPortfolio) -> None:
    if not may_keep_portfolio(viewer, portfolio):
        raise Forbidden


def _locked(version: PortfolioVersion) -> PortfolioVersion:
    rows = PortfolioVersion.objects.select_for_update(of=("self",)).select_related("portfolio")
    return rows.get(pk=version.pk)


def _draft(viewer: Viewer, version: PortfolioVersion, seen_version: int | None) -> PortfolioVersion:
    """The version, locked, if the viewer may change it."""
    _require_keeper(viewer, version.portfolio)
    row = _locked(version)
    check_version(row, seen_version)
    if row.state is not PortfolioState.DRAFT:
        raise DomainError(
            "version_closed",
            _("Version %(number)s is no draft any more (%(state)s): nobody changes what it says."),
            _("Draft the next version from it and change that one."),
            number=row.number,
            state=label_of(row.state),
        )
    return row


def _entry_of_draft(
    viewer: Viewer, entry: PortfolioEntry, seen_version: int | None
) -> tuple[PortfolioVersion, PortfolioEntry]:
    """The draft, locked, and what it says of a project now: a rank moves with those of others, unversioned.

    Raises:
        StaleRecord: it was changed since, or taken out.
    """
    row = _draft(viewer, entry.list_version, None)
    current = row.entries.filter(pk=entry.pk).first()
    if current is None:
        raise StaleRecord
    check_version(current, seen_version)
    return row, current


def _found(viewer: Viewer, numbers: Sequence[int]) -> list[Project]:
    """The projects in this order."""
    rows = queries.visible_projects(viewer).in_bulk(numbers)
    if len(rows) < len(numbers):
        raise DomainError(
            "unknown_project", _("One of these is no project that you may know of."), _("Choose it from the ledger.")
        )
    return [rows[number] for number in numbers]


def _refuse_elsewhere(version: PortfolioVersion, projects: Iterable[Project]) -> None:
    foreign = next((project for project in projects if project.division_id != version.division_id), None)
    if foreign is not None:
        raise DomainError(
            "elsewhere",
            _("“%(name)s” belongs to another division."),
            _("A portfolio holds the projects of its own division."),
            name=foreign.name,
        )


def _refuse_too_many(count: int) -> None:
    if count > MOST:
        raise DomainError(
            "too_many_projects",
            _("%(count)s projects are more than a portfolio holds (%(most)s)."),
            _("Narrow the ledger first."),
            count=count,
            most=MOST,
        )


def _possible(position: int, last: int) -> int:
    if not 1 <= position <= last:
        raise DomainError(
            "rank_impossible",
            _("There is no rank %(rank)s in this version."),
            _("Give a rank from 1 to %(last)s."),
            rank=position,
            last=last,
        )
    return position


def _refuse_undiscussed(version: PortfolioVersion) -> None:
    if version.state is not PortfolioState.DISCUSSED:
        raise DomainError(
            "not_discussed",
            _("Version %(number)s is not a discussed version (%(state)s)."),
            _("Note first where it was discussed, or open the version that is meant."),
            number=version.number,
            state=label_of(version.state),
        )


def _refuse_overtaken(version: PortfolioVersion, in_force: PortfolioVersion | None) -> None:
    if in_force is not None and version.based_on_id != in_force.pk and version.created_at < in_force.updated_at:
        raise DomainError(
            "overtaken",
            _("Version %(number)s was approved after this one was drafted."),
            _("Draft the next version from that one."),
            number=in_force.number,
        )
