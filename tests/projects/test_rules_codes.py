"""Official codes: real samples, and the standards' own arithmetic as the second opinion."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.projects.enums import CodeFlaw
from sushui.projects.rules.codes import clean_code, credit_code_flaw, has_organization_code, project_code_flaw

LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
bodies = st.text(LETTERS, min_size=17, max_size=17)


@pytest.mark.parametrize(
    ("code", "flaw"),
    [
        ("2108-141161-89-02-776136", None),
        ("2108-141161-89-02-776137", CodeFlaw.CHECK_DIGIT),
        ("2018-340322-29-03-022336", None),
        ("2113-140826-89-01-123456", CodeFlaw.MONTH),
        ("2100-140826-89-01-123456", CodeFlaw.MONTH),
        ("2108-14116-89-02-776136", CodeFlaw.SHAPE),
        ("2108141161890277613", CodeFlaw.SHAPE),
        ("", CodeFlaw.SHAPE),
    ],
)
def test_project_codes_of_both_standards(code: str, flaw: CodeFlaw | None) -> None:
    assert project_code_flaw(code) == flaw


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        (" 2108-141161-89-02-776136\n", "2108-141161-89-02-776136"),
        ("２１０８－１４１１６１—89–02-776136", "2108-141161-89-02-776136"),
        ("91350203m0001qay9b", "91350203M0001QAY9B"),
        ("9135 0203 M000 1QAY 9B", "91350203M0001QAY9B"),
    ],
)
def test_codes_are_read_as_people_type_them(typed: str, clean: str) -> None:
    assert clean_code(typed) == clean


@given(st.from_regex(r"2[0-4](0[1-9]|1[0-2])-[0-9]{6}-[0-9]{2}-[0-9]{2}-[0-9]{5}", fullmatch=True), st.integers(0, 9))
def test_one_last_digit_in_ten_fits_a_project_code(body: str, last: int) -> None:
    expected = None if str(last) == counted_check_digit(body.replace("-", "")) else CodeFlaw.CHECK_DIGIT

    assert project_code_flaw(f"{body}{last}") == expected


def counted_check_digit(digits: str) -> str:
    """The second opinion: ISO 7064 MOD 11,10 as the standard's hybrid system tells it, step by step."""
    product = 10
    for digit in digits:
        total = (product + int(digit)) % 10
        product = 2 * (total if total else 10) % 11
    return str((11 - product) % 10)


@given(bodies, st.sampled_from(LETTERS))
def test_a_credit_code_is_checked_by_the_weights_of_the_standard(body: str, last: str) -> None:
    expected = None if last == counted_check_letter(body) else CodeFlaw.CHECK_DIGIT

    assert credit_code_flaw(body + last) == expected


def counted_check_letter(body: str) -> str:
    """The second opinion: GB 32100-2015, C18 = 31 - sum of Ci x 3^(i-1) modulo 31."""
    total = sum(LETTERS.index(letter) * 3**place for place, letter in enumerate(body))
    return LETTERS[(31 - total % 31) % 31]


@pytest.mark.parametrize(
    "code", ["91350203M0001QAY9B", "91350100M0001TGQXM", "91350211M0000XUF46", "91350203M0001FUE2P"]
)
def test_real_codes_of_the_early_pilots_fail_but_hold_an_organization_code(code: str) -> None:
    assert (credit_code_flaw(code), has_organization_code(code)) == (CodeFlaw.CHECK_DIGIT, True)


@pytest.mark.parametrize(
    ("code", "flaw"),
    [
        ("91350203M0001QAY9", CodeFlaw.SHAPE),
        ("91350203M0001QAY9BB", CodeFlaw.SHAPE),
        ("91350203MOOO1QAY9B", CodeFlaw.LETTER),
        ("91350203I0001QAY9B", CodeFlaw.LETTER),
        ("９１３５０２０３M0001QAY9B", CodeFlaw.LETTER),
    ],
)
def test_credit_codes_of_another_shape(code: str, flaw: CodeFlaw) -> None:
    assert credit_code_flaw(code) == flaw


@pytest.mark.parametrize("code", ["", "91350203", "91350203M0001QA-9B", "91350203M0001QAY8B"])
def test_what_holds_no_organization_code(code: str) -> None:
    assert not has_organization_code(code)
