"""The sample as it is written down in ``data/``: agencies, posts, accounts, orders and sentences, as plain values."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from sushui.organizations.enums import AgencyGroup, AgencyKind, Role
from sushui.supervision.enums import NodeCycle, OrderKind, OrderSource, TaskKind


@dataclass(frozen=True)
class SeatPlan:
    """A post of an agency. ``holder`` is another seat whose holder sits here too; a vacant one has nobody."""

    key: str
    post: str
    roles: tuple[Role, ...]
    is_head: bool = False
    holder: str = ""
    is_vacant: bool = False


@dataclass(frozen=True)
class AgencyPlan:
    """An agency with its posts. ``place`` is the code of a division, ``charge`` the key of a leader.

    ``code`` is its unified social credit code, by which it is known as the owner of projects.
    """

    key: str
    name: str
    short: str
    kind: AgencyKind
    seats: tuple[SeatPlan, ...]
    former: tuple[str, ...] = ()
    groups: tuple[AgencyGroup, ...] = ()
    parent: str = ""
    place: str = ""
    charge: str = ""
    code: str = ""


@dataclass(frozen=True)
class AccountPlan:
    """An account to try the house with, and where its holder sits (``agency.seat``)."""

    username: str
    seat: str


@dataclass(frozen=True)
class TaskPlan:
    """One task: lead and supporting agencies by key; ``due`` is a number of working days, ``year_end`` or nothing."""

    title: str
    lead: str
    supporting: tuple[str, ...]
    section: str = ""
    kind: TaskKind = TaskKind.GENERAL
    due: int | str = ""
    due_text: str = ""
    cycle: NodeCycle | None = None


@dataclass(frozen=True)
class OrderPlan:
    """An order and its tasks, issued ``ago`` working days before today by a seat, under a leader."""

    key: str
    title: str
    kind: OrderKind
    source: OrderSource
    issuer: str
    leader: str
    ago: int
    is_draft: bool
    reason: str  # why it is asked, where something like it was asked before
    tasks: tuple[TaskPlan, ...]


@dataclass(frozen=True)
class CountyPlan:
    """The whole county as it is written down."""

    county: str
    neighbor: str
    leaders: tuple[SeatPlan, ...]
    agencies: tuple[AgencyPlan, ...]
    accounts: tuple[AccountPlan, ...]
    orders: tuple[OrderPlan, ...]
    neighbor_orders: tuple[OrderPlan, ...]
    sentences: dict[str, list[str]] = field(default_factory=dict)


def read_plan() -> CountyPlan:
    """Read the files of the package."""
    county, work, words = (read_table(name) for name in ("county", "orders", "sentences"))
    townships = [_township(row) for row in county["townships"]]
    keys = {agency.name.removesuffix("人民政府"): agency.key for agency in townships}
    orders = [_order(row, work["lists"], keys) for row in work["orders"]]
    neighbor_orders = [_order(row, work["lists"], keys) for row in work["neighbor_orders"]]
    return CountyPlan(
        county=county["county"],
        neighbor=county["neighbor"],
        leaders=tuple(SeatPlan(row["key"], row["post"], (Role.COUNTY_LEADER,)) for row in county["leaders"]),
        agencies=(*map(_department, county["agencies"]), *townships, *map(_other, county["others"])),
        accounts=tuple(AccountPlan(**row) for row in county["accounts"]),
        orders=tuple(orders),
        neighbor_orders=tuple(neighbor_orders),
        sentences=words,
    )


def read_table(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def _department(row: dict[str, Any]) -> AgencyPlan:
    head_roles = tuple(Role(role) for role in row.get("head_roles", ["agency_head"]))
    seats = [SeatPlan("head", row.get("head", "局长"), head_roles, is_head=True)]
    if row.get("handler"):
        seats.append(SeatPlan("handler", "经办人", (Role.AGENCY_HANDLER,)))
    seats.extend(_seat(seat) for seat in row.get("seats", []))
    return AgencyPlan(
        key=row["key"],
        name=row["name"],
        short=row["short"],
        kind=AgencyKind(row.get("kind", "department")),
        seats=tuple(seats),
        former=tuple(row.get("former", [])),
        groups=tuple(AgencyGroup(group) for group in row.get("groups", [AgencyGroup.DEPARTMENTS])),
        parent=row.get("parent", ""),
        place=row.get("place", ""),
        charge=row["charge"],
    )


def _seat(row: dict[str, Any]) -> SeatPlan:
    roles = tuple(Role(role) for role in row["roles"])
    return SeatPlan(row["key"], row["post"], roles, holder=row.get("holder", ""), is_vacant=row.get("is_vacant", False))


def _township(row: dict[str, Any]) -> AgencyPlan:
    seats = (
        SeatPlan("head", "镇长" if row["name"].endswith("镇") else "乡长", (Role.TOWNSHIP,), is_head=True),
        SeatPlan("handler", "经办人", (Role.AGENCY_HANDLER,)),
    )
    return AgencyPlan(
        key=row["key"],
        name=f"{row['name']}人民政府",
        short=row["name"],
        kind=AgencyKind.TOWNSHIP,
        seats=seats,
        groups=(AgencyGroup.TOWNSHIPS,),
        place=row["place"],
        charge="rural",
    )


def _other(row: dict[str, Any]) -> AgencyPlan:
    head = SeatPlan("head", row["head"], (Role(row["role"]),), is_head=True)
    charge = "welfare" if row["kind"] == "hospital" else ""
    names, code = (row["key"], row["name"], row["short"]), row.get("code", "")
    return AgencyPlan(*names, AgencyKind(row["kind"]), (head,), charge=charge, code=code)


def _order(row: dict[str, Any], lists: dict[str, list[str]], keys: dict[str, str]) -> OrderPlan:
    return OrderPlan(
        key=row["key"],
        title=row["title"],
        kind=OrderKind(row.get("kind", "assignment")),
        source=OrderSource(row["source"]),
        issuer=row["issuer"],
        leader=row.get("leader", ""),
        ago=row["ago"],
        is_draft=row.get("is_draft", False),
        reason=row.get("reason", ""),
        tasks=tuple(task for each in row["tasks"] for task in _tasks(each, lists, keys)),
    )


def _tasks(row: dict[str, Any], lists: dict[str, list[str]], keys: dict[str, str]) -> Iterator[TaskPlan]:
    """One task for every name of the list, or the one task."""
    each = row.get("each", [""])
    for name in lists[each] if isinstance(each, str) else each:
        agencies = [keys[name] if key == "each" else key for key in [row.get("lead", ""), *row.get("with", [])]]
        yield TaskPlan(
            title=row["title"].format(name),
            lead=agencies[0],
            supporting=tuple(agencies[1:]),
            section=row.get("section", ""),
            kind=TaskKind(row.get("kind", "general")),
            due=row.get("due", ""),
            due_text=row.get("due_text", ""),
            cycle=NodeCycle(row["cycle"]) if "cycle" in row else None,
        )
