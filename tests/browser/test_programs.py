"""What people see of the door for programs: the description of the operations, and their own tokens."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import PHONE, Person
from tests.cast import County

pytestmark = pytest.mark.browser


def test_the_description_opens_without_leaving_the_house(seat: Callable[..., Person], committed_county: County) -> None:
    office = seat(committed_county.user("office"))
    asked: list[str] = []
    office.page.on("request", lambda request: asked.append(request.url))

    office.go("/api/docs")
    office.page.locator("#swagger-ui .opblock").first.wait_for()
    office.shoot("api-docs")

    assert {urlsplit(url).hostname for url in asked if not url.startswith("data:")} == {"localhost"}
    assert len(office.read("#swagger-ui .opblock-summary-path")) > 60


def test_an_operation_can_be_tried_there(seat: Callable[..., Person], committed_county: County) -> None:
    office = seat(committed_county.user("office"))
    office.go("/api/docs")
    block = office.page.locator("#operations-supervision-supervision_draft_order")
    block.locator(".opblock-summary-control").click()
    block.get_by_role("button", name="Try it out").click()
    block.locator("textarea").first.fill('{"title": "调度会", "source": "meeting", "issued_on": "2026-03-02"}')

    block.get_by_role("button", name="Execute").click()

    block.locator(".live-responses-table .response-col_status", has_text="201").wait_for()


def test_a_token_is_made_shown_once_and_ended(seat: Callable[..., Person], committed_county: County) -> None:
    handler = seat(committed_county.user("works_handler"), PHONE)
    handler.go("/organizations/tokens/")
    handler.press("新建令牌")
    handler.page.get_by_label("由什么程序使用").fill("集成平台")
    handler.press("生成令牌")
    secret = handler.read(".facts code")[0]
    handler.shoot("token-once-phone")

    handler.press("返回令牌列表")
    handler.shoot("tokens-phone")
    listed = handler.read("[data-row]")
    handler.send("停用令牌")

    assert secret.startswith("sushui_")
    assert ["集成平台" in row for row in listed] == [True]
    assert handler.read("[data-row]") == []
