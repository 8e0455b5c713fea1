"""Divisions of GB/T 2260, their townships, and development zones outside the standard."""

from __future__ import annotations

from itertools import chain

import pytest

from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.models import AuditLine
from sushui.kernel.viewer import Clockwork
from sushui.organizations import queries, services
from sushui.organizations.enums import DivisionLevel
from sushui.organizations.models import Division
from sushui.organizations.services.divisions import LEVELS, _rows
from tests.cast import County

TOWNSHIPS = ["古绛镇", "横水镇", "陈村镇", "卫庄镇", "磨里镇", "南樊镇", "安峪镇", "大交镇", "郝庄乡", "冷口乡"]


def path_of(code: str) -> str:
    return Division.objects.get(code=code).path


# --- the tables ------------------------------------------------------------------------------------------------------
def test_tables_hold_the_whole_standard() -> None:
    counted = [sum(1 for _row in _rows(table)) for _length, table, _level in LEVELS]

    assert counted == [31, 342, 2978]


def test_every_county_lies_in_a_city_and_every_city_in_a_province() -> None:
    codes = [{row["code"] for row in _rows(table)} for _length, table, _level in LEVELS]

    homeless = [code for code in chain(codes[1], codes[2]) if not {code[:2]} <= codes[0]]
    homeless += [code for code in codes[2] if code[:4] not in codes[1]]

    assert homeless == []


# --- loading ---------------------------------------------------------------------------------------------------------
def test_county_comes_with_what_lies_above_and_below_it(db) -> None:
    county = services.found_county(Clockwork(), "140826")

    assert (county.name, county.level, county.path) == ("绛县", DivisionLevel.COUNTY, "14/1408/140826")
    townships = Division.objects.filter(parent=county).order_by("code")
    assert [row.name for row in townships] == [*TOWNSHIPS, "山西绛县经济开发区"]
    assert {row.level for row in townships} == {DivisionLevel.TOWNSHIP}


def test_loading_again_adds_nothing(db) -> None:
    services.found_county(Clockwork(), "140826")
    before = Division.objects.count()

    services.found_county(Clockwork(), "140826")

    assert Division.objects.count() == before


def test_county_lies_in_the_city_that_is_there(county: County) -> None:
    services.found_county(Clockwork(), "140821")

    assert (path_of("140821"), Division.objects.filter(code="14").exists()) == ("1408/140821", False)


def test_missing_townships_are_added_to_a_county_that_is_there(county: County) -> None:
    services.load_divisions(county.viewer("administrator"), "140826")

    assert path_of("140826100") == "1408/140826/140826100"
    assert AuditLine.objects.get().after == {"code": "140826", "townships": 11}


def test_townships_are_places_and_keep_no_rows_of_their_own(county: County) -> None:
    services.load_divisions(county.viewer("administrator"), "140826")

    assert county.viewer("administrator").division_ids == (county.county.pk,)


@pytest.mark.parametrize("code", ["140899", "14", "1408", "140826100", "", "999999", "绛县"])
def test_what_is_no_county_of_the_standard_is_refused(db, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        services.found_county(Clockwork(), code)

    assert (refusal.value.code, Division.objects.count()) == ("division_unknown", 0)


@pytest.mark.parametrize(
    ("by", "code"),
    [("administrator", "140823"), ("administrator", "140821"), ("office", "140826"), ("leader", "140826")],
)
def test_only_the_administrator_of_the_county_or_above_loads_it(county: County, by: str, code: str) -> None:
    with pytest.raises(Forbidden):
        services.load_divisions(county.viewer(by), code)


# --- development zones -----------------------------------------------------------------------------------------------
def add_zone(county: County, by: str = "administrator", parent: str = "county", code: str = "141161") -> Division:
    return services.add_zone(county.viewer(by), code=code, name="绛县开发区", parent=getattr(county, parent))


def test_zone_outside_the_standard_is_a_division_of_its_own(county: County) -> None:
    zone = add_zone(county)

    assert (zone.path, zone.level, zone.is_in_standard) == ("1408/140826/141161", DivisionLevel.ZONE, False)
    assert set(county.viewer("administrator").division_ids) == {county.county.pk, zone.pk}


def test_code_of_a_division_is_taken_once(county: County) -> None:
    add_zone(county)

    with pytest.raises(DomainError) as refusal:
        add_zone(county)

    assert refusal.value.code == "division_code_taken"


@pytest.mark.parametrize(
    ("by", "parent"), [("administrator", "neighbor"), ("administrator", "city"), ("office", "county")]
)
def test_only_the_administrator_of_where_it_lies_adds_a_zone(county: County, by: str, parent: str) -> None:
    with pytest.raises(Forbidden):
        add_zone(county, by=by, parent=parent)


def test_settings_of_the_county_hold_in_its_zone(county: County) -> None:
    zone = add_zone(county)

    assert queries.lineage(zone.pk) == (zone.pk, county.county.pk, county.city.pk)


# --- the tree --------------------------------------------------------------------------------------------------------
def test_tree_shows_the_viewers_divisions_and_their_townships_from_the_top(county: County) -> None:
    services.load_divisions(county.viewer("administrator"), "140826")
    add_zone(county)

    rows = queries.division_tree(county.viewer("administrator"))

    assert [(row.division.name, row.depth) for row in rows][:2] == [("绛县", 0), ("古绛镇", 1)]
    assert (len(rows), rows[-1].division.name) == (13, "绛县开发区")


def test_city_sees_the_counties_below_it(county: County) -> None:
    names = [(row.division.name, row.depth) for row in queries.division_tree(county.viewer("city_leader"))]

    assert names == [("运城市", 0), ("闻喜县", 1), ("绛县", 1)]
