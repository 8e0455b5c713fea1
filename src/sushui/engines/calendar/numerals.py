"""Chinese numerals in dates and lengths of time: 三, 十二, 三十一, 一百八十, 二〇二五."""

import re

NUMERALS = ("〇零○", "一", "二两", "三", "四", "五", "六", "七", "八", "九")
VALUES = {numeral: value for value, numerals in enumerate(NUMERALS) for numeral in numerals}

_ONE = f"[{''.join(VALUES)}]"
_RUN = re.compile(f"[{''.join(VALUES)}十百]+")
# 一百五 is left out on purpose: it is 150 where people speak and 105 where they slip.
_COUNTED = re.compile(
    f"(?:(?P<hundreds>{_ONE})百)?(?:(?P<tens>{_ONE})?(?P<ten>十)(?P<ones>{_ONE})?|(?<=百)[零〇](?P<single>{_ONE}))?"
)


def with_digits(text: str) -> str:
    """`text` with each Chinese numeral up to 999, and each row of Chinese digits, written in ASCII digits.

    What only looks like a numeral (十二五) is left as it is.
    """
    return _RUN.sub(lambda run: _digits(run[0]), text)


def _digits(numeral: str) -> str:
    if not set(numeral) & {"十", "百"}:
        return "".join(str(VALUES[character]) for character in numeral)
    counted = _COUNTED.fullmatch(numeral)
    if counted is None:
        return numeral
    tens = VALUES.get(counted["tens"], 1) if counted["ten"] else 0
    ones = VALUES.get(counted["ones"] or counted["single"], 0)
    return str(VALUES.get(counted["hundreds"], 0) * 100 + tens * 10 + ones)
