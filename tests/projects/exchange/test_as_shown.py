"""What was shown of a file is what is taken over, and odd codes are confirmed by a person."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from sushui.kernel.errors import DomainError, StaleRecord
from sushui.projects import services
from sushui.projects.models import ExchangeDraft, ExchangeSource, Project
from sushui.projects.rules.documents import to_text
from sushui.projects.services import exchange
from tests.projects.exchange.play import full, package, sent, staged
from tests.projects.pages.reading import Desk
from tests.projects.play import GOOD_CODE, Play

pytestmark = pytest.mark.usefixtures("_in_june")
Sit = Callable[[str], Desk]
ODD_CODE = f"{GOOD_CODE[:-1]}{(int(GOOD_CODE[-1]) + 1) % 10}"
DOUBT = f"代码 {ODD_CODE}：代码的校验位不符。"


def renamed(play: Play, **values: Any) -> ExchangeDraft:
    """A file that gives a project of the ledger another name."""
    full(play)
    return staged(play, {**package(play)["projects"][0], "title": "新名称", **values})


def odd(play: Play) -> ExchangeDraft:
    """A file with a new project whose code has a wrong check digit."""
    return staged(play, odd_document())


def odd_document() -> dict[str, Any]:
    return {"id": "x", "title": "引调水工程", "identifiers": [{"scheme": "CN-GB/T40058", "id": ODD_CODE}]}


def colleague_edits(play: Play, **values: Any) -> None:
    """Somebody else changes the only project of the ledger."""
    project = Project.objects.get()
    said = {name: getattr(project, name) for name in services.DRAFT_FIELDS}
    money = {(row.year, row.source): row.amount for row in project.funding.all()}
    draft = services.ProjectDraft(**{**said, **values}, funding=money, confirmed=frozenset({"owner_code"}))
    services.edit_project(play.office, project, draft)


def shown(play: Play, draft: ExchangeDraft) -> str:
    """The digest of what somebody is shown of a file."""
    exchange.show_exchange(play.office, draft)
    return str(draft.preview["digest"])


# --- as shown --------------------------------------------------------------------------------------------------------
def test_a_file_is_taken_over_as_it_was_shown(play: Play) -> None:
    draft = renamed(play)

    exchange.commit_exchange(play.office, draft, seen_preview=shown(play, draft))

    assert Project.objects.get().name == "新名称"


def test_what_a_colleague_changed_meanwhile_is_named_and_nothing_is_taken(play: Play) -> None:
    draft = renamed(play)
    seen = shown(play, draft)
    colleague_edits(play, place_text="纬四路 9 号")

    with pytest.raises(DomainError) as caught:
        exchange.commit_exchange(play.office, draft, seen_preview=seen)

    assert (caught.value.code, caught.value.status, caught.value.params["rows"]) == (
        "preview_outdated",
        409,
        "第 1 行“新名称”：地址 纬三路 1 号 → 纬四路 9 号。",
    )


def test_a_refusal_leaves_the_ledger_as_the_colleague_left_it(play: Play) -> None:
    draft = renamed(play)
    shown(play, draft)
    colleague_edits(play, note="同事的话")

    with pytest.raises(DomainError, match="同事的话"):
        exchange.commit_exchange(play.office, draft)

    draft.refresh_from_db()
    assert (Project.objects.get().name, ExchangeSource.objects.count(), draft.imported_at) == (
        "涑水装备产业园",
        0,
        None,
    )


def test_a_file_that_was_looked_at_again_is_taken_over(play: Play) -> None:
    draft = renamed(play)
    shown(play, draft)
    colleague_edits(play, note="同事的话")

    exchange.commit_exchange(play.office, draft, seen_preview=shown(play, draft))

    assert (Project.objects.get().name, Project.objects.get().note) == ("新名称", "备注")


def test_a_new_project_that_a_colleague_entered_meanwhile_is_not_overwritten(play: Play) -> None:
    draft = staged(play, {"id": "x", "title": "y", "identifiers": [{"scheme": "CN-GB/T40058", "id": GOOD_CODE}]})
    shown(play, draft)
    full(play)

    with pytest.raises(DomainError) as caught:
        exchange.commit_exchange(play.office, draft)

    assert caught.value.params["rows"] == "第 1 行“y”：状态 新增 → 有改动。"


def test_another_file_than_was_seen_is_stale(play: Play) -> None:
    draft = renamed(play)

    with pytest.raises(StaleRecord):
        exchange.commit_exchange(play.office, draft, seen_version=draft.version + 1)


def test_a_page_refuses_what_was_not_shown(play: Play, sit: Sit) -> None:
    draft, desk = renamed(play), sit("project_office")
    desk.open("exchange-draft", draft.pk)
    said = sent(draft)
    colleague_edits(play, note="同事的话")

    answer = desk.send("exchange-commit", draft.pk, **said)

    assert (answer.status, "同事的话" in answer.html, Project.objects.get().name) == (409, True, "涑水装备产业园")


def test_a_program_is_told_what_it_saw_and_refused_otherwise(play: Play, sit: Sit) -> None:
    draft, client = renamed(play), sit("project_office").client
    address = f"/api/projects/oc4ids/{draft.pk}"
    told = client.get(address).json()
    colleague_edits(play, note="同事的话")

    answer = client.post(f"{address}/commit", {"preview": told["preview"]}, "application/json")

    assert (answer.status_code, answer.json()["code"]) == (409, "preview_outdated")


# --- odd codes -------------------------------------------------------------------------------------------------------
def test_an_odd_code_is_said_in_the_preview(play: Play) -> None:
    assert [row.doubts for row in exchange.understand_exchange(play.office, odd(play))] == [[DOUBT]]


def test_an_odd_code_that_nobody_confirmed_keeps_the_file_out(play: Play) -> None:
    draft = odd(play)

    with pytest.raises(DomainError) as caught:
        exchange.commit_exchange(play.office, draft)

    assert (caught.value.code, caught.value.params["doubt"], Project.objects.count()) == ("codes_odd", DOUBT, 0)


def test_an_odd_code_is_taken_once_it_is_confirmed(play: Play) -> None:
    exchange.commit_exchange(play.office, odd(play), is_confirmed=True)

    assert (Project.objects.get().code, Project.objects.get().code_flaw) == (ODD_CODE, "check_digit")


def test_a_code_that_the_ledger_has_is_not_asked_about_again(play: Play) -> None:
    exchange.commit_exchange(play.office, odd(play), is_confirmed=True)

    draft = staged(play, {**odd_document(), "title": "新名称"})

    assert [row.doubts for row in exchange.understand_exchange(play.office, draft)] == [[]]


def test_the_page_asks_for_the_confirmation(play: Play, sit: Sit) -> None:
    draft, desk = odd(play), sit("project_office")
    asked = desk.open("exchange-commit", draft.pk)
    said = sent(draft)

    refused = desk.send("exchange-commit", draft.pk, **said)
    desk.send("exchange-commit", draft.pk, **said, is_confirmed="on")

    assert (ODD_CODE in asked.html, refused.status, Project.objects.get().code) == (True, 422, ODD_CODE)


def test_the_page_asks_nothing_where_all_codes_are_sound(play: Play, sit: Sit) -> None:
    assert "is_confirmed" not in sit("project_office").open("exchange-commit", renamed(play).pk).html


@pytest.mark.parametrize(("is_confirmed", "status"), [(False, 422), (True, 200)])
def test_a_program_confirms_odd_codes(play: Play, sit: Sit, is_confirmed: bool, status: int) -> None:
    address = f"/api/projects/oc4ids/{odd(play).pk}/commit"

    answer = sit("project_office").client.post(address, {"is_confirmed": is_confirmed}, "application/json")

    assert answer.status_code == status


def test_the_command_confirms_odd_codes_where_it_is_told(play: Play, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text(to_text(odd_document()))
    said = ("import_projects", str(file), "--as=project_office", "--into=oc4ids")
    with pytest.raises(CommandError, match=ODD_CODE):
        call_command(*said)

    call_command(*said, "--confirm-codes")

    assert json.loads(ExchangeSource.objects.get().received) == odd_document()
