"""A work list on its way in, in a real browser: sent in, described, asked about, imported and assigned at once.

With the real lists where they are at hand (`tests/supervision/imports/shared.py`), else with made-up ones like them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sushui.supervision.enums import TaskState
from sushui.supervision.models import ImportDraft, SupervisedTask, SupervisionOrder
from tests.browser.conftest import PHONE, Person
from tests.browser.steps import answer_all, describe, import_and_assign, send_in
from tests.cast import County
from tests.supervision.imports.shared import REAL_LISTS

pytestmark = pytest.mark.browser


def look_at_a_row(office: Person) -> None:
    office.page.locator("a[data-beside]").first.click()
    office.page.locator("#beside h1").wait_for()
    office.shoot("import-5-row-beside")


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
