"""Answers, ratings, common issues, levels and checks."""

from __future__ import annotations

from datetime import date

import pytest

from sushui.kernel.errors import DomainError, Forbidden
from sushui.relief import queries, services
from sushui.relief.enums import CheckVerdict, Satisfaction, SupportLevel, SupportState
from sushui.relief.models import CommonIssue, SpotCheck
from sushui.supervision.queries import part_for, parts_of
from sushui.supervision.services import apply_for_closing, sign_for_task
from tests.enterprises.play import on
from tests.relief.play import Play

S = SupportState


def test_one_answer_reaches_all_and_each_rates_for_itself(play: Play) -> None:
    rows = [play.receive(of=each) for each in (play.ours, play.forge, play.mill)]
    issue = play.gather(rows)
    services.answer_issue(play.viewer("works_head"), issue, text="园区变电站五月投运。")
    play.rate(rows[0], Satisfaction.SATISFIED)
    for row in rows[1:]:
        play.rate(row, Satisfaction.BASICALLY, by="office")

    states = [play.fresh(row).state for row in rows]
    issue.refresh_from_db()
    assert (states, issue.state, CommonIssue.objects.count()) == ([S.CLOSED] * 3, S.CLOSED, 1)
    assert queries.ratings_of(rows[1]).get().is_by_phone


def test_who_is_not_content_with_the_answer_to_all_is_worked_on_alone(play: Play) -> None:
    rows = [play.receive(of=each) for each in (play.ours, play.forge)]
    issue = play.gather(rows)
    services.answer_issue(play.viewer("works_head"), issue, text="五月。")
    play.rate(rows[0], Satisfaction.NOT)

    row = play.assign(rows[0], "finance")

    assert (row.state, row.issue, row.lead_agency) == (S.ASSIGNED, issue, play.county.agencies["finance"])
    assert row.task != issue.task


def test_one_request_is_no_common_issue(play: Play) -> None:
    with pytest.raises(DomainError) as refusal:
        play.gather([play.receive()])

    assert refusal.value.code == "too_few"


def test_reopened_too_often_the_office_checks_itself(play: Play) -> None:
    row = play.receive()
    for _turn in range(3):
        row = play.rate(play.answer(row, by="office"), Satisfaction.NOT)

    assert (row.state, SpotCheck.objects.get().request) == (S.CHECKING, row)
    row = services.check_request(play.viewer("project_office"), row, verdict=CheckVerdict.NOT_SETTLED, words="仍未通电")
    assert row.state is S.REOPENED


def test_what_supervision_closes_without_an_answer_is_answered_by_its_words(play: Play) -> None:
    row = play.assign(play.receive())
    assert row.task is not None
    works = play.viewer("works_head")
    part = sign_for_task(works, part_for(works, parts_of(row.task)[0].pk))
    apply_for_closing(works, part, text="已增容。")

    play.close(row.task.pk)

    row = play.fresh(row)
    assert (row.state, queries.answers_of(row).get().text) == (S.ANSWERED, "已增容。")


def test_what_supervision_returns_need_not_be_rated(play: Play) -> None:
    row = play.answer(play.assign(play.receive()))
    assert row.task is not None

    play.send_back(row.task.pk)

    assert play.fresh(row).state is S.ASSIGNED


def test_only_the_lead_agency_answers_what_was_assigned(play: Play) -> None:
    row = play.assign(play.receive(), "works", "finance")

    for key in ("finance_head", "office"):
        with pytest.raises(Forbidden):
            play.answer(row, by=key)


def test_nobody_rates_the_own_answer(play: Play) -> None:
    row = play.answer(play.receive(), by="office")

    with pytest.raises(Forbidden):
        play.rate(row, Satisfaction.SATISFIED, by="office")


def test_a_rating_that_never_comes_closes_the_request(play: Play) -> None:
    row = play.answer(play.receive(), by="office")

    with on("2026-03-17"):
        early = services.lapse_ratings()
    with on("2026-03-18"):
        late = services.lapse_ratings()

    assert (early, late, play.fresh(row).rating) == (0, 1, "")


def test_a_request_goes_up_and_never_down(play: Play) -> None:
    row = play.receive()
    row = services.raise_request(play.viewer("office"), row, level=SupportLevel.ABOVE, reason="要省里批")

    with pytest.raises(DomainError) as refusal:
        services.raise_request(play.viewer("office"), row, level=SupportLevel.LEADERS, reason="再降")

    assert (row.level, refusal.value.code) == (SupportLevel.ABOVE, "raised_already")


def test_a_draw_can_be_repeated_from_its_seed(play: Play) -> None:
    for number in range(4):
        play.rate(play.answer(play.receive(f"第 {number} 件"), by="office"), Satisfaction.SATISFIED)
    days = {"since": date(2026, 3, 1), "until": date(2026, 3, 31)}

    draw = services.draw_checks(play.viewer("office"), **days, count=2, seed="2026-03")

    assert (draw.population, draw.checks.count()) == (4, 2)
    with pytest.raises(DomainError):
        services.draw_checks(play.viewer("office"), since=date(2025, 1, 1), until=date(2025, 1, 2), count=1)
