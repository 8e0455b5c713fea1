"""Workbooks of projects by program: sent in, answered, imported; and out again."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from sushui.projects.models import Project, SheetDraft
from tests.api.conftest import Program, Programs
from tests.cast import County
from tests.projects.imports.books import table

IMPORTS = "/projects/imports"
HEADER = ("项目名称", "总投资（万元）", "责任单位")


def send_in(office: Program, data: bytes, kind: str = "ledger") -> dict[str, object]:
    sent = {"file": SimpleUploadedFile("项目表.xlsx", data), "kind": kind}
    return office.client.post(f"/api{IMPORTS}", sent, headers=office.bearer).json()["items"][0]


def test_a_workbook_is_understood_answered_and_imported(county: County, program: Programs) -> None:
    office = program("project_office")
    sheet = send_in(office, table(("装备产业园", 500, "县住"), header=HEADER))
    works = county.agencies["works"].pk

    asked = office.get(f"{IMPORTS}/{sheet['id']}").json()["questions"]
    settled = office.post(f"{IMPORTS}/{sheet['id']}/answers", {"answers": {asked[0]["key"]: str(works)}}).json()
    done = office.post(f"{IMPORTS}/{sheet['id']}/commit", {}).json()

    assert ([each["doubt"] for each in asked], settled["is_settled"]) == (["unknown_agency"], True)
    assert (done["outcome"]["new"], Project.objects.get().agency_id) == (1, works)


def test_columns_are_said(program: Programs, county: County) -> None:
    office = program("project_office")
    sheet = send_in(office, table(("甲", 5, "红"), header=("项目名称", "总投资（万元）", "颜色")))
    said = {"meanings": {"0": "name", "1": "total_investment"}, "header_row": 2}

    understood = office.put(f"{IMPORTS}/{sheet['id']}/columns", said).json()

    assert (understood["doubts"], [row["state"] for row in understood["rows"]]) == ([], ["new"])


def test_a_sheet_with_open_questions_is_not_imported(county: County, program: Programs) -> None:
    office = program("project_office")
    sheet = send_in(office, table(("装备产业园", 500, "县住"), header=HEADER))

    answer = office.post(f"{IMPORTS}/{sheet['id']}/commit", {})

    assert (answer.status_code, answer.json()["code"]) == (422, "questions_open")


def test_a_sheet_is_dropped(county: County, program: Programs) -> None:
    office = program("project_office")
    sheet = send_in(office, table(("装备产业园", 500, "县住"), header=HEADER))

    dropped = office.send("DELETE", f"{IMPORTS}/{sheet['id']}").json()

    assert (dropped, SheetDraft.objects.count()) == ({"id": sheet["id"]}, 0)


def test_what_goes_out_is_a_workbook(county: County, program: Programs) -> None:
    office = program("project_office")

    paths = ("exports/ledger", "exports/year-figures/2026", "exports/template/2026-05-01")
    answers = [office.get(f"/projects/{path}") for path in paths]

    assert [each.status_code for each in answers] == [200, 200, 200]
