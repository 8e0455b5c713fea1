"""Where projects stand, and the shapes on which they stand: who says it, what is refused, what the chain holds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sushui.kernel.errors import DomainError, Forbidden, NotFound, StaleRecord
from sushui.kernel.models import AuditLine
from sushui.organizations.models import Division
from sushui.projects import services
from sushui.projects.enums import Datum
from sushui.projects.models import Project, TownshipShapes
from sushui.projects.queries import township_shapes
from sushui.projects.services.ground import ShapesKept, keep_township_shapes, remove_township_shapes
from tests.projects.looks.shapes import EAST, shapes_file, square
from tests.projects.play import Play, on

EAST_OF, NORTH_OF = Decimal("111.5706"), Decimal("35.4906")


pytestmark = pytest.mark.usefixtures("towns")


def keep(play: Play, data: bytes | None = None, by: str = "administrator", **said: str) -> ShapesKept:
    given = {"file_name": "乡镇.geojson", "source": "县自然资源局 2025", **said}
    return keep_township_shapes(play.viewer(by), data or shapes_file(), datum=Datum.WGS_84, **given)


# --- a project -------------------------------------------------------------------------------------------------------
def test_a_project_gets_its_place(play: Play) -> None:
    with on("2026-02-01"):
        project = play.project()
        services.locate_project(play.office, project, longitude=EAST_OF, latitude=NORTH_OF)
    line = play.last_line(project)

    assert (play.now(project).longitude, play.now(project).latitude) == (EAST_OF, NORTH_OF)
    assert (line.verb, line.after) == ("locate_project", {"longitude": "111.5706", "latitude": "35.4906"})


def test_a_place_that_nobody_knows_any_more_is_taken_away(play: Play) -> None:
    with on("2026-02-01"):
        project = play.project()
        services.locate_project(play.office, project, longitude=EAST_OF, latitude=NORTH_OF)
        services.locate_project(play.office, play.now(project), longitude=None, latitude=None)

    assert (play.now(project).longitude, play.now(project).latitude) == (None, None)


@pytest.mark.parametrize(
    ("longitude", "latitude", "code"),
    [
        (EAST_OF, None, "place_incomplete"),
        (None, NORTH_OF, "place_incomplete"),
        (NORTH_OF, EAST_OF, "place_outside"),
        (Decimal(0), Decimal(0), "place_outside"),
    ],
)
def test_what_is_no_place_is_refused(
    play: Play, longitude: Decimal | None, latitude: Decimal | None, code: str
) -> None:
    with on("2026-02-01"), pytest.raises(DomainError) as refused:
        services.locate_project(play.office, play.project(), longitude=longitude, latitude=latitude)

    assert refused.value.code == code


@pytest.mark.parametrize("key", ["leader", "works_handler", "administrator", "statistics"])
def test_only_the_project_office_places_projects(play: Play, key: str) -> None:
    with on("2026-02-01"), pytest.raises(Forbidden):
        services.locate_project(play.viewer(key), play.project(), longitude=EAST_OF, latitude=NORTH_OF)


def test_a_version_that_is_gone_is_not_overwritten(play: Play) -> None:
    with on("2026-02-01"):
        project = play.project()
        services.locate_project(play.office, project, longitude=EAST_OF, latitude=NORTH_OF)

        with pytest.raises(StaleRecord):
            services.locate_project(play.office, project, longitude=None, latitude=None, seen_version=1)


def test_many_projects_are_placed_in_one_act(play: Play) -> None:
    township = Division.objects.get(name="古绛镇")
    with on("2026-02-01"):
        projects = [play.project(name=f"第{number}项") for number in range(3)]
        services.place_projects(play.office, [(each.pk, township.pk, EAST_OF, NORTH_OF) for each in projects])

    assert set(Project.objects.values_list("place__name", "longitude")) == {("古绛镇", EAST_OF)}
    assert AuditLine.objects.filter(verb="locate_project").count() == 3


def test_many_projects_are_not_placed_in_another_county(play: Play) -> None:
    with on("2026-02-01"):
        place = [(play.project().pk, play.county.neighbor.pk, EAST_OF, NORTH_OF)]

    with pytest.raises(NotFound):
        services.place_projects(play.office, place)


# --- shapes ----------------------------------------------------------------------------------------------------------
def test_shapes_are_kept_with_their_source(play: Play) -> None:
    with on("2026-02-01"):
        made = keep(play, review_number="晋S(2025)001号")
    kept = TownshipShapes.objects.get()

    assert (made.count, made.left_out) == (2, ())
    assert (kept.division, kept.source, kept.review_number) == (
        play.county.county,
        "县自然资源局 2025",
        "晋S(2025)001号",
    )
    assert AuditLine.objects.latest("pk").verb == "upload_township_shapes"


def test_new_shapes_take_the_place_of_the_old(play: Play) -> None:
    with on("2026-02-01"):
        keep(play)
        keep(play, shapes_file(square("东镇镇", EAST)), source="新图")

    assert list(TownshipShapes.objects.values_list("source", flat=True)) == ["新图"]


def test_townships_without_a_shape_and_strangers_are_named(play: Play) -> None:
    with on("2026-02-01"):
        Division.objects.filter(name="横水镇").update(name="横水")
        made = keep(play)

    assert (made.count, made.missing, made.left_out) == (1, ("横水",), ("横水镇",))


@pytest.mark.parametrize("key", ["project_office", "leader", "works_head", "city_leader"])
def test_only_the_administrator_keeps_shapes(play: Play, key: str) -> None:
    with pytest.raises(Forbidden):
        keep(play, by=key)


def test_a_neighbors_administrator_keeps_other_shapes(play: Play) -> None:
    with on("2026-02-01"):
        keep(play)
        neighbor = play.viewer("neighbor_administrator")

    assert township_shapes(neighbor, play.county.county.pk) is None


@pytest.mark.parametrize(
    ("data", "said", "code"),
    [
        (b" " * (8 * 2**20 + 1), {}, "file_too_large"),
        (b"no json", {}, "shapes_unreadable"),
        (b"", {"source": " "}, "text_missing"),
    ],
)
def test_a_file_that_is_not_taken_says_why(play: Play, data: bytes, said: dict[str, str], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        keep(play, data or None, **said)

    assert (refused.value.code, TownshipShapes.objects.count()) == (code, 0)


def test_a_refusal_names_the_place_in_the_file(play: Play) -> None:
    turned = square("横水镇", [[y, x] for x, y in EAST])
    with pytest.raises(DomainError) as refused:
        keep(play, shapes_file(turned))

    assert refused.value.sentence == "第 3 个要素的顶点 35.4, 111.5 不是中国境内的经纬度。"


def test_shapes_are_removed(play: Play) -> None:
    with on("2026-02-01"):
        keep(play)
        remove_township_shapes(play.viewer("administrator"))

        with pytest.raises(NotFound):
            remove_township_shapes(play.viewer("administrator"))

    assert TownshipShapes.objects.count() == 0
