"""The pages on which workbooks of projects come in and go out."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from sushui.projects import services
from sushui.projects.enums import ListKind
from sushui.projects.forms.imports import prefix_of
from sushui.projects.models import MonthlyFigure, Project, SheetDraft
from sushui.projects.services import imports
from tests.cast import County
from tests.projects.imports.books import staged, table
from tests.projects.play import Play, on
from tests.supervision.imports.hostile import HOSTILE
from tests.supervision.pages.reading import Sight

HEADER = ("项目名称", "总投资（万元）", "责任单位")
PLAIN = ("装备产业园", 12000, "县住建局")
UNCLEAR = ("医院扩建", 5, "县不知道局")
KEY = "unknown_agency:县不知道局"


class Desk:
    """Somebody at the pages of projects."""

    def __init__(self, county: County, key: str) -> None:
        self.client = Client()
        self.client.force_login(county.user(key), backend="django.contrib.auth.backends.ModelBackend")

    def open(self, name: str, /, *args: Any, **query: Any) -> Sight:
        return Sight(self.client.get(reverse(f"projects:{name}", args=args), query))

    def send(self, name: str, /, *args: Any, **data: Any) -> Sight:
        return Sight(self.client.post(reverse(f"projects:{name}", args=args), data, follow=True))


Sit = Callable[[str], Desk]


@pytest.fixture(autouse=True)
def _at_work():
    with on("2026-06-15"):
        yield


@pytest.fixture
def sit(county: County) -> Sit:
    return lambda key: Desk(county, key)


def sent(desk: Desk, data: bytes, kind: ListKind = ListKind.LEDGER) -> Sight:
    return desk.send("imports", kind=kind.value, file=SimpleUploadedFile("项目表.xlsx", data))


def field(key: str, name: str = "pick") -> str:
    return f"{prefix_of(key)}-{name}"


def test_a_clear_workbook_leads_to_its_rows(sit: Sit) -> None:
    page = sent(sit("project_office"), table(PLAIN, header=HEADER))

    assert (page.status, page.title, len(page.rows)) == (200, "2026年绛县重点工程项目表", 1)
    assert Project.objects.count() == 0


def test_an_unclear_workbook_leads_to_its_questions(sit: Sit) -> None:
    page = sent(sit("project_office"), table(PLAIN, UNCLEAR, header=HEADER))

    assert (page.status, "县不知道局" in page.html) == (200, True)


def test_an_unknown_heading_leads_to_the_columns(sit: Sit) -> None:
    page = sent(sit("project_office"), table(("甲", 5, "红"), header=("项目名称", "总投资（万元）", "颜色")))

    assert (page.status, page.value("header_row")) == (200, "2")


def test_columns_are_said_and_kept(sit: Sit, play: Play) -> None:
    draft = staged(play.office, table(("甲", 5, "红"), header=("项目名称", "总投资（万元）", "颜色")))
    said = {"column-0": "name", "column-1": "total_investment", "column-2": "ignored"}

    page = sit("project_office").send("import-columns", draft.pk, version=draft.version, header_row=2, **said)

    assert (page.status, len(page.rows)) == (200, 1)


def test_two_columns_cannot_hold_the_same(sit: Sit, play: Play) -> None:
    draft = staged(play.office, table(("甲", 5), header=("项目名称", "总投资（万元）")))
    said = {"column-0": "name", "column-1": "name"}

    page = sit("project_office").send("import-columns", draft.pk, version=draft.version, header_row=2, **said)

    assert (page.status, len(page.errors)) == (422, 1)


def test_a_question_is_answered_and_its_answer_taken_back(sit: Sit, play: Play) -> None:
    draft, desk = staged(play.office, table(UNCLEAR, header=HEADER)), sit("project_office")
    works = str(play.agency_id("works"))

    answered = desk.send("import-questions", draft.pk, version=draft.version, **{field(KEY): works})
    kept = SheetDraft.objects.get(pk=draft.pk)
    taken = desk.send("import-take-back", draft.pk, version=kept.version, key=KEY)

    assert (answered.status, taken.status, kept.answers) == (200, 200, {KEY: works})
    assert SheetDraft.objects.get(pk=draft.pk).answers == {}


def test_a_row_is_answered_for_itself(sit: Sit, play: Play) -> None:
    draft, desk = staged(play.office, table(UNCLEAR, ("路", 5, "县不知道局"), header=HEADER)), sit("project_office")

    page = desk.send("import-row", draft.pk, 3, version=draft.version, **{field(KEY): "leave_out"})

    assert page.status == 200
    assert SheetDraft.objects.get(pk=draft.pk).answers == {imports.row_key(3, KEY): "leave_out"}


def test_nothing_answered_is_said(sit: Sit, play: Play) -> None:
    draft = staged(play.office, table(UNCLEAR, header=HEADER))

    page = sit("project_office").send("import-questions", draft.pk, version=draft.version, **{field(KEY): ""})

    assert (page.status, len(page.errors)) == (422, 1)


def test_all_odd_codes_are_confirmed_by_one_answer(sit: Sit, play: Play) -> None:
    draft = staged(play.office, table(("甲", "12"), ("乙", "34"), header=("项目名称", "项目代码")))

    page = sit("project_office").send(
        "import-questions", draft.pk, version=draft.version, **{field("odd_code"): "confirm"}
    )

    assert (page.status, len(page.rows)) == (200, 2)


def test_one_reason_is_said_for_all_rows_and_another_for_one(sit: Sit, play: Play) -> None:
    for name in ("装备产业园", "医院扩建"):
        play.report(play.building(name=name), m3=4)
    data = table(("装备产业园", 5), ("医院扩建", 6), header=("项目名称", "3月完成（万元）"), title="2026年投资表")
    draft, desk = staged(play.office, data, ListKind.FIGURES), sit("project_office")

    desk.send("import-questions", draft.pk, version=1, **{field("no_reason", "typed"): "核实更正"})
    offered = desk.open("import-row", draft.pk, 4)
    desk.send("import-row", draft.pk, 4, version=2, **{field("no_reason", "typed"): "漏报"})
    desk.send("import-commit", draft.pk, version=3)

    assert offered.value(field("no_reason", "typed")) == "核实更正"
    assert sorted(MonthlyFigure.objects.filter(number=2).values_list("reason", flat=True)) == ["核实更正", "漏报"]


def test_an_import_is_done_once_and_told(sit: Sit, play: Play) -> None:
    draft, desk = staged(play.office, table(PLAIN, header=HEADER)), sit("project_office")

    before = desk.open("import-commit", draft.pk)
    page = desk.send("import-commit", draft.pk, version=draft.version)

    assert (before.status, page.status, Project.objects.get().name) == (200, 200, "装备产业园")
    assert len(desk.open("imports").rows) == 1
    assert desk.open("import-rows", draft.pk).status == 404


def test_an_import_with_open_questions_is_not_done(sit: Sit, play: Play) -> None:
    draft = staged(play.office, table(UNCLEAR, header=HEADER))

    page = sit("project_office").send("import-commit", draft.pk, version=draft.version)

    assert (page.status, Project.objects.count()) == (422, 0)


def test_what_changed_since_the_rows_were_shown_is_said_and_not_written(sit: Sit, play: Play) -> None:
    project = play.project(name="装备产业园", total_investment=50_000_000)
    draft, desk = staged(play.office, table(PLAIN, header=HEADER)), sit("project_office")
    desk.open("import-rows", draft.pk)
    seen = desk.open("import-commit", draft.pk).value("preview")
    services.edit_project(play.office, project, play.draft(name="装备产业园", note="三季度开工"))

    page = desk.send("import-commit", draft.pk, version=draft.version, preview=seen)

    assert (page.status, play.now(project).total_investment) == (409, None)
    assert "第 3 行“装备产业园”：总投资 5,000 → 无；备注 无 → 三季度开工。" in page.html


def test_a_sheet_is_imported_after_its_rows_were_looked_at_again(sit: Sit, play: Play) -> None:
    project = play.project(name="装备产业园", total_investment=50_000_000)
    draft, desk = staged(play.office, table(PLAIN, header=HEADER)), sit("project_office")
    desk.open("import-rows", draft.pk)
    services.edit_project(play.office, project, play.draft(name="装备产业园", note="三季度开工"))

    before = desk.open("import-commit", draft.pk)
    desk.open("import-rows", draft.pk)
    seen = desk.open("import-commit", draft.pk).value("preview")
    page = desk.send("import-commit", draft.pk, version=draft.version, preview=seen)

    assert ('name="preview"' in before.html, page.status) == (False, 200)
    assert play.now(project).total_investment == 120_000_000


def test_what_changes_is_shown_with_before_and_after(sit: Sit, play: Play) -> None:
    play.project(name="装备产业园", total_investment=50_000_000)
    draft = staged(play.office, table(PLAIN, header=HEADER))

    page = sit("project_office").open("import-rows", draft.pk)

    assert "5,000 → 12,000" in page.rows[0]


def test_a_version_that_is_old_keeps_what_was_chosen(sit: Sit, play: Play) -> None:
    draft = staged(play.office, table(UNCLEAR, header=HEADER))

    page = sit("project_office").send("import-questions", draft.pk, version=99, **{field(KEY): "leave_out"})

    assert page.status == 409


def test_a_dropped_sheet_is_gone(sit: Sit, play: Play) -> None:
    draft = staged(play.office, table(PLAIN, header=HEADER))

    page = sit("project_office").send("import-discard", draft.pk, version=draft.version)

    assert (page.status, SheetDraft.objects.count()) == (200, 0)


def test_an_agency_sends_its_figures_and_no_ledger(sit: Sit, play: Play) -> None:
    play.building(name="装备产业园")
    desk = sit("works_handler")
    data = table(("装备产业园", 5), header=("项目名称", "5月完成（万元）"))

    refused, page = sent(desk, data), sent(desk, data, ListKind.FIGURES)
    draft = SheetDraft.objects.get()
    desk.send("import-commit", draft.pk, version=draft.version)

    assert (refused.status, page.status, MonthlyFigure.objects.get().amount) == (422, 200, 50_000)


@pytest.mark.parametrize("key", ["leader", "statistics", "bank", "office"])
def test_who_has_no_projects_has_no_pages_of_imports(sit: Sit, key: str) -> None:
    assert sit(key).open("imports").status == 403


def test_a_sheet_of_another_post_is_not_there(sit: Sit, play: Play) -> None:
    draft = staged(play.office, table(PLAIN, header=HEADER))

    names = ("import", "import-columns", "import-questions", "import-rows", "import-commit", "import-discard")
    assert {sit("works_head").open(name, draft.pk).status for name in names} == {404}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_nothing_is_kept(sit: Sit, name: str) -> None:
    data = HOSTILE[name]
    page = sent(sit("project_office"), data() if callable(data) else data)

    assert (page.status, len(page.errors), SheetDraft.objects.count()) == (422, 1, 0)


@override_settings(UPLOAD_LIMIT_BYTES=10)
def test_a_file_that_is_too_large_is_not_read(sit: Sit) -> None:
    assert sent(sit("project_office"), table(PLAIN, header=HEADER)).status == 422


@pytest.mark.parametrize("name", ["export", "export-figures", "ledger-template", "figures-template"])
def test_what_goes_out_is_a_workbook(sit: Sit, play: Play, name: str) -> None:
    play.building(name="装备产业园")

    response = sit("project_office").open(name).response

    book = openpyxl.load_workbook(io.BytesIO(b"".join(response)))  # type: ignore[arg-type]
    assert (response.status_code, response["Cache-Control"], len(book.worksheets)) == (200, "no-store", 1)


def test_the_index_says_how_a_workbook_comes(sit: Sit) -> None:
    page = sit("works_head").open("imports")

    assert (page.status, page.rows, bool(page.empty)) == (200, [], True)
