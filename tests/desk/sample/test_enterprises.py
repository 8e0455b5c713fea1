"""The sample's enterprises: the units of its projects under their codes, with figures of two years."""

from __future__ import annotations

from datetime import date

import pytest

from sushui.enterprises import queries
from sushui.enterprises.enums import EnterpriseSize, FigureSource
from sushui.enterprises.models import Enterprise
from sushui.kernel.official_codes import credit_code_flaw
from sushui.organizations.queries import viewer_of_account
from sushui.projects.models import Project
from tests.desk.sample.build import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]


def test_every_company_that_builds_here_is_in_the_register_under_its_code() -> None:
    here = Project.objects.filter(division__code="140826", owner_name__endswith="公司")

    entered = set(Enterprise.objects.values_list("code", "name"))

    assert set(here.values_list("owner_code", "owner_name")) - entered == set()
    assert [code for code, _name in entered if credit_code_flaw(code)] == []


def test_every_one_that_works_has_a_year_and_a_size_but_where_the_table_has_a_gap() -> None:
    without = Enterprise.objects.filter(size=EnterpriseSize.UNKNOWN).values_list("industry_code", flat=True)

    assert set(Enterprise.objects.values_list("measured_year", flat=True)) == {NOW.year - 1}
    assert list(without) == ["7452"]


def test_most_that_reach_the_threshold_are_listed_and_some_are_not() -> None:
    bureau = viewer_of_account("statistics")
    assert bureau is not None, "the sample has a statistics bureau"

    counts = [
        queries.register(bureau, queries.EnterpriseFilter(above_size=each)).count() for each in ("listed", "candidate")
    ]

    assert all(count > 5 for count in counts)


def test_several_sources_tell_side_by_side() -> None:
    office = viewer_of_account("project")
    assert office is not None, "the sample has a project office"

    told = {
        row.source
        for enterprise in Enterprise.objects.all()[:3]
        for row in queries.newest_figures(office, enterprise)
        if date(row.year, 12, 31) < NOW.date()
    }

    assert {FigureSource.ENTERPRISE, FigureSource.TAX_OFFICE, FigureSource.POWER_COMPANY} == told
