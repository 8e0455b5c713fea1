"""Project codes (GB/T 40058-2021) and unified social credit codes (GB 32100-2015).

Neither check digit refuses: the algorithm of project codes is inferred, not read in the standard (ISO 7064 MOD 11,10
fits the codes seen), and some real credit codes of the early pilots fail theirs. A person confirms such a code.
"""

from __future__ import annotations

import re

from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_10

from sushui.projects.enums import CodeFlaw

_PROJECT_CODE = re.compile(r"(\d{4})-(\d{6})-(\d{2})-(\d{2})-(\d{6})")
_OLD_PROJECT_CODE = re.compile(r"(20\d{2})-(\d{6})-(\d{2})-(\d{2})-(\d{6})")  # before November 2020: four-digit year
_DASHES = re.compile(r"[\u2010-\u2015\u2212\uff0d\u30fc_]")
_CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANIZATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
CREDIT_CODE_LENGTH = 18


def clean_code(text: str) -> str:
    """The code as the standards write it: half-width, capital letters, plain hyphens, no blanks."""
    halved = "".join(chr(ord(each) - 0xFEE0) if "\uff01" <= each <= "\uff5e" else each for each in text)
    return re.sub(r"\s", "", _DASHES.sub("-", halved)).upper()


def project_code_flaw(code: str) -> CodeFlaw | None:
    """What is odd about a cleaned project code; None when nothing is.

    A code from before November 2020 carries a four-digit year and no check digit: its shape alone is looked at. The
    two kinds are told apart by the month: 2018 is a year, 2012 is December 2020. The region is not looked up: codes of
    development zones lie outside GB/T 2260.
    """
    found = _PROJECT_CODE.fullmatch(code)
    if found is None:
        return CodeFlaw.SHAPE
    if not 1 <= int(found[1][2:]) <= 12:
        return None if _OLD_PROJECT_CODE.fullmatch(code) else CodeFlaw.MONTH
    return None if mod_11_10.is_valid(code.replace("-", "")) else CodeFlaw.CHECK_DIGIT


def credit_code_flaw(code: str) -> CodeFlaw | None:
    """What is odd about a cleaned unified social credit code; None when nothing is.

    Early pilot codes that fail the check character but hold a sound organization code (positions 9 to 17) also fail:
    the person who confirms is told of both by `has_organization_code`.
    """
    if len(code) != CREDIT_CODE_LENGTH:
        return CodeFlaw.SHAPE
    if any(letter not in _CREDIT_LETTERS for letter in code):
        return CodeFlaw.LETTER
    return None if uscc.calc_check_digit(code[:17]) == code[17] else CodeFlaw.CHECK_DIGIT


def has_organization_code(code: str) -> bool:
    """Whether positions 9 to 17 of a credit code are a sound organization code (GB 11714-1997)."""
    body, check = code[8:16], code[16:17]
    if len(body) != len(_ORGANIZATION_WEIGHTS) or not body.isalnum() or not body.isascii():
        return False
    total = sum(int(letter, 36) * weight for letter, weight in zip(body, _ORGANIZATION_WEIGHTS, strict=True))
    rest = 11 - total % 11
    return check == {10: "X", 11: "0"}.get(rest, str(rest))
