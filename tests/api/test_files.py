"""Files by program: sent in once however often, listed, given out, replaced and withdrawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from sushui.documents.models import Attachment
from sushui.supervision import services
from sushui.supervision.enums import ReportKind
from sushui.supervision.models import ProgressReport
from tests.api.conftest import Program, Programs
from tests.cast import County
from tests.documents.files import pdf
from tests.supervision.play import Play


@pytest.fixture(autouse=True)
def files_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def report(county: County) -> ProgressReport:
    play = Play(county)
    part = play.part(play.signed("works"))
    return services.report_progress(county.viewer("works_head"), part, kind=ReportKind.PROGRESS, text="进场施工")


def send(program: Program, path: str, name: str = "合同.pdf", data: bytes = b"", **headers: str) -> HttpResponse:
    file = SimpleUploadedFile(name, data or pdf())
    return program.client.post(f"/api/documents{path}", {"file": file}, headers={**program.bearer, **headers})


def on(report: ProgressReport) -> str:
    return f"/on/supervision.report/{report.pk}"


def test_a_file_is_sent_listed_and_fetched(county: County, program: Programs, report: ProgressReport) -> None:
    sent = send(program("works_handler"), on(report)).json()
    office = program("office")

    listed = office.get(f"/documents{on(report)}").json()
    fetched = office.get(f"/documents/versions/{sent['versions'][0]['id']}/content")

    assert listed == [sent]
    assert (b"".join(fetched.streaming_content), fetched["ETag"]) == (pdf(), f'"{sent["versions"][0]["sha256"]}"')


def test_the_same_request_twice_attaches_once(county: County, program: Programs, report: ProgressReport) -> None:
    handler = program("works_handler")

    first, second = (send(handler, on(report), **{"Idempotency-Key": "k"}) for _ in range(2))

    assert (first.json(), Attachment.objects.count()) == (second.json(), 1)


def test_a_refused_file_says_why(county: County, program: Programs, report: ProgressReport) -> None:
    answer = send(program("works_handler"), on(report), "a.exe", b"MZ")

    assert (answer.status_code, answer.json()["code"]) == (422, "file_not_taken")


def test_reports_name_their_files(county: County, program: Programs, report: ProgressReport) -> None:
    sent = send(program("works_handler"), on(report)).json()["versions"][0]

    listed = program("office").get(f"/supervision/tasks/{report.part.task_id}/reports").json()

    assert [each["files"] for each in listed] == [[{"id": sent["id"], "name": "合同.pdf", "size": len(pdf())}]]


def test_a_new_version_needs_the_version_that_was_seen(
    county: County, program: Programs, report: ProgressReport
) -> None:
    handler = program("works_handler")
    path = f"/attachments/{send(handler, on(report)).json()['id']}/versions"

    replaced = send(handler, path, data=pdf("final"), **{"If-Match": '"1"'})
    late = send(handler, path, data=pdf("late"), **{"If-Match": '"1"'})

    assert (replaced.status_code, [each["number"] for each in replaced.json()["versions"]]) == (201, [2, 1])
    assert late.status_code == 409


def test_a_withdrawn_file_is_told_but_not_given(county: County, program: Programs, report: ProgressReport) -> None:
    handler = program("works_handler")
    sent = send(handler, on(report)).json()

    withdrawn = handler.post(f"/documents/attachments/{sent['id']}/withdraw", {"reason": "传错了"}).json()
    fetched = handler.get(f"/documents/versions/{sent['versions'][0]['id']}/content")

    assert (withdrawn["withdrawn_reason"], fetched.status_code) == ("传错了", 404)


@pytest.mark.parametrize(("key", "status"), [("office", 403), ("finance_handler", 404), ("neighbor_head", 404)])
def test_others_attach_nothing(
    county: County, program: Programs, report: ProgressReport, key: str, status: int
) -> None:
    assert send(program(key), on(report)).status_code == status
