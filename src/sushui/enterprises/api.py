"""The API of enterprises: the same reads and acts as its pages, by the same queries and services. Money is yuan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Schema
from pydantic import BeforeValidator, Field

from sushui.enterprises import queries, services
from sushui.enterprises.enums import (
    AboveSize,
    EnterpriseFigureKind,
    EnterpriseSize,
    EnterpriseStatus,
    FigureSource,
    LegalForm,
    PersonRole,
    Reach,
)
from sushui.enterprises.models import Enterprise
from sushui.enterprises.panels.sheet import PersonLine, person_lines
from sushui.enterprises.permissions import may_keep_register, may_open_enterprises, may_report_enterprise_figures
from sushui.enterprises.queries import EnterpriseFilter
from sushui.enterprises.services import EnterpriseDraft, FigureDraft, PersonDraft
from sushui.kernel.api import Line, Listed, Number, RoomRouter, Size, SmallNumber, Text, seen_version, tell_version
from sushui.kernel.errors import Forbidden
from sushui.kernel.keyset import Sort, stretch
from sushui.kernel.official_codes import CodeFlaw
from sushui.kernel.pages import ViewerRequest

router = RoomRouter(tags=["enterprises"])
NEWEST = Sort(("pk",), is_descending=True)
_Blank = BeforeValidator(lambda value: value or None)
Name = Annotated[Line, Field(max_length=200)]
Short = Annotated[Line, Field(max_length=64)]
Code = Annotated[Line, Field(max_length=32)]
Cursor = Annotated[Line, Field(max_length=200)]
Yuan = Annotated[Decimal, Field(ge=0, le=Decimal("9999999999999999"), decimal_places=2)]
Amount = Annotated[Decimal, Field(ge=Decimal("-9999999999999999"), le=Decimal("9999999999999999"), decimal_places=2)]
Year = Annotated[int, Field(ge=1990, le=2100)]
Month = Annotated[int, Field(ge=0, le=12)]


# --- said ------------------------------------------------------------------------------------------------------------
class EnterpriseOut(Schema):
    """An enterprise. ``size`` and ``reach`` are found of the figures of ``measured_year``."""

    id: int
    division_id: int
    code: str
    code_flaw: Annotated[CodeFlaw | None, _Blank]
    name: str
    former_names: list[str]
    legal_form: Annotated[LegalForm | None, _Blank]
    industry_code: str
    cluster_id: int | None
    agency_id: int | None
    place_id: int | None
    zone_id: int | None
    address: str
    established_on: date | None
    registered_capital: Decimal | None
    status: EnterpriseStatus
    status_on: date | None
    size: EnterpriseSize
    reach: Reach
    measured_year: int | None
    listed_on: date | None
    version: int


class EnterpriseFigureOut(Schema):
    """One figure as it was told: ``month`` 0 is the whole year; ``is_newest``: it counts of its source."""

    id: int
    year: int
    month: int
    kind: EnterpriseFigureKind
    source: FigureSource
    number: int
    amount: Decimal
    told_on: date
    document: str
    reason: str
    is_newest: bool


class EnterprisePersonOut(Schema):
    """A person as the caller may see them: telephone and identity number whole or masked."""

    id: int
    name: str
    role: PersonRole
    title: str
    phone: str
    id_number: str
    is_masked: bool


class EnterpriseRecordedOut(Schema):
    """How many figures were new, corrected, or told so before."""

    new: int
    corrected: int
    unchanged: int


# --- heard -----------------------------------------------------------------------------------------------------------
class EnterpriseRegisterQuery(Schema):
    text: Line = ""
    status: EnterpriseStatus | None = None
    size: EnterpriseSize | None = None
    above_size: AboveSize | None = None
    industry: Annotated[str, Field(pattern="^[A-T]?[0-9]{0,4}$")] = ""
    cluster_id: Number | None = None
    agency_id: Number | None = None
    place_id: Number | None = None
    zone_id: Number | None = None

    def filter(self) -> EnterpriseFilter:
        said = {name: getattr(self, name) for name in EnterpriseRegisterQuery.model_fields}
        return EnterpriseFilter(**{name: value for name, value in said.items() if value})


class EnterpriseSeen(Schema):
    """``version``: that which the caller has seen, else the header `If-Match`."""

    version: SmallNumber | None = None


class EnterpriseIn(Schema):
    """``is_code_confirmed``: a person compared an odd code with the document."""

    name: Name
    code: Code = ""
    former_names: Annotated[list[Name], Field(max_length=50)] = []
    legal_form: LegalForm | None = None
    industry_code: Annotated[Line, Field(max_length=4)] = ""
    cluster_id: Number | None = None
    agency_id: Number | None = None
    place_id: Number | None = None
    zone_id: Number | None = None
    address: Name = ""
    established_on: date | None = None
    registered_capital: Yuan | None = None
    has_qualification: bool | None = None
    note: Text = ""
    is_code_confirmed: bool = False

    def draft(self) -> EnterpriseDraft:
        said = {name: getattr(self, name) for name in EnterpriseIn.model_fields}
        return EnterpriseDraft(**said | {"former_names": tuple(self.former_names)})


class EnterpriseEdit(EnterpriseIn, EnterpriseSeen):
    """An enterprise as the register is to have it."""


class EnterpriseStatusIn(EnterpriseSeen):
    status: EnterpriseStatus
    on: date
    reason: Text = ""


class EnterpriseFigureIn(Schema):
    year: Year
    kind: EnterpriseFigureKind
    amount: Amount
    source: FigureSource
    month: Month = 0
    told_on: date | None = None
    document: Name = ""
    reason: Text = ""


class EnterpriseFiguresIn(Schema):
    figures: Annotated[list[EnterpriseFigureIn], Field(max_length=500)]


class EnterprisePersonIn(Schema):
    name: Short
    role: PersonRole
    title: Short = ""
    phone: Annotated[Line, Field(max_length=32)] = ""
    id_number: Annotated[Line, Field(max_length=32)] | None = None
    from_on: date | None = None


# --- operations ------------------------------------------------------------------------------------------------------
@router.reads("/", may_open_enterprises, Listed[EnterpriseOut])
def enterprises(
    request: ViewerRequest, narrowed: Annotated[EnterpriseRegisterQuery, Query()], cursor: Cursor = "", limit: Size = 50
) -> dict[str, object]:
    """The register, narrowed, the newest first; an enterprise finds itself alone."""
    found = stretch(queries.register(request.viewer, narrowed.filter()), NEWEST, after=cursor, size=limit)
    return {"items": found.rows, "next": found.after}


@router.writes("/", may_keep_register, EnterpriseOut, status=201)
def enter_enterprise(request: ViewerRequest, asked: EnterpriseIn) -> Enterprise:
    """Enter an enterprise into the register."""
    return services.register_enterprise(request.viewer, asked.draft())


@router.reads("/{enterprise_id}", may_open_enterprises, EnterpriseOut)
def enterprise(request: ViewerRequest, enterprise_id: Number, response: HttpResponse) -> Enterprise:
    """One enterprise; its version comes as the ETag."""
    found = queries.enterprise_for(request.viewer, enterprise_id)
    tell_version(response, found.version)
    return found


@router.writes("/{enterprise_id}", may_keep_register, EnterpriseOut, method="PUT")
def edit_enterprise(request: ViewerRequest, enterprise_id: Number, asked: EnterpriseEdit) -> Enterprise:
    """Let the register say something else of an enterprise."""
    found, seen = queries.enterprise_for(request.viewer, enterprise_id), seen_version(request, asked.version)
    return services.edit_enterprise(request.viewer, found, asked.draft(), seen_version=seen)


@router.writes("/{enterprise_id}/status", may_keep_register, EnterpriseOut)
def change_status(request: ViewerRequest, enterprise_id: Number, asked: EnterpriseStatusIn) -> Enterprise:
    """Note that an enterprise stands otherwise from a day on."""
    found, seen = queries.enterprise_for(request.viewer, enterprise_id), seen_version(request, asked.version)
    return services.change_status(
        request.viewer, found, status=asked.status, on=asked.on, reason=asked.reason, seen_version=seen
    )


@router.reads("/{enterprise_id}/figures", may_open_enterprises, Listed[EnterpriseFigureOut])
def figures(request: ViewerRequest, enterprise_id: Number, cursor: Cursor = "", limit: Size = 50) -> dict[str, object]:
    """Every version that was told and that the caller may see, the newest first."""
    found = queries.enterprise_for(request.viewer, enterprise_id)
    shown = stretch(queries.told_figures(request.viewer, found), NEWEST, after=cursor, size=limit)
    return {"items": shown.rows, "next": shown.after}


@router.writes("/{enterprise_id}/figures", may_open_enterprises, EnterpriseRecordedOut)
def report_figures(request: ViewerRequest, enterprise_id: Number, asked: EnterpriseFiguresIn) -> services.Recorded:
    """Write figures down, all or none; what the same source told before stays beside a correction."""
    found = queries.enterprise_for(request.viewer, enterprise_id)
    if not may_report_enterprise_figures(request.viewer, found):
        raise Forbidden
    drafts = [FigureDraft(found.pk, **each.model_dump()) for each in asked.figures]
    return services.report_enterprise_figures(request.viewer, drafts)


@router.reads("/{enterprise_id}/people", may_open_enterprises, list[EnterprisePersonOut])
def people(request: ViewerRequest, enterprise_id: Number) -> list[dict[str, object]]:
    """Who stands for the enterprise today."""
    found = queries.enterprise_for(request.viewer, enterprise_id)
    return [_person(line) for line in person_lines(request.viewer, found)]


@router.writes("/{enterprise_id}/people", may_open_enterprises, EnterprisePersonOut, status=201)
def add_person(request: ViewerRequest, enterprise_id: Number, asked: EnterprisePersonIn) -> dict[str, object]:
    """Add who stands for the enterprise."""
    found = queries.enterprise_for(request.viewer, enterprise_id)
    made = services.add_person(request.viewer, found, PersonDraft(**asked.model_dump()))
    return next(_person(line) for line in person_lines(request.viewer, found) if line.person.pk == made.pk)


def _person(line: PersonLine) -> dict[str, object]:
    person = line.person
    said = {"id": person.pk, "name": person.name, "role": person.role, "title": person.title}
    return said | {"phone": line.phone, "id_number": line.id_number, "is_masked": line.is_masked}
