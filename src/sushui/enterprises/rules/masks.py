"""What is left of a telephone or identity number for those whom it does not concern.

The Personal Information Protection Law asks for de-identification in article 51.
"""

from __future__ import annotations

STAR = "*"


def masked_phone(phone: str) -> str:
    """The first three and the last two signs; shorter ones are all stars."""
    return _middle_hidden(phone, 3, 2)


def masked_id_number(number: str) -> str:
    """The first four signs, which say the place, and the last one."""
    return _middle_hidden(number, 4, 1)


def _middle_hidden(text: str, first: int, last: int) -> str:
    hidden = len(text) - first - last
    return f"{text[:first]}{STAR * hidden}{text[-last:]}" if hidden > 0 else STAR * len(text)
