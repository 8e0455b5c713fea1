"""The clusters of a division: one list, kept as a whole."""

from __future__ import annotations

import pytest

from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.models import AuditLine
from sushui.projects import queries, services
from sushui.projects.models import ProjectCluster
from sushui.projects.services import ClusterEntry
from sushui.projects.services.portfolios import draft_from_ledger, open_portfolio
from tests.projects.play import Play


def kept(play: Play, *names: str) -> list[ProjectCluster]:
    return services.set_clusters(play.office, [ClusterEntry(name) for name in names])


def names(play: Play) -> list[str]:
    return [each.name for each in queries.clusters(play.office.division_id)]


def test_clusters_stand_in_the_order_of_the_list(play: Play) -> None:
    first, second = kept(play, "新材料", "新装备")

    services.set_clusters(
        play.office, [ClusterEntry("新装备", second.pk), ClusterEntry("大健康"), ClusterEntry("新材料", first.pk)]
    )

    assert names(play) == ["新装备", "大健康", "新材料"]


def test_a_cluster_keeps_its_projects_under_another_name(play: Play) -> None:
    (cluster,) = kept(play, "新材料")
    project = play.project(cluster_id=cluster.pk)

    services.set_clusters(play.office, [ClusterEntry("镁基新材料", cluster.pk)])

    project.refresh_from_db()
    assert project.cluster.name == "镁基新材料"


@pytest.mark.django_db(transaction=True)
def test_two_clusters_change_names_with_each_other(play: Play) -> None:
    first, second = kept(play, "新材料", "新装备")

    services.set_clusters(play.office, [ClusterEntry("新装备", first.pk), ClusterEntry("新材料", second.pk)])

    assert [(each.pk, each.name) for each in queries.clusters(play.office.division_id)] == [
        (first.pk, "新装备"),
        (second.pk, "新材料"),
    ]


def test_what_is_left_out_is_taken_away(play: Play) -> None:
    kept(play, "新材料", "新装备")

    services.set_clusters(play.office, [])

    assert names(play) == []


def test_a_cluster_with_projects_is_not_taken_away(play: Play) -> None:
    (cluster,) = kept(play, "新材料")
    play.project(cluster_id=cluster.pk)

    with pytest.raises(DomainError) as refused:
        services.set_clusters(play.office, [ClusterEntry("新装备")])

    assert (refused.value.code, names(play)) == ("cluster_in_use", ["新材料"])


def test_a_cluster_that_a_version_of_the_portfolio_names_is_kept(play: Play) -> None:
    (cluster,) = kept(play, "新材料")
    project = play.project(cluster_id=cluster.pk)
    portfolio = open_portfolio(play.office, year=2026, name="2026年项目盘子")
    version = draft_from_ledger(play.office, portfolio, queries.ProjectFilter())
    services.edit_project(play.office, project, play.draft(name=project.name))

    with pytest.raises(DomainError) as refused:
        services.set_clusters(play.office, [])

    assert (version.entries.count(), refused.value.code) == (1, "cluster_in_use")


@pytest.mark.parametrize(
    ("given", "code"), [(["新材料", " 新材料 "], "named_twice"), (["新材料", " "], "text_missing")]
)
def test_a_list_that_cannot_be_is_refused(play: Play, given: list[str], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        kept(play, *given)

    assert (refused.value.code, names(play)) == (code, [])


def test_a_cluster_of_the_neighbor_is_none(play: Play) -> None:
    stranger = ProjectCluster.objects.create(division=play.county.neighbor, name="别县的")

    with pytest.raises(DomainError) as refused:
        services.set_clusters(play.office, [ClusterEntry("我的", stranger.pk)])

    assert refused.value.code == "no_such_cluster"


def test_the_list_is_the_project_offices(play: Play) -> None:
    with pytest.raises(Forbidden):
        services.set_clusters(play.viewer("leader"), [ClusterEntry("新材料")])


def test_only_what_changed_is_a_line_in_the_chain(play: Play) -> None:
    first, second = kept(play, "新材料", "新装备")
    services.set_clusters(play.office, [ClusterEntry("新材料", first.pk), ClusterEntry("高端装备", second.pk)])
    services.set_clusters(play.office, [ClusterEntry("新材料", first.pk)])

    lines = AuditLine.objects.filter(verb__in=["keep_cluster", "drop_cluster"]).order_by("pk")

    assert [(line.verb, line.before, line.after) for line in lines] == [
        ("keep_cluster", {}, {"name": "新材料"}),
        ("keep_cluster", {}, {"name": "新装备"}),
        ("keep_cluster", {"name": "新装备"}, {"name": "高端装备"}),
        ("drop_cluster", {"name": "高端装备"}, {}),
    ]


def test_the_page_counts_the_projects_in_two_queries(play: Play, django_assert_num_queries: object) -> None:
    first, _second = kept(play, "新材料", "新装备")
    for number in range(3):
        play.project(name=f"项目{number}", cluster_id=first.pk)

    office = play.office

    with django_assert_num_queries(2):  # type: ignore[operator]
        counts = queries.cluster_counts(office)

    assert [(each.name, each.count) for each in counts] == [("新材料", 3), ("新装备", 0)]
