"""Policies as one Python function: what one enterprise gets, in a few milliseconds for hundreds of policies.

The same columns as for Polars and SQL, each a local variable that is computed once; None is null. For the trace clause
by clause there is `evaluate`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from sushui.engines.common import months_later

from .columns import Column
from .facts import Facts
from .interpreting import whole_months
from .lowering import lower
from .plans import OUTPUTS, Plan
from .policy import PolicySet

Answer = Callable[[Mapping[str, object], Mapping[str, object], Mapping[str, object]], tuple[object, ...]]


class Quick:
    """Every item in force on a day, for one enterprise at a time."""

    def __init__(self, policies: PolicySet, on: date, outputs: Sequence[str] = OUTPUTS) -> None:
        """`outputs` as of `Program`. Raises `MatchingError`: TOO_GREAT, QUOTIENT_IN_ROWS."""
        items = lower(policies, on)
        wanted = {f"{each.item.key}.{output}": getattr(each, output) for each in items for output in outputs}
        self.names = tuple(wanted)
        self.source = _Writer(Plan(wanted.values())).written(wanted.values())
        space: dict[str, object] = {**HELPERS}
        exec(
            compile(self.source, "<policies>", "exec"), space
        )  # written above from whole numbers, codes and names alone
        self.answer: Answer = space["answer"]  # type: ignore[assignment]

    def run(self, facts: Facts) -> dict[str, object]:
        """`policy.item.output` -> truth, amount in 分 or mask."""
        return dict(zip(self.names, self.answer(facts.values, facts.rows, facts.answers), strict=True))


class _Writer:
    """Writes the function; a column becomes a line."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.lines: list[str] = []

    def written(self, wanted: Iterable[Column]) -> str:
        """The source of `answer(values, rows, answers)`."""
        for column in self.plan.order:
            if not column.rows and column.op != "literal":
                self.lines.append(f"    {self.name(column)} = {self.expression(column)}")
        results = "".join(f"        {self.name(column)},\n" for column in wanted)
        body = "\n".join(self.lines)
        head = "def answer(values, rows, answers):\n    get, said = values.get, answers.get"
        return f"{head}\n{body}\n    return (\n{results}    )\n"

    def name(self, column: Column) -> str:
        """Its variable; a literal stands for itself."""
        if column.op == "literal":
            return "None" if column.value in (None, "unknown") else repr(column.value)
        return f"c{column.number}"

    def expression(self, column: Column) -> str:
        """What the column is computed with."""
        if column.op in ("sum", "max"):
            return self.over_rows(column)
        return PRINTERS[column.op](self, column, [self.name(arg) for arg in column.args])

    def over_rows(self, column: Column) -> str:
        """A function of its own over one row, of which the results are added up."""
        inner: list[Column] = []
        _of_rows(column.args[0], inner)
        name = f"row{column.number}"
        lines = [f"        {self.name(each)} = {self.expression(each)}" for each in inner]
        body = "\n".join([f"    def {name}(row):", "        get = row.get", *lines])
        self.lines.append(f"{body}\n        return {self.name(column.args[0])}")
        return f"{'added' if column.op == 'sum' else 'greatest_row'}({name}, rows.get({column.value!r}))"


def _of_rows(column: Column, found: list[Column]) -> None:
    if column.rows and column not in found:
        for arg in column.args:
            _of_rows(arg, found)
        if column not in found:
            found.append(column)


def _null_safe(template: str) -> Callable[[_Writer, Column, list[str]], str]:
    """With null where one of the arguments is."""

    def build(to: _Writer, column: Column, args: list[str]) -> str:
        nullable = [name for name, arg in zip(args, column.args, strict=True) if not arg.is_never_null]
        found = template.format(*args, value=column.value)
        if not nullable:
            return found
        tests = " or ".join(f"{name} is None" for name in dict.fromkeys(nullable))
        return f"None if {tests} else {found}"

    return build


def _field(to: _Writer, column: Column, args: list[str]) -> str:
    name = str(column.value)
    return f"said({name.removeprefix('answers.')!r})" if name.startswith("answers.") else f"get({name!r})"


def _member(to: _Writer, column: Column, args: list[str]) -> str:
    name, codes, prefixes = column.membership
    return f"member(get({name!r}), {frozenset(codes)!r}, {prefixes!r})"


def _contains(to: _Writer, column: Column, args: list[str]) -> str:
    name, codes, needs_all = column.content
    return f"contains(get({name!r}), {frozenset(codes)!r}, {needs_all!r})"


def _joined(decides: bool) -> Callable[[_Writer, Column, list[str]], str]:
    def build(to: _Writer, column: Column, args: list[str]) -> str:
        some = " or ".join(f"{arg} is {decides}" for arg in args)
        nullable = [arg for arg, of in zip(args, column.args, strict=True) if not of.is_never_null]
        unknown = " or ".join(f"{arg} is None" for arg in nullable)
        rest = f"None if {unknown} else {not decides}" if nullable else f"{not decides}"
        return f"{decides} if {some} else {rest}"

    return build


def _called(name: str) -> Callable[[_Writer, Column, list[str]], str]:
    return lambda to, column, args: f"{name}({', '.join([*args, repr(column.value)])})"


def _plain(template: str) -> Callable[[_Writer, Column, list[str]], str]:
    return lambda to, column, args: template.format(*args, value=column.value)


def _extreme(name: str) -> Callable[[_Writer, Column, list[str]], str]:
    def build(to: _Writer, column: Column, args: list[str]) -> str:
        if all(each.is_never_null for each in column.args):
            return f"{name}({', '.join(args)})"
        return f"{name}_known({', '.join(args)})"

    return build


PRINTERS: dict[str, Callable[[_Writer, Column, list[str]], str]] = {
    "field": _field,
    "date": _field,
    "member": _member,
    "contains": _contains,
    "add": _null_safe("{0} + {1}"),
    "subtract": _null_safe("{0} - {1}"),
    "multiply": _null_safe("{0} * {1}"),
    "divide": _null_safe("{0} // {1}"),
    "least": _extreme("min"),
    "greatest": _extreme("max"),
    "less": _null_safe("{0} < {1}"),
    "at_most": _null_safe("{0} <= {1}"),
    "equal": _null_safe("{0} == {1}"),
    "case": _plain("{1} if {0} else {2}"),
    "filled": _plain("{value} if {0} is None else {0}"),
    "not": _null_safe("not {0}"),
    "and": _joined(False),
    "or": _joined(True),
    "is_null": _plain("{0} is None"),
    "known_rows": _plain("{value!r} in rows"),
    "shift": _null_safe("shifted({0}, {value})"),
    "months": _null_safe("whole_months({0}, {1})"),
    "year": _null_safe("year_start({0}, {value})"),
}


def _member_of(value: str | None, codes: frozenset[str], prefixes: tuple[str, ...]) -> bool | None:
    return None if value is None else value in codes or value.startswith(prefixes)


def _content_of(value: frozenset[str] | None, codes: frozenset[str], needs_all: bool) -> bool | None:
    if value is None:
        return None
    return codes <= value if needs_all else not codes.isdisjoint(value)


def _known(pick: Callable[[Iterable[int]], int]) -> Callable[..., int | None]:
    def best(*values: int | None) -> int | None:
        known = [value for value in values if value is not None]
        return pick(known) if known else None

    return best


def _added(of: Callable[[Mapping[str, object]], int | None], rows: Sequence[Mapping[str, object]] | None) -> int | None:
    total = 0
    for row in rows or ():
        value = of(row)
        if value is None:
            return None
        total += value
    return total


def _greatest_row(
    of: Callable[[Mapping[str, object]], int | None], rows: Sequence[Mapping[str, object]] | None
) -> int | None:
    values = [of(row) for row in rows or ()]
    known = [value for value in values if value is not None]
    return None if len(known) < len(values) else max([0, *known])


HELPERS: Mapping[str, object] = {
    "__builtins__": {"min": min, "max": max, "frozenset": frozenset},
    "member": _member_of,
    "contains": _content_of,
    "min_known": _known(min),
    "max_known": _known(max),
    "added": _added,
    "greatest_row": _greatest_row,
    "whole_months": whole_months,
    "shifted": lambda day, months: months_later(date.fromordinal(day), months).toordinal(),
    "year_start": lambda day, years: date(date.fromordinal(day).year + years, 1, 1).toordinal(),
}
