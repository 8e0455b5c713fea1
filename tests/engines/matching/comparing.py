"""The interpreter's answers in the shape of a back end's, so that they can be compared."""

from __future__ import annotations

from datetime import date

from sushui.engines.matching import Facts, PolicySet, evaluate
from sushui.engines.matching.evaluating import TRUTH

OUTPUTS = ("status", "low", "high", "if_low", "if_high", "failed", "unknown")


def reference(policies: PolicySet, facts: list[Facts], on: date) -> list[dict[str, object]]:
    """One mapping per enterprise: policy.item.output -> value."""
    return [_flat(evaluate(policies, known, on)) for known in facts]


def _flat(evaluation):
    pairs = [(key, *pair) for key, each in evaluation.items.items() for pair in _of(each)]
    return {f"{key}.{output}": value for key, output, value in pairs}


def _of(each):
    values = (
        *(TRUTH[each.status], each.amount.low, each.amount.high, each.if_granted.low, each.if_granted.high),
        *(each.failed, each.unknown),
    )
    return zip(OUTPUTS, values, strict=True)


def differences(expected, found):
    """Where two answers differ: enterprise, output, both values."""
    return [
        (number, name, value, row[name])
        for number, (wanted, row) in enumerate(zip(expected, found, strict=True))
        for name, value in wanted.items()
        if value != row[name]
    ]
