"""Acts that stand or fall together: no way back for one of them, few statements, the lines at the end."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from sushui.kernel.audit import record_act
from sushui.kernel.batches import kept
from sushui.kernel.models import AuditLine
from sushui.kernel.whole import as_a_whole
from tests.cast import County

pytestmark = pytest.mark.django_db


@transaction.atomic
def act(county: County, note: str, *, is_refused: bool = False) -> None:
    """An act as every service does it: in a transaction, with a line."""
    record_act(county.viewer("office"), "note", county.agencies["works"], note=note)
    if is_refused:
        raise RuntimeError


def refused(county: County, note: str) -> None:
    """The caller goes on after the refusal."""
    with pytest.raises(RuntimeError):
        act(county, note, is_refused=True)


@as_a_whole()
def acts(county: County, *notes: str, refusal: str) -> None:
    for note in notes:
        act(county, note, is_refused=note == refusal)


@as_a_whole()
def acts_after_a_refusal(county: County) -> None:
    refused(county, "first")
    act(county, "second")


def notes() -> list[str]:
    return list(AuditLine.objects.filter(verb="note").order_by("pk").values_list("note", flat=True))


def test_lines_of_all_acts_are_there_when_the_block_has_ended(county: County) -> None:
    with as_a_whole():
        act(county, "first")
        act(county, "second")

    assert notes() == ["first", "second"]


def test_acts_cost_no_statement_for_a_way_back(county: County, django_assert_num_queries) -> None:
    county.viewer("office")

    with django_assert_num_queries(2), as_a_whole():  # the block's own savepoint
        for _time in range(10):
            with transaction.atomic():
                pass


def test_an_act_that_is_refused_refuses_them_all(county: County) -> None:
    with pytest.raises(RuntimeError):
        acts(county, "first", "second", refusal="second")

    assert notes() == []


def test_what_is_caught_inside_is_refused_all_the_same(county: County) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        acts_after_a_refusal(county)

    assert notes() == []


def test_what_does_not_change_is_read_once(county: County) -> None:
    with as_a_whole():
        found = [kept("number", lambda: 1), kept("number", lambda: 2)]

    assert found == [1, 1]


def test_after_the_block_acts_can_be_taken_back_alone_again(county: County) -> None:
    with as_a_whole():
        act(county, "first")

    refused(county, "second")
    act(county, "third")

    assert connection.features.uses_savepoints is True
    assert notes() == ["first", "third"]
