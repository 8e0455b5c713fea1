"""The story of a project: who came, what they saw, and what was done, by post and in the order of time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from sushui.kernel.models import Subject
from sushui.liaison.enums import VisitWay
from sushui.liaison.models import Visit
from sushui.liaison.services import FindingDraft, VisitDraft, log_visit, withdraw_visit
from sushui.projects.models import Project
from sushui.projects.panels.sheet import project_sheet, visits_to
from sushui.projects.panels.story import story_of
from sushui.projects.templatetags.projects import is_beside
from tests.projects.pages.reading import Desk
from tests.projects.play import Play, on

Sit = Callable[[str], Desk]


def visit(play: Play, project: Project, *problems: str, by: str = "leader", way: VisitWay = VisitWay.ON_SITE) -> Visit:
    """A visit to the project today, with what it found."""
    works = play.agency_id("works")
    findings = tuple(FindingDraft(text, works) for text in problems)
    draft = VisitDraft(visited_on=date(2026, 3, 4), way=way, seen="厂房封顶，缺电。", findings=findings)
    return log_visit(play.viewer(by), Subject.objects.get(pk=project.subject_id), draft)


def acts(play: Play, project: Project, who: str = "leader") -> list[str]:
    return [str(entry.act) for entry in project_sheet(play.viewer(who), project).story]


def test_a_visit_stands_in_the_story_with_what_was_seen_and_a_link(play: Play) -> None:
    with on("2026-03-04"):
        project = play.building()
        made = visit(play, project, "变压器容量不足", "道路没有硬化")
        found_one, found_other, entry = project_sheet(play.viewer("leader"), project).story[:3]

    assert {found_one.act, found_other.act} == {"交办督办事项：变压器容量不足", "交办督办事项：道路没有硬化"}
    assert (entry.act, entry.post, entry.quote) == (
        "3月4日 周三走访（现场走访）",
        "县政府 常务副县长",
        "厂房封顶，缺电。",
    )
    assert [(change.label, change.before, change.after) for change in entry.changes] == [("发现问题", None, "2")]
    assert entry.url == f"/liaison/visits/{made.pk}/"


def test_a_visit_that_found_nothing_counts_no_problems(play: Play) -> None:
    with on("2026-03-04"):
        project = play.building()
        visit(play, project, way=VisitWay.CALL)
        entry = project_sheet(play.viewer("leader"), project).story[0]

    assert (entry.act, entry.changes) == ("3月4日 周三走访（电话联系）", ())


def test_a_visit_reads_in_english_too(play: Play) -> None:
    with on("2026-03-04"), override("en"):
        project = play.building()
        visit(play, project)

        assert acts(play, project)[0] == "visited on Wed 4 March (On site)"


def test_the_page_links_the_visit(play: Play, sit: Sit) -> None:
    with on("2026-03-04"):
        project = play.building()
        made = visit(play, project)
        html = sit("leader").open("project", project.pk).html

    assert f'<span class="story-act"><a href="/liaison/visits/{made.pk}/">3月4日 周三走访（现场走访）</a>' in html


def test_a_visit_stands_between_what_was_done_before_and_after_it(play: Play) -> None:
    with on("2026-03-02"):
        project = play.building()
    with on("2026-03-04"):
        visit(play, project)
    with on("2026-03-05"):
        play.report(project, m1=40)

    assert acts(play, project) == ["报送月度完成投资", "3月4日 周三走访（现场走访）", "登记项目"]


def test_a_withdrawn_visit_leaves_the_story(play: Play) -> None:
    with on("2026-03-04"):
        project = play.building()
        withdraw_visit(play.viewer("leader"), visit(play, project), reason="登错项目")

    assert acts(play, project) == ["登记项目"]


@pytest.mark.parametrize(("who", "seen"), [("leader", 1), ("office", 1), ("project_office", 1), ("works_handler", 0)])
def test_visits_are_told_to_those_who_may_know_of_them(play: Play, who: str, seen: int) -> None:
    with on("2026-03-04"):
        project = play.building()
        visit(play, project)

    assert len(visits_to(play.viewer(who), project)) == seen


def test_a_project_that_no_room_below_knows_has_no_visits(play: Play) -> None:
    with on("2026-03-04"):
        project = play.building()
    project.subject = None

    assert visits_to(play.viewer("leader"), project) == []


def test_a_story_of_thirty_visits_asks_no_more_than_one_of_one(play: Play) -> None:
    counts = []
    with on("2026-03-04"):
        project = play.building()
        for more in (1, 29):
            for _each in range(more):
                visit(play, project)
            with CaptureQueriesContext(connection) as asked:
                entries = story_of([], [], visits_to(play.viewer("leader"), project))
            counts.append((len(entries), len(asked)))

    assert counts == [(1, counts[0][1]), (30, counts[0][1])]


@pytest.mark.parametrize(
    ("name", "post", "is_told"),
    [("县发改局项目办主任", "县发改局 项目办主任", False), ("新任主任", "县发改局 项目办主任", True)],
)
def test_a_name_stands_beside_a_post_only_where_it_says_more(name: str, post: str, is_told: bool) -> None:
    assert is_beside(name, post) is is_told
