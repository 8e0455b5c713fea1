"""What is done to the projects that are ticked in the grid: all of them, or none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sushui.kernel.errors import DomainError, Forbidden
from sushui.projects.enums import ProjectVerb
from sushui.projects.models import Project
from sushui.projects.services.clusters import ClusterEntry, set_clusters
from sushui.projects.services.ticked import change_ticked
from tests.projects.imports.books import cells_of
from tests.projects.pages.reading import Desk
from tests.projects.play import Play, on

Sit = Callable[[str], Desk]
TICKED = "/projects/ticked/"


def cluster(play: Play) -> int:
    return set_clusters(play.office, [ClusterEntry("装备制造")])[0].pk


def three(play: Play) -> list[Project]:
    return [play.project(name=name) for name in "甲乙丙"]


def test_ticked_projects_get_the_agency_and_the_cluster_and_the_others_stay(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        first, second, third = three(play)
        said = {"row": [first.pk, second.pk], "agency": play.agency_id("finance"), "cluster": cluster(play)}
        sit("project_office").client.post(TICKED, said)

    rows = [play.now(project) for project in (first, second, third)]
    assert [row.agency_id == play.agency_id("finance") for row in rows] == [True, True, False]
    assert [row.cluster is not None for row in rows] == [True, True, False]
    assert [play.verbs(row)[-1] for row in rows] == [ProjectVerb.EDIT, ProjectVerb.EDIT, ProjectVerb.REGISTER]


def test_what_a_project_says_already_is_no_edit(play: Play) -> None:
    projects = three(play)

    changed = change_ticked(play.office, projects, agency_id=projects[0].agency_id)

    assert changed == []


def test_nothing_chosen_is_refused(play: Play) -> None:
    with pytest.raises(DomainError) as refused:
        change_ticked(play.office, three(play))

    assert refused.value.code == "nothing_to_change"


def test_all_or_none(play: Play) -> None:
    first, second, _third = three(play)
    Project.objects.filter(pk=second.pk).update(version=9)

    with pytest.raises(DomainError):
        change_ticked(play.office, [first, second], cluster_id=cluster(play))

    assert play.now(first).cluster is None


def test_only_whoever_keeps_the_ledger_changes_it(play: Play, sit: Sit) -> None:
    (first, *_others), chosen = three(play), cluster(play)

    with pytest.raises(Forbidden):
        change_ticked(play.viewer("works_head"), [first], cluster_id=chosen)
    assert sit("works_head").client.post(TICKED, {"row": first.pk, "cluster": chosen}).status_code == 403


def test_nothing_ticked_is_said(play: Play, sit: Sit) -> None:
    answer = sit("project_office").client.post(TICKED, {"cluster": cluster(play)})

    assert (answer.status_code, "没有勾选项目" in answer.content.decode()) == (422, True)


def test_just_the_ticked_rows_are_exported_in_the_chosen_columns(play: Play, sit: Sit) -> None:
    first, _second, third = three(play)

    said = {"row": [first.pk, third.pk], "export": "1"}
    answer = sit("leader").client.post(f"{TICKED}?columns=name.stage", said)

    rows = cells_of(answer.getvalue())
    assert {row[0] for row in rows} & {"甲", "乙", "丙"} == {"甲", "丙"}
