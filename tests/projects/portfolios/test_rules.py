"""Totals of a version and what differs between two: plain rows, and what holds of all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.projects.enums import EntryField, FundingSource, PortfolioGroup, ProjectLevel, ProjectSector
from sushui.projects.rules.portfolios import (
    UNSAID,
    EntryRow,
    FieldChange,
    GroupTotals,
    Totals,
    belongs,
    compare,
    grouped,
    steady,
    totals_of,
)

YUAN = st.none() | st.decimals(min_value=0, max_value=10**12, places=2)
MONTHS = st.none() | st.sampled_from([date(2026, number, 1) for number in range(1, 13)])
SOURCES = st.dictionaries(st.sampled_from(FundingSource), st.decimals(min_value=0, max_value=10**12, places=2))
BARE = st.builds(
    EntryRow,
    project_id=st.integers(1, 12),
    name=st.just("项目"),
    position=st.just(0),
    total=YUAN,
    planned=YUAN,
    start_month=MONTHS,
    completion_month=MONTHS,
    level=st.sampled_from(ProjectLevel),
    sector=st.none() | st.sampled_from(ProjectSector),
    cluster_id=st.none() | st.integers(1, 3),
    place_id=st.none() | st.integers(1, 3),
    sources=SOURCES,
)


def ranked(rows: list[EntryRow]) -> list[EntryRow]:
    """The rows with their places as ranks."""
    return [replace(row, position=place) for place, row in enumerate(rows, start=1)]


VERSIONS = st.lists(BARE, max_size=10, unique_by=lambda row: row.project_id).map(ranked)


def version(*numbers: int) -> list[EntryRow]:
    """A version of these projects in this order."""
    return ranked([EntryRow(number, f"项目{number}", 0) for number in numbers])


# --- totals ----------------------------------------------------------------------------------------------------------
def test_totals_pass_over_what_nobody_said() -> None:
    rows = [EntryRow(1, "甲", 1, Decimal(5), None), EntryRow(2, "乙", 2, None, Decimal(3))]

    assert totals_of(rows) == Totals(2, Decimal(5), Decimal(3))


def test_groups_stand_by_their_size_and_the_unsaid_last() -> None:
    rows = [
        EntryRow(1, "甲", 1, Decimal(900)),
        EntryRow(2, "乙", 2, Decimal(100), cluster_id=7),
        EntryRow(3, "丙", 3, Decimal(300), Decimal(30), cluster_id=8),
    ]

    assert grouped(rows, PortfolioGroup.CLUSTER) == [
        GroupTotals("8", Totals(1, Decimal(300), Decimal(30))),
        GroupTotals("7", Totals(1, Decimal(100))),
        GroupTotals(UNSAID, Totals(1, Decimal(900))),
    ]


def test_money_by_source_parts_each_total_and_says_what_is_unsaid() -> None:
    money = {FundingSource.OWN_FUNDS: Decimal(40), FundingSource.BANK_LOANS: Decimal(50)}
    rows = [EntryRow(1, "甲", 1, Decimal(100), Decimal(10), sources=money), EntryRow(2, "乙", 2, Decimal(7))]

    assert grouped(rows, PortfolioGroup.SOURCE) == [
        GroupTotals("bank_loans", Totals(1, Decimal(50), None)),
        GroupTotals("own_funds", Totals(1, Decimal(40), None)),
        GroupTotals(UNSAID, Totals(2, Decimal(17), None)),
    ]


@given(VERSIONS, st.sampled_from(PortfolioGroup))
def test_groups_sum_to_the_whole(rows: list[EntryRow], by: PortfolioGroup) -> None:
    found = grouped(rows, by)

    assert sum((each.totals.total for each in found), Decimal()) == totals_of(rows).total


@given(VERSIONS, st.sampled_from([by for by in PortfolioGroup if by is not PortfolioGroup.SOURCE]))
def test_plans_and_counts_sum_to_the_whole_where_a_project_is_in_one_group(
    rows: list[EntryRow], by: PortfolioGroup
) -> None:
    found = [each.totals for each in grouped(rows, by)]

    whole = totals_of(rows)
    assert (sum(each.count for each in found), sum((each.planned or Decimal() for each in found), Decimal())) == (
        whole.count,
        whole.planned,
    )


@given(VERSIONS, st.sampled_from(PortfolioGroup))
def test_every_figure_opens_the_rows_that_it_counts(rows: list[EntryRow], by: PortfolioGroup) -> None:
    assert [each.totals.count for each in grouped(rows, by)] == [
        len([row for row in rows if belongs(row, by, each.key)]) for each in grouped(rows, by)
    ]


# --- two versions ----------------------------------------------------------------------------------------------------
def test_what_came_in_and_went_out_is_told() -> None:
    found = compare(version(1, 2, 3), version(1, 3, 4))

    assert ([row.project_id for row in found.entered], [row.project_id for row in found.left], found.same) == (
        [4],
        [2],
        2,
    )


def test_who_is_pushed_down_was_not_moved() -> None:
    assert compare(version(1, 2, 3), version(9, 1, 2, 3)).moved == []


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ((1, 2, 3), (1, 2, 3), set()),
        ((1, 2, 3, 4), (4, 1, 2, 3), {4}),
        ((1, 2, 3, 4), (1, 3, 4, 2), {2}),
        ((1, 2, 3, 4, 5), (5, 2, 3, 4, 1), {1, 5}),
    ],
)
def test_as_few_as_can_be_were_moved(before: tuple[int, ...], after: tuple[int, ...], moved: set[int]) -> None:
    assert set(after) - steady(before, after) == moved


def test_a_move_says_by_how_much() -> None:
    was = EntryRow(1, "甲", 1, Decimal(100), Decimal(10), date(2026, 3, 1), date(2027, 1, 1))
    now = EntryRow(1, "甲", 1, Decimal(80), None, date(2026, 9, 1), date(2026, 11, 1))

    assert compare([was], [now]).moved[0].changes == (
        FieldChange(EntryField.TOTAL, Decimal(100), Decimal(80), Decimal(-20)),
        FieldChange(EntryField.PLANNED, Decimal(10), None, None),
        FieldChange(EntryField.START, date(2026, 3, 1), date(2026, 9, 1), 6),
        FieldChange(EntryField.COMPLETION, date(2027, 1, 1), date(2026, 11, 1), -2),
    )


def test_a_rank_is_told_with_its_distance() -> None:
    change = compare(version(1, 2, 3, 4), version(4, 1, 2, 3)).moved[0].changes[0]

    assert change == FieldChange(EntryField.POSITION, 4, 1, -3)


@given(VERSIONS)
def test_a_version_does_not_differ_from_itself(rows: list[EntryRow]) -> None:
    found = compare(rows, rows)

    assert (found.entered, found.left, found.moved, found.same) == ([], [], [], len(rows))


@given(VERSIONS, VERSIONS)
def test_every_project_of_both_is_told_once(before: list[EntryRow], after: list[EntryRow]) -> None:
    found = compare(before, after)

    assert (len(found.left) + len(found.moved) + found.same, len(found.entered) + len(found.moved) + found.same) == (
        len(before),
        len(after),
    )


@given(VERSIONS, VERSIONS)
def test_backward_the_other_way_round(before: list[EntryRow], after: list[EntryRow]) -> None:
    there, back = compare(before, after), compare(after, before)

    assert (there.entered, there.left, there.before) == (back.left, back.entered, back.after)


@given(st.permutations(range(8)), st.permutations(range(8)))
def test_as_many_stay_backward_as_forward(before: list[int], after: list[int]) -> None:
    assert len(steady(before, after)) == len(steady(after, before))


@given(VERSIONS, VERSIONS)
def test_what_moved_explains_the_difference_of_the_sums(before: list[EntryRow], after: list[EntryRow]) -> None:
    found = compare(before, after)
    came, went = totals_of(found.entered).total, totals_of(found.left).total
    pairs = [((move.before.total or Decimal()), (move.after.total or Decimal())) for move in found.moved]

    grown = sum((now - was for was, now in pairs), Decimal())
    assert found.before.total + came - went + grown == found.after.total


@given(st.permutations(range(8)), st.permutations(range(8)))
def test_the_steady_stand_in_the_same_order_in_both(before: list[int], after: list[int]) -> None:
    kept = steady(before, after)

    assert [each for each in before if each in kept] == [each for each in after if each in kept]
