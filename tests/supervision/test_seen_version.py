"""Two people on one part: the second is told what the first did, and keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sushui.kernel.errors import StaleRecord
from sushui.supervision import services
from sushui.supervision.enums import ClockKind, ReportKind
from sushui.supervision.models import ProgressReport, TaskPart
from tests.supervision.play import Play, in_march, march

Act = Callable[[Play, TaskPart, int], object]


def _report(play: Play, part: TaskPart, seen: int) -> object:
    said = {"kind": ReportKind.PROGRESS, "text": "办了"}
    return services.report_progress(play.viewer("works_head"), part, **said, seen_version=seen)


def _apply(play: Play, part: TaskPart, seen: int) -> object:
    return services.apply_for_closing(play.viewer("works_head"), part, text="办完了", seen_version=seen)


def _ask_extension(play: Play, part: TaskPart, seen: int) -> object:
    asked = {"running": play.clock(part.task, ClockKind.RESULT), "new_due_on": in_march(20), "reason": "雨季"}
    return services.ask_extension(play.viewer("works_head"), part, **asked, seen_version=seen)


def _ask_suspension(play: Play, part: TaskPart, seen: int) -> object:
    asked = {"plan": [services.PlanStep(in_march(20), "一步")], "reason": "等批复"}
    return services.ask_suspension(play.viewer("works_head"), part, **asked, seen_version=seen)


def _appoint(play: Play, part: TaskPart, seen: int) -> object:
    post_id = play.post_id("works_handler")
    return services.appoint_handler(play.viewer("works_head"), part, handler_post_id=post_id, seen_version=seen)


def _sign(play: Play, part: TaskPart, seen: int) -> object:
    return services.sign_for_task(play.viewer("works_head"), part, seen_version=seen)


def _dispute(play: Play, part: TaskPart, seen: int) -> object:
    said = {"named_agency_id": play.agency_id("finance"), "reason": "不归我们"}
    return services.dispute_ownership(play.viewer("works_head"), part, **said, seen_version=seen)


AT_WORK = (_report, _apply, _ask_extension, _ask_suspension, _appoint)


@pytest.mark.parametrize("act", AT_WORK)
@march(2)
def test_whoever_acts_second_on_a_part_is_told(play: Play, act: Act) -> None:
    task = play.signed()
    seen = play.part(task).version
    play.report(task, ReportKind.ARRANGEMENT)

    with pytest.raises(StaleRecord):
        act(play, play.part(task), seen)


@pytest.mark.parametrize("act", AT_WORK)
@march(2)
def test_whoever_saw_the_part_as_it_stands_acts(play: Play, act: Act) -> None:
    part = play.part(play.signed())

    act(play, part, part.version)

    assert play.part(part.task).version > part.version


@pytest.mark.parametrize("act", [_sign, _dispute])
@march(2)
def test_whoever_signs_or_disputes_second_is_told(play: Play, act: Act) -> None:
    part = play.part(play.task())
    services.sign_for_task(play.viewer("works_handler"), part)

    with pytest.raises(StaleRecord):
        act(play, part, part.version)


@march(2)
def test_what_another_agency_does_disturbs_nobody(play: Play) -> None:
    task = play.signed(supporting=("finance",))
    part = play.part(task)
    play.report(task, ReportKind.PROGRESS, "finance")

    _report(play, part, part.version)

    assert ProgressReport.objects.filter(part=part).count() == 1


@march(2)
def test_an_application_counts_the_version_of_its_part_up(play: Play) -> None:
    task = play.signed()
    before = play.part(task).version

    play.ask_later(task, in_march(20))

    assert play.part(task).version == before + 1
