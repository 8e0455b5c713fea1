"""Enterprises of both counties with their people and figures, for the world behind the walls."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sushui.documents.services import Column, Table, render_workbook
from sushui.enterprises import services
from sushui.enterprises.enums import EnterpriseFigureKind, FigureSource, PersonRole
from sushui.enterprises.models import Enterprise
from sushui.enterprises.services import EnterpriseDraft, FigureDraft, PersonDraft
from sushui.kernel.viewer import Viewer
from tests.walls.building import UNIT_CODE, neighbor_keeper

if TYPE_CHECKING:
    from tests.walls.world import World

# record: the agency that answers for the enterprise, its credit code. UNIT is the cast's own enterprise.
ENTERED = {"FORGE": ("works", "91140826MA00000238"), "UNIT": ("", UNIT_CODE), "FARFORGE": ("", "91140826MA00000313")}


def enter_enterprises(world: World) -> None:
    """Plant an enterprise of the works bureau, the cast's own, and one of the neighbor's."""
    for record, (agency, code) in ENTERED.items():
        office = neighbor_keeper(world) if record.startswith("FAR") else world.viewer("project_office")
        _enter(world, record, office, world.county.agencies[agency].pk if agency else None, code)
    _sheet(world, "FORGESHEET", world.viewer("project_office"))


def _sheet(world: World, record: str, viewer: Viewer) -> None:
    """A list that is being read in, with a question open."""
    rows = ((f"MARK-{record}-CELL", f"MARK-{record}-CODE"),)
    data = render_workbook(Table(f"MARK-{record}-TITLE", (Column("企业名称"), Column("统一社会信用代码")), rows))
    staged = services.stage_sheet(viewer, file_name=f"MARK-{record}-FILE.xlsx", data=data)
    world.keep("enterprise_sheet", record, staged)


def _enter(world: World, record: str, office: Viewer, agency_id: int | None, code: str) -> None:
    draft = EnterpriseDraft(
        f"MARK-{record}-NAME",
        code,
        (f"MARK-{record}-FORMER",),
        agency_id=agency_id,
        industry_code="3391",
        address=f"MARK-{record}-ADDRESS",
        note=f"MARK-{record}-NOTE",
    )
    made = services.register_enterprise(office, draft)
    world.keep("enterprise", record, made)
    _people_and_figures(world, record, office, made)


def _people_and_figures(world: World, record: str, office: Viewer, made: Enterprise) -> None:
    number = f"MARK-{record}CONTACT-ID"
    draft = PersonDraft(
        f"MARK-{record}-PERSON",
        PersonRole.CONTACT,
        phone=f"MARK-{record}CONTACT-PHONE"[:32],
        id_number=number[:32],
    )
    world.keep("enterprise_person", record, services.add_person(office, made, draft))
    told = FigureDraft(
        made.pk,
        2025,
        EnterpriseFigureKind.TAX,
        Decimal(100),
        FigureSource.TAX_OFFICE,
        document=f"MARK-{record}-DOCUMENT",
    )
    services.report_enterprise_figures(office, [told])
