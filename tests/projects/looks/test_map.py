"""The map: townships with their projects by light, schematic or on shapes that were uploaded."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sushui.organizations.models import Division
from sushui.projects import services
from sushui.projects.enums import Datum
from sushui.projects.models import Project, TownshipShapes
from sushui.projects.services.ground import keep_township_shapes
from tests.projects.looks.shapes import shapes_file
from tests.projects.pages.reading import Desk
from tests.projects.play import Play, on
from tests.supervision.pages.reading import Sight, said

Sit = Callable[[str], Desk]
INSIDE = (Decimal("111.55"), Decimal("35.45"))


pytestmark = pytest.mark.usefixtures("towns")


def place(name: str) -> int:
    return Division.objects.get(name=name).pk


def areas(sight: Sight) -> dict[str, str]:
    """What the table beside the map says of each place."""
    body = sight.html.split("map-table")[1].split("<tbody>")[1]
    rows = [said(row.replace("</td>", " ")) for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)]
    return {row.split(" ")[0]: row.partition(" ")[2] for row in rows}


def tiles(sight: Sight) -> list[str]:
    return [said(each) for each in re.findall(r"<title>(.*?)</title>", sight.html.split("<svg")[1])]


def located(play: Play, longitude: Decimal, latitude: Decimal, **values: object) -> Project:
    project = play.project(**values)
    return services.locate_project(play.office, project, longitude=longitude, latitude=latitude)


def keep(play: Play, datum: Datum = Datum.WGS_84) -> None:
    said_too = {"file_name": "乡镇.geojson", "source": "县自然资源局", "review_number": "晋S(2025)001号"}
    keep_township_shapes(play.viewer("administrator"), shapes_file(), datum=datum, **said_too)


# --- schematic -------------------------------------------------------------------------------------------------------
def test_townships_count_their_projects_by_light(play: Play, sit: Sit) -> None:
    with on("2026-06-01"):
        play.project(name="甲", place_id=place("古绛镇"), planned_start_month=date(2026, 1, 1))
        play.project(name="乙", place_id=place("古绛镇"), planned_start_month=date(2026, 9, 1))
        play.project(name="丙", place_id=play.county.county.pk)
        play.project(name="丁")
        sight = sit("leader").open("map")

    assert areas(sight) == {"古绛镇": "1 — 1 — 2", "横水镇": "— — — — 0", "乡镇未填": "— — — 2 2"}
    assert tiles(sight)[0] == "古绛镇: 红 1, 绿 1"


def test_what_lies_in_no_township_opens_the_rows_that_it_counts(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        play.project(name="甲", place_id=place("古绛镇"))
        play.project(name="丙", place_id=play.county.county.pk)
        play.project(name="丁")
        desk = sit("leader")
        html, opened = desk.open("map").html, desk.open("ledger", without="township")

    assert 'href="/projects/?without=township"' in html
    assert len(opened.rows) == 2


def test_a_map_without_shapes_says_that_it_is_schematic(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        play.project()
        html = sit("leader").open("map").html

    assert "示意图：每个乡镇一格，大致按相邻位置摆放；不表示边界和距离。" in html


def test_a_tile_leads_to_its_projects_with_the_filters(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        play.project(place_id=place("古绛镇"))
        html = sit("leader").open("map", stage="planned").html

    assert f'href="/projects/map/?stage=planned&amp;place={place("古绛镇")}"' in html
    assert f'href="/projects/?stage=planned&amp;place={place("古绛镇")}&amp;light=' in html


def test_a_city_counts_its_counties(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        play.project(place_id=place("古绛镇"))
        desk = sit("city_leader")
        city, county = areas(desk.open("map")), areas(desk.open("map", division=play.county.county.pk))

    assert ([name for name in city if name != "乡镇未填"], city["绛县"][-1]) == (["闻喜县", "绛县"], "1")
    assert county["古绛镇"][-1] == "1"


# --- on shapes -------------------------------------------------------------------------------------------------------
def test_projects_stand_on_the_shapes_by_light(play: Play, sit: Sit) -> None:
    with on("2026-06-01"):
        keep(play)
        located(play, *INSIDE, name="甲项目", planned_start_month=date(2026, 1, 1))
        html = sit("leader").open("map").html

    assert (html.count('class="map-area"'), html.count('class="map-mark is-red"')) == (2, 1)
    assert "<title>红 甲项目</title>" in html
    assert "边界来源：县自然资源局。 审图号：晋S(2025)001号。" in said(html)


def test_projects_that_would_cover_each_other_are_one_mark_with_the_worst_light(play: Play, sit: Sit) -> None:
    with on("2026-06-01"):
        keep(play)
        located(play, *INSIDE, name="甲", planned_start_month=date(2026, 9, 1))
        located(play, *INSIDE, name="乙", planned_start_month=date(2026, 1, 1))
        html = sit("leader").open("map").html

    assert (html.count('class="map-mark'), html.count('class="map-mark is-red"')) == (1, 1)


def test_points_are_shifted_to_the_datum_of_the_shapes(play: Play, sit: Sit) -> None:
    found = []
    for datum in Datum:
        with on("2026-02-01"):
            keep(play, datum)
            if not found:
                located(play, *INSIDE)
            html = sit("leader").open("map").html
        found.append(re.findall(r'class="map-mark[^"]*" transform="translate\(([\d.]+) ([\d.]+)\)"', html)[0])

    assert found[0] != found[1]


def test_the_map_goes_near_to_the_township_that_is_asked_for(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        keep(play)
        located(play, *INSIDE, place_id=place("古绛镇"))
        whole, near = (sit("leader").open("map", **asked).html for asked in ({}, {"place": place("古绛镇")}))
    paths = [re.findall(r'class="map-area"[^>]* d="([^"]*)"', html)[0] for html in (whole, near)]

    assert paths[0] != paths[1]


# --- keeping the shapes ----------------------------------------------------------------------------------------------
def upload(desk: Desk, data: bytes, **said_too: str) -> Sight:
    file = SimpleUploadedFile("乡镇.geojson", data)
    given = {"datum": "wgs_84", "source": "县自然资源局", "review_number": "", **said_too}
    return desk.send("map-shapes", file=file, **given)


def test_an_administrator_uploads_shapes_and_takes_them_away(sit: Sit) -> None:
    desk = sit("administrator")
    before = desk.open("map-shapes").empty
    answered = upload(desk, shapes_file())
    removed = desk.send("remove-map-shapes")

    assert (before, answered.messages) == ("尚未上传乡镇边界：项目地图为示意图。", ["2 个乡镇已有边界。"])
    assert (removed.messages, TownshipShapes.objects.count()) == (["地图恢复为示意图。"], 0)


def test_a_file_of_something_else_is_refused_beside_the_form(sit: Sit) -> None:
    answered = upload(sit("administrator"), b"%PDF-1.7")

    assert (answered.status, answered.errors) == (
        422,
        ["文件不是 JSON。请上传一个 GeoJSON 文件，每个乡镇一个面，坐标以度为单位。"],
    )


def test_only_the_administrator_finds_the_page(sit: Sit) -> None:
    statuses = {key: sit(key).open("map-shapes").status for key in ("administrator", "leader", "project_office")}

    assert statuses == {"administrator": 200, "leader": 403, "project_office": 403}


def test_a_project_is_placed_by_its_form(play: Play, sit: Sit) -> None:
    with on("2026-02-01"):
        project = play.project()
        desk = sit("project_office")
        desk.send("locate", project.pk, longitude="111.57", latitude="35.49", version="1")
        refused = desk.send("locate", project.pk, longitude="35.49", latitude="48.57", version="2")

    assert (play.now(project).longitude, refused.status) == (Decimal("111.570000"), 422)
