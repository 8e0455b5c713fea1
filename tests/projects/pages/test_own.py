"""What an agency answers for and owes: its list, its day, its badge."""

from __future__ import annotations

from collections.abc import Callable

from sushui.kernel.front import front
from sushui.kernel.nav import frame
from sushui.projects.enums import ProjectStage
from tests.projects.pages.reading import Desk
from tests.projects.play import Play, on

Sit = Callable[[str], Desk]


def badge(play: Play, key: str, entry: str) -> int | None:
    """What waits in a room of the frame; None where there is no such room for the viewer."""
    found = {item.key: item.badge for item in frame.entries_for(play.viewer(key), "/")}
    return found.get(entry)


def test_the_list_says_which_months_are_owed_and_offers_the_report(play: Play, sit: Sit) -> None:
    with on("2026-04-02"):
        project = play.building("2026-01-05")
        play.report(project, m1=10)
        sight = sit("works_handler").open("own")

    assert sight.rows == ["涑水装备产业园 已开工 ● 绿 — 2026年2月、2026年3月 — 报送"]
    assert (sight.figure("待报数据"), sight.notes) == ("1", ["2026年3月数据应于4月5日 周日前报送。"])


def test_only_what_is_owed_is_left_by_the_figure(play: Play, sit: Sit) -> None:
    with on("2026-04-02"):
        done = play.building(name="报过的")
        play.building(name="没报的")
        play.report(done, m1=1, m2=1, m3=1)
        rows = sit("works_handler").open("own", owed="1").rows

    assert [row.split(" ")[0] for row in rows] == ["没报的"]


def test_nothing_is_owed_before_the_start_nor_after_completion(play: Play, sit: Sit) -> None:
    with on("2026-04-02"):
        play.project(name="未开工", stage=ProjectStage.SIGNED)
        play.project(name="已竣工", stage=ProjectStage.COMPLETED)
        play.building("2026-04-01", name="本月开工")
        sight = sit("works_handler").open("own")

    assert (sight.figure("待报数据"), [row.endswith("报送") for row in sight.rows]) == ("0", [False] * 3)


def test_an_agency_without_projects_is_told_how_they_come(sit: Sit) -> None:
    assert sit("finance_head").open("own").empty == "本单位没有负责的项目。"


def test_when_all_is_reported_the_narrowed_list_says_so(play: Play, sit: Sit) -> None:
    with on("2026-04-02"):
        play.project()

        assert sit("works_handler").open("own", owed="1").empty == "数据已全部报送。"


def test_the_badge_counts_owed_figures_and_red_projects(play: Play) -> None:
    with on("2026-07-10"):
        project = play.building()
        play.plan(project, **{f"m{number}": 100 for number in range(1, 13)})
        badges = {
            (key, entry): badge(play, key, entry)
            for key, entry in (
                ("works_handler", "own-projects"),
                ("works_handler", "projects"),
                ("leader", "projects"),
                ("bank", "projects"),
            )
        }

    assert badges == {
        ("works_handler", "own-projects"): 1,
        ("works_handler", "projects"): None,
        ("leader", "projects"): 1,
        ("bank", "projects"): None,
    }


def test_the_day_says_by_when_figures_are_due(play: Play) -> None:
    with on("2026-04-02"):
        play.building()
        day = front.day_for(play.viewer("works_handler"))
        figures = [(str(each.label), each.value, each.status) for each in day.figures if "数据" in str(each.label)]

    assert figures == [("4月5日 周日前应报数据", 1, "yellow")]
    assert [str(block.title) for block in day.blocks] == ["待报2026年3月数据"]


def test_the_day_turns_red_once_the_figures_are_late(play: Play) -> None:
    with on("2026-04-07"):
        play.building()
        figures = front.day_for(play.viewer("works_handler")).figures

    assert [each.status for each in figures if "数据" in str(each.label)] == ["red"]


def test_the_day_of_a_leader_shows_what_is_red(play: Play, sit: Sit) -> None:
    with on("2026-07-10"):
        project = play.building()
        play.plan(project, **{f"m{number}": 100 for number in range(1, 13)})
        day = front.day_for(play.viewer("leader"))
        html = sit("leader").client.get("/").content.decode()

    assert [(str(each.label), each.value) for each in day.figures if "项目" in str(each.label)] == [("红灯项目", 1)]
    assert ("亮红灯最久的项目" in html, html.count(f"/projects/{project.pk}/")) == (True, 1)
