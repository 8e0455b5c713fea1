"""Projects of both counties with every fact of theirs, for the world behind the walls."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sushui.documents.services import Column, Table, Target, attach_file, render_workbook
from sushui.kernel.models import User
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import Role
from sushui.organizations.models import Agency, Post
from sushui.organizations.queries import viewer_for
from sushui.projects import services
from sushui.projects.enums import (
    BottleneckKind,
    EvidenceKind,
    FigureKind,
    FundingSource,
    ListKind,
    ProjectStage,
    ResourceFactor,
)
from sushui.projects.enums.doubts import ActDoubt
from sushui.projects.enums.permits import PermitPath, PermitVariant
from sushui.projects.models import Project
from sushui.projects.queries import ProjectFilter
from sushui.projects.services import (
    Figure,
    LeadDraft,
    NeedDraft,
    Piece,
    ProjectDraft,
    ReportDraft,
    imports,
    permits,
    portfolios,
)
from sushui.projects.services.exchange import stage_exchange
from tests import cast
from tests.documents.files import pdf

if TYPE_CHECKING:
    from tests.walls.world import World

# record: the agency that answers for the project, as `tests/cast.py` names it.
BUILT = {"PLANT": "works", "WING": "hospital", "FAR": "neighbor_head"}
FIRST = date(2026, 1, 1)
UNIT_CODE = "91140826MA0000074G"  # of the enterprise, which owns PLANT
GUESTS = {"PLANT": "GUEST", "FAR": "FARGUEST"}  # the investors that the same agencies look after


def build_projects(world: World) -> None:
    """Plant a project of the works bureau, one of the hospital and one of the neighbor's."""
    Agency.objects.filter(pk=world.county.agencies["enterprise"].pk).update(code=UNIT_CODE)
    for record, agency in BUILT.items():
        _build(world, record, agency)

    _sheet(world, "PLANTSHEET", world.viewer("project_office"))
    _portfolio(world, "BOOK", world.viewer("project_office"))
    document = '{"id": "MARK-SWAP-ID", "title": "MARK-SWAP-TITLE"}'
    swap = stage_exchange(world.viewer("project_office"), file_name="MARK-SWAP-FILE.json", data=document.encode())
    world.keep("exchange", "SWAP", swap)


def _sheet(world: World, record: str, viewer: Viewer) -> None:
    """A workbook of projects that is being read in, with a question open."""
    columns = (Column("项目名称"), Column("责任单位"))
    rows = (("MARK-" + record + "-CELL", "MARK-" + record + "-UNKNOWN"),)
    data = render_workbook(Table(f"MARK-{record}-SHEET", columns, rows))
    staged = imports.stage_workbook(viewer, ListKind.LEDGER, file_name=f"MARK-{record}-FILE.xlsx", data=data)
    world.keep("project_sheet", record, staged[0])


def _portfolio(world: World, record: str, office: Viewer) -> None:
    """A draft of the year's list with every project of the county."""
    portfolio = portfolios.open_portfolio(office, year=2026, name=f"MARK-{record}-NAME")
    version = portfolios.draft_from_ledger(office, portfolio, ProjectFilter(), note=f"MARK-{record}-NOTE")
    entry = version.entries.order_by("position")[0]
    for kind, row in (("portfolio", portfolio), ("portfolio_version", version), ("portfolio_entry", entry)):
        world.keep(kind, record, row)


def _build(world: World, record: str, agency: str) -> None:
    home = world.county.agencies[agency]
    office = world.viewer("project_office") if record != "FAR" else neighbor_keeper(world)
    draft = ProjectDraft(
        name=f"MARK-{record}-NAME",
        content=f"MARK-{record}-CONTENT",
        owner_name=f"MARK-{record}-OWNER",
        owner_code=UNIT_CODE if record == "PLANT" else "",
        agency_id=home.pk,
        place_text=f"MARK-{record}-PLACE",
        total_investment=Decimal(80_000_000),
        planned_start_month=FIRST,
        note=f"MARK-{record}-NOTE",
    )
    project = services.register_project(office, draft, stage=ProjectStage.UNDER_CONSTRUCTION, stage_on=FIRST)
    world.keep("project", record, project)
    figure = Figure(project.pk, FIRST, FigureKind.ACTUAL, Decimal(1))
    services.record_figures(office, [figure], origin=f"MARK-{record}-ORIGIN")
    said = ReportDraft(FIRST, Decimal(1), text=f"MARK-{record}-SAID")
    services.give_report(office, project, said, reason=f"MARK-{record}-WHY")
    milestone = services.add_milestone(office, project, name=f"MARK-{record}-STEP", planned_on=date(2026, 6, 30))
    world.keep("milestone", record, milestone)
    received = services.receive_funds(
        office,
        project,
        source=FundingSource.STATE_BUDGET,
        amount=Decimal(5_000_000),
        received_on=FIRST,
        document=f"MARK-{record}-DOCUMENT",
    )
    world.keep("funds", record, received)
    bottleneck = services.raise_bottleneck(
        office, project, kind=BottleneckKind.LAND, text=f"MARK-{record}-STUCK", found_on=FIRST
    )
    world.keep("bottleneck", record, bottleneck)
    paper = Piece(EvidenceKind.WRITTEN_GROUND, text=f"MARK-{record}-GROUND")
    evidence = services.add_evidence(office, project, ProjectStage.UNDER_CONSTRUCTION, paper)
    world.keep("evidence", record, evidence)
    world.keep("payment", record, services.pay_funds(office, received, amount=Decimal(10_000), paid_on=FIRST))
    _resource(world, record, office, project, home)
    if record in GUESTS:
        _lead(world, GUESTS[record], agency, office)


def _lead(world: World, record: str, agency: str, office: Viewer) -> None:
    """An investor in talks, with a contact that few may know."""
    draft = LeadDraft(
        name=f"MARK-{record}-INTENT",
        investor=f"MARK-{record}-INVESTOR",
        agency_id=world.county.agencies[agency].pk,
        contact_name=f"MARK-{record}CONTACT-NAME",
    )
    world.keep("lead", record, services.register_lead(office, draft, began_on=FIRST))


def _resource(world: World, record: str, office: Viewer, project: Project, home: Agency) -> None:
    """A need of land that the project's own agency committed to and delivered a part of."""
    draft = NeedDraft(ResourceFactor.LAND, f"MARK-{record}-WHAT", Decimal(20))
    need = services.add_need(office, project, draft)
    promised = services.commit_resource(
        office,
        need,
        agency_id=home.pk,
        amount=Decimal(10),
        until=FIRST,
        document=f"MARK-{record}-PROMISE",
        confirmed=[ActDoubt.DAY_PAST],
    )
    delivered = services.deliver_resource(
        office, promised, amount=Decimal(5), on=FIRST, evidence=f"MARK-{record}-THERE"
    )
    for kind, row in (("need", need), ("commitment", promised), ("delivery", delivered)):
        world.keep(kind, record, row)
    path, variant = PermitPath.ENTERPRISE_FILING, PermitVariant.STANDARD
    plan = permits.choose_permit_path(office, project, path=path, variant=variant, flags={"land_in_hand"})
    step = plan.steps.get(key="contractor")
    world.keep("permit_step", record, step)
    target = Target("projects.permit_step", step.pk)
    paper = attach_file(office, target=target, name=f"MARK-{record}-BID.pdf", data=pdf(f"MARK-{record}-CONTENT"))
    world.keep("file_version", record, paper.current)


def neighbor_keeper(world: World) -> Viewer:
    """A project office of the neighbor's, whose post nobody of the cast holds."""
    agency = world.county.agencies["neighbor_office"]
    post, is_new = Post.objects.get_or_create(division=agency.division, agency=agency, name="项目专员")
    person, _ = User.objects.get_or_create(username="neighbor-projects", defaults={"name": "闻喜项目专员"})
    if is_new:
        post.grants.create(role=Role.PROJECT_OFFICE, from_on=cast.LONG_AGO)
        post.tenures.create(user=person, from_on=cast.LONG_AGO)
    viewer = viewer_for(person)
    assert viewer is not None, "the post is held"
    return viewer
