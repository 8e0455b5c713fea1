"""The ledger and figures on their way out: they import again unchanged."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sushui.kernel.errors import Forbidden
from sushui.kernel.models import AuditLine
from sushui.projects import services
from sushui.projects.enums import FigureKind, FundingSource, ListKind, ProjectLevel, ProjectSector, ProjectStage
from sushui.projects.models import Project
from sushui.projects.queries import ProjectFilter
from sushui.projects.rules.cells import amount_in, exact_number
from sushui.projects.services import exports
from tests.projects.imports.books import asked, cells_of, changes, read, states
from tests.projects.play import Play, on

ALL = ProjectFilter()
YUAN = st.decimals(min_value=0, max_value=10**13, places=2)
TEXTS = st.text(st.sampled_from("=+-@'路桥 Aa1,。\n、（）"), min_size=1, max_size=20).filter(lambda text: text.strip())


@pytest.fixture(autouse=True)
def _at_work():
    with on("2026-06-15"):
        yield


def ledger(play: Play, by: str = "project_office") -> bytes:
    file = io.BytesIO()
    exports.export_ledger(play.viewer(by), ALL, file)
    return file.getvalue()


def figures(play: Play, by: str = "project_office") -> bytes:
    file = io.BytesIO()
    exports.export_figures(play.viewer(by), ALL, 2026, file)
    return file.getvalue()


def full(play: Play, **values: Any) -> Project:
    """A project of which everything is known."""
    given_values = {
        "name": "=1+1 装备产业园",
        "code": "2212-140826-89-01-123459",
        "content": "新建厂房\n三万平方米",
        "owner_name": "+涑水装备",
        "owner_code": "91140826MA0GXXXX0T",
        "industry_code": "3216",
        "cluster_id": services.set_clusters(play.office, [services.ClusterEntry("新材料")])[0].pk,
        "level": ProjectLevel.PROVINCE,
        "sector": ProjectSector.INDUSTRY,
        "total_investment": Decimal("123456789.01"),
        "expected_output": Decimal("0.01"),
        "expected_tax": Decimal(0),
        "area_mu": Decimal("12.34"),
        "energy_tce": Decimal("5600.5"),
        "jobs": 120,
        "place_id": play.county.county.pk,
        "place_text": "-纬三路 1 号",
        "planned_start_month": date(2026, 3, 1),
        "planned_completion_month": date(2027, 12, 1),
        "note": "@备注",
        "funding": {
            (0, FundingSource.OWN_FUNDS): Decimal("50000000.5"),
            (0, FundingSource.BANK_LOANS): Decimal(7),
            (2026, FundingSource.BANK_LOANS): Decimal(3),
            (2025, FundingSource.BANK_LOANS): Decimal(4),
        },
        **values,
    }
    project = play.building(**given_values)
    services.plan_year(play.office, project, 2026, Decimal("1234567.89"))
    return project


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_full_ledger_imports_again_unchanged(play: Play, language: str) -> None:
    full(play)
    play.project(name="什么都不知道", agency_id=None)
    with translation.override(language):
        data = ledger(play)

    understood = read(play.office, data)

    assert (understood.reading.doubts, asked(understood)) == ((), [])
    assert (states(understood), changes(understood)) == (["unchanged", "unchanged"], {})


def test_money_of_the_year_goes_out_beside_that_of_the_whole(play: Play) -> None:
    full(play)

    rows = cells_of(ledger(play))

    head = next(place for place, row in enumerate(rows) if "银行贷款（万元）" in row)
    told = dict(zip(rows[head], rows[head + 1], strict=True))
    shown = [told[name] for name in ("银行贷款（万元）", "2026 银行贷款（万元）", "2026 利用外资（万元）")]
    assert shown == [0.0007, 0.0003, None]


def test_the_days_of_a_project_go_out_and_come_in_again(play: Play) -> None:
    days = {"started_on": date(2024, 3, 1), "completed_on": date(2025, 12, 20)}
    services.register_project(
        play.office, play.draft(), stage=ProjectStage.IN_PRODUCTION, stage_on=date(2026, 1, 10), **days
    )

    data = ledger(play)

    rows = cells_of(data)
    head = next(place for place, row in enumerate(rows) if "开工日期" in row)
    told = dict(zip(rows[head], rows[head + 1], strict=True))
    assert [str(told[name])[:10] for name in ("开工日期", "竣工日期")] == ["2024-03-01", "2025-12-20"]
    assert states(read(play.office, data)) == ["unchanged"]


def test_an_exported_ledger_makes_the_same_projects_anew(play: Play) -> None:
    project = full(play)
    data = ledger(play)
    Project.objects.filter(pk=project.pk).update(name="改了名", code="")

    draft = read(play.office, data).rows[0].draft

    assert {name: getattr(draft, name) for name in services.ledger.DRAFT_FIELDS if name not in ("name", "code")} == {
        name: getattr(project, name) for name in services.ledger.DRAFT_FIELDS if name not in ("name", "code")
    }


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, TEXTS, YUAN, st.integers(0, 10**6))
def test_any_texts_and_amounts_import_again_unchanged(
    play: Play, content: str, owner: str, amount: Decimal, jobs: int
) -> None:
    number = Project.objects.count()
    play.project(name=f"项目{number}", content=content, owner_name=owner, total_investment=amount, jobs=jobs)

    understood = read(play.office, ledger(play))

    assert ([row.changes for row in understood.rows if row.changes], asked(understood)) == ([], [])


@given(st.decimals(min_value=0, max_value=10**16, places=6))
def test_an_amount_survives_its_cell(amount: Decimal) -> None:
    written = exact_number(amount)
    cell = written if isinstance(written, str) else float(written)

    found = amount_in(cell)

    assert found == (amount, None)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.integers(1, 6), YUAN), st.dictionaries(st.integers(1, 12), YUAN))
def test_any_figures_import_again_unchanged(play: Play, done: dict[int, Decimal], plan: dict[int, Decimal]) -> None:
    project = play.building(name=f"项目{Project.objects.count()}")
    given_figures = [
        services.Figure(project.pk, date(2026, month, 1), kind, amount, "补录")
        for kind, months in ((FigureKind.ACTUAL, done), (FigureKind.PLAN, plan))
        for month, amount in months.items()
    ]
    services.record_figures(play.office, given_figures)

    understood = read(play.office, figures(play), ListKind.FIGURES)

    assert (asked(understood), set(states(understood))) == ([], {"unchanged"})


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_figures_export_is_known_in_each_language(play: Play, language: str) -> None:
    play.report(play.building(name="装备产业园"), m1=5)
    with translation.override(language):
        data = figures(play)

    understood = read(play.office, data, ListKind.FIGURES)

    assert (understood.reading.doubts, states(understood)) == ((), ["unchanged"])


def test_money_stands_in_ten_thousand_yuan_with_the_yuan_behind_the_point(play: Play) -> None:
    play.project(total_investment=Decimal("123456789.01"))

    assert 12345.678901 in cells_of(ledger(play))[2]


def test_a_text_is_never_a_formula(play: Play) -> None:
    play.project(name="=HYPERLINK(1)")

    assert "=HYPERLINK(1)" in cells_of(ledger(play))[2]


def test_the_ledger_is_narrowed_as_its_page_is(play: Play) -> None:
    play.project(name="甲")
    play.building(name="乙")

    count = exports.export_ledger(play.office, ProjectFilter(stage=ProjectStage.PLANNED), io.BytesIO())

    assert count == 1


def test_an_agency_exports_what_it_may_see(play: Play) -> None:
    play.project(name="甲")
    play.project(name="乙", agency_id=play.agency_id("finance"))

    assert [row[2] for row in cells_of(ledger(play, "works_handler"))[2:-1]] == ["甲"]


def test_an_export_leaves_its_line(play: Play) -> None:
    ledger(play)

    line = AuditLine.objects.latest("pk")
    assert (line.verb, line.after["rows"]) == ("export_projects", 0)


@pytest.mark.parametrize("key", ["bank", "enterprise"])
def test_who_may_not_open_projects_exports_none(play: Play, key: str) -> None:
    with pytest.raises(Forbidden):
        ledger(play, key)


# --- templates -------------------------------------------------------------------------------------------------------
def test_the_empty_ledger_is_understood_and_holds_no_project(play: Play) -> None:
    file = io.BytesIO()
    exports.write_ledger_template(play.office, file)

    understood = read(play.office, file.getvalue())

    assert (understood.reading.doubts, understood.rows) == ((), [])
    assert {each.kind for each in understood.reading.skipped} == {"note"}


def test_the_month_to_fill_in_holds_the_viewers_projects(play: Play) -> None:
    play.building(name="甲")
    play.building(name="乙", agency_id=play.agency_id("finance"))
    file = io.BytesIO()

    count = exports.write_figures_template(play.viewer("works_handler"), date(2026, 5, 1), file)

    understood = read(play.viewer("works_handler"), file.getvalue(), ListKind.FIGURES)
    assert (count, asked(understood), states(understood)) == (1, [], ["unchanged"])
    assert [column.meaning for column in understood.reading.columns][5:] == [
        "actual:05",
        "progress",
        "received",
        "next_plan",
        "bottleneck",
    ]
