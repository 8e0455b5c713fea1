"""A photo from the site and a signed paper: sent from a phone with a report, seen at the office, taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import PHONE, Person
from tests.cast import County
from tests.documents.files import camera_exif, pdf, picture
from tests.supervision.play import Play

PAPER = {"name": "施工合同.pdf", "mimeType": "application/pdf", "buffer": pdf()}
PHOTO = {"name": "工地.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(900, 600), exif=camera_exif())}


@pytest.fixture(autouse=True)
def files_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def test_files_come_with_a_report_and_are_seen_at_the_office(
    committed_county: County, seat: Callable[..., Person]
) -> None:
    play = Play(committed_county)
    task = play.signed("works")
    head = seat(committed_county.user("works_head"), PHONE)

    head.go(f"/supervision/parts/{play.part(task).pk}/report/")
    head.page.locator("textarea[name=text]").fill("已进场施工")
    head.page.locator("input[type=file]:not([capture])").set_input_files([PAPER])
    head.page.locator("input[type=file][capture]").set_input_files(PHOTO)
    head.shoot("files-phone-report")
    head.send("报送")
    office = seat(committed_county.user("office"))
    office.go(f"/supervision/tasks/{task.pk}/")
    office.settle()
    office.page.locator(".files").scroll_into_view_if_needed()
    office.shoot("files-office-task")

    assert office.read(".files li a:not(:has(img))") == ["施工合同.pdf", "工地.jpg"]
    assert office.page.locator(".files img").evaluate("picture => picture.naturalWidth") == 320


def test_a_file_is_taken_back_with_a_reason(committed_county: County, seat: Callable[..., Person]) -> None:
    play = Play(committed_county)
    task = play.signed("works")
    head = seat(committed_county.user("works_head"))
    head.go(f"/supervision/parts/{play.part(task).pk}/report/")
    head.page.locator("textarea[name=text]").fill("已进场施工")
    head.page.locator("input[type=file]:not([capture])").set_input_files([PAPER])
    head.send("报送")

    head.go(f"/supervision/tasks/{task.pk}/")
    head.press("撤回", ".files")
    head.page.locator("textarea[name=reason]").fill("传错了")
    head.shoot("files-withdraw")
    head.send("撤回附件")

    assert head.page.locator(".files a[href^='/files/']:not([href*='/on/'])").count() == 0
    assert "传错了" in head.read(".files li")[0]
