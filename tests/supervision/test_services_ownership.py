""" "Not mine": said within one working day, naming whose it is; the office decides the same day, and that is final."""

from __future__ import annotations

import pytest

from sushui.kernel.errors import DomainError, Forbidden, NotFound
from sushui.supervision import services
from sushui.supervision.enums import ClockKind, PartRole, PartState, RequestKind, RequestState, TaskKind, TaskState
from sushui.supervision.models import TaskPart
from tests.supervision.play import Play, in_march, march

K = ClockKind


def states(play: Play, task: object) -> dict[str, tuple[str, str]]:
    """Each agency's newest part: role and state."""
    rows = TaskPart.objects.filter(task=task).order_by("pk").select_related("agency")
    return {str(part.agency): (str(part.role), str(part.state)) for part in rows}


# --- saying so -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("day", [5, 6])
def test_not_mine_may_be_said_until_the_end_of_the_next_working_day(play: Play, day: int) -> None:
    with march(5):
        task = play.task()
    with march(day, "23:59"):
        play.dispute(task)

    assert play.part(task).state == PartState.DISPUTED


def test_the_working_day_for_not_mine_passes_over_a_weekend(play: Play) -> None:
    with march(6):
        task = play.task()
    with march(9):
        play.dispute(task)

    assert play.part(task).state == PartState.DISPUTED


def test_not_mine_is_refused_after_the_next_working_day(play: Play) -> None:
    with march(2):
        task = play.task()

    with march(4), pytest.raises(DomainError) as refusal:
        play.dispute(task)
    assert (refusal.value.code, refusal.value.params) == ("dispute_too_late", {"day": "2026-03-03"})


def test_not_mine_is_refused_after_signing(play: Play) -> None:
    with march(2):
        task = play.signed()

        with pytest.raises(DomainError) as refusal:
            play.dispute(task)
    assert refusal.value.code == "part_wrong_state"


def test_not_mine_names_another_agency(play: Play) -> None:
    with march(2):
        task = play.task()

        with pytest.raises(DomainError) as refusal:
            play.dispute(task, named="works")
    assert refusal.value.code == "names_itself"


def test_not_mine_names_no_agency_of_another_county(play: Play) -> None:
    with march(2):
        task = play.task()

        with pytest.raises(DomainError) as refusal:
            play.dispute(task, named="neighbor_head")
    assert refusal.value.code == "not_found"


def test_not_mine_names_no_agency_of_a_zone_that_would_not_see_the_task(play: Play) -> None:
    with march(2):
        part = play.part(play.task())
        zone_id = play.zone_agency_id()

        with pytest.raises(NotFound):
            services.dispute_ownership(play.speaker("works"), part, named_agency_id=zone_id, reason="不归我们")


def test_the_office_gives_a_part_to_no_agency_of_a_zone(play: Play) -> None:
    with march(2):
        request = play.dispute(play.task())
        zone_id = play.zone_agency_id()

        with pytest.raises(NotFound):
            services.decide_ownership(play.office, request, agency_id=zone_id)


def test_not_mine_needs_a_reason(play: Play) -> None:
    with march(2):
        task = play.task()
        named_id = play.agency_id("finance")

        with pytest.raises(DomainError) as refusal:
            services.dispute_ownership(play.speaker("works"), play.part(task), named_agency_id=named_id, reason=" ")
    assert refusal.value.code == "text_missing"


def test_the_clocks_stop_and_the_office_has_until_the_end_of_the_day(play: Play) -> None:
    with march(2):
        task = play.task()
        play.dispute(task)

    assert (play.running(task), play.due(task, K.OWNERSHIP_DECISION, None)) == ({}, in_march(2))


def test_a_dispute_on_a_rest_day_is_decided_on_the_next_working_day(play: Play) -> None:
    with march(6):
        task = play.task()
    with march(7):
        play.dispute(task)

    assert play.due(task, K.OWNERSHIP_DECISION, None) == in_march(9)


def test_the_clocks_of_the_others_run_on(play: Play) -> None:
    with march(2):
        task = play.task(supporting=("finance",))
        play.dispute(task, named="gujiang")

    assert play.running(task, "finance") == {K.ANSWER_LEAD: in_march(4)}


def test_the_office_is_told(play: Play) -> None:
    with march(2):
        task = play.task()
        play.dispute(task)

    assert play.told("%(agency)s says") == [
        ("%(agency)s says that it is not theirs: %(title)s", ["office", "office_second"])
    ]


# --- deciding: it stays ----------------------------------------------------------------------------------------------
def test_decided_the_same_day_nothing_is_lost(play: Play) -> None:
    with march(2):
        task = play.task()
        before = play.running(task)
        play.decide(play.dispute(task), "works")

    assert (play.running(task), play.part(task).state) == (before, PartState.ASSIGNED)


def test_decided_later_the_days_that_the_clocks_stood_still_do_not_count(play: Play) -> None:
    with march(2):
        task = play.task()
    with march(3):
        request = play.dispute(task)
    with march(6):
        play.decide(request, "works")

    assert play.running(task) == {K.ARRANGEMENT: in_march(2), K.FEEDBACK: in_march(9), K.RESULT: in_march(13)}


def test_the_office_has_met_its_clock(play: Play) -> None:
    with march(2):
        task = play.task()
        request = play.dispute(task)
    with march(3):
        play.decide(request, "works")

    decision = play.clock(task, K.OWNERSHIP_DECISION, None)
    assert (decision.due_on, decision.met_on) == (in_march(2), in_march(3))


@pytest.mark.parametrize(("owner", "state"), [("works", RequestState.REFUSED), ("finance", RequestState.GRANTED)])
def test_the_decision_says_whether_the_agency_was_right(play: Play, owner: str, state: RequestState) -> None:
    with march(2):
        task = play.task()
        play.decide(play.dispute(task), owner)

    assert play.request(task, RequestKind.OWNERSHIP).state == state


@pytest.mark.parametrize("owner", ["works", "finance"])
def test_the_decision_is_final(play: Play, owner: str) -> None:
    with march(2):
        task = play.task()
        play.decide(play.dispute(task), owner)

        with pytest.raises(DomainError) as refusal:
            play.dispute(task, named="gujiang", agency=owner)
    assert refusal.value.code == "decided_finally"


def test_what_was_decided_is_not_decided_again(play: Play) -> None:
    with march(2):
        task = play.task()
        request = play.dispute(task)
        play.decide(request, "finance")

        with pytest.raises(DomainError) as refusal:
            play.decide(request, "works")
    assert refusal.value.code == "decided_already"


# --- deciding: it moves ----------------------------------------------------------------------------------------------
def test_a_lead_that_moves_begins_anew_at_its_owner(play: Play) -> None:
    with march(2):
        task = play.task()
    with march(3):
        new = play.decide(play.dispute(task), "finance")

    assert states(play, task) == {"县住建局": ("lead", "moved"), "县财政局": ("lead", "assigned")}
    assert (play.running(task), play.running(task, "finance")) == (
        {},
        {K.ARRANGEMENT: in_march(3), K.FEEDBACK: in_march(5), K.RESULT: in_march(11)},
    )
    assert (play.now(task).lead_agency_id, new.agency_id) == (play.agency_id("finance"), play.agency_id("finance"))


def test_the_office_may_name_a_third(play: Play) -> None:
    with march(2):
        task = play.task()
        play.decide(play.dispute(task, named="finance"), "gujiang")

    assert states(play, task) == {"县住建局": ("lead", "moved"), "古绛镇": ("lead", "assigned")}


def test_continuing_work_that_moves_has_its_node_there(play: Play) -> None:
    with march(2):
        task = play.task(kind=TaskKind.CONTINUING)
        play.decide(play.dispute(task), "finance")

    assert play.running(task, "finance")[K.NODE] == in_march(31)


def test_a_lead_that_moves_to_an_agency_that_supports_takes_its_part_up(play: Play) -> None:
    with march(2):
        task = play.task(supporting=("finance",), requests={play.agency_id("finance"): "出资金方案"})
        new = play.decide(play.dispute(task), "finance")

    assert states(play, task) == {"县住建局": ("lead", "moved"), "县财政局": ("lead", "assigned")}
    assert (new.request, sorted(play.running(task, "finance"))) == ("出资金方案", ["arrangement", "feedback", "result"])


def test_support_that_moves_to_another_is_asked_the_same_of_it(play: Play) -> None:
    with march(2):
        task = play.task(supporting=("finance",), requests={play.agency_id("finance"): "出资金方案"})
        new = play.decide(play.dispute(task, named="gujiang", agency="finance"), "gujiang")

    assert (new.role, new.request, play.running(task, "gujiang")) == (
        PartRole.SUPPORTING,
        "出资金方案",
        {K.ANSWER_LEAD: in_march(4)},
    )


def test_support_that_moves_to_one_that_supports_already_is_added_to_what_it_does(play: Play) -> None:
    asked = {play.agency_id("finance"): "出资金方案", play.agency_id("gujiang"): "腾地"}
    with march(2):
        task = play.task(supporting=("finance", "gujiang"), requests=asked)
        new = play.decide(play.dispute(task, named="gujiang", agency="finance"), "gujiang")

    assert new.request == "腾地\n出资金方案"
    assert TaskPart.objects.filter(task=task, is_open=True).count() == 2


def test_support_that_falls_to_the_lead_is_the_leads_own(play: Play) -> None:
    with march(2):
        task = play.task(supporting=("finance",))
        part = play.decide(play.dispute(task, named="works", agency="finance"), "works")

    assert states(play, task) == {"县住建局": ("lead", "assigned"), "县财政局": ("supporting", "moved")}
    assert (part.role, play.running(task, "finance")) == (PartRole.LEAD, {})


# --- beside other acts -----------------------------------------------------------------------------------------------
def test_two_disputes_in_one_task_have_a_clock_each(play: Play) -> None:
    with march(2):
        task = play.task(supporting=("finance", "gujiang"))
        first = play.dispute(task, named="reform", agency="finance")
        second = play.dispute(task, named="reform", agency="gujiang")
        play.decide(first, "finance")

    assert [task.clocks.get(pk=request.clock_id).is_running for request in (first, second)] == [False, True]


def test_a_dispute_about_a_part_that_is_taken_up_leaves_the_office_nothing_to_decide(play: Play) -> None:
    with march(2):
        task = play.task(supporting=("finance", "gujiang"))
        first = play.dispute(task, named="gujiang", agency="finance")
        play.dispute(task, named="finance", agency="gujiang")
        play.decide(first, "gujiang")

    offices = task.clocks.filter(kind=K.OWNERSHIP_DECISION)
    assert [each.is_running for each in offices] == [False, False]


def test_a_dispute_in_a_suspended_task_keeps_its_clocks_standing(play: Play) -> None:
    with march(2):
        task = play.task(supporting=("finance",))
        services.sign_for_task(play.speaker("works"), play.part(task))
        request = play.dispute(task, named="gujiang", agency="finance")
        play.suspend(task, in_march(20))
        play.decide(request, "finance")

    assert play.running(task, "finance") == {}


def test_resuming_a_task_leaves_a_disputed_part_standing(play: Play) -> None:
    with march(2):
        task = play.task(supporting=("finance",))
        services.sign_for_task(play.speaker("works"), play.part(task))
        play.dispute(task, named="gujiang", agency="finance")
        play.suspend(task, in_march(20))
        play.resume(task)

    assert (play.running(task, "finance"), sorted(play.running(task))) == ({}, ["arrangement", "feedback", "result"])


def test_a_part_that_moves_in_a_suspended_task_waits_for_the_task(play: Play) -> None:
    with march(2):
        task = play.task(supporting=("finance",))
        services.sign_for_task(play.speaker("works"), play.part(task))
        request = play.dispute(task, named="gujiang", agency="finance")
        play.suspend(task, in_march(20))
        play.decide(request, "gujiang")
        waiting = play.running(task, "gujiang")
    with march(4):
        play.resume(task)

    assert (waiting, play.running(task, "gujiang")) == ({}, {K.ANSWER_LEAD: in_march(6)})


def test_withdrawing_a_disputed_task_leaves_nothing_to_decide(play: Play) -> None:
    with march(2):
        task = play.task()
        request = play.dispute(task)
        play.withdraw(task)

        with pytest.raises(DomainError) as refusal:
            play.decide(request, "finance")
    assert (refusal.value.code, play.now(task).state) == ("decided_already", TaskState.WITHDRAWN)


def test_nobody_decides_about_a_part_of_the_own_agency(play: Play) -> None:
    with march(2):
        task = play.task(supporting=("reform",), by="project_office")
        request = play.dispute(task, named="finance", agency="reform")

        with pytest.raises(Forbidden):
            services.decide_ownership(play.viewer("project_office"), request, agency_id=play.agency_id("finance"))


def test_the_story_tells_what_was_said_and_decided(play: Play) -> None:
    with march(2):
        task = play.task()
        play.decide(play.dispute(task), "finance")

    assert play.verbs(task) == ["draft_task", "assign_task", "dispute_ownership", "decide_ownership"]
    assert play.last_line(task).after["owner"] == "县财政局"
