"""Stretches of a list: together they are the list, whichever way one walks, with ties and empty values."""

from __future__ import annotations

import base64
from datetime import date

import pytest
from django.http import QueryDict

from sushui.kernel.errors import DomainError
from sushui.kernel.keyset import PRINTED, Sort, asked_stretch, capped_count, counted, stretch
from sushui.kernel.models import User
from sushui.notices.models import Notice
from sushui.organizations.models import LineOfCharge
from tests.cast import County

DAYS = [date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 5), None, None, None]
BY_END = Sort(("to_on", "pk"), has_empty=True)
BY_LATEST_END = Sort(("to_on", "pk"), is_descending=True, has_empty=True)
BY_ACCOUNT = Sort(("username",))


@pytest.fixture
def charges(county: County) -> list[int]:
    """Lines of charge that end on DAYS, as a list with ties and empty values."""
    LineOfCharge.objects.all().delete()
    keys = ["works", "finance", "gujiang", "hengshui", "reform", "statistics", "hospital", "bank"]
    return [
        LineOfCharge.objects.create(
            leader_post=county.posts["leader"], agency=county.agencies[key], from_on=date(2026, 1, 1), to_on=day
        ).pk
        for key, day in zip(keys, DAYS, strict=True)
    ]


def walk(sort: Sort, size: int) -> list[int]:
    found, after = [], ""
    while True:
        shown = stretch(LineOfCharge.objects.all(), sort, after=after, size=size)
        found += [row.pk for row in shown.rows]
        after = shown.after
        if not after:
            return found


def walk_back(sort: Sort, size: int, before: str) -> list[int]:
    found: list[int] = []
    while before:
        shown = stretch(LineOfCharge.objects.all(), sort, before=before, size=size)
        found = [row.pk for row in shown.rows] + found
        before = shown.before
    return found


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 50])
def test_stretches_in_turn_are_the_whole_list_with_empty_values_last(charges: list[int], size: int) -> None:
    assert walk(BY_END, size) == charges


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_a_list_that_descends_keeps_its_empty_values_last(charges: list[int], size: int) -> None:
    assert walk(BY_LATEST_END, size) == charges[4::-1] + charges[:4:-1]


@pytest.mark.parametrize("sort", [BY_END, BY_LATEST_END])
@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_walking_back_gives_what_stood_before(charges: list[int], sort: Sort, size: int) -> None:
    last = stretch(LineOfCharge.objects.all(), sort, after=_cursor_of_second_last(sort), size=1)

    assert walk_back(sort, size, last.before) == walk(sort, 50)[:-1]


def _cursor_of_second_last(sort: Sort) -> str:
    return stretch(LineOfCharge.objects.all(), sort, size=7).after


def test_the_first_stretch_has_nothing_before_and_the_last_nothing_after(charges: list[int]) -> None:
    first = stretch(LineOfCharge.objects.all(), BY_END, size=5)
    last = stretch(LineOfCharge.objects.all(), BY_END, after=first.after, size=5)

    assert (first.before, last.after) == ("", "")
    assert [len(first.rows), len(last.rows)] == [5, 3]


def test_an_empty_list_has_no_neighbors(county: County) -> None:
    shown = stretch(LineOfCharge.objects.none(), BY_END)

    assert (shown.rows, shown.before, shown.after) == ([], "", "")


def test_a_unique_column_sorts_alone(county: County) -> None:
    first = stretch(User.objects.all(), BY_ACCOUNT, size=2)
    second = stretch(User.objects.all(), BY_ACCOUNT, after=first.after, size=2)

    accounts = sorted(User.objects.values_list("username", flat=True))
    assert [user.username for user in [*first.rows, *second.rows]] == accounts[:4]


@pytest.mark.parametrize(
    "cursor", ["x", "W10", "e30", "WzEsMl0", "WyIyMDI2LTAyLTMwIiwxXQ", "W251bGwsSW5maW5pdHld", "\u0000", "中"]
)
def test_a_cursor_that_was_not_given_out_is_refused(county: County, cursor: str) -> None:
    with pytest.raises(DomainError) as refused:
        stretch(LineOfCharge.objects.all(), BY_END, after=cursor)

    assert refused.value.code == "cursor_unreadable"


@pytest.mark.parametrize(
    ("said", "columns"),
    [
        ('["\\u0000", "1"]', ("name", "pk")),
        ('["\\ud800", "1"]', ("name", "pk")),
        ('["1", null]', ("registered_in_id", "name")),
        ('[null, "1"]', ("name", "pk")),
        ("[" * 5000, ("name", "pk")),
    ],
)
def test_a_cursor_that_no_database_can_be_asked_about_is_refused(db, said: str, columns: tuple[str, str]) -> None:
    cursor = base64.urlsafe_b64encode(said.encode()).decode()

    with pytest.raises(DomainError) as refused:
        stretch(User.objects.all(), Sort(columns), after=cursor)

    assert refused.value.code == "cursor_unreadable"


def test_a_cursor_of_a_computed_column_is_of_that_columns_kind(db) -> None:
    cursor = base64.urlsafe_b64encode(b'["x", "1"]').decode()

    with pytest.raises(DomainError) as refused:
        stretch(Notice.objects.all(), Sort(("is_unread", "pk")), after=cursor)

    assert refused.value.code == "cursor_unreadable"


def test_a_count_stops_at_its_cap_and_says_so(charges: list[int]) -> None:
    rows = LineOfCharge.objects.all()

    assert [counted(capped_count(rows, most), most) for most in (5, 8, 9)] == ["5+", "8", "8"]


# --- what an address asks for ----------------------------------------------------------------------------------------


def accounts(number: int, asked: str) -> tuple[int, bool, bool]:
    """Rows that a list of so many accounts shows, whether it has more, and whether it is for paper."""
    User.objects.bulk_create(User(username=f"account-{each:04}") for each in range(number))
    shown = asked_stretch(User.objects.all(), BY_ACCOUNT, QueryDict(asked))
    return len(shown.rows), shown.pager().is_part, shown.pager().is_for_paper


@pytest.mark.parametrize(
    ("asked", "seen"), [("", (50, True, False)), ("print=1", (120, False, True)), ("print=yes", (50, True, False))]
)
def test_paper_takes_every_row_and_the_screen_a_stretch(db: None, asked: str, seen: tuple[int, bool, bool]) -> None:
    assert accounts(120, asked) == seen


def test_paper_has_an_end(db: None) -> None:
    assert accounts(PRINTED + 1, "print=1") == (PRINTED, True, True)


def test_paper_begins_with_the_first_row_wherever_the_screen_stood(charges: list[int]) -> None:
    screen = asked_stretch(LineOfCharge.objects.all(), BY_END, QueryDict())
    place = stretch(LineOfCharge.objects.all(), BY_END, size=3).after

    paper = asked_stretch(LineOfCharge.objects.all(), BY_END, QueryDict(f"after={place}&print=1"))

    assert paper.rows == screen.rows
