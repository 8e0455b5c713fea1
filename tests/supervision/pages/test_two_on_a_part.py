"""Two people on one part, on the pages and through the API: the second is told by whom, and keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sushui.supervision.enums import ReportKind
from sushui.supervision.models import ProgressReport, SupervisedTask, TaskPart
from tests.supervision.pages.reading import Reader
from tests.supervision.play import Play, march


@pytest.fixture
def task(play: Play) -> object:
    with march(2):
        yield play.signed()


@pytest.fixture
def part(play: Play, task: SupervisedTask) -> TaskPart:
    return play.part(task)


def test_the_form_carries_the_version_that_was_seen(sit: Callable[[str], Reader], part: TaskPart) -> None:
    shown = sit("works_head").open("part-report", part.pk)

    assert shown.value("version") == str(part.version)


def test_the_second_is_told_and_keeps_what_was_typed(
    sit: Callable[[str], Reader], play: Play, task: SupervisedTask, part: TaskPart
) -> None:
    play.report(task, ReportKind.ARRANGEMENT)

    refused = sit("works_head").send(
        "part-report", part.pk, kind="progress", text="第二份进展", version=str(part.version)
    )

    assert (refused.status, refused.value("text")) == (409, "第二份进展")
    assert ProgressReport.objects.filter(part=part).count() == 1


def test_sent_again_after_it_was_shown_it_is_taken(
    sit: Callable[[str], Reader], play: Play, task: SupervisedTask, part: TaskPart
) -> None:
    play.report(task, ReportKind.ARRANGEMENT)
    head, typed = sit("works_head"), {"kind": "progress", "text": "第二份进展"}

    refused = head.send("part-report", part.pk, **typed, version=str(part.version))
    head.send("part-report", part.pk, **typed, version=refused.value("version"))

    assert ProgressReport.objects.filter(part=part).count() == 2


def test_the_page_says_who_acted_on_the_part_not_on_another(sit: Callable[[str], Reader], play: Play) -> None:
    with march(2):
        task = play.signed(supporting=("finance",))
        part = play.part(task)
        play.report(task, ReportKind.ARRANGEMENT)
        play.report(task, ReportKind.PROGRESS, "finance")
        refused = sit("works_head").send("part-apply", part.pk, text="办完了", version=str(part.version))

    assert ("县住建局 局长" in refused.html, "县财政局 局长" in refused.html) == (True, False)


def test_one_tap_beside_a_list_needs_no_version(sit: Callable[[str], Reader], play: Play) -> None:
    with march(2):
        task = play.task()
        sit("works_handler").send("part-sign", play.part(task).pk)

    assert play.now(task).state == "signed"


def test_the_api_tells_the_version_and_refuses_an_older_one(
    sit: Callable[[str], Reader], play: Play, task: SupervisedTask, part: TaskPart
) -> None:
    client = sit("works_head").client
    seen = client.get(f"/api/supervision/parts/{part.pk}")["ETag"]
    play.report(task, ReportKind.ARRANGEMENT)

    body = {"kind": "progress", "text": "第二份进展"}
    reply = client.post(
        f"/api/supervision/parts/{part.pk}/report", body, "application/json", headers={"If-Match": seen}
    )

    assert (reply.status_code, reply.json()["code"]) == (409, "stale")
