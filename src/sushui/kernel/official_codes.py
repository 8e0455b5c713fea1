"""Official codes as they are typed: cleaned, and what is odd about a unified social credit code (GB 32100-2015).

An odd code is never refused: some real credit codes of the early pilots fail their check character. A person looks at
the document and confirms it (docs/decisions/0013-codes-warn.md).
"""

from __future__ import annotations

import re

from stdnum.cn import uscc

from sushui.kernel.words import Word, msg

_DASHES = re.compile(r"[\u2010-\u2015\u2212\uff0d\u30fc_]")
_CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANIZATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
CREDIT_CODE_LENGTH = 18


class CodeFlaw(Word):
    """What is odd about an official code: a person looks at the document and confirms it, or mends it."""

    SHAPE = "shape", msg("The code has another shape than the standard.")
    LETTER = "letter", msg("The code holds a letter that the standard does not use.")
    MONTH = "month", msg("The code begins with a month that does not exist.")
    CHECK_DIGIT = "check_digit", msg("The check digit does not fit the code.")


def clean_code(text: str) -> str:
    """The code as the standards write it: half-width, capital letters, plain hyphens, no blanks."""
    halved = "".join(chr(ord(each) - 0xFEE0) if "\uff01" <= each <= "\uff5e" else each for each in text)
    return re.sub(r"\s", "", _DASHES.sub("-", halved)).upper()


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
