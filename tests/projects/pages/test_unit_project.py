"""The enterprise that owns a project reads what it may file, what is asked and what was promised: no act, no door."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from sushui.organizations.models import Agency
from sushui.projects import services
from sushui.projects.enums import ResourceFactor
from sushui.projects.models import Project
from sushui.projects.services import NeedDraft
from tests.projects.pages.reading import Desk
from tests.projects.permits.playing import Permits
from tests.projects.play import Play, on
from tests.supervision.pages.reading import said

Sit = Callable[[str], Desk]
OWNER = "91140826MA0000074G"


@pytest.fixture(autouse=True)
def _known_by_its_code(play: Play) -> None:
    Agency.objects.filter(pk=play.agency_id("enterprise")).update(code=OWNER)


@pytest.fixture
def project(play: Play) -> Project:
    """Under construction, with its permits, owing a paper, promised a part of what it needs."""
    permits = Permits(play)
    with on("2026-03-02"):
        permits.hold()
        made = play.building("2026-02-01", owner_code=OWNER)
        permits.choose(made)
        need = services.add_need(play.office, made, NeedDraft(ResourceFactor.LAND, "建设用地指标", Decimal(100)))
        services.commit_resource(
            play.office, need, agency_id=play.agency_id("finance"), amount=Decimal(60), until=date(2026, 6, 30)
        )
    return made


def test_the_unit_reads_what_can_be_filed_what_is_owed_and_what_was_promised(sit: Sit, project: Project) -> None:
    with on("2026-03-02"):
        text = said(sit("enterprise").open("unit-project", project.pk).html)

    assert "今日可申报企业投资项目备案" in text
    assert "欠缺：施工许可证（编号、日期）" in text
    assert "县财政局：承诺60亩，期限2026-06-30，已兑现0亩" in text.replace(" 亩", "亩")


def test_nothing_on_it_leads_to_a_closed_door(sit: Sit, project: Project) -> None:
    with on("2026-03-02"):
        unit = sit("enterprise")
        html = unit.open("unit-project", project.pk).html

    inside = re.findall(r'href="(/projects/[^"?#]*)', html)
    assert set(inside) == {"/projects/unit/", f"/projects/{project.pk}/reports/"}


def test_a_project_of_another_unit_is_not_found(sit: Sit, play: Play) -> None:
    with on("2026-03-02"):
        other = play.building(name="别家的", owner_code="91140826MA0000082B")

        assert sit("enterprise").open("unit-project", other.pk).status == 404


def test_the_list_of_the_unit_leads_to_it(sit: Sit, project: Project) -> None:
    with on("2026-03-02"):
        html = sit("enterprise").open("unit-projects").html

    assert f'href="/projects/unit/{project.pk}/"' in html
