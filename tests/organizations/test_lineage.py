"""The lineage of a division: itself and those above it, nearest first."""

from __future__ import annotations

from sushui.organizations.enums import DivisionLevel
from sushui.organizations.models import Division
from sushui.organizations.queries import lineage, lineages
from tests.cast import County


def test_lineage_of_a_county_is_itself_then_its_city(county: County) -> None:
    assert lineage(county.county.pk) == (county.county.pk, county.city.pk)


def test_lineage_does_not_take_a_code_that_only_begins_alike_for_a_division_above(county: County) -> None:
    zone = Division.objects.create(code="140899", name="开发区", level=DivisionLevel.ZONE, path="140899")

    assert lineage(zone.pk) == (zone.pk,)


def test_lineage_takes_one_query(county: County, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        lineage(county.county.pk)


def test_lineages_of_several_are_what_each_has_alone_in_one_query(county: County, django_assert_num_queries) -> None:
    numbers = [county.county.pk, county.neighbor.pk, county.city.pk]

    with django_assert_num_queries(1):
        found = lineages(numbers)

    assert found == {number: lineage(number) for number in numbers}
