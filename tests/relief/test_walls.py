"""Which requests a viewer may know of, by every read of the room."""

from __future__ import annotations

import pytest

from sushui.kernel.errors import NotFound
from sushui.kernel.subjects import visible_subjects
from sushui.relief import queries
from sushui.relief.enums import IssueSource, SupportChannel
from sushui.relief.panels.origin import requests_panel
from sushui.relief.queries import RequestFilter
from tests.relief.play import Play

EVERYBODY = (
    "leader",
    "office",
    "project_office",
    "statistics",
    "works_head",
    "finance_head",
    "township",
    "enterprise",
    "bank",
    "hospital",
    "administrator",
    "neighbor_office",
    "city_leader",
)


def test_who_knows_of_a_request_before_and_after_it_is_assigned(play: Play) -> None:
    row = play.receive(of=play.forge)

    before = [key for key in EVERYBODY if _sees(play, key, row.pk)]
    play.assign(row, "works", "finance")
    after = [key for key in EVERYBODY if _sees(play, key, row.pk)]

    assert before == ["leader", "office", "project_office", "city_leader"]
    assert sorted(set(after) - set(before)) == ["finance_head", "works_head"]


def _sees(play: Play, key: str, number: int) -> bool:
    return queries.visible_requests(play.viewer(key)).filter(pk=number).exists()


def test_an_enterprise_reaches_nothing_of_another_by_any_read(play: Play) -> None:
    own, other = play.receive("我们的变压器"), play.receive("他们的高炉", of=play.forge)
    play.gather([play.receive("共同的水", of=play.forge), play.receive("共同的路", of=play.mill)])
    viewer = play.viewer("enterprise")

    assert list(queries.requests(viewer, RequestFilter(state="all"))) == [own]
    assert queries.requests(viewer, RequestFilter(text="高炉")).count() == 0
    assert list(queries.state_counts(viewer).values()) == [1]
    assert [each.object_id for each in visible_subjects(viewer).filter(kind="support_request")] == [own.pk]
    assert queries.visible_issues(viewer).count() == 0
    assert [line.about for line in queries.issue_lines(viewer)] == [play.ours.name]
    assert queries.requests_of_enterprise(viewer, play.forge).count() == 0
    with pytest.raises(NotFound):
        queries.request_for(viewer, other.pk)


def test_the_page_of_an_enterprise_shows_what_the_viewer_may_know(play: Play) -> None:
    play.receive(of=play.forge)

    shown = {key: requests_panel(play.viewer(key), play.forge) for key in ("office", "statistics", "bank")}

    counts = {key: len(block.context["rows"]) if block else None for key, block in shown.items()}
    assert counts == {"office": 1, "statistics": 0, "bank": None}


def test_the_register_counts_what_is_gathered_once(play: Play) -> None:
    play.receive("单独的")
    play.gather([play.receive("一", of=play.forge), play.receive("二", of=play.mill)])

    lines = queries.issue_lines(play.viewer("office"))

    found = sorted((line.source.value, line.how_many) for line in lines)
    assert found == [(IssueSource.COMMON.value, 2), (IssueSource.REQUEST.value, 1)]


def test_agencies_see_how_many_they_found_themselves(play: Play) -> None:
    play.receive(by="project_office", channel=SupportChannel.VISIT)

    counts = queries.duty_counts(play.viewer("office"), play.receive("x").received_on)
    own = queries.duty_counts(play.viewer("works_head"), play.receive("y").received_on)

    assert {each.name: each.found for each in counts}["县发改局"] == 1
    assert [(each.name, each.found, each.missing) for each in own] == [("县住建局", 0, 2)]
