"""The year's portfolio: its versions, what a version says as plain rows, and how far its projects have come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from sushui.kernel.audit import target_of
from sushui.kernel.errors import NotFound
from sushui.kernel.models import AuditLine
from sushui.kernel.viewer import Viewer
from sushui.projects.enums import FundingSource, PortfolioGroup, PortfolioState, ProjectSector, ProjectStage, Standing
from sushui.projects.models import (
    PortfolioEntry,
    PortfolioVersion,
    Project,
    ProjectPortfolio,
    StageChange,
    YearlyOutput,
)
from sushui.projects.permissions import may_see_all_projects
from sushui.projects.rules.portfolios import EntryRow, belongs
from sushui.projects.rules.ratios import ProjectLife, has_signed, is_producing
from sushui.projects.rules.stages import AT_REST

NONE_SAID, WAN = "none", Decimal(10_000)
FINAL = (PortfolioState.APPROVED, PortfolioState.ADJUSTED)


def visible_portfolios(viewer: Viewer) -> QuerySet[ProjectPortfolio]:
    """Portfolios of the viewer's divisions, for those whose work is the whole ledger; nobody else knows of them."""
    rows = ProjectPortfolio.objects.filter(division_id__in=viewer.division_ids)
    return rows if may_see_all_projects(viewer) else rows.none()


def portfolios(viewer: Viewer) -> QuerySet[ProjectPortfolio]:
    """Portfolios with their versions, the newest year first; two queries."""
    versions = Prefetch("versions", queryset=_summed(PortfolioVersion.objects.all()).order_by("-number"))
    rows = visible_portfolios(viewer).select_related("division").prefetch_related(versions)
    return rows.order_by("-year", "division_id", "pk")


def portfolio_for(viewer: Viewer, portfolio_id: int) -> ProjectPortfolio:
    """One portfolio.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    found = visible_portfolios(viewer).select_related("division").filter(pk=portfolio_id).first()
    if found is None:
        raise NotFound
    return found


def versions_of(portfolio: ProjectPortfolio) -> QuerySet[PortfolioVersion]:
    """The versions with ``count``, ``total`` and ``planned`` of their projects, the newest first."""
    return _summed(portfolio.versions.select_related("post__agency", "approved_by__agency", "based_on")).order_by(
        "-number"
    )


def _summed(rows: QuerySet[PortfolioVersion]) -> QuerySet[PortfolioVersion]:
    return rows.annotate(count=Count("entries"), total=Sum("entries__total"), planned=Sum("entries__planned"))


def version_for(viewer: Viewer, version_id: int) -> PortfolioVersion:
    """One version with its portfolio.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    rows = PortfolioVersion.objects.filter(portfolio__in=visible_portfolios(viewer))
    rows = rows.select_related("portfolio__division", "post__agency", "approved_by__agency", "based_on", "user")
    found = rows.filter(pk=version_id).first()
    if found is None:
        raise NotFound
    return found


def entry_for(viewer: Viewer, entry_id: int) -> PortfolioEntry:
    """One project in a version.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    rows = PortfolioEntry.objects.filter(list_version__portfolio__in=visible_portfolios(viewer))
    found = rows.select_related("list_version__portfolio", "project").filter(pk=entry_id).first()
    if found is None:
        raise NotFound
    return found


def version_in_force(portfolio: ProjectPortfolio) -> PortfolioVersion | None:
    """The newest version that is approved or adjusted; None while none is."""
    return portfolio.versions.filter(state__in=FINAL).order_by("-number").first()


def version_story(version: PortfolioVersion) -> QuerySet[AuditLine]:
    """What was done to the version, in the order of time."""
    return AuditLine.objects.filter(target=target_of(version)).order_by("id")


# --- what a version says ---------------------------------------------------------------------------------------------
def entries_of(version: PortfolioVersion) -> QuerySet[PortfolioEntry]:
    """The projects of a version by their rank."""
    rows = version.entries.select_related("project", "cluster", "place", "agency")
    return rows.order_by("position")


def entry_rows(version: PortfolioVersion) -> list[EntryRow]:
    """The same as plain rows; one query."""
    return [_row(entry) for entry in version.entries.order_by("position")]


def _row(entry: PortfolioEntry) -> EntryRow:
    return EntryRow(
        project_id=entry.project_id,
        name=entry.name,
        position=entry.position,
        total=entry.total,
        planned=entry.planned,
        start_month=entry.start_month,
        completion_month=entry.completion_month,
        level=entry.level,
        sector=ProjectSector(entry.sector) if entry.sector else None,
        cluster_id=entry.cluster_id,
        place_id=entry.place_id,
        sources={FundingSource(source): Decimal(amount) for source, amount in entry.sources.items()},
        note=entry.note,
        entry_id=entry.pk,
    )


@dataclass(frozen=True)
class EntryFilter:
    """Which rows of a version are wanted: of these groups (key "" for none said), so far come, of this size (yuan)."""

    keys: Mapping[PortfolioGroup, str] = field(default_factory=dict)
    standing: Standing | None = None
    least: Decimal | None = None

    @property
    def query(self) -> str:
        """The query under which the version's page shows just these rows; sizes in 万元."""
        said = {by.value: key or NONE_SAID for by, key in self.keys.items()}
        said |= {"standing": self.standing.value} if self.standing else {}
        return urlencode(said | ({"least": f"{(self.least / WAN).normalize():f}"} if self.least is not None else {}))


def narrowed_rows(
    rows: Iterable[EntryRow], wanted: EntryFilter, lives: Mapping[int, ProjectLife] | None = None
) -> list[EntryRow]:
    """The rows that a filter leaves: those of which the totals and the rates are made."""
    return [row for row in rows if _is_wanted(row, wanted, (lives or {}).get(row.project_id, ProjectLife()))]


def _is_wanted(row: EntryRow, wanted: EntryFilter, life: ProjectLife) -> bool:
    if not all(belongs(row, by, key) for by, key in wanted.keys.items()):
        return False
    if wanted.least is not None and (row.total is None or row.total < wanted.least):
        return False
    return wanted.standing is None or stands(life, wanted.standing)


def stands(life: ProjectLife, standing: Standing) -> bool:
    """Whether a project is one of those that a rate counts."""
    return {
        Standing.SIGNED: life.is_signed,
        Standing.SIGNED_STARTED: life.is_signed and life.is_started,
        Standing.STARTED: life.is_started,
        Standing.STARTED_PRODUCING: life.is_started and life.is_in_production,
        Standing.PRODUCING: life.is_in_production,
    }[standing]


# --- how far its projects have come ----------------------------------------------------------------------------------
def lives_of(version: PortfolioVersion) -> dict[int, ProjectLife]:
    """How far each project of a version has come by now, by its number; three queries.

    A project at rest counts where it rests from. The actual output is that of the newest year that was given, up to
    the portfolio's own.
    """
    projects = list(Project.objects.filter(pk__in=version.entries.values("project_id")))
    resting = [project.pk for project in projects if project.stage in AT_REST]
    changes = StageChange.objects.filter(Q(project_id__in=resting) & ~Q(before="")).order_by("at", "pk")
    before = {number: stage for number, stage in changes.values_list("project_id", "before") if stage not in AT_REST}
    outputs = YearlyOutput.objects.filter(
        project_id__in=[project.pk for project in projects], year__lte=version.portfolio.year
    )
    newest = outputs.order_by("year", "number").values_list("project_id", "amount")
    actual: dict[int, Decimal] = dict(newest)
    return {
        project.pk: _life(project, ProjectStage(before.get(project.pk, project.stage)), actual.get(project.pk))
        for project in projects
    }


def _life(project: Project, stage: ProjectStage, actual: Decimal | None) -> ProjectLife:
    return ProjectLife(
        is_signed=has_signed(stage),
        is_started=project.started_on is not None or is_producing(stage),
        is_in_production=is_producing(stage),
        expected_output=project.expected_output,
        actual_output=actual,
    )


def outputs_of(project: Project) -> QuerySet[YearlyOutput]:
    """Every version of a project's yearly output, the newest year and version first."""
    rows = YearlyOutput.objects.filter(project=project).select_related("post__agency", "user")
    return rows.order_by("-year", "-number")
