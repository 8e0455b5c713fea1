"""A preview that is held: what differs from it now, and how that is said."""

from __future__ import annotations

import pytest

from sushui.kernel.errors import DomainError
from sushui.kernel.sheets.previews import (
    STATE,
    VERSION,
    Preview,
    PreviewRow,
    differences,
    held_preview,
    hold_preview,
    read_otherwise,
    require_as_shown,
)
from sushui.projects.models import SheetDraft
from tests.projects.imports.books import staged, table
from tests.projects.play import Play, on


class Plain:
    """Says every fact as it stands."""

    def label(self, field: str) -> str:
        return field

    def value(self, field: str, text: str) -> str:
        return text


def preview(*rows: tuple[int, dict[str, str]]) -> Preview:
    return Preview.of(PreviewRow(number, f"项目{number}", facts) for number, facts in rows)


@pytest.fixture
def draft(play: Play) -> SheetDraft:
    with on("2026-06-15"):
        return staged(play.office, table(("医院扩建",), header=("项目名称",)))


@pytest.fixture
def play(county) -> Play:
    return Play(county)


# --- what differs ----------------------------------------------------------------------------------------------------
def test_the_same_facts_are_no_difference() -> None:
    assert differences(preview((3, {"total": "1"})), preview((3, {"total": "1"}))) == []


def test_only_the_fields_that_differ_are_told() -> None:
    shown, now = preview((3, {"total": "1", "note": "a"})), preview((3, {"total": "2", "note": "a"}))

    assert [each.fields for each in differences(shown, now)] == [(("total", "1", "2"),)]


def test_another_state_says_all_there_is_to_say() -> None:
    shown, now = preview((3, {STATE: "new", "total": "1"})), preview((3, {STATE: "changed", "total": "2"}))

    assert [each.fields for each in differences(shown, now)] == [((STATE, "new", "changed"),)]


def test_a_row_that_came_or_went_differs() -> None:
    shown, now = preview((3, {"total": "1"})), preview((4, {"total": "1"}))

    assert [(each.number, each.fields) for each in differences(shown, now)] == [
        (3, (("total", "1", ""),)),
        (4, (("total", "", "1"),)),
    ]


def test_a_digest_is_that_of_the_facts() -> None:
    assert preview((3, {"a": "1", "b": "2"})).digest == preview((3, {"b": "2", "a": "1"})).digest
    assert preview((3, {"a": "1"})).digest != preview((3, {"a": "2"})).digest


# --- what is held ----------------------------------------------------------------------------------------------------
def test_nothing_is_held_before_something_was_shown(draft: SheetDraft) -> None:
    assert held_preview(draft) is None


def test_what_was_shown_is_held_with_the_sheet(draft: SheetDraft) -> None:
    hold_preview(draft, preview((3, {"total": "1"})))

    held = held_preview(SheetDraft.objects.get(pk=draft.pk))
    assert held is not None
    assert held.digest == preview((3, {"total": "1"})).digest


def test_what_is_held_already_is_not_written_again(draft: SheetDraft, django_assert_num_queries) -> None:
    hold_preview(draft, preview((3, {"total": "1"})))

    with django_assert_num_queries(0):
        hold_preview(draft, preview((3, {"total": "1"})))


def test_what_was_said_since_makes_it_void(draft: SheetDraft) -> None:
    hold_preview(draft, preview((3, {"total": "1"})))
    draft.version += 1

    assert held_preview(draft) is None


def test_what_is_shown_of_an_older_version_is_not_held(draft: SheetDraft) -> None:
    SheetDraft.objects.update(version=7)

    hold_preview(draft, preview((3, {"total": "1"})))

    assert SheetDraft.objects.get().preview == {}


# --- what is refused -------------------------------------------------------------------------------------------------
def refusal(draft: SheetDraft, now: Preview, seen: str | None = None) -> DomainError:
    with pytest.raises(DomainError) as refused:
        require_as_shown(draft, now, seen, Plain)
    return refused.value


def is_taken(draft: SheetDraft, now: Preview, seen: str | None = None) -> bool:
    try:
        require_as_shown(draft, now, seen, Plain)
    except DomainError:
        return False
    return True


def test_nothing_was_shown_so_nothing_is_refused(draft: SheetDraft) -> None:
    assert is_taken(draft, preview((3, {"total": "1"})))


def test_what_was_shown_is_taken(draft: SheetDraft) -> None:
    hold_preview(draft, preview((3, {"total": "1"})))

    taken = [is_taken(draft, preview((3, {"total": total}))) for total in ("1", "2")]

    assert taken == [True, False]


def test_something_else_is_refused_with_its_row(draft: SheetDraft) -> None:
    hold_preview(draft, preview((3, {"total": "1", VERSION: "1"})))

    refused = refusal(draft, preview((3, {"total": "2", VERSION: "2"})))

    assert (refused.code, refused.status) == ("preview_outdated", 409)
    assert refused.params["rows"] == "第 3 行“项目3”：total 1 → 2。"


def test_a_version_alone_is_said_in_words(draft: SheetDraft) -> None:
    hold_preview(draft, preview((3, {VERSION: "1"})))

    assert refusal(draft, preview((3, {VERSION: "2"}))).params["rows"] == "第 3 行“项目3”：其他内容已被修改。"


def test_a_page_seen_earlier_is_refused_without_its_rows(draft: SheetDraft) -> None:
    now = preview((3, {"total": "1"}))
    hold_preview(draft, now)

    assert refusal(draft, now, "0" * 64).params["rows"] == ""


def test_a_page_that_says_what_is_so_now_is_taken_whatever_was_shown_since(draft: SheetDraft) -> None:
    hold_preview(draft, preview((3, {"total": "1"})))
    now = preview((3, {"total": "2"}))

    assert [is_taken(draft, now, seen) for seen in (now.digest, None)] == [True, False]


def test_many_rows_are_counted_behind_the_first(draft: SheetDraft) -> None:
    hold_preview(draft, preview(*((number, {"total": "1"}) for number in range(5))))

    told = read_otherwise(draft, preview(*((number, {"total": "2"}) for number in range(5))), Plain)

    assert (len(told), told[-1]) == (4, "另有 2 行。")
