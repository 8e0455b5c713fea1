"""Policies read from YAML: each refusal with its file, its line and what would mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

from .benefits import FORMS, read_benefit
from .conditions import Conditions
from .errors import MatchingError, Refusal
from .expressions import read, read_money, read_number, read_test
from .policy import (
    Cap,
    Instalment,
    Item,
    Policy,
    PolicySet,
    Relation,
    RelationKind,
    Round,
    Rounding,
    Version,
)
from .registry import Registry, codes_of, quantity_of, read_date
from .texts import Node, parse
from .tree import NOTHING, Arithmetic, Between, Constant, Extreme, Number, Test
from .typing import Scope, Typed, constant_of, number
from .units import MONEY
from .walking import inside, items_in

POLICY_WORDS = (
    *("policy", "name", "document", "issuer", "source", "note", "levels", "constants", "define", "lists", "versions"),
)
VERSION_WORDS = ("from", "until", "text", "items", "conditions", "relations", "define", "constants")
ITEM_WORDS = (
    *("item", "name", "conditions", "benefit", "cite", "caps", "minimum", "round", "instalments", "automatic", "note"),
)


def load_policies(registry: Registry, texts: Mapping[str, str]) -> PolicySet:
    """Read policies, by file name; a text without `policy` holds `relations` that stand apart from any one policy.

    Raises `MatchingError`: a code of a text, an expression or a policy.
    """
    policies, standing = [], []
    for file, text in texts.items():
        root = parse(text, file)
        if "policy" in root.fields():
            policies.append(load_policy(registry, text, file))
        else:
            root.fields("relations")
            standing.append((root, Scope(registry, root.place)))
    _refuse_twins(policies)
    ties = tuple(tie for root, scope in standing for tie in _relations(root, scope))
    found = PolicySet(registry, tuple(policies), ties)
    check_set(found)
    return found


def _refuse_twins(policies: list[Policy]) -> None:
    seen: set[str] = set()
    for each in policies:
        if each.key in seen:
            raise MatchingError(Refusal.TWO_WITH_ONE_KEY, file=each.file, line=1, key=each.key)
        seen.add(each.key)


def load_policy(registry: Registry, text: str, file: str = "", constants: Mapping[str, str] | None = None) -> Policy:
    """Read one policy; `constants` takes the place of what it says of its named figures.

    Raises `MatchingError`; UNKNOWN_CONSTANT for a figure that the policy does not name. Whether items of other policies
    are there, `check_set` says.
    """
    root = parse(text, file)
    root.fields(*POLICY_WORDS, *VERSION_WORDS)
    scope = _named(root, Scope(registry, root.place, root.words("policy")), dict(constants or {}))
    lists = root.maybe("lists", lambda node: {name: codes_of(each) for name, each in node.fields().items()}) or {}
    scope = replace(scope, lists={**registry.lists, **lists})
    written = root.list_of("versions", lambda node: node) or (_only_version(root),)
    versions = tuple(sorted((_version(node, scope) for node in written), key=lambda each: each.from_on))
    _check_versions(versions, scope)
    return Policy(
        key=scope.policy,
        name=root.words("name"),
        document=root.words("document"),
        issuer=root.words("issuer"),
        levels=_levels(root),
        versions=versions,
        constants={
            name: (constants or {}).get(name, node.text())
            for name, node in (root.maybe("constants", lambda node: node.fields()) or {}).items()
        },
        source=root.words("source", ""),
        note=root.words("note", ""),
        text=text,
        file=file,
    )


def _only_version(root: Node) -> Node:
    return Node(root.place, {name: node for name, node in root.fields().items() if name in (*VERSION_WORDS,)})


def _named(node: Node, scope: Scope, overrides: dict[str, str]) -> Scope:
    """With the constants and definitions that are written here. Later ones may use earlier ones."""
    known: dict[str, Typed] = dict(scope.named)
    constants = node.maybe("constants", lambda each: each.fields()) or {}
    for name in overrides:
        if name not in constants:
            raise MatchingError(Refusal.UNKNOWN_CONSTANT, file=node.place.file, line=node.place.line, name=name)
    for name, each in constants.items():
        text = overrides.get(name) or each.text()
        known[name] = read_number(text, replace(scope, place=each.place, named=known))
    for name, each in (node.maybe("define", lambda each: each.fields()) or {}).items():
        known[name] = read(each.text(), replace(scope, place=each.place, named=known))
    return replace(scope, named=known)


def _levels(root: Node) -> dict[str, Fraction]:
    node = root.fields().get("levels")
    if node is None:
        return {}
    shares = {name: quantity_of(each).value for name, each in node.fields().items()}
    if sum(shares.values()) != 1:
        node.place.refuse(Refusal.SHARES_NOT_WHOLE, total=str(sum(shares.values())))
    return shares


def _check_versions(versions: tuple[Version, ...], scope: Scope) -> None:
    for before, after in pairwise(versions):
        if before.until_on is None or before.until_on >= after.from_on:
            scope.refuse(Refusal.VERSIONS_OVERLAP, policy=scope.policy, from_on=after.from_on.isoformat())


def _version(node: Node, scope: Scope) -> Version:
    node.fields(*VERSION_WORDS)
    if node.place.path:  # a version of its own has its own definitions
        scope = _named(node, scope, {})
    from_on = _day(node.need("from"))
    until_on = node.maybe("until", _day)
    if until_on and until_on < from_on:
        node.place.refuse(Refusal.DATES_OUT_OF_ORDER, from_on=from_on.isoformat(), until_on=until_on.isoformat())
    items = tuple(_item(each, scope, node.fields().get("conditions")) for each in node.need("items").items())
    _refuse_twin_items(items)
    return Version(from_on, until_on, node.words("text", ""), items, tuple(_relations(node, scope)))


def _refuse_twin_items(items: tuple[Item, ...]) -> None:
    seen: set[str] = set()
    for each in items:
        if each.key in seen:
            each.place.refuse(Refusal.TWO_WITH_ONE_KEY, key=each.key)
        seen.add(each.key)


def _day(node: Node) -> date:
    return read_date(node.text(), node.place)


def _item(node: Node, scope: Scope, shared: Node | None) -> Item:
    node.fields(*ITEM_WORDS)
    scope = replace(scope, place=node.place)
    key = f"{scope.policy}.{node.words('item')}"
    conditions = Conditions(scope, key)
    own = node.fields().get("conditions")
    root = conditions.read(_together(node, shared, own))
    benefit = node.need("benefit")
    value = read_benefit(benefit, scope)
    caps = node.list_of("caps", lambda each: _cap(each, scope))
    whole = _with_minimum(node, value, scope)
    amount = Extreme(False, (Extreme(True, (whole, *(cap.limit for cap in caps))) if caps else whole, NOTHING))
    instalments = node.list_of("instalments", lambda each: _instalment(each, scope))
    _check_item(node, key, caps, instalments)
    pieces: list[Number | Test] = [amount, *(atom.test for atom in conditions.atoms), *(i.test for i in instalments)]
    return Item(
        key=key,
        name=node.words("name"),
        atoms=tuple(conditions.atoms),
        root=root,
        benefit=value,
        amount=amount,
        cite=_cite_of_benefit(node, benefit),
        written=benefit.text() if benefit.is_text else benefit.one_of(*FORMS),
        place=node.place,
        caps=caps,
        round=_round(node),
        instalments=instalments,
        needs=tuple(dict.fromkeys(item for piece in pieces for item in items_in(piece))),
        is_automatic=node.flag("automatic", False),
        is_up_to=any(isinstance(part, Between) for part in inside(value)),
    )


def _together(node: Node, shared: Node | None, own: Node | None) -> Node:
    """What every item of the version asks for, then the item's own conditions."""
    parts = [each for each in (shared, own) if each is not None]
    if not parts:
        node.place.refuse(Refusal.MISSING, place=f"{node.place.path}.conditions")
    if len(parts) == 1:
        return parts[0]
    flat = [piece for each in parts for piece in (each.items() if not each.is_mapping else (each,))]
    return Node(node.place, tuple(flat))


def _cite_of_benefit(node: Node, benefit: Node) -> str:
    inner = benefit.fields().get("cite") if benefit.is_mapping else None
    found = inner or node.fields().get("cite")
    if found is None:
        benefit.place.refuse(Refusal.WITHOUT_CITATION, place=benefit.place.path)
    return found.text()


def _with_minimum(node: Node, value: Number, scope: Scope) -> Number:
    least = node.maybe("minimum", lambda each: read_benefit(each, replace(scope, place=each.place)))
    return value if least is None else Extreme(False, (value, least))


def _cap(node: Node, scope: Scope) -> Cap:
    node.fields("limit", "paid", "cite", "per", "note")
    if "cite" not in node.fields():
        node.place.refuse(Refusal.WITHOUT_CITATION, place=node.place.path)
    limit = read_benefit(node.need("limit"), scope)
    if "paid" in node.fields():
        limit = _less_paid(limit, node.need("paid"), scope)
    written = node.need("limit").value
    return Cap(limit, node.words("cite"), written if isinstance(written, str) else "", node.words("per", "item"))


def _less_paid(limit: Number, node: Node, scope: Scope) -> Number:
    inner = replace(scope, place=node.place)
    paid = number(read_money(node.text(), inner), inner)
    return Extreme(False, (Arithmetic("-", limit, paid), NOTHING))


def _instalment(node: Node, scope: Scope) -> Instalment:
    node.fields("part", "share", "when", "due", "cite", "note")
    inner = replace(scope, place=node.place)
    due = node.maybe("due", lambda each: number(read_number(each.text(), replace(inner, place=each.place)), inner))
    return Instalment(
        key=node.words("part"),
        share=quantity_of(node.need("share")).value,
        test=read_test(node.words("when", "true"), inner),
        written=node.words("when", "true"),
        cite=node.words("cite"),
        due=due,
    )


def _check_item(node: Node, key: str, caps: tuple[Cap, ...], instalments: tuple[Instalment, ...]) -> None:
    """Raises `MatchingError`: CAPS_CONTRADICT, SHARES_NOT_WHOLE."""
    total = sum(each.share for each in instalments)
    if instalments and total != 1:
        node.place.refuse(Refusal.SHARES_NOT_WHOLE, total=str(total))
    least = node.fields().get("minimum")
    value = constant_of(read_money(least.text(), Scope(_NONE, least.place))) if least and _is_plain(least) else None
    limits = [cap.limit.value for cap in caps if isinstance(cap.limit, Constant)]
    if value is not None and limits and value > min(limits):
        node.place.refuse(Refusal.CAPS_CONTRADICT, item=key, least=str(value), most=str(min(limits)))


_NONE = Registry({})


def _is_plain(node: Node) -> bool:
    return node.is_text and node.text()[:1].isdigit()


def _round(node: Node) -> Round:
    written = node.fields().get("round")
    if written is None:
        return Round()
    written.fields("to", "mode")
    unit = quantity_of(Node(written.place, "1" + written.words("to")))
    mode = written.words("mode", "down")
    if mode not in tuple(Rounding) or unit.dimension != MONEY:
        written.place.refuse(Refusal.BAD_VALUE, place=written.place.path, value=mode)
    return Round(int(unit.value), Rounding(mode))


def _relations(node: Node, scope: Scope) -> Iterator[Relation]:
    for each in node.list_of("relations", lambda found: found):
        each.fields("relation", "exclusive", "shared_cap", "limit", "paid", "most", "cite", "note")
        if "cite" not in each.fields():
            each.place.refuse(Refusal.WITHOUT_CITATION, place=each.place.path)
        yield _relation(each, replace(scope, place=each.place))


def _relation(node: Node, scope: Scope) -> Relation:
    kind = RelationKind(node.one_of("exclusive", "shared_cap"))
    limit = None
    if kind is RelationKind.SHARED_CAP:
        limit = read_benefit(node.need("limit"), scope)
        limit = _less_paid(limit, node.need("paid"), scope) if "paid" in node.fields() else limit
    return Relation(
        key=node.words("relation"),
        kind=kind,
        items=tuple(_full(item.text(), scope) for item in node.need(kind.value).items()),
        cite=node.words("cite"),
        most=node.maybe("most", lambda each: each.whole(1, 99)) or 1,
        limit=limit,
        place=node.place,
    )


def _full(item: str, scope: Scope) -> str:
    return item if "." in item or not scope.policy else f"{scope.policy}.{item}"


def check_set(policies: PolicySet) -> None:
    """That every item that is named is there, and none needs itself. Raises `MatchingError`: UNKNOWN_ITEM, CIRCLE."""
    items = {item.key: item for policy in policies.policies for each in policy.versions for item in each.items}
    for policy in policies.policies:
        for version in policy.versions:
            for item in version.items:
                _check_needs(item, items)
            _check_ties(version.relations, items)
    _check_ties(policies.relations, items)


def _check_ties(ties: tuple[Relation, ...], items: Mapping[str, Item]) -> None:
    for tie in ties:
        for key in tie.items:
            if key not in items:
                tie.place.refuse(Refusal.UNKNOWN_ITEM, item=key)


def _check_needs(item: Item, items: Mapping[str, Item]) -> None:
    for need in item.needs:
        if need not in items:
            item.place.refuse(Refusal.UNKNOWN_ITEM, item=need)
    around = _way_back(item.key, item, items, set())
    if around:
        item.place.refuse(Refusal.CIRCLE, items=tuple(around))


def _way_back(goal: str, item: Item, items: Mapping[str, Item], seen: set[str]) -> list[str]:
    """The items from this one back to the goal, each needing the next."""
    for need in item.needs:
        if need == goal:
            return [item.key]
        if need not in seen and need in items:
            seen.add(need)
            if rest := _way_back(goal, items[need], items, seen):
                return [item.key, *rest]
    return []
