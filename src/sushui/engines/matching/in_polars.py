"""Policies over tables with Polars: status, amounts and masks of many enterprises at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import polars as pl

from .columns import Column
from .lowering import ItemColumns, lower
from .plans import ENTERPRISE, OUTPUTS, Plan, frontier, name_of, outer_name_of
from .policy import PolicySet
from .tables import Tables

DAY_ONE = 719_163  # days from 0001-01-01, which is day 1, to 1970-01-01


class Program:
    """Every item in force on a day, ready to run over tables."""

    def __init__(self, policies: PolicySet, on: date, outputs: Sequence[str] = OUTPUTS) -> None:
        """`outputs`: which columns of each item: status, low, high, if_low, if_high, failed, unknown.

        Raises `MatchingError`: TOO_GREAT, QUOTIENT_IN_ROWS.
        """
        self.items: tuple[ItemColumns, ...] = lower(policies, on)
        self.outputs = tuple(outputs)
        self.wanted = {
            f"{each.item.key}.{output}": getattr(each, output) for each in self.items for output in self.outputs
        }
        self.plan = Plan(self.wanted.values())

    def run(self, tables: Tables) -> pl.DataFrame:
        """One row per enterprise: its key, and the columns `policy.item.output`.

        `status` is null where unknown, `high` where there is no bound. Masks are as in `ItemResult`.
        """
        work = _Work(self.plan, tables)
        outputs = [work.output(name, column) for name, column in self.wanted.items()]
        return work.main.select(pl.col(ENTERPRISE), *outputs)

    def parts(self, tables: Tables, size: int = 65_536) -> Iterator[pl.DataFrame]:
        """The same in parts of so many enterprises, so that memory stays small."""
        for start in range(0, tables.main.height, size):
            yield self.run(tables.part(start, size))


class _Work:
    """One run over one pair of tables."""

    def __init__(self, plan: Plan, tables: Tables) -> None:
        self.plan = plan
        self.main = tables.main
        self.rows = dict(tables.rows)
        self.done: set[Column] = set()
        self.fields = {"": set(tables.main.columns), **{key: set(rows.columns) for key, rows in self.rows.items()}}
        self.types = {"": tables.main.schema, **{key: rows.schema for key, rows in self.rows.items()}}
        self._keep(0)
        for depth in range(1, max(plan.depth.values(), default=0) + 1):
            self._add_up(depth)
            self._keep(depth)

    def output(self, name: str, column: Column) -> pl.Expr:
        """A result under its name."""
        found = self.expression(column)
        if not column.is_truth and not column.is_wide:
            found = found.cast(pl.Int64)
        return found.alias(name)

    def _keep(self, depth: int) -> None:
        for level in self.plan.kept(depth, ""):
            self.main = self.main.with_columns([self._named(column) for column in level])
            self.done.update(level)

    def _named(self, column: Column) -> pl.Expr:
        return self.expression(column).alias(name_of(column))

    def _add_up(self, depth: int) -> None:
        """What the rows add up to at this depth, joined to the enterprises."""
        for rows in dict.fromkeys(column.value for column in self.plan.sums):
            sums = [each for each in self.plan.sums if each.value == rows and self.plan.depth[each] == depth]
            if sums and isinstance(rows, str):
                self._add_up_rows(rows, sums, depth - 1)

    def _add_up_rows(self, rows: str, sums: list[Column], depth: int) -> None:
        table = self.rows.get(rows)
        if table is None:
            table = pl.DataFrame({ENTERPRISE: []}, schema={ENTERPRISE: self.main.schema[ENTERPRISE]})
            self.fields[rows] = {ENTERPRISE}
            self.types[rows] = table.schema
        outer = self._outer(sums)
        if outer:
            table = table.join(self.main.select(ENTERPRISE, *outer), on=ENTERPRISE, how="left", suffix="_main")
        for level in (each for step in range(depth + 1) for each in self.plan.kept(step, rows)):
            table = table.with_columns([self._named(column) for column in level])
            self.done.update(level)
        added = [part for column in sums for part in self._sums(column)]
        totals = table.group_by(ENTERPRISE).agg(added)
        self.main = self.main.join(totals, on=ENTERPRISE, how="left", maintain_order="left")
        self.main = self.main.with_columns([_total(column).alias(name_of(column)) for column in sums])
        self.done.update(sums)

    def _outer(self, sums: list[Column]) -> list[pl.Expr]:
        """What rows ask of their enterprise: columns of `main`, computed there."""
        found: dict[Column, None] = {}
        for column in sums:
            frontier(column.args[0], found)
        parts = [self.expression(column).alias(outer_name_of(column)) for column in found]
        return parts

    def _sums(self, column: Column) -> Iterator[pl.Expr]:
        of = self.expression(column.args[0], is_row=True)
        if column.is_wide:
            of = of.cast(pl.Int128)
        is_literal = column.args[0].op == "literal"
        added = _same(column, of) if is_literal else (of.sum() if column.op == "sum" else of.max())
        yield added.alias(f"{name_of(column)}s")
        nulls = pl.lit(column.args[0].literal is None) if is_literal else of.is_null().any()
        yield nulls.alias(f"{name_of(column)}n")

    def expression(self, column: Column, is_row: bool = False) -> pl.Expr:
        """A column as an expression over what is kept already; of rows, `main` was joined to them."""
        if is_row and not column.rows and column.op != "literal":
            return pl.col(outer_name_of(column))
        if column in self.done:
            return pl.col(name_of(column))
        is_row = bool(column.rows)
        args = [self.expression(arg, is_row) for arg in column.args]
        if column.op in ("add", "subtract", "multiply", "divide", "less", "at_most", "equal", "least", "greatest"):
            args = _wide(column, args)
        return PRINTERS[column.op](self, column, args)

    def field(self, name: str, rows: str, dtype: pl.DataType) -> pl.Expr:
        """A field of the tables; null where they have none of that name."""
        if name not in self.fields.get(rows, ()):
            return pl.lit(None, dtype=dtype)
        found = pl.col(name)
        return found if self.types[rows][name] != pl.Date else found.to_physical().cast(pl.Int64) + DAY_ONE


def _total(column: Column) -> pl.Expr:
    """0 where an enterprise has no rows; null where one of its rows is."""
    added = pl.col(f"{name_of(column)}s").fill_null(0)
    if column.op == "max":
        added = pl.max_horizontal(added, pl.lit(0, dtype=pl.Int64))
    return pl.when(pl.col(f"{name_of(column)}n")).then(None).otherwise(added)


def _same(column: Column, of: pl.Expr) -> pl.Expr:
    """Over rows that all have the same number."""
    return of * pl.len() if column.op == "sum" else of


def _wide(column: Column, args: list[pl.Expr]) -> list[pl.Expr]:
    """In 128 bits where the result or one of the parts needs them."""
    if column.is_wide or any(arg.is_wide for arg in column.args):
        return [arg.cast(pl.Int128) for arg in args]
    return args


def _literal(work: _Work, column: Column, args: list[pl.Expr]) -> pl.Expr:
    if column.value in (None, "unknown"):
        return pl.lit(None, dtype=pl.Boolean if column.is_truth else pl.Int64)
    return pl.lit(column.value, dtype=pl.Boolean if column.is_truth else (pl.Int128 if column.is_wide else pl.Int64))


def _field(work: _Work, column: Column, args: list[pl.Expr]) -> pl.Expr:
    return work.field(str(column.value), column.rows, pl.Boolean() if column.is_truth else pl.Int64())


def _member(work: _Work, column: Column, args: list[pl.Expr]) -> pl.Expr:
    name, codes, prefixes = column.membership
    found = work.field(name, column.rows, pl.String())
    tests = [found.is_in(list(codes))] if codes else []
    tests += [found.str.starts_with(prefix) for prefix in prefixes]
    return pl.any_horizontal(tests) if tests else pl.when(found.is_not_null()).then(pl.lit(False))


def _contains(work: _Work, column: Column, args: list[pl.Expr]) -> pl.Expr:
    name, codes, needs_all = column.content
    found = work.field(name, column.rows, pl.List(pl.String()))
    tests = [found.list.contains(code) for code in codes]
    joined = pl.all_horizontal(tests) if needs_all else pl.any_horizontal(tests)
    return pl.when(found.is_not_null()).then(joined)


def _joined(is_all: bool) -> Callable[[_Work, Column, list[pl.Expr]], pl.Expr]:
    def build(work: _Work, column: Column, args: list[pl.Expr]) -> pl.Expr:
        found = args[0]
        for arg in args[1:]:
            found = found & arg if is_all else found | arg
        return found

    return build


def _case(work: _Work, column: Column, args: list[pl.Expr]) -> pl.Expr:
    test, then, otherwise = args
    if column.is_wide:
        then, otherwise = then.cast(pl.Int128), otherwise.cast(pl.Int128)
    return pl.when(test).then(then).otherwise(otherwise)


def _day(days: pl.Expr) -> pl.Expr:
    return (days - DAY_ONE).cast(pl.Int32).cast(pl.Date)


def _number(days: pl.Expr) -> pl.Expr:
    return days.to_physical().cast(pl.Int64) + DAY_ONE


def _shift(work: _Work, column: Column, args: list[pl.Expr]) -> pl.Expr:
    return _number(_day(args[0]).dt.offset_by(f"{column.value}mo"))


def _year(work: _Work, column: Column, args: list[pl.Expr]) -> pl.Expr:
    return _number(pl.date(_day(args[0]).dt.year() + int(str(column.value)), 1, 1))


def _months(work: _Work, column: Column, args: list[pl.Expr]) -> pl.Expr:
    """One less where the day of the month is not reached, unless the month ends before it."""
    start, end = (_day(arg) for arg in args)
    months = (end.dt.year() - start.dt.year()).cast(pl.Int64) * 12 + (end.dt.month() - start.dt.month()).cast(pl.Int64)
    is_short = (start.dt.day() > end.dt.day()) & (end.dt.day() < end.dt.month_end().dt.day())
    return months - is_short.cast(pl.Int64)


def _plain(build: Callable[..., pl.Expr]) -> Callable[[_Work, Column, list[pl.Expr]], pl.Expr]:
    return lambda work, column, args: build(*args)


def _compared(
    build: Callable[[pl.Expr, pl.Expr], pl.Expr], turned: Callable[[pl.Expr, pl.Expr], pl.Expr]
) -> Callable[[_Work, Column, list[pl.Expr]], pl.Expr]:
    """With a literal on the right: Polars 2.1 forgets the height of a table where it stands on the left."""

    def printed(work: _Work, column: Column, args: list[pl.Expr]) -> pl.Expr:
        first, second = args
        return turned(second, first) if column.args[0].op == "literal" else build(first, second)

    return printed


PRINTERS: dict[str, Callable[[_Work, Column, list[pl.Expr]], pl.Expr]] = {
    "literal": _literal,
    "field": _field,
    "date": _field,
    "member": _member,
    "contains": _contains,
    "add": _plain(lambda first, second: first + second),
    "subtract": _plain(lambda first, second: first - second),
    "multiply": _plain(lambda first, second: first * second),
    "divide": _plain(lambda first, second: first // second),
    "least": _plain(pl.min_horizontal),
    "greatest": _plain(pl.max_horizontal),
    "less": _compared(lambda first, second: first < second, lambda first, second: first > second),
    "at_most": _compared(lambda first, second: first <= second, lambda first, second: first >= second),
    "equal": _compared(lambda first, second: first == second, lambda first, second: first == second),
    "case": _case,
    "filled": lambda work, column, args: args[0].fill_null(int(str(column.value))),
    "not": _plain(lambda of: ~of),
    "and": _joined(True),
    "or": _joined(False),
    "is_null": _plain(lambda of: of.is_null()),
    "known_rows": lambda work, column, args: work.field(str(column.value), "", pl.Int64()).is_not_null(),
    "shift": _shift,
    "months": _months,
    "year": _year,
}
