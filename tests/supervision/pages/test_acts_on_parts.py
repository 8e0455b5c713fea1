"""What an agency sends: each act of a part from its form, done or refused with the typing kept."""

from __future__ import annotations

import pytest

from sushui.supervision.enums import ClockKind, PartState, ReportKind, RequestKind, RequestState, TaskKind, TaskState
from sushui.supervision.models import ProgressReport
from tests.supervision.play import in_march, march


def test_signing_with_an_arrangement_meets_the_first_clock(play, sit):
    with march(2):
        task = play.task()
        sight = sit("works_handler").send("part-sign", play.part(task).pk, arrangement="班子会研究，分管副局长牵头")

    assert sight.messages == ["已签收。"]
    assert play.clock(task, ClockKind.ARRANGEMENT).met_on == in_march(2)


def test_report_form_offers_what_is_due_first(play, sit):
    with march(2):
        task = play.signed()
        sight = sit("works_handler").open("part-report", play.part(task).pk)

    assert sight.html.index("安排部署情况") < sight.html.index("办理情况反馈") < sight.html.index("进展情况</option>")


@pytest.mark.parametrize("verb", ["report", "apply"])
def test_form_that_is_only_opened_complains_of_nothing(play, sit, verb):
    with march(2):
        task = play.signed()
        sight = sit("works_handler").open(f"part-{verb}", play.part(task).pk)

    assert (sight.status, sight.errors) == (200, [])


def test_report_is_stored_with_the_clock_it_met(play, sit):
    with march(2):
        task = play.signed()
        sight = sit("works_handler").send("part-report", play.part(task).pk, kind="arrangement", text="已安排")

    report = ProgressReport.objects.get()
    assert (sight.messages, report.kind, report.text) == (["已报送。"], ReportKind.ARRANGEMENT, "已安排")


def test_empty_report_is_refused_beside_the_field(play, sit):
    with march(2):
        task = play.signed()
        sight = sit("works_handler").send("part-report", play.part(task).pk, kind="progress", text="  ")

    assert (sight.status, len(sight.errors), ProgressReport.objects.count()) == (422, 1, 0)


def test_report_on_a_part_that_moved_on_keeps_the_typing(play, sit):
    with march(2):
        task = play.signed()
        play.withdraw(task)
        sight = sit("works_handler").send("part-report", play.part(task).pk, kind="progress", text="写了很久")

    assert (sight.status, sight.value("text")) == (422, "写了很久")
    assert sight.errors == ["县住建局的承办状态已经变化，不能这样办理。请重新打开该事项，查看现在可以办什么。"]


def test_supporting_agency_answers(play, sit):
    with march(2):
        task = play.signed("finance", ("works",))
        sight = sit("works_handler").send("part-answer", play.part(task).pk, text="资金已到位")

    assert (sight.messages, play.part(task).state) == (["已回复牵头单位。"], PartState.ANSWERED)


def test_lead_applies_for_closing(play, sit):
    with march(2):
        task = play.signed()
        sight = sit("works_handler").send("part-apply", play.part(task).pk, text="办完了")

    assert (sight.messages, play.now(task).state) == (
        ["已申请销号，等待下达单位审定。"],
        TaskState.COMPLETION_APPLIED,
    )


def test_extension_is_asked_for_a_running_deadline(play, sit):
    with march(2):
        task = play.signed()
        clock = play.clock(task, ClockKind.RESULT)
        said = {"running": clock.pk, "new_due_on": "2026-03-20", "reason": "雨季"}
        sit("works_handler").send("part-ask-extension", play.part(task).pk, **said)

    request = play.request(task, RequestKind.EXTENSION)
    assert (request.clock_id, request.new_due_on, request.state) == (clock.pk, in_march(20), RequestState.OPEN)


def test_extension_to_an_earlier_day_is_refused_in_words(play, sit):
    with march(2):
        task = play.signed()
        clock = play.clock(task, ClockKind.RESULT)
        said = {"running": clock.pk, "new_due_on": "2026-03-05", "reason": "雨季"}
        sight = sit("works_handler").send("part-ask-extension", play.part(task).pk, **said)

    assert (sight.status, sight.value("reason")) == (422, "雨季")
    assert sight.errors == ["2026-03-05 不晚于现时限 2026-03-10。请选择更晚的日期。"]


def test_suspension_hands_in_a_plan_of_dated_steps(play, sit):
    with march(2):
        task = play.signed(kind=TaskKind.MAJOR)
        said = {
            "reason": "等批复",
            "step_1_0": "2026-04-01",
            "step_1_1": "报批",
            "step_2_0": "2026-05-01",
            "step_2_1": "开工",
        }
        sit("works_handler").send("part-ask-suspension", play.part(task).pk, **said)

    assert play.request(task, RequestKind.SUSPENSION).plan == [
        {"on": "2026-04-01", "text": "报批"},
        {"on": "2026-05-01", "text": "开工"},
    ]


@pytest.mark.parametrize("half", [{"step_1_0": "2026-04-01"}, {"step_1_1": "报批"}])
def test_step_needs_day_and_words(play, sit, half):
    with march(2):
        task = play.signed(kind=TaskKind.MAJOR)
        sight = sit("works_handler").send("part-ask-suspension", play.part(task).pk, reason="等批复", **half)

    assert (sight.status, sight.errors) == (422, ["每个节点都要写明日期和完成的内容。"])


def test_suspension_without_a_plan_is_refused(play, sit):
    with march(2):
        task = play.signed(kind=TaskKind.MAJOR)
        sight = sit("works_handler").send("part-ask-suspension", play.part(task).pk, reason="等批复")

    assert (sight.status, sight.errors) == (422, ["挂账必须提出方案。请至少写一个带日期的节点。"])


def test_not_ours_must_name_whose_it_is(play, sit):
    with march(2):
        task = play.task()
        nameless = sit("works_handler").send("part-dispute", play.part(task).pk, reason="不归我们")
        sit("works_handler").send(
            "part-dispute", play.part(task).pk, reason="不归我们", named_agency=play.agency_id("finance")
        )

    assert (nameless.status, play.part(task).state) == (422, PartState.DISPUTED)


def test_not_ours_after_its_day_is_shown_with_the_reason(play, sit):
    with march(2):
        task = play.task()
    with march(5):
        html = sit("works_handler").open("task", task.pk).html

    assert "职责异议应当在 2026-03-03 之前提出。" in html


def test_head_names_the_handler(play, sit):
    with march(2):
        task = play.task()
        sit("works_head").send("part-appoint", play.part(task).pk, handler=play.post_id("works_handler"))

    assert play.part(task).handler_post_id == play.post_id("works_handler")


@pytest.mark.parametrize("key", ["office", "leader", "project_office"])
def test_nobody_else_signs_for_an_agency(play, sit, key):
    with march(2):
        task = play.task()
        sight = sit(key).send("part-sign", play.part(task).pk)

    assert (sight.status in {403, 404}, play.part(task).state) == (True, PartState.ASSIGNED)


def test_act_beside_a_list_goes_on_to_the_task(play, sit):
    with march(2):
        task = play.task()
        part = play.part(task)
        response = sit("works_handler").send_beside("part-sign", part.pk, next="/supervision/mine/")

    assert (response.status_code, response["Location"]) == (302, f"/supervision/tasks/{task.pk}/")


def test_act_leads_to_no_strangers_address(play, sit):
    with march(2):
        part = play.part(play.task())
        response = sit("works_handler").client.post(
            f"/supervision/parts/{part.pk}/sign/", {"next": "//example.org/supervision/mine/"}
        )

    assert response["Location"] == f"/supervision/tasks/{part.task_id}/"
