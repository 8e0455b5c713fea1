"""What happens to one step: the dates that can be, who may record them, and what is asked about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from sushui.kernel.errors import DomainError, Forbidden, StaleRecord
from sushui.projects.enums import ProjectStage
from sushui.projects.enums.permits import PermitDoubt, PermitState, PermitStopKind
from sushui.projects.models import PermitStop
from sushui.projects.services import move_project
from sushui.projects.services import permits as services
from tests.projects.permits.playing import Permits
from tests.projects.play import on

TODAY = "2026-03-20"
S = PermitState


def refusal(act: Callable[[], Any]) -> DomainError:
    with pytest.raises(DomainError) as caught:
        act()
    return caught.value


# --- the application -------------------------------------------------------------------------------------------------
def test_an_application_runs_from_its_filing_to_its_grant(permits: Permits) -> None:
    with on("2026-03-02"):
        project = permits.planned()
        states = [permits.state(project, "eia_form")]
        permits.file(project, "eia_form", "2026-03-02")
        states.append(permits.state(project, "eia_form"))
    with on(TODAY):
        permits.grant(project, "eia_form", TODAY, number="环审〔2026〕3号")
        states.append(permits.state(project, "eia_form"))

    assert states == [S.FILEABLE, S.RUNNING, S.DONE]


def test_each_act_writes_one_line_about_the_project(permits: Permits) -> None:
    with on(TODAY):
        project = permits.planned()
        permits.file(project, "filing", TODAY)
        permits.grant(project, "filing", TODAY, number="2026-1")

    assert permits.play.verbs(project)[-3:] == ["choose_permit_path", "file_permit", "grant_permit"]


def test_a_line_says_which_step_and_what_of_it(permits: Permits) -> None:
    with on(TODAY):
        project = permits.planned()
        permits.grant(project, "filing", "2026-03-19", number="2026-1")

    line = permits.play.last_line(project)

    assert line.after == {"step": "企业投资项目备案", "granted_on": "2026-03-19", "number": "2026-1"}


def test_acceptance_sets_the_clock_of_a_limit_from_acceptance_going(permits: Permits) -> None:
    with on(TODAY):
        project = permits.planned()
        permits.grant(project, "filing", "2026-03-02")
        permits.file(project, "works_planning_permit", "2026-03-04")
        permits.accept(project, "works_planning_permit", "2026-03-05")

    assert permits.step(project, "works_planning_permit").due_on == date(2026, 4, 2)


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda p, x: p.file(x, "eia_form", "2026-03-21"), "day_in_future"),
        (lambda p, x: p.grant(x, "eia_form", "2026-03-21"), "day_in_future"),
        (lambda p, x: p.grant(x, "soil_water", "2026-03-09"), "permit_before_filed"),
        (lambda p, x: p.accept(x, "soil_water", "2026-03-09"), "permit_before_filed"),
        (lambda p, x: p.file(x, "soil_water", "2026-03-11"), "permit_wrong_state"),
        (lambda p, x: p.accept(x, "eia_form", "2026-03-11"), "permit_wrong_state"),
        (lambda p, x: p.grant(x, "eia_form", TODAY, expires_on=date(2026, 3, 1)), "permit_expires_before"),
        (lambda p, x: p.grant(x, "construction_start", TODAY), "permit_start_is_the_ledgers"),
        (lambda p, x: p.grant(x, "works_planning_permit", TODAY), "permit_before_prerequisites"),
        (lambda p, x: p.file(x, "works_planning_permit", TODAY), "permit_before_prerequisites"),
    ],
)
def test_impossible_and_odd_dates_are_refused_or_asked_about(permits: Permits, act: Any, code: str) -> None:
    with on(TODAY):
        project = permits.planned(frozenset({"land_in_hand", "eia_form", "soil_water"}))
        permits.file(project, "soil_water", "2026-03-10")

        assert refusal(lambda: act(permits, project)).code == code


def test_what_is_asked_about_names_what_is_missing(permits: Permits) -> None:
    with on(TODAY):
        project = permits.planned()
        permits.grant(project, "filing", "2026-03-19")

        asked = refusal(lambda: permits.file(project, "works_planning_permit", "2026-03-18"))

    assert asked.params["missing"] == "企业投资项目备案"


def test_what_was_odd_stands_in_the_line_once_it_is_confirmed(permits: Permits) -> None:
    with on(TODAY):
        project = permits.planned()
        permits.file(project, "works_planning_permit", TODAY, confirmed={PermitDoubt.BEFORE_PREREQUISITES})

    assert permits.play.last_line(project).after["odd"] == ["before_prerequisites"]


# --- numbers ---------------------------------------------------------------------------------------------------------
def test_one_number_at_two_steps_of_a_project_is_refused(permits: Permits) -> None:
    with on(TODAY):
        project = permits.planned()
        permits.grant(project, "filing", TODAY, number="2026-1")

        twice = refusal(lambda: permits.grant(project, "eia_form", TODAY, number=" 2026-1 "))

    assert (twice.code, twice.params["step"]) == ("permit_number_twice", "企业投资项目备案")


def test_the_number_of_another_projects_document_is_asked_about_by_its_name(permits: Permits) -> None:
    with on(TODAY):
        other = permits.planned(name="涑水工业园标准厂房")
        project = permits.planned()
        permits.grant(other, "works_planning_permit", TODAY, number="地字第1号", confirmed=set(PermitDoubt))

        asked = refusal(
            lambda: permits.grant(
                project,
                "works_planning_permit",
                TODAY,
                number="地字第1号",
                confirmed={PermitDoubt.BEFORE_PREREQUISITES},
            )
        )

    assert (asked.code, asked.params["project"]) == ("permit_number_elsewhere", "涑水工业园标准厂房")


def test_two_projects_may_share_a_document_that_somebody_confirmed(permits: Permits) -> None:
    with on(TODAY):
        for project in (permits.planned(name="一期"), permits.planned(name="二期")):
            permits.grant(project, "works_planning_permit", TODAY, number="地字第1号", confirmed=set(PermitDoubt))

    assert permits.step(project, "works_planning_permit").number == "地字第1号"


def test_a_project_that_is_not_the_viewers_to_see_is_not_named(permits: Permits) -> None:
    with on(TODAY):
        other = permits.planned(name="别的项目", agency_id=permits.play.agency_id("hospital"))
        permits.grant(other, "eia_form", TODAY, number="1", confirmed=set(PermitDoubt))
        project = permits.planned()

        asked = refusal(lambda: permits.grant(project, "filing", TODAY, by="finance_handler", number="1"))

    assert "别的项目" not in str(asked)


# --- corrections and stops -------------------------------------------------------------------------------------------
def test_an_application_that_was_sent_back_waits_for_its_corrections(permits: Permits) -> None:
    office = permits.play.office
    with on(TODAY):
        project = permits.planned()
        permits.grant(project, "filing", "2026-03-02")
        permits.file(project, "works_planning_permit", "2026-03-18")
        step = permits.step(project, "works_planning_permit")
        services.send_back_permit(office, step, on=date(2026, 3, 19), reason="缺总平面图")
        seen = [permits.state(project, "works_planning_permit")]
        services.resume_permit(office, permits.step(project, "works_planning_permit"), on=date(2026, 3, 20))
        seen.append(permits.state(project, "works_planning_permit"))

    assert seen == [S.CORRECTIONS, S.FILED]


def test_the_clock_stands_still_for_what_the_law_lets_it_stand_still_for(permits: Permits) -> None:
    with on("2026-04-01"):
        project = permits.planned(frozenset({"land_in_hand", "eia_form", "soil_water"}))
        permits.file(project, "soil_water", "2026-03-10")
        permits.accept(project, "soil_water", "2026-03-10")
        stops = services.stop_permit
        step = permits.step(project, "soil_water")
        stops(permits.play.office, step, kind=PermitStopKind.EXPERT_REVIEW, on=date(2026, 3, 20), reason="专家评审")
        stopped = permits.state(project, "soil_water")
        services.resume_permit(permits.play.office, permits.step(project, "soil_water"), on=date(2026, 3, 27))

    assert stopped is S.STOPPED
    assert permits.step(project, "soil_water").due_on == date(2026, 4, 15)


def test_no_clock_stands_still_for_what_nothing_names(permits: Permits) -> None:
    with on(TODAY):
        project = permits.planned()
        permits.file(project, "eia_form", "2026-03-10")
        step = permits.step(project, "eia_form")
        act = services.stop_permit

        asked = refusal(
            lambda: act(permits.play.office, step, kind=PermitStopKind.TENDER, on=date(2026, 3, 12), reason="招标")
        )

    assert asked.code == "permit_no_such_stop"


def test_a_grant_ends_what_stood_still(permits: Permits) -> None:
    with on(TODAY):
        project = permits.planned(frozenset({"land_in_hand", "eia_form", "soil_water"}))
        permits.file(project, "soil_water", "2026-03-10")
        step = permits.step(project, "soil_water")
        services.send_back_permit(permits.play.office, step, on=date(2026, 3, 11), reason="补图")
        permits.grant(project, "soil_water", TODAY)

    assert PermitStop.objects.get(step=step).until_on == date(2026, 3, 20)


def test_a_limit_is_prolonged_as_far_as_the_law_lets_it(permits: Permits) -> None:
    office = permits.play.office
    with on(TODAY):
        project = permits.planned(frozenset({"land_in_hand", "eia_form", "soil_water"}))
        permits.file(project, "soil_water", "2026-03-10")
        permits.accept(project, "soil_water", "2026-03-10")
        step = permits.step(project, "soil_water")
        before = step.due_on
        services.prolong_permit_limit(office, step, by_days=10, reason="情况复杂")
        too_far = refusal(
            lambda: services.prolong_permit_limit(
                office, permits.step(project, "soil_water"), by_days=11, reason="情况复杂"
            )
        )

    assert (before, permits.step(project, "soil_water").due_on) == (date(2026, 4, 8), date(2026, 4, 22))
    assert too_far.code == "permit_extended_too_far"


# --- good until ------------------------------------------------------------------------------------------------------
def test_a_construction_permit_runs_out_and_is_had_again(permits: Permits) -> None:
    anyway = {"confirmed": {PermitDoubt.BEFORE_PREREQUISITES}}
    with on(TODAY):
        project = permits.planned()
        permits.grant(project, "construction_permit", "2026-03-02", number="1", **anyway)
        until = permits.step(project, "construction_permit").good_until
    with on("2026-06-03"):
        services.read_permits_due()
        seen = [permits.state(project, "construction_permit")]
        permits.grant(project, "construction_permit", "2026-06-03", number="2", **anyway)
        seen.append(permits.state(project, "construction_permit"))

    assert (until, seen) == (date(2026, 6, 2), [S.EXPIRED, S.DONE])


def test_an_extension_moves_the_last_good_day(permits: Permits) -> None:
    office = permits.play.office
    with on(TODAY):
        project = permits.planned()
        permits.grant(project, "construction_permit", "2026-03-02", confirmed=set(PermitDoubt))
        step = permits.step(project, "construction_permit")
        same = refusal(
            lambda: services.extend_permit(office, step, expires_on=date(2026, 6, 2), reason="招标流标，延期开工")
        )
        services.extend_permit(office, step, expires_on=date(2026, 9, 2), reason="招标流标，延期开工")

    assert same.code == "permit_not_later"
    assert permits.step(project, "construction_permit").good_until == date(2026, 9, 2)


# --- taking back -----------------------------------------------------------------------------------------------------
def test_what_was_recorded_is_taken_back_newest_first(permits: Permits) -> None:
    with on(TODAY):
        project = permits.planned()
        permits.file(project, "eia_form", "2026-03-10")
        permits.grant(project, "eia_form", TODAY, number="1")
        seen = []
        for _turn in range(2):
            services.take_back_permit(permits.play.office, permits.step(project, "eia_form"), reason="录错项目")
            seen.append(permits.state(project, "eia_form"))
        nothing = refusal(
            lambda: services.take_back_permit(permits.play.office, permits.step(project, "eia_form"), reason="录错")
        )

    assert (seen, nothing.code) == ([S.RUNNING, S.FILEABLE], "permit_nothing_recorded")


def test_a_grant_taken_back_lets_wait_again_what_it_ended(permits: Permits) -> None:
    office = permits.play.office
    with on(TODAY):
        project = permits.planned(frozenset({"land_in_hand", "eia_form", "soil_water"}))
        permits.file(project, "soil_water", "2026-03-10")
        services.send_back_permit(office, permits.step(project, "soil_water"), on=date(2026, 3, 11), reason="补图")
        permits.grant(project, "soil_water", TODAY)
        services.take_back_permit(office, permits.step(project, "soil_water"), reason="录错项目")

    assert (PermitStop.objects.get().until_on, permits.state(project, "soil_water")) == (None, S.CORRECTIONS)
    assert permits.play.last_line(project).after == {
        "step": "生产建设项目水土保持方案审批",
        "kind": "corrections",
        "from_on": "2026-03-11",
    }


def test_a_grant_taken_back_leaves_what_went_on_before_it(permits: Permits) -> None:
    office = permits.play.office
    with on(TODAY):
        project = permits.planned(frozenset({"land_in_hand", "eia_form", "soil_water"}))
        permits.file(project, "soil_water", "2026-03-10")
        services.send_back_permit(office, permits.step(project, "soil_water"), on=date(2026, 3, 11), reason="补图")
        services.resume_permit(office, permits.step(project, "soil_water"), on=date(2026, 3, 20))
        permits.grant(project, "soil_water", TODAY)
        services.take_back_permit(office, permits.step(project, "soil_water"), reason="录错项目")

    assert PermitStop.objects.get().until_on == date(2026, 3, 20)


def test_the_line_of_what_was_taken_back_keeps_what_it_was(permits: Permits) -> None:
    with on(TODAY):
        project = permits.planned()
        permits.grant(project, "filing", TODAY, number="2026-1")
        services.take_back_permit(permits.play.office, permits.step(project, "filing"), reason="录错项目")

    line = permits.play.last_line(project)

    assert (line.before, line.note) == ({"granted_on": "2026-03-20", "number": "2026-1"}, "录错项目")


# --- who may ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("by", "key", "may"),
    [
        ("finance_handler", "filing", True),
        ("finance_head", "filing", True),
        ("works_handler", "filing", False),  # answers for the project, but does not decide
        ("works_handler", "contractor", True),  # the project unit's own work
        ("finance_handler", "contractor", False),
        ("leader", "filing", False),
        ("office", "filing", False),
        ("statistics", "filing", False),
        ("township", "filing", False),
        ("neighbor_head", "filing", False),
    ],
)
def test_whoever_holds_a_step_records_it(permits: Permits, by: str, key: str, may: bool) -> None:
    with on(TODAY):
        project = permits.planned()

        try:
            permits.grant(project, key, TODAY, by=by, confirmed=set(PermitDoubt))
            done = True
        except Forbidden:
            done = False

    assert done is may


def test_whoever_answers_for_the_project_says_that_it_was_filed(permits: Permits) -> None:
    with on(TODAY):
        project = permits.planned()
        permits.file(project, "filing", TODAY, by="works_handler")

    assert permits.step(project, "filing").filed_on == date(2026, 3, 20)


def test_two_people_on_one_step_never_overwrite_each_other(permits: Permits) -> None:
    with on(TODAY):
        project = permits.planned()
        seen = permits.step(project, "filing").version
        permits.file(project, "filing", TODAY)

        with pytest.raises(StaleRecord):
            permits.grant(project, "filing", TODAY, seen_version=seen)


# --- the ledger's start ----------------------------------------------------------------------------------------------
def test_the_start_of_construction_is_the_ledgers_to_say(permits: Permits) -> None:
    with on(TODAY):
        project = permits.planned()
        move_project(
            permits.play.office, project, stage=ProjectStage.UNDER_CONSTRUCTION, on=date(2026, 3, 16), is_owed=True
        )
        services.read_permits_due()

    plan = permits.plan(project)

    assert (plan.is_reached, plan.start_on) == (True, date(2026, 3, 16))
