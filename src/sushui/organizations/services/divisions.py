"""Divisions: those of GB/T 2260 from the package's tables, and development zones that lie outside it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.viewer import Actor, Viewer
from sushui.organizations.enums import DivisionLevel, Verb
from sushui.organizations.models import Division
from sushui.organizations.permissions import may_administer
from sushui.organizations.services.inserting import insert

DATA = files("sushui.organizations") / "data"
# Length of the code, table and level, from the top down.
LEVELS = (
    (2, "provinces.csv", DivisionLevel.PROVINCE),
    (4, "cities.csv", DivisionLevel.CITY),
    (6, "counties.csv", DivisionLevel.COUNTY),
)


@transaction.atomic
def load_divisions(viewer: Viewer, code: str) -> Division:
    """Put a county of GB/T 2260 in, with the province and city above it and the townships that the tables know.

    What is there stays as it is, so loading again adds only what is missing.

    Raises:
        Forbidden: neither administrator of the county nor of a division above it.
        DomainError: ``division_unknown``.
    """
    keeps = Division.objects.filter(pk__in=viewer.division_ids, code__in=[code[:length] for length, _t, _l in LEVELS])
    if not may_administer(viewer) or not keeps.exists():
        raise Forbidden
    return found_county(viewer, code)


@transaction.atomic
def found_county(actor: Actor, code: str) -> Division:
    """The same for whoever sets the house up, when there is no administrator yet."""
    names = [(code[:length], _name_in(table, code[:length]), level) for length, table, level in LEVELS]
    if len(code) != LEVELS[-1][0] or not all(name for _code, name, _level in names):
        raise DomainError(
            "division_unknown",
            _("GB/T 2260 has no county “%(number)s”."),
            _("Give the six digits of a county, or add a development zone by hand."),
            number=code,
        )
    county = _founded(names)
    known = set(Division.objects.filter(parent=county).values_list("code", flat=True))
    new = [_child(county, *row, DivisionLevel.TOWNSHIP) for row in _townships(code) if row[0] not in known]
    Division.objects.bulk_create(new)
    record_act(actor, Verb.LOAD_DIVISIONS, county, after={"code": code, "townships": len(new)})
    return county


def _founded(names: list[tuple[str, str, DivisionLevel]]) -> Division:
    """The county, its missing ancestors founded below the nearest one that is there already."""
    there = {row.code: row for row in Division.objects.filter(code__in=[code for code, _name, _level in names])}
    above: Division | None = None
    lowest = max((place for place, (code, _name, _level) in enumerate(names) if code in there), default=-1)
    if lowest >= 0:
        above = there[names[lowest][0]]
    for code, name, level in names[lowest + 1 :]:
        above = _child(above, code, name, level)
        above.save(force_insert=True)
    assert above is not None, "there are three levels, and each is there or was founded"
    return above


def _child(parent: Division | None, code: str, name: str, level: DivisionLevel) -> Division:
    path = f"{parent.path}/{code}" if parent else code
    return Division(code=code, name=name, level=level, parent=parent, path=path)


def _name_in(table: str, code: str) -> str:
    return next((row["name"] for row in _rows(table) if row["code"] == code), "")


def _townships(county: str) -> Iterator[tuple[str, str]]:
    return ((row["code"], row["name"]) for row in _rows("townships.csv") if row["areaCode"] == county)


def _rows(table: str) -> Iterator[dict[str, str]]:
    with (DATA / table).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


@transaction.atomic
def add_zone(viewer: Viewer, *, code: str, name: str, parent: Division) -> Division:
    """Put in a development zone, whose code lies outside GB/T 2260.

    Raises:
        Forbidden: not the administrator of the division it lies in.
        DomainError: ``division_code_taken``.
    """
    if not may_administer(viewer) or parent.pk not in viewer.division_ids:
        raise Forbidden
    zone = _child(parent, code, name, DivisionLevel.ZONE)
    zone.is_in_standard = False
    insert(zone, "division_code_taken", _("There is a division with the code “%(number)s”."), number=code)
    record_act(viewer, Verb.ADD_ZONE, zone, after={"code": code, "name": name, "in": parent.name})
    return zone
