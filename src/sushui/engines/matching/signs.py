"""Numbers that are never negative, whatever the facts."""

from __future__ import annotations

from .registry import Registry
from .tree import (
    AmountOf,
    Arithmetic,
    Between,
    Constant,
    Either,
    Extreme,
    FieldNumber,
    Number,
    OverRows,
    Today,
    Whole,
)


def is_never_negative(node: Number, registry: Registry) -> bool:
    """Whether its lower bound is at least 0 for all facts, missing ones too."""
    match node:
        case Constant(value):
            return value >= 0
        case FieldNumber(key, rows):
            return (registry.fields[rows].columns if rows else registry.fields)[key].least == 0
        case Arithmetic(sign, first, second) if sign in ("+", "*"):
            return is_never_negative(first, registry) and is_never_negative(second, registry)
        case Extreme(is_least, of):
            signs = [is_never_negative(each, registry) for each in of]
            return all(signs) if is_least else any(signs)
        case Whole(of):
            return is_never_negative(of, registry)
        case Either(_, then, otherwise):
            return is_never_negative(then, registry) and is_never_negative(otherwise, registry)
        case Between(low, _):
            return is_never_negative(low, registry)
        case OverRows(_, value, _, is_greatest):
            return is_greatest or is_never_negative(value, registry)
    return isinstance(node, AmountOf | Today)
