"""Every number and test inside another, and the same tree with some of them replaced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from .tree import (
    Agreed,
    AmountOf,
    Arithmetic,
    AtLeast,
    Between,
    Compare,
    Contains,
    Dated,
    Either,
    Extreme,
    FieldNumber,
    FieldTruth,
    GrantedBy,
    Judged,
    Member,
    MonthsBetween,
    Negation,
    Number,
    OverRows,
    Shifted,
    Test,
    Whole,
    YearStart,
)

INNER = (
    *(Agreed, Arithmetic, AtLeast, Between, Compare, Dated, Either, Extreme, MonthsBetween, Negation, OverRows),
    *(Shifted, Whole, YearStart),
)


def inside(node: Number | Test) -> Iterator[Number | Test]:
    """The node itself and all that is in it, outer ones first."""
    yield node
    if isinstance(node, INNER):
        for each in fields(node):
            value = getattr(node, each.name)
            for part in value if isinstance(value, tuple) else (value,):
                if hasattr(part, "__dataclass_fields__"):
                    yield from inside(part)


def fields_in(node: Number | Test) -> tuple[str, ...]:
    """The fields that it reads, each once: rows.column for what stands in rows."""
    found: dict[str, None] = {}
    for each in inside(node):
        if isinstance(each, FieldNumber | FieldTruth | Member | Contains):
            found[f"{each.rows}.{each.key}" if each.rows else each.key] = None
        elif isinstance(each, OverRows):
            found[each.rows] = None
    return tuple(found)


def items_in(node: Number | Test) -> tuple[str, ...]:
    """The items whose result it asks for."""
    return tuple(dict.fromkeys(each.item for each in inside(node) if isinstance(each, AmountOf | GrantedBy)))


def questions_in(node: Number | Test) -> tuple[str, ...]:
    """The questions to a person in it."""
    return tuple(dict.fromkeys(each.key for each in inside(node) if isinstance(each, Judged)))
