"""Projects as documents and back: nothing that the standard can carry is lost, and every document is valid."""

from __future__ import annotations

import copy
from datetime import UTC, date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sushui.projects.adapter.schema import Flaw, flaws_of
from sushui.projects.enums import FundingSource, ProjectLevel, ProjectSector, ProjectStage
from sushui.projects.rules.documents import from_text, merged, to_text
from sushui.projects.rules.exchange import (
    ExchangeMonth,
    ExchangeProject,
    ExchangeStep,
    from_document,
    to_document,
)

EXAMPLE = Path(__file__).with_name("example.json")
TEXT = st.text(st.sampled_from('绛县 Aa1,。"\\\n（）'), max_size=12)
SOME = TEXT.filter(bool)
YUAN = st.decimals(min_value=0, max_value=Decimal("9999999999999999.99"), places=2)
MAYBE = st.none() | YUAN
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
MOMENTS = st.datetimes(timezones=st.just(UTC))
MONTHS = DAYS.map(lambda day: day.replace(day=1))
YEARS = st.integers(1990, 2100)
STEPS = st.builds(
    ExchangeStep,
    st.integers(1, 99).map(lambda number: f"step-{number}"),
    SOME,
    st.none() | DAYS,
    st.none() | DAYS,
    TEXT,
)
MADE_MONTHS = st.builds(ExchangeMonth, MONTHS, YUAN, MAYBE)


def point(draw: Any) -> dict[str, Any]:
    degrees = st.decimals(min_value=4, max_value=53, places=6)
    return {"longitude": draw(degrees) + 70, "latitude": draw(degrees)}


@st.composite
def projects(draw: Any) -> ExchangeProject:
    """A project of which anything may be said or not."""
    where = point(draw) if draw(st.booleans()) else {}
    industry = {"industry_code": "3217", "industry_name": draw(TEXT)} if draw(st.booleans()) else {}
    agency_and_owner = {name: draw(TEXT) for name in ("agency", "owner_name", "owner_code")}
    texts = ("name", "code", "content", "cluster", "note", "place_code", "place_name", "place_text")
    return ExchangeProject(
        id=draw(SOME),
        **{name: draw(TEXT) for name in texts},
        **agency_and_owner,
        **where,
        **industry,
        updated=draw(st.none() | MOMENTS),
        stage=draw(st.none() | st.sampled_from(ProjectStage)),
        level=draw(st.none() | st.sampled_from(ProjectLevel)),
        sector=draw(st.none() | st.sampled_from(ProjectSector)),
        **{name: draw(MAYBE) for name in ("total_investment", "expected_output", "expected_tax", "area_mu", "jobs")},
        planned_start_month=draw(st.none() | MONTHS),
        planned_completion_month=draw(st.none() | MONTHS),
        started_on=draw(st.none() | DAYS),
        completed_on=draw(st.none() | DAYS),
        enrolled_on=draw(st.none() | DAYS),
        funding=draw(st.dictionaries(st.tuples(st.just(0) | YEARS, st.sampled_from(FundingSource)), YUAN, max_size=4)),
        year_plans=draw(st.dictionaries(YEARS, YUAN, max_size=3)),
        steps=tuple(draw(st.lists(STEPS, max_size=3, unique_by=lambda step: step.key))),
        months=tuple(
            sorted(draw(st.lists(MADE_MONTHS, max_size=3, unique_by=lambda each: each.month)), key=lambda e: e.month)
        ),
    )


def example() -> dict[str, Any]:
    """The project of the standard's own example."""
    return from_text(EXAMPLE.read_bytes())["projects"][0]


# --- out and back ----------------------------------------------------------------------------------------------------
@settings(max_examples=60)
@given(projects())
def test_a_project_comes_back_as_it_went_out(project: ExchangeProject) -> None:
    assert from_document(from_text(to_text(to_document(project)))) == project


@settings(max_examples=60)
@given(projects())
def test_every_document_is_valid(project: ExchangeProject) -> None:
    assert flaws_of(from_text(to_text(to_document(project)))) == []


@settings(max_examples=60)
@given(projects())
def test_the_same_document_is_said_again(project: ExchangeProject) -> None:
    document = to_document(project)

    assert to_document(from_document(document)) == document


def test_a_document_says_what_the_ledger_knows() -> None:
    project = ExchangeProject(
        "oc4ids-x-140826-7",
        "涑水新区",
        "2212-140826-89-01-123459",
        stage=ProjectStage.UNDER_CONSTRUCTION,
        sector=ProjectSector.INFRASTRUCTURE,
        total_investment=Decimal(2_264_000_000),
        started_on=date(2025, 3, 10),
    )

    assert to_document(project) == {
        "id": "oc4ids-x-140826-7",
        "identifiers": [{"id": "2212-140826-89-01-123459", "scheme": "CN-GB/T40058"}],
        "title": "涑水新区",
        "status": "implementation",
        "sector": ["infrastructure"],
        "additionalClassifications": [
            {"scheme": "sushui-stage", "id": "under_construction"},
            {"scheme": "sushui-sector", "id": "infrastructure"},
        ],
        "implementationPeriod": {"startDate": "2025-03-10T00:00:00+08:00"},
        "budget": {"amount": {"amount": Decimal(2_264_000_000), "currency": "CNY"}},
    }


@pytest.mark.parametrize(
    ("status", "stage"),
    [
        ("identification", ProjectStage.PLANNED),
        ("implementation", ProjectStage.UNDER_CONSTRUCTION),
        ("maintenance", ProjectStage.IN_PRODUCTION),
        ("cancelled", ProjectStage.TERMINATED),
    ],
)
def test_a_status_of_others_is_the_earliest_stage_that_it_allows(status: str, stage: ProjectStage) -> None:
    assert from_document({"id": "x", "status": status}).stage is stage


def test_amounts_in_other_currencies_are_not_taken_for_yuan() -> None:
    said = from_document(example())

    assert (said.total_investment, said.name) == (None, "M75 Junctions 4 to 5 upgrade smart motorway")


# --- what the ledger does not hold -----------------------------------------------------------------------------------
def test_what_others_say_is_told_again_in_full() -> None:
    received = example()
    understood = to_document(from_document(received))

    assert merged(copy.deepcopy(understood), understood, received) == received


def test_what_the_ledger_says_since_then_stands_beside_what_others_said() -> None:
    received = example()
    understood = to_document(from_document(received))
    ours = to_document(from_document(received)) | {"title": "改名后的项目"}

    found = merged(ours, understood, received)

    assert (found.pop("title"), found) == (
        "改名后的项目",
        {name: value for name, value in received.items() if name != "title"},
    )


def test_items_are_merged_by_their_identifiers() -> None:
    received = [{"id": "1", "a": 1, "b": 2}, {"id": "2"}]

    found = merged([{"id": "1", "a": 9}], [{"id": "1", "a": 1}], received)

    assert found == [{"id": "1", "a": 9, "b": 2}, {"id": "2"}]


def test_what_the_ledger_takes_away_is_gone() -> None:
    assert merged({}, {"title": "x"}, {"title": "x", "purpose": "y"}) == {"purpose": "y"}


@settings(max_examples=40)
@given(projects(), projects())
def test_the_newest_word_of_the_ledger_stands(before: ExchangeProject, after: ExchangeProject) -> None:
    understood, ours = to_document(before), to_document(after)

    assert from_document(merged(ours, understood, copy.deepcopy(understood))) == from_document(ours)


# --- texts and the schema --------------------------------------------------------------------------------------------
@given(YUAN)
def test_an_amount_loses_no_digit(amount: Decimal) -> None:
    assert from_text(to_text({"amount": amount})) == {"amount": amount}


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | TEXT, lambda each: st.lists(each) | st.dictionaries(TEXT, each)
    )
)
def test_any_text_reads_back(value: Any) -> None:
    assert from_text(to_text(value)) == value


def test_what_is_no_number_is_no_json() -> None:
    with pytest.raises(ValueError, match="NaN is no number"):
        from_text('{"amount": NaN}')


def test_the_standards_own_example_is_valid() -> None:
    assert flaws_of(example()) == []


@pytest.mark.parametrize(
    ("document", "flaw"),
    [
        ({"title": "x"}, Flaw("", "required", "id")),
        ({"id": 7}, Flaw("id", "type", "string")),
        ({"id": "x", "title": ""}, Flaw("title", "minLength", "1")),
        ({"id": "x", "status": "built"}, None),
        ({"id": "x", "milestones": [{"id": "1"}, {"title": "y"}]}, Flaw("milestones/2", "required", "id")),
    ],
)
def test_what_is_not_valid_is_found_at_its_place(document: Any, flaw: Flaw | None) -> None:
    found = flaws_of(document)

    assert (found[0] if flaw else found[0].kind) == (flaw or "enum")
