"""What must be computed again: results are kept under hashes of the policy's version and of the enterprise's facts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from .facts import Facts
from .policy import Item, PolicySet
from .walking import fields_in, items_in, questions_in


def policy_hash(policies: PolicySet, item: Item, on: date) -> str:
    """Of everything in the policies that the item's result on a day depends on: its text, parameters, other items."""
    policy = policies.policy(item.key)
    needs = [each for each in policies.items(on) if each.key in item.needs]
    parts = [
        *(item.key, policy.text, sorted(policy.constants.items()), on.isoformat()),
        *(policy_hash(policies, each, on) for each in needs),
        sorted((key, _parameter(policies, key)) for key in policies.registry.parameters),
    ]
    return _hash(parts)


def _parameter(policies: PolicySet, key: str) -> list[tuple[str, str]]:
    values = policies.registry.parameters[key].values
    return [(day.isoformat(), str(value)) for day, value in values]


def facts_hash(policies: PolicySet, item: Item, facts: Facts, on: date) -> str:
    """Of the facts that the item's result depends on; others may change as they like."""
    fields, questions = _needed(policies, item, on)
    heads = sorted({key.split(".")[0] for key in fields})
    parts = [
        *((key, _plain(facts.values[key])) for key in heads if key in facts.values),
        *((key, [_row(row) for row in facts.rows[key]]) for key in heads if key in facts.rows),
        *((key, facts.answers[key]) for key in sorted(questions) if key in facts.answers),
    ]
    return _hash(parts)


def _needed(policies: PolicySet, item: Item, on: date) -> tuple[set[str], set[str]]:
    fields: set[str] = set()
    questions: set[str] = set()
    for part in (*(atom.test for atom in item.atoms), item.amount, *(each.test for each in item.instalments)):
        fields.update(fields_in(part))
        questions.update(questions_in(part))
        for other in policies.items(on):
            if other.key in items_in(part):
                more = _needed(policies, other, on)
                fields |= more[0]
                questions |= more[1]
    return fields, questions


def _row(row: Mapping[str, object]) -> list[tuple[str, object]]:
    return sorted((key, _plain(value)) for key, value in row.items())


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    return str(value) if isinstance(value, Fraction) else value


def _hash(parts: Iterable[object]) -> str:
    text = json.dumps(list(parts), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def stale(kept: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """Keys (an enterprise's) whose hash is new or has changed, in the order of `now`."""
    return tuple(key for key, found in now.items() if kept.get(key) != found)
