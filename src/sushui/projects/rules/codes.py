"""Project codes (GB/T 40058-2021), beside the official codes that every room knows (`kernel.official_codes`).

The check digit never refuses: the algorithm is inferred, not read in the standard (ISO 7064 MOD 11,10 fits the codes
seen). A person confirms such a code.
"""

from __future__ import annotations

import re

from stdnum.iso7064 import mod_11_10

from sushui.kernel.official_codes import (
    CREDIT_CODE_LENGTH,
    CodeFlaw,
    clean_code,
    credit_code_flaw,
    has_organization_code,
)

__all__ = ["CREDIT_CODE_LENGTH", "clean_code", "credit_code_flaw", "has_organization_code", "project_code_flaw"]
_PROJECT_CODE = re.compile(r"(\d{4})-(\d{6})-(\d{2})-(\d{2})-(\d{6})")
_OLD_PROJECT_CODE = re.compile(r"(20\d{2})-(\d{6})-(\d{2})-(\d{2})-(\d{6})")  # before November 2020: four-digit year


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
