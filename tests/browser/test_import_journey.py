"""A work list on its way in, in a real browser: sent in, described, asked about, imported and assigned at once.

With the real lists where they are at hand (`tests/supervision/imports/shared.py`), else with made-up ones like them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator

from sushui.supervision.enums import TaskState
from sushui.supervision.models import ImportDraft, SupervisedTask, SupervisionOrder
from tests.browser.conftest import PHONE, Person
from tests.cast import County
from tests.supervision.imports.lists import divided
from tests.supervision.imports.shared import REAL_LISTS

pytestmark = pytest.mark.browser

# What is chosen where it is offered; what is offered nowhere here is a name: then an agency is chosen.
CHOSEN = ("by_rule", "first_leads", "leave_out")


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """The lists: two sheets, one with leaders and deadlines, one with sections and groups."""
    if REAL_LISTS.exists():
        return REAL_LISTS
    made = tmp_path / "清单.xlsx"
    made.write_bytes(divided())
    return made


def send_in(office: Person, workbook: Path) -> None:
    office.go("/supervision/imports/")
    office.page.locator("input[type=file]").set_input_files(workbook)
    office.shoot("import-1-send")
    office.send("读取")


def describe(office: Person) -> None:
    office.page.get_by_label("下达日期").fill("2025-02-10")
    office.shoot("import-2-describe")
    office.send("保存")


def answer_all(office: Person, agency: int) -> None:
    """Answer every question once for all rows that ask it, until none is open."""
    office.shoot("import-3-questions")
    while picks := office.page.locator("select[name$=-pick]").all():
        for pick in picks:
            pick.select_option(_wanted(pick, agency))
        office.send("保存这些回答")


def _wanted(pick: Locator, agency: int) -> str:
    offered = pick.locator("option").evaluate_all("options => options.map(option => option.value)")
    name = f"agencies:{agency}"
    return name if name in offered else next(choice for choice in CHOSEN if choice in offered)


def look_at_a_row(office: Person) -> None:
    office.page.locator("a[data-beside]").first.click()
    office.page.locator("#beside h1").wait_for()
    office.shoot("import-5-row-beside")


def import_and_assign(office: Person) -> None:
    office.press("导入清单")
    office.page.get_by_label("立即交办").check()
    office.shoot("import-6-commit")
    office.send("导入清单")
    office.shoot("import-7-order")


def test_a_list_is_imported_and_reaches_the_handlers_phone(
    seat: Callable[..., Person], committed_county: County, workbook: Path
) -> None:
    office = seat(committed_county.user("office"))
    send_in(office, workbook)
    describe(office)
    answer_all(office, committed_county.agencies["works"].pk)
    office.shoot("import-4-rows")
    look_at_a_row(office)
    import_and_assign(office)
    handler = seat(committed_county.user("works_handler"), PHONE)
    handler.go("/supervision/mine/")
    handler.shoot("import-8-mine-phone")

    tasks = SupervisedTask.objects.filter(order=SupervisionOrder.objects.get())
    assert {task.state for task in tasks} == {TaskState.ASSIGNED}
    assert len(handler.read("tr[data-row]")) == tasks.count()
    assert ImportDraft.objects.filter(order=None).count() == 1


def test_the_pages_of_a_list_stand_on_a_phone(
    seat: Callable[..., Person], committed_county: County, workbook: Path
) -> None:
    office = seat(committed_county.user("office"), PHONE)
    send_in(office, workbook)
    describe(office)
    office.shoot("import-9-questions-phone")
    office.press("各行 3" if workbook == REAL_LISTS else "各行 2")
    office.shoot("import-10-rows-phone")

    widths = office.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert widths[0] <= widths[1]
