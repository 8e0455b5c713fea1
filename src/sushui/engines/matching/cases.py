"""Cases that an official reads: an enterprise's facts in; status, amount and failing clauses out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .errors import Refusal
from .evaluating import Bounds, ItemResult, Status, evaluate
from .facts import Facts, read_facts
from .policy import PolicySet
from .registry import Registry, quantity_of, read_date
from .settling import Settlement, settle
from .texts import Node, parse
from .units import MONEY

CASE_WORDS = ("case", "item", "on", "facts", "expect", "expects", "settled", "why")
EXPECTED_WORDS = ("status", "amount", "failing", "open", "if_granted", "instalments")
UNBOUNDED = ("无上限", "unbounded")


@dataclass(frozen=True)
class Expected:
    """What an item should come to; None: the case says nothing of it."""

    item: str
    status: Status | None = None
    amount: Bounds | None = None
    if_granted: Bounds | None = None
    failing: tuple[str, ...] | None = None
    open: tuple[str, ...] | None = None
    instalments: tuple[tuple[str, Bounds], ...] = ()


@dataclass(frozen=True)
class Case:
    """One enterprise on one day. `settled`: what is paid per item after exclusions and shared caps, in 分."""

    name: str
    on: date
    facts: Facts
    expected: tuple[Expected, ...]
    settled: tuple[tuple[str, Bounds], ...]
    why: str
    file: str
    line: int


@dataclass(frozen=True)
class Difference:
    """Where a case was not met: `what` of which item, what was expected and what came out."""

    item: str
    what: str
    expected: object
    found: object


def load_cases(registry: Registry, text: str, file: str = "") -> tuple[Case, ...]:
    """Read cases; what stands above `cases` (item, on, facts) holds for every case that does not say otherwise.

    Raises `MatchingError`: a code of a text or of facts.
    """
    root = parse(text, file)
    root.fields("item", "on", "facts", "cases")
    return tuple(_case(node, root, registry) for node in root.need("cases").items())


def _case(node: Node, root: Node, registry: Registry) -> Case:
    node.fields(*CASE_WORDS)
    day = node.fields().get("on") or root.need("on")
    return Case(
        name=node.words("case"),
        on=read_date(day.text(), day.place),
        facts=read_facts(registry, _merged(node, root)),
        expected=tuple(_expectations(node, root)),
        settled=tuple(_amounts(node.fields().get("settled"))),
        why=node.words("why", ""),
        file=node.place.file,
        line=node.place.line,
    )


def _merged(node: Node, root: Node) -> Node:
    """The facts of a case over those of all cases of the file."""
    parts = [each.fields()["facts"] for each in (root, node) if "facts" in each.fields()]
    facts = {name: value for part in parts for name, value in part.fields().items()}
    answers = {name: value for part in parts if "answers" in part.fields() for name, value in _answers(part)}
    if answers:
        facts["answers"] = Node(node.place, answers)
    return Node(node.place, facts)


def _answers(part: Node) -> Iterator[tuple[str, Node]]:
    yield from part.need("answers").fields().items()


def _expectations(node: Node, root: Node) -> Iterator[Expected]:
    if "expects" in node.fields():
        for item, expected in node.need("expects").fields().items():
            yield _expected(item, expected)
    if "expect" in node.fields():
        item = node.words("item", "") or root.words("item")
        yield _expected(item, node.need("expect"))


def _expected(item: str, node: Node) -> Expected:
    node.fields(*EXPECTED_WORDS)
    status = node.words("status", "")
    if status and status not in tuple(Status):
        node.place.refuse(Refusal.BAD_VALUE, place=node.place.path, value=status)
    return Expected(
        item=item,
        status=Status(status) if status else None,
        amount=node.maybe("amount", read_bounds),
        if_granted=node.maybe("if_granted", read_bounds),
        failing=node.maybe("failing", _keys),
        open=node.maybe("open", _keys),
        instalments=tuple(_amounts(node.fields().get("instalments"))),
    )


def _keys(node: Node) -> tuple[str, ...]:
    return tuple(each.text() for each in node.items())


def _amounts(node: Node | None) -> Iterator[tuple[str, Bounds]]:
    if node is not None:
        for name, amount in node.fields().items():
            yield name, read_bounds(amount)


def read_bounds(node: Node) -> Bounds:
    """`3.5万元`, or `{from: 0元, to: 10万元}`, `to: 无上限`. Raises `MatchingError`: BAD_VALUE, WRONG_UNIT."""
    if node.is_text:
        amount = _fen(node)
        return Bounds(amount, amount)
    node.fields("from", "to")
    to = node.need("to")
    return Bounds(_fen(node.need("from")), None if to.text() in UNBOUNDED else _fen(to))


def _fen(node: Node) -> int:
    quantity = quantity_of(node)
    if quantity.dimension != MONEY and quantity.value != 0:
        node.place.refuse(Refusal.WRONG_UNIT, expression=node.text(), expected="元", found="")
    if quantity.value.denominator != 1:
        node.place.refuse(Refusal.BAD_VALUE, place=node.place.path, value=node.text())
    return int(quantity.value)


def run_case(policies: PolicySet, case: Case) -> tuple[Difference, ...]:
    """Where the case is not met; empty: it is met."""
    evaluation = evaluate(policies, case.facts, case.on)
    found = [each for expected in case.expected for each in _differences(expected, evaluation.items.get(expected.item))]
    if case.settled:
        settlement = settle(policies, evaluation, case.facts)
        found += _unsettled(case, settlement)
    return tuple(found)


def _differences(expected: Expected, result: ItemResult | None) -> Iterator[Difference]:
    if result is None:
        yield Difference(expected.item, "in_force", True, False)
        return
    pairs: list[tuple[str, object, object]] = [
        ("status", expected.status, result.status),
        ("amount", expected.amount, result.amount),
        ("if_granted", expected.if_granted, result.if_granted),
        ("failing", expected.failing, result.blocking),
        ("open", expected.open, result.open),
    ]
    paid = {each.instalment.key: each.amount for each in result.instalments}
    pairs += [(f"instalment {key}", amount, paid.get(key)) for key, amount in expected.instalments]
    for what, wanted, found in pairs:
        if wanted is not None and wanted != found:
            yield Difference(expected.item, what, wanted, found)


def _unsettled(case: Case, settlement: Settlement) -> list[Difference]:
    paid = {key: Bounds(each.low, each.high) for key, each in settlement.payments.items()}
    return [
        Difference(key, "settled", wanted, paid.get(key)) for key, wanted in case.settled if paid.get(key) != wanted
    ]
