"""Polars says what the interpreter says."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from sushui.engines.matching import MatchingError, facts_of
from sushui.engines.matching.in_polars import Program
from sushui.engines.matching.packaged import load_library
from sushui.engines.matching.tables import Tables, tables_of
from tests.engines.matching.comparing import OUTPUTS, differences, reference
from tests.engines.matching.random_policies import random_facts, random_policy
from tests.engines.matching.world import ON, REG, policies, policy_text

LIBRARY = load_library()
DAYS = sorted({case.on for case in LIBRARY.cases})


@pytest.mark.parametrize("seed", range(8))
def test_random_policies_come_to_the_same(seed):
    found = policies(random_policy(seed))
    facts = [random_facts(1000 * seed + number) for number in range(30)]

    table = Program(found, ON, OUTPUTS).run(tables_of(REG, facts))

    assert differences(reference(found, facts, ON), table.to_dicts()) == []


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_library_comes_to_the_same(day):
    facts = [case.facts for case in LIBRARY.cases if case.on == day]

    table = Program(LIBRARY.policies, day, OUTPUTS).run(tables_of(LIBRARY.policies.registry, facts))

    assert differences(reference(LIBRARY.policies, facts, day), table.to_dicts()) == []


def test_a_column_that_is_the_same_for_all_keeps_its_height():
    benefit = "{amount: 'if(equipment_investment > 0, 5元, 3元)', cite: c}"
    found = policies(policy_text("[{test: 'min(equipment_investment, 5元) > 0', cite: c}]", benefit))

    table = Program(found, ON).run(Tables(pl.DataFrame({"enterprise": [1, 2, 3]})))

    assert table["p.a.high"].to_list() == [500, 500, 500]


def test_parts_come_to_the_whole():
    found = policies(random_policy(7))
    tables = tables_of(REG, [random_facts(number) for number in range(25)])
    program = Program(found, ON)

    assert pl.concat(program.parts(tables, 10)).equals(program.run(tables))


def test_a_table_without_a_field_knows_it_of_nobody():
    program = Program(policies(policy_text("[{test: staff >= 5人, cite: c}]")), ON)

    found = program.run(Tables(pl.DataFrame({"enterprise": [7]})))

    assert found.row(0) == (7, None, 0, 10_000_000, 0, 1)


def test_dates_may_come_as_dates():
    program = Program(policies(policy_text("[{test: registered_on + 1年 = 2025-02-28, cite: c}]")), ON)

    found = program.run(Tables(pl.DataFrame({"enterprise": [1], "registered_on": [date(2024, 2, 29)]})))

    assert found["p.a.status"].to_list() == [True]


def test_rows_without_a_table_are_unknown():
    program = Program(policies(policy_text("[{test: count(loans) >= 1笔, cite: c}]")), ON)

    found = program.run(Tables(pl.DataFrame({"enterprise": [1]})))

    assert found["p.a.status"].to_list() == [None]


def test_equal_atoms_of_many_items_are_one_column():
    atom = "[{test: staff >= 5人, cite: c}]"
    text = (
        policy_text(atom)
        + f"  - item: b\n    name: 乙\n    conditions: {atom}\n    benefit: {{amount: 1元, cite: c}}\n"
    )

    first, second = Program(policies(text), ON).items

    assert first.atoms[0] is second.atoms[0]


def test_large_products_do_not_overflow():
    benefit = "{amount: 'profit * layoff_rate * at(lpr, registered_on) * 300%', cite: c}"
    facts = [facts_of(REG, {"profit": 10**14, "layoff_rate": 100, "registered_on": date(2023, 9, 1)})]
    found = policies(policy_text(benefit=benefit))

    table = Program(found, ON, OUTPUTS).run(tables_of(REG, facts))

    assert differences(reference(found, facts, ON), table.to_dicts()) == []


@pytest.mark.parametrize(
    ("benefit", "code"),
    [
        ("{amount: profit * revenue / revenue_last_year * revenue / equipment_investment, cite: c}", "too_great"),
        ("{amount: 'sum(loans: principal / principal) * 1元/笔', cite: c}", "quotient_in_rows"),
    ],
)
def test_what_columns_cannot_hold_is_refused(benefit, code):
    benefit = benefit.replace("principal / principal) * 1元/笔", "principal * (principal / principal))")

    with pytest.raises(MatchingError) as refused:
        Program(policies(policy_text(benefit=benefit)), ON)

    assert refused.value.code.value == code
