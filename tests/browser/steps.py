"""Steps of the journeys, each a sentence about somebody before a browser."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator

from sushui.kernel.models import User
from sushui.organizations import services as organizations
from tests.browser.conftest import Person
from tests.cast import County

# What is chosen where it is offered; what is offered nowhere here is a name: then an agency is chosen.
CHOSEN = ("by_rule", "first_leads", "leave_out")


# --- a list on its way in --------------------------------------------------------------------------------------------


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


def import_and_assign(office: Person) -> None:
    office.press("导入清单")
    office.page.get_by_label("立即交办").check()
    office.shoot("import-6-commit")
    office.send("导入清单")
    office.shoot("import-7-order")


# --- a task on its way to zero ---------------------------------------------------------------------------------------


def row_of(title: str) -> str:
    """Where the row of a task stands in a list."""
    return f'tr[data-row]:has-text("{title}")'


def sign_for(handler: Person, title: str) -> None:
    handler.go("/supervision/mine/")
    handler.shoot("journey-3-sign-phone")
    handler.press("签收", within=row_of(title))
    handler.page.locator("main .message.is-success").first.wait_for()


def report_beside_the_list(handler: Person, title: str, words: str) -> None:
    handler.go("/supervision/mine/")
    handler.press("报送进展", within=row_of(title))
    handler.page.get_by_label("进展情况").fill(words)
    handler.shoot("journey-4-report-beside")
    handler.send("报送", within="#beside")


def apply_for_closing(handler: Person, title: str, words: str) -> None:
    handler.go("/supervision/mine/")
    handler.press("申请销号", within=row_of(title))
    handler.page.get_by_label("办理结果").fill(words)
    handler.send("提交申请", within="#beside")


def decide(office: Person, title: str, words: str, button: str, grade: str = "") -> None:
    """Close with a grade and a remark, or return with the reason: each has its own form."""
    office.go("/supervision/decisions/")
    office.open_row(title)
    if grade:
        office.page.get_by_label("评价等次").select_option(label=grade)
    office.page.get_by_label("意见" if grade else "理由").fill(words)
    office.shoot(f"journey-decide-{button}")
    office.send(button, within="#beside")


def hand_over(county: County) -> User:
    """The person in the handler's post leaves, another comes."""
    successor = User.objects.create_user(username="successor", name="县住建局新任经办人", password="pw")
    organizations.hand_over_post(county.viewer("administrator"), county.posts["works_handler"], successor=successor)
    return successor
