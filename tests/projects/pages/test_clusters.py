"""The page of the clusters: a list that is filled in as a whole."""

from __future__ import annotations

from collections.abc import Callable

from sushui.projects import queries, services
from sushui.projects.services import ClusterEntry
from tests.projects.pages.reading import Desk
from tests.projects.play import Play

Sit = Callable[[str], Desk]


def names(play: Play) -> list[str]:
    return [each.name for each in queries.clusters(play.office.division_id)]


def test_the_first_clusters_are_named_one_a_line(play: Play, sit: Sit) -> None:
    desk = sit("project_office")
    empty = desk.open("clusters").empty

    desk.send("clusters", more="新材料\n\n 新装备 \n")

    assert (empty, names(play)) == ("本县（市、区）还没有产业集群。", ["新材料", "新装备"])


def test_names_and_order_change_and_an_emptied_one_goes(play: Play, sit: Sit) -> None:
    first, second, third = services.set_clusters(play.office, [ClusterEntry(name) for name in "甲乙丙"])
    said = {f"name_{first.pk}": "甲类", f"name_{second.pk}": "乙", f"name_{third.pk}": ""}
    said |= {f"rank_{first.pk}": 2, f"rank_{second.pk}": 1, f"rank_{third.pk}": 3}

    sit("project_office").send("clusters", more="丁", **said)

    assert names(play) == ["乙", "甲类", "丁"]


def test_a_cluster_leads_to_its_projects(play: Play, sit: Sit) -> None:
    (cluster,) = services.set_clusters(play.office, [ClusterEntry("新材料")])
    play.project(cluster_id=cluster.pk)

    sight = sit("project_office").open("clusters")

    assert sight.rows == ["新材料 1"]
