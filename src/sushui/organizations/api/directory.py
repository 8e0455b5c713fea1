"""Divisions and agencies."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query

from sushui.kernel.api import Listed, Number, Size, seen_version, tell_version
from sushui.kernel.errors import DomainError
from sushui.kernel.keyset import Sort, stretch
from sushui.kernel.pages import ViewerRequest
from sushui.organizations import queries, services
from sushui.organizations.api.root import router
from sushui.organizations.api.schemas import (
    AgencyIn,
    AgencyNames,
    AgencyOut,
    CountyIn,
    Cursor,
    DivisionOut,
    ZoneIn,
)
from sushui.organizations.models import Agency, Division
from sushui.organizations.permissions import may_administer, may_see_directory

BY_NAME = Sort(("sort_key", "id"))


@router.reads("/divisions", may_see_directory, list[DivisionOut])
def divisions(request: ViewerRequest) -> list[Division]:
    """Your divisions and the townships in them, each after the one it lies in."""
    return [row.division for row in queries.division_tree(request.viewer)]


@router.writes("/divisions", may_administer, DivisionOut, status=201)
def load_divisions(request: ViewerRequest, county: CountyIn) -> Division:
    """Put in a county of GB/T 2260 with the townships that the tables know; what is there stays as it is."""
    return services.load_divisions(request.viewer, county.code)


@router.writes("/zones", may_administer, DivisionOut, status=201)
def add_zone(request: ViewerRequest, zone: ZoneIn) -> Division:
    """Put in a development zone, whose code lies outside GB/T 2260."""
    parent = queries.division_for(request.viewer, zone.parent_id)
    return services.add_zone(request.viewer, code=zone.code, name=zone.name, parent=parent)


@router.reads("/agencies", may_see_directory, Listed[AgencyOut])
def agencies(
    request: ViewerRequest,
    division_id: Annotated[Number | None, Query()] = None,
    cursor: Cursor = "",
    limit: Size = 50,
) -> dict[str, object]:
    """Agencies of your divisions, in the order of a Chinese dictionary."""
    rows = queries.agencies(request.viewer)
    if division_id is not None:
        rows = rows.filter(division_id=division_id)
    found = stretch(rows, BY_NAME, after=cursor, size=limit)
    return {"items": found.rows, "next": found.after}


@router.writes("/agencies", may_administer, AgencyOut, status=201)
def create_agency(request: ViewerRequest, agency: AgencyIn) -> Agency:
    """Found an agency."""
    parent = queries.agency_for(request.viewer, agency.parent_id) if agency.parent_id else None
    said = agency.dict(exclude={"parent_id"})
    return services.create_agency(request.viewer, parent=parent, **said)


@router.reads("/agencies/{agency_id}", may_see_directory, AgencyOut)
def agency(request: ViewerRequest, agency_id: Number, response: HttpResponse) -> Agency:
    """One agency; its version comes as the ETag."""
    found = queries.agency_for(request.viewer, agency_id)
    tell_version(response, found.version)
    return found


@router.writes("/agencies/{agency_id}", may_administer, AgencyOut, method="PUT")
def edit_agency(request: ViewerRequest, agency_id: Number, names: AgencyNames) -> Agency:
    """Change an agency's names and groups; say the version that you have seen."""
    found = queries.agency_for(request.viewer, agency_id)
    version = needed_version(request, names.version)
    return services.edit_agency(request.viewer, found, seen_version=version, **names.dict(exclude={"version"}))


def needed_version(request: ViewerRequest, said: int | None) -> int:
    """The version that the caller has seen.

    Raises:
        DomainError: ``version_missing``.
    """
    version = seen_version(request, said)
    if version is None:
        raise DomainError(
            "version_missing",
            _("The version that you have seen is not said."),
            _("Send the ETag that came with the record."),
        )
    return version
