"""A work list by program: sent in, described, asked about, answered, imported; and out again."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from sushui.engines.readers import read_workbook
from sushui.kernel import clock
from sushui.supervision.models import ImportDraft, SupervisedTask
from tests.api.conftest import Program, Programs
from tests.cast import County
from tests.supervision.imports.lists import PLAIN, listed

IMPORTS = "/supervision/imports"
TITLE = "重点工作任务清单"


def send_in(office: Program, data: bytes, **headers: str) -> HttpResponse:
    file = SimpleUploadedFile("清单.xlsx", data)
    return office.client.post(f"/api{IMPORTS}", {"file": file}, headers={**office.bearer, **headers})


def described(office: Program, data: bytes) -> dict[str, object]:
    """A list sent in and described as next year's, whose days all lie ahead."""
    draft, today = send_in(office, data).json()["items"][0], clock.today()
    facts = {"title": TITLE, "issued_on": today.isoformat(), "year": today.year + 1}
    return office.put(f"{IMPORTS}/{draft['id']}", facts).json()


def test_a_plain_list_becomes_an_order_with_its_tasks(county: County, program: Programs) -> None:
    office = program("office")
    draft = described(office, listed(PLAIN))

    order = office.post(f"{IMPORTS}/{draft['id']}/commit", {}).json()

    task = SupervisedTask.objects.get(order_id=order["id"])
    assert draft["is_settled"]
    assert (order["title"], task.title, task.lead_agency) == (TITLE, PLAIN[1], county.agencies["works"])


def test_what_is_not_said_is_asked_and_answered(county: County, program: Programs) -> None:
    office = program("office")
    draft = described(office, listed((1, "修路", "", "某某局", "", "6月底前")))
    question = draft["questions"][0]
    answer = {"choice": "agencies", "agency_ids": [county.agencies["works"].pk]}

    settled = office.post(f"{IMPORTS}/{draft['id']}/answers", {"answers": {question["key"]: answer}}).json()

    assert (question["doubt"], question["text"], question["rows"]) == ("unknown_agency", "某某局", [3])
    assert [each["lead_agency_id"] for each in settled["drafts"]] == [county.agencies["works"].pk]


def test_a_list_with_open_questions_is_not_imported(county: County, program: Programs) -> None:
    office = program("office")
    draft = described(office, listed((1, "修路", "", "某某局", "", "6月底前")))

    answer = office.post(f"{IMPORTS}/{draft['id']}/commit", {})

    assert (answer.status_code, answer.json()["code"]) == (422, "questions_open")
    assert SupervisedTask.objects.count() == 0


def test_columns_can_be_said(county: County, program: Programs) -> None:
    office = program("office")
    draft = described(office, listed(PLAIN))
    meanings = {column["index"]: column["meaning"] for column in draft["columns"]} | {2: "note"}

    said = office.put(f"{IMPORTS}/{draft['id']}/columns", {"meanings": meanings, "header_row": 2}).json()

    assert [column["meaning"] for column in said["columns"]][2] == "note"


def test_a_file_that_is_no_workbook_leaves_nothing(county: County, program: Programs) -> None:
    answer = send_in(program("office"), b"no workbook")

    assert answer.status_code == 422
    assert ImportDraft.objects.count() == 0


def test_a_file_too_large_is_refused_unread(county: County, program: Programs, settings) -> None:
    settings.UPLOAD_LIMIT_BYTES = 100

    answer = send_in(program("office"), listed(PLAIN))

    assert (answer.status_code, answer.json()["code"]) == (422, "file_too_large")


def test_a_file_sent_twice_under_one_key_is_taken_once(county: County, program: Programs) -> None:
    office, data = program("office"), listed(PLAIN)

    answers = [send_in(office, data, **{"Idempotency-Key": "k1"}) for _time in range(2)]
    other = send_in(office, listed((1, "别的", "", "县住建局", "", "6月底前")), **{"Idempotency-Key": "k1"})

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert other.json()["code"] == "key_used_otherwise"


def test_a_list_is_seen_by_its_own_post_only(county: County, program: Programs) -> None:
    draft = described(program("office"), listed(PLAIN))

    assert program("office_second").get(f"{IMPORTS}/{draft['id']}").status_code == 404


def test_a_list_can_be_dropped(county: County, program: Programs) -> None:
    office = program("office")
    draft = described(office, listed(PLAIN))

    answer = office.send("DELETE", f"{IMPORTS}/{draft['id']}")

    assert (answer.status_code, answer.json()) == (200, {"id": draft["id"]})
    assert office.get(IMPORTS).json()["items"] == []


def test_the_register_comes_out_as_a_workbook(county: County, program: Programs) -> None:
    office = program("office")
    order = office.post(f"{IMPORTS}/{described(office, listed(PLAIN))['id']}/commit", {}).json()

    answers = [
        office.get(path) for path in ("/supervision/exports/register", f"/supervision/orders/{order['id']}/export")
    ]

    sheets = [read_workbook(b"".join(answer.streaming_content)).sheets[0] for answer in answers]
    assert [PLAIN[1] in row for sheet in sheets for row in sheet.rows].count(True) == 2
