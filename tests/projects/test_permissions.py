"""Which projects each of the cast may know of, and what it may do with them."""

from __future__ import annotations

import pytest

from sushui.kernel.errors import NotFound
from sushui.kernel.subjects import visible_subjects
from sushui.organizations.models import Agency
from sushui.projects import permissions, queries
from sushui.projects.models import Project
from tests.projects.play import Play


@pytest.fixture
def projects(play: Play) -> dict[str, Project]:
    """One project of each agency, and one that nobody answers for yet."""
    made = {key: play.project(name=key, agency_id=play.agency_id(key)) for key in ("works", "finance", "hospital")}
    return {**made, "nobody": play.project(name="nobody", agency_id=None)}


ALL = ["finance", "hospital", "nobody", "works"]


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("leader", ALL),
        ("office", ALL),
        ("project_office", ALL),
        ("statistics", ALL),
        ("city_leader", ALL),
        ("works_head", ["works"]),
        ("works_handler", ["works"]),
        ("finance_handler", ["finance"]),
        ("hospital", ["hospital"]),
        ("township", []),
        ("administrator", []),
        ("enterprise", []),
        ("bank", []),
        ("neighbor_office", []),
        ("neighbor_head", []),
    ],
)
def test_who_knows_of_which_projects(play: Play, projects: dict[str, Project], who: str, seen: list[str]) -> None:
    viewer = play.viewer(who)

    names = sorted(project.name for project in queries.visible_projects(viewer))

    assert names == seen
    assert sorted(subject.label for subject in visible_subjects(viewer)) == seen


def test_a_head_sees_the_projects_of_the_agencies_under_the_own(play: Play, projects: dict[str, Project]) -> None:
    Agency.objects.filter(pk=play.agency_id("finance")).update(parent=play.agency_id("works"))

    names = sorted(project.name for project in queries.visible_projects(play.viewer("works_head")))

    assert names == ["finance", "works"]


def test_what_one_may_not_know_of_reads_as_if_it_were_not(play: Play, projects: dict[str, Project]) -> None:
    refusals = []
    for number in (projects["works"].pk, 10**6):
        with pytest.raises(NotFound) as refused:
            queries.project_for(play.viewer("finance_head"), number)
        refusals.append(str(refused.value))

    assert refusals[0] == refusals[1]


@pytest.mark.parametrize(
    ("predicate", "allowed"),
    [
        ("may_edit_project", {"project_office"}),
        ("may_report_on_project", {"project_office", "works_head", "works_handler"}),
        ("may_enroll_project", {"project_office", "statistics"}),
    ],
)
def test_who_may_do_what_with_a_project(
    play: Play, projects: dict[str, Project], predicate: str, allowed: set[str]
) -> None:
    may = getattr(permissions, predicate)

    found = {key for key in play.county.posts if may(play.viewer(key), projects["works"])}

    assert found == allowed
