"""The projects of an enterprise on its page: by its credit code, as far as the viewer may know of them."""

from __future__ import annotations

import pytest

from sushui.enterprises.models import Enterprise
from sushui.kernel.panels import panels_of
from sushui.kernel.viewer import Viewer
from sushui.projects import services
from sushui.projects.services import ProjectDraft
from tests.cast import County
from tests.enterprises.play import CODE, OTHER_CODE, Play, on


@pytest.fixture
def owner(county: County) -> Enterprise:
    """An enterprise of the works bureau with a project of the finance bureau, and the cast's own enterprise."""
    play, office = Play(county), county.viewer("project_office")
    with on("2026-03-03"):
        made = play.enter("鑫源铸造有限公司", code=OTHER_CODE, agency="works")
        finance = county.agencies["finance"].pk
        services.register_project(office, ProjectDraft("铸造二期", owner_code=OTHER_CODE, agency_id=finance))
        services.register_project(office, ProjectDraft("别家的", owner_code=CODE, agency_id=finance))
    return made


def shown(viewer: Viewer, enterprise: Enterprise) -> list[str]:
    blocks = [block for block in panels_of(viewer, enterprise) if block.template.startswith("projects/")]
    return [row.name for block in blocks for row in block.context["rows"]]


@pytest.mark.parametrize(
    ("who", "names"), [("leader", ["铸造二期"]), ("finance_head", ["铸造二期"]), ("works_head", []), ("bank", [])]
)
def test_who_sees_the_projects_of_an_enterprise(county: County, owner: Enterprise, who: str, names: list[str]) -> None:
    assert shown(county.viewer(who), owner) == names


def test_an_enterprise_sees_its_own_on_its_page_and_is_led_to_its_reports(county: County, owner: Enterprise) -> None:
    agency = county.agencies["enterprise"]
    agency.code = OTHER_CODE
    agency.save()

    assert shown(county.viewer("enterprise"), owner) == ["铸造二期"]


def test_an_enterprise_without_a_code_has_no_projects(county: County) -> None:
    assert shown(county.viewer("leader"), Play(county).enter("甲有限公司")) == []
