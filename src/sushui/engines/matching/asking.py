"""What to ask an enterprise, by the money at stake; and whether a machine can decide an item from what is held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .evaluating import Evaluation, ItemResult, Status
from .policy import AtomKind, Item, PolicySet
from .registry import Registry
from .walking import fields_in, questions_in


@dataclass(frozen=True)
class Question:
    """One thing that is not known. `is_judgement`: a person answers it, not a field.

    `at_stake`: by how much the amounts of the items that wait for it may still move, in 分; items without bound are
    named in `unbounded` and count for what they surely are.
    """

    key: str
    is_judgement: bool
    owner: str
    items: tuple[str, ...]
    at_stake: int
    unbounded: tuple[str, ...]


def questions(registry: Registry, evaluation: Evaluation) -> tuple[Question, ...]:
    """Everything worth asking, the most money first; what decides nothing any more is not asked."""
    waiting: dict[str, dict[str, ItemResult]] = {}
    for key, result in evaluation.items.items():
        for name in dict.fromkeys(_asked(result)):
            waiting.setdefault(name, {})[key] = result
    found = [_question(registry, name, items) for name, items in waiting.items()]
    return tuple(sorted(found, key=lambda each: (-each.at_stake, -len(each.unbounded), each.key)))


def _asked(result: ItemResult) -> Iterator[str]:
    if result.status is Status.NO:
        return
    for atom in result.atoms:
        if atom.atom.key in result.open:
            yield from atom.missing
    yield from result.missing_for_amount


def _question(registry: Registry, name: str, items: Mapping[str, ItemResult]) -> Question:
    head = name.split(".")[0]
    found = registry.fields.get(head)
    amounts = [(key, result.amount) for key, result in items.items()]
    return Question(
        key=name,
        is_judgement=found is None,
        owner=found.owner if found else "",
        items=tuple(items),
        at_stake=sum(amount.high - amount.low for _, amount in amounts if amount.high is not None),
        unbounded=tuple(key for key, amount in amounts if amount.high is None),
    )


@dataclass(frozen=True)
class Certificate:
    """Whether an item can be granted without being asked for (免申即享).

    `is_automatic`: data that are held decide it and its amount. Else why not: `missing` fields that nobody holds, with
    their `owners`; `soft` and `ambiguous` atoms; `is_up_to`: the text gives no amount, only a limit.
    """

    item: str
    is_automatic: bool
    needed: tuple[str, ...]
    missing: tuple[str, ...]
    owners: Mapping[str, str]
    soft: tuple[str, ...]
    ambiguous: tuple[str, ...]
    is_up_to: bool


def certificate(policies: PolicySet, item: Item, held: Iterable[str]) -> Certificate:
    """Whether a machine can decide the item if these fields are held of every enterprise (rows.column for columns).

    Fields of items that it needs are needed too.
    """
    fields = _needed(policies, item)
    have = set(held)
    needed = [key for key in fields if not key.startswith("?")]
    missing = tuple(key for key in needed if key not in have)
    soft = tuple(key[1:] for key in fields if key.startswith("?"))
    ambiguous = tuple(atom.key for atom in item.atoms if atom.kind is AtomKind.AMBIGUOUS)
    return Certificate(
        item=item.key,
        is_automatic=not (missing or soft or ambiguous or item.is_up_to),
        needed=tuple(needed),
        missing=missing,
        owners={key: policies.registry.fields[key.split(".")[0]].owner for key in missing},
        soft=soft,
        ambiguous=ambiguous,
        is_up_to=item.is_up_to,
    )


def _needed(policies: PolicySet, item: Item) -> tuple[str, ...]:
    """Fields, and questions to people with a ? before them, of an item and of those that it needs."""
    found: dict[str, None] = {}
    parts = [*(atom.test for atom in item.atoms), item.amount]
    for part in parts:
        found.update(dict.fromkeys((*fields_in(part), *(f"?{key}" for key in questions_in(part)))))
    versions = [version for policy in policies.policies for version in policy.versions]
    others = {each.key: each for version in versions for each in version.items}
    for need in item.needs:
        found.update(dict.fromkeys(_needed(policies, others[need])))
    return tuple(found)
