"""Reports and applications carry files: part of the act, in the story, and shut once they are decided."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sushui.documents.queries import attachments_of
from sushui.documents.services import ReceivedFile, Target, attach_file, receive_file, withdraw_file
from sushui.kernel.errors import DomainError, Forbidden, NotFound
from sushui.supervision import queries, services
from sushui.supervision.enums import Grade, Paper, ReportKind
from sushui.supervision.models import ProgressReport, SupervisedTask
from sushui.supervision.panels.papers import papers_of
from sushui.supervision.panels.story import story_of
from tests.documents.files import pdf, picture
from tests.supervision.play import Play


@pytest.fixture(autouse=True)
def files_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def received(play: Play, name: str = "合同.pdf") -> list[ReceivedFile]:
    return [receive_file(play.viewer("works_handler"), name=name, data=pdf(name))]


def reported(play: Play, task: SupervisedTask) -> ProgressReport:
    return services.report_progress(
        play.viewer("works_handler"),
        play.part(task),
        kind=ReportKind.PROGRESS,
        text="进场施工",
        files=received(play),
    )


def applied(play: Play, task: SupervisedTask) -> Any:
    return services.apply_for_closing(
        play.viewer("works_handler"), play.part(task), text="已经完工", files=received(play, "验收.pdf")
    )


def names_on(play: Play, key: str, kind: Paper, number: int) -> list[str]:
    return [each.current.name for each in attachments_of(play.viewer(key), Target(kind, number))]


def test_a_report_carries_its_files(play: Play) -> None:
    report = reported(play, play.signed("works"))

    assert names_on(play, "office", Paper.REPORT, report.pk) == ["合同.pdf"]


def test_an_application_carries_its_files(play: Play) -> None:
    request = applied(play, play.signed("works"))

    assert names_on(play, "office", Paper.REQUEST, request.pk) == ["验收.pdf"]


def test_a_report_with_files_is_one_line_that_names_them(play: Play) -> None:
    task = play.signed("works")
    before = len(queries.story(task))

    reported(play, task)

    lines = queries.story(task)[before:]
    assert [(line.verb, line.after["files"]) for line in lines] == [
        ("report_progress", [f"合同.pdf ({len(pdf('合同.pdf'))} B)"])
    ]


def test_the_story_says_which_files_came_with_their_sizes(play: Play) -> None:
    task = play.signed("works")
    reported(play, task)

    changes = story_of(queries.story(task))[0].changes

    assert [change.after for change in changes] == [f"合同.pdf ({len(pdf('合同.pdf'))} B)"]


def test_what_is_attached_and_withdrawn_later_stands_in_the_story_of_the_task(play: Play) -> None:
    task = play.signed("works")
    report, viewer = reported(play, task), play.viewer("works_handler")

    made = attach_file(viewer, target=Target(Paper.REPORT, report.pk), name="工地.jpg", data=picture())
    withdraw_file(viewer, made, reason="拍错了")

    assert [line.verb for line in queries.story(task)][-2:] == ["attach_file", "withdraw_file"]


def test_a_report_that_is_refused_hangs_no_file(play: Play) -> None:
    task = play.signed("works")

    with pytest.raises(DomainError):
        services.report_progress(
            play.viewer("works_handler"), play.part(task), kind=ReportKind.PROGRESS, text=" ", files=received(play)
        )

    assert ProgressReport.objects.filter(part__task=task).count() == 0


@pytest.mark.parametrize(("key", "refusal"), [("office", Forbidden), ("finance_handler", NotFound)])
def test_others_hang_nothing_on_a_report(play: Play, key: str, refusal: type[Exception]) -> None:
    report = reported(play, play.signed("works"))

    with pytest.raises(refusal):
        attach_file(play.viewer(key), target=Target(Paper.REPORT, report.pk), name="x.pdf", data=pdf())


def test_what_was_decided_about_keeps_its_files_as_they_were(play: Play) -> None:
    request = applied(play, play.signed("works"))
    services.close_task(play.viewer("office"), request, grade=Grade.GOOD)

    with pytest.raises(Forbidden):
        attach_file(play.viewer("works_handler"), target=Target(Paper.REQUEST, request.pk), name="x.pdf", data=pdf())


def test_the_page_lists_reports_and_applications_with_files_the_newest_first(play: Play) -> None:
    task = play.signed("works")
    report, request = reported(play, task), applied(play, task)

    shown = papers_of(play.viewer("office"), task, queries.requests_of(task))

    assert [each.record for each in shown] == [request, report]


def test_the_page_of_a_task_without_files_speaks_of_none(play: Play) -> None:
    task = play.signed("works")
    play.report(task, "progress")

    assert papers_of(play.viewer("office"), task, []) == []
