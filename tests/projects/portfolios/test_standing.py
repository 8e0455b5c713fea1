"""How far the projects of a version have come: the three rates, and the yearly output behind the third."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import ProgrammingError, connection, transaction

from sushui.kernel.errors import DomainError, Forbidden
from sushui.projects import services
from sushui.projects.enums import PortfolioGroup, ProjectStage, Standing
from sushui.projects.models import YearlyOutput
from sushui.projects.queries.portfolios import EntryFilter, entry_rows, lives_of, narrowed_rows
from sushui.projects.rules import ratios
from sushui.projects.rules.ratios import ProjectLife, Ratio
from sushui.projects.services.outputs import record_output
from tests.projects.portfolios.lists import DAY, YI, Lists

pytestmark = pytest.mark.usefixtures("_in_january")


def test_a_project_stands_where_its_stage_is(lists: Lists) -> None:
    for stage in (ProjectStage.IN_PIPELINE, ProjectStage.SIGNED, ProjectStage.IN_PRODUCTION):
        lists.sized(stage.value, 1, stage=stage, expected_output=YI)
    lists.building(name="开工", total_investment=YI)

    lives = lives_of(lists.drafted()).values()

    assert sorted((each.is_signed, each.is_started, each.is_in_production) for each in lives) == [
        (False, False, False),
        (True, False, False),
        (True, True, False),
        (True, True, True),
    ]


def test_a_project_at_rest_stands_where_it_rests_from(lists: Lists) -> None:
    project = lists.building("2025-12-01", total_investment=YI)
    version = lists.drafted()
    services.move_project(
        lists.office, project, stage=ProjectStage.SUSPENDED, on=DAY, note="停工", review_on=date(2026, 6, 1)
    )

    assert lives_of(version)[project.pk] == ProjectLife(is_signed=True, is_started=True)


def test_the_three_rates_of_a_version(lists: Lists) -> None:
    made = lists.sized("投产", 1, stage=ProjectStage.IN_PRODUCTION, expected_output=4 * YI)
    lists.sized("签约", 1, stage=ProjectStage.SIGNED)
    lists.building(name="开工", total_investment=YI)
    record_output(lists.office, made, year=2025, amount=3 * YI)

    lives = list(lives_of(lists.drafted()).values())

    assert (ratios.start_rate(lives), ratios.production_rate(lives), ratios.target_rate(lives)) == (
        Ratio(Decimal(2), Decimal(3)),
        Ratio(Decimal(1), Decimal(2)),
        Ratio(3 * YI, 4 * YI),
    )


@pytest.mark.parametrize(
    ("standing", "names"),
    [
        (Standing.SIGNED, {"投产", "签约", "开工"}),
        (Standing.SIGNED_STARTED, {"投产", "开工"}),
        (Standing.STARTED, {"投产", "开工"}),
        (Standing.STARTED_PRODUCING, {"投产"}),
        (Standing.PRODUCING, {"投产"}),
    ],
)
def test_each_part_of_a_rate_opens_its_rows(lists: Lists, standing: Standing, names: set[str]) -> None:
    lists.sized("投产", 1, stage=ProjectStage.IN_PRODUCTION)
    lists.sized("签约", 1, stage=ProjectStage.SIGNED)
    lists.sized("储备", 1, stage=ProjectStage.IN_PIPELINE)
    lists.building(name="开工", total_investment=YI)
    version = lists.drafted()

    rows = narrowed_rows(entry_rows(version), EntryFilter(standing=standing), lives_of(version))

    assert {row.name for row in rows} == names


def test_rows_are_narrowed_by_group_and_size(lists: Lists) -> None:
    cluster = lists.cluster("新材料")
    for name, total, number in (("甲", 5, cluster), ("乙", 1, cluster), ("丙", 9, None)):
        lists.sized(name, total, cluster_id=number)

    wanted = EntryFilter({PortfolioGroup.CLUSTER: str(cluster)}, least=2 * YI)

    assert ([row.name for row in narrowed_rows(entry_rows(lists.drafted()), wanted)], wanted.query) == (
        ["甲"],
        f"cluster={cluster}&least=20000",
    )


# --- yearly output ---------------------------------------------------------------------------------------------------
def test_an_output_is_corrected_by_its_next_version(lists: Lists) -> None:
    project = lists.sized("甲", 1, stage=ProjectStage.IN_PRODUCTION)
    record_output(lists.office, project, year=2025, amount=YI)
    record_output(lists.office, project, year=2025, amount=2 * YI, reason="漏报一条产线")

    rows = YearlyOutput.objects.order_by("number").values_list("number", "amount", "reason")

    assert list(rows) == [(1, YI, ""), (2, 2 * YI, "漏报一条产线")]


def test_the_same_output_again_changes_nothing(lists: Lists) -> None:
    project = lists.sized("甲", 1)

    made = [record_output(lists.office, project, year=2025, amount=YI).pk for _each in range(2)]

    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("year", "amount", "code"),
    [(2027, 1, "year_in_future"), (2025, 3, "correction_without_reason"), (2024, -1, "amount_below_zero")],
)
def test_what_cannot_be_an_output_is_refused(lists: Lists, year: int, amount: int, code: str) -> None:
    project = lists.sized("甲", 1)
    record_output(lists.office, project, year=2025, amount=YI)

    with pytest.raises(DomainError) as caught:
        record_output(lists.office, project, year=year, amount=Decimal(amount))

    assert caught.value.code == code


def test_the_responsible_agency_gives_the_output_and_no_other(lists: Lists) -> None:
    project = lists.sized("甲", 1)
    record_output(lists.viewer("works_handler"), project, year=2025, amount=YI)

    with pytest.raises(Forbidden):
        record_output(lists.viewer("finance_handler"), project, year=2025, amount=YI)


def test_postgresql_refuses_to_change_an_output(lists: Lists) -> None:
    record_output(lists.office, lists.sized("甲", 1), year=2025, amount=YI)

    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        connection.cursor().execute("UPDATE projects_yearlyoutput SET amount = 1")
