"""Policies as SQL: one query with the columns that `Program` has, for DuckDB, PostgreSQL and Spark."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from .columns import Column
from .lowering import lower
from .plans import ENTERPRISE, OUTPUTS, Plan, frontier, name_of, outer_name_of
from .policy import PolicySet
from .tables import Tables


@dataclass(frozen=True)
class Dialect:
    """What one engine says in its own way.

    `wide`: a type of more than 64 bits. `fence`: after AS, so that a step is computed once. `before`: statements for
    the session. Templates over days count these from 0001-01-01, which is day 1.
    """

    name: str
    quote: str
    wide: str
    fence: str
    divide: str
    divide_wide: str
    contains: str
    any_null: str
    to_date: str
    to_days: str
    shift: str
    year_start: str
    month_end: str
    before: tuple[str, ...] = ()


DUCKDB = Dialect(
    name="duckdb",
    quote='"',
    wide="HUGEINT",
    fence="MATERIALIZED ",
    divide="({0} // {1})",
    divide_wide="({0} // {1})",
    contains="list_contains({0}, {1})",
    any_null="bool_or({0} IS NULL)",
    to_date="(DATE '0001-01-01' + CAST({0} - 1 AS INTEGER))",
    to_days="(({0} - DATE '0001-01-01') + 1)",
    shift="CAST({0} + INTERVAL ({1}) MONTH AS DATE)",
    year_start="make_date(CAST(extract(year FROM {0}) + {1} AS INTEGER), 1, 1)",
    month_end="last_day({0})",
)
POSTGRESQL = Dialect(
    name="postgresql",
    quote='"',
    wide="numeric",
    fence="MATERIALIZED ",
    divide="({0} / {1})",
    divide_wide="div({0}, {1})",
    contains="({1} = ANY({0}))",
    any_null="bool_or({0} IS NULL)",
    to_date="(DATE '0001-01-01' + CAST({0} - 1 AS integer))",
    to_days="(({0} - DATE '0001-01-01') + 1)",
    shift="CAST({0} + make_interval(months => {1}) AS date)",
    year_start="make_date(CAST(extract(year FROM {0}) + {1} AS integer), 1, 1)",
    month_end="CAST(date_trunc('month', {0}) + INTERVAL '1 month - 1 day' AS date)",
    before=("SET jit = off",),
)
SPARK = Dialect(
    name="spark",
    quote="`",
    wide="DECIMAL(38, 0)",
    fence="",
    divide="({0} div {1})",
    divide_wide="CAST(({0} - {0} % {1}) / {1} AS DECIMAL(38, 0))",
    contains="array_contains({0}, {1})",
    any_null="bool_or({0} IS NULL)",
    to_date="date_add(DATE '0001-01-01', CAST({0} - 1 AS INT))",
    to_days="(datediff({0}, DATE '0001-01-01') + 1)",
    shift="add_months({0}, {1})",
    year_start="make_date(CAST(extract(year FROM {0}) + {1} AS INT), 1, 1)",
    month_end="last_day({0})",
)


@dataclass(frozen=True)
class Schema:
    """Which columns the tables have. A field without one is unknown for everybody.

    `main`, `rows`: names of tables; `columns`: of the main one; `row_columns`: of each table of rows. `has_dates`:
    dates are dates, not days.
    """

    main: str
    columns: frozenset[str]
    rows: Mapping[str, str] = field(default_factory=dict)
    row_columns: Mapping[str, frozenset[str]] = field(default_factory=dict)
    has_dates: bool = False


def query(policies: PolicySet, on: date, schema: Schema, dialect: Dialect, outputs: Sequence[str] = OUTPUTS) -> str:
    """A SELECT with one row per enterprise: its key and the columns `policy.item.output`.

    Raises `MatchingError`: TOO_GREAT, QUOTIENT_IN_ROWS.
    """
    items = lower(policies, on)
    wanted = {f"{each.item.key}.{output}": getattr(each, output) for each in items for output in outputs}
    return _Query(Plan(wanted.values()), schema, dialect).written(wanted)


class _Query:
    """Writes one query as steps, each a common table expression over the one before."""

    def __init__(self, plan: Plan, schema: Schema, dialect: Dialect) -> None:
        self.plan = plan
        self.schema = schema
        self.dialect = dialect
        self.done: set[Column] = set()
        self.steps: list[tuple[str, str]] = []
        self.last = self.quoted(schema.main)

    def quoted(self, name: str) -> str:
        """An identifier."""
        return f"{self.dialect.quote}{name}{self.dialect.quote}"

    def written(self, wanted: Mapping[str, Column]) -> str:
        """The whole query."""
        self._keep(0)
        for depth in range(1, max(self.plan.depth.values(), default=0) + 1):
            self._add_up(depth)
            self._keep(depth)
        outputs = [f"{self._output(column)} AS {self.quoted(name)}" for name, column in wanted.items()]
        select = f"SELECT {', '.join([self.quoted(ENTERPRISE), *outputs])}\nFROM {self.last}"
        steps = ",\n".join(f"{name} AS {self.dialect.fence}({body})" for name, body in self.steps)
        return f"WITH {steps}\n{select}" if steps else select

    def _output(self, column: Column) -> str:
        found = self.expression(column)
        return found if column.is_truth or column.is_wide else f"CAST({found} AS BIGINT)"

    def _step(self, prefix: str, body: str) -> str:
        name = f"{prefix}{len(self.steps) + 1}"
        self.steps.append((name, body))
        return name

    def _keep(self, depth: int) -> None:
        for level in self.plan.kept(depth, ""):
            self.last = self._step("main", f"SELECT *, {self._named(level)} FROM {self.last}")
            self.done.update(level)

    def _named(self, level: Sequence[Column]) -> str:
        return ", ".join(f"{self.expression(column)} AS {self.quoted(name_of(column))}" for column in level)

    def _add_up(self, depth: int) -> None:
        for rows in dict.fromkeys(str(column.value) for column in self.plan.sums):
            sums = [each for each in self.plan.sums if each.value == rows and self.plan.depth[each] == depth]
            if sums and rows in self.schema.rows:
                self._add_up_rows(rows, sums, depth - 1)
            elif sums:
                nothing = ", ".join(f"CAST(0 AS BIGINT) AS {self.quoted(name_of(each))}" for each in sums)
                self.last = self._step("main", f"SELECT *, {nothing} FROM {self.last}")
            self.done.update(sums)

    def _add_up_rows(self, rows: str, sums: Sequence[Column], depth: int) -> None:
        key = self.quoted(ENTERPRISE)
        outer = [f", {self.expression(each)} AS {self.quoted(outer_name_of(each))}" for each in self._outer(sums)]
        asked = f"SELECT {key} AS owner{''.join(outer)} FROM {self.last}"
        table = self.quoted(self.schema.rows[rows])
        step = self._step("rows", f"SELECT r.*, m.* FROM {table} r JOIN ({asked}) m ON r.{key} = m.owner")
        for level in (each for at in range(depth + 1) for each in self.plan.kept(at, rows)):
            step = self._step("rows", f"SELECT *, {self._named(level)} FROM {step}")
            self.done.update(level)
        added = ", ".join(part for column in sums for part in self._sums(column))
        totals = self._step("sums", f"SELECT owner, {added} FROM {step} GROUP BY owner")
        joined = ", ".join(self._total(column) for column in sums)
        body = f"SELECT m.*, {joined} FROM {self.last} m LEFT JOIN {totals} t ON m.{key} = t.owner"
        self.last = self._step("main", body)

    def _outer(self, sums: Sequence[Column]) -> Iterator[Column]:
        found: dict[Column, None] = {}
        for column in sums:
            frontier(column.args[0], found)
        yield from found

    def _sums(self, column: Column) -> Iterator[str]:
        of = self.expression(column.args[0], is_row=True)
        added = f"{'SUM' if column.op == 'sum' else 'MAX'}({of})"
        cast = self.dialect.wide if column.is_wide else "BIGINT"
        yield f"CAST({added} AS {cast}) AS {self.quoted(name_of(column) + 's')}"
        yield f"{self.dialect.any_null.format(of)} AS {self.quoted(name_of(column) + 'n')}"

    def _total(self, column: Column) -> str:
        name = name_of(column)
        added = f"COALESCE(t.{self.quoted(name + 's')}, 0)"
        if column.op == "max":
            added = f"GREATEST({added}, 0)"
        return f"CASE WHEN t.{self.quoted(name + 'n')} THEN NULL ELSE {added} END AS {self.quoted(name)}"

    def expression(self, column: Column, is_row: bool = False) -> str:
        """A column over the step at hand."""
        if is_row and not column.rows and column.op != "literal":
            return self.quoted(outer_name_of(column))
        if column in self.done:
            return self.quoted(name_of(column))
        args = [self.expression(arg, bool(column.rows)) for arg in column.args]
        if column.op in ("add", "subtract", "multiply", "divide") and column.args:
            args = self._wide(column, args)
        return PRINTERS[column.op](self, column, args)

    def _wide(self, column: Column, args: list[str]) -> list[str]:
        if column.is_wide or any(arg.is_wide for arg in column.args):
            return [f"CAST({arg} AS {self.dialect.wide})" for arg in args]
        return args

    def field(self, name: str, rows: str, kind: str) -> str:
        """A column of a table; null where it has none of that name."""
        columns = self.schema.row_columns.get(rows, frozenset()) if rows else self.schema.columns
        return self.quoted(name) if name in columns else f"CAST(NULL AS {kind})"


def _literal(to: _Query, column: Column, args: list[str]) -> str:
    if column.value in (None, "unknown"):
        return f"CAST(NULL AS {'BOOLEAN' if column.is_truth else 'BIGINT'})"
    if column.is_truth:
        return "TRUE" if column.value else "FALSE"
    return f"CAST({column.value} AS {to.dialect.wide if column.is_wide else 'BIGINT'})"


def _field(to: _Query, column: Column, args: list[str]) -> str:
    return to.field(str(column.value), column.rows, "BOOLEAN" if column.is_truth else "BIGINT")


def _date(to: _Query, column: Column, args: list[str]) -> str:
    found = _field(to, column, args)
    is_date = to.schema.has_dates and not found.startswith("CAST(NULL")
    return f"CAST({to.dialect.to_days.format(found)} AS BIGINT)" if is_date else found


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _member(to: _Query, column: Column, args: list[str]) -> str:
    name, codes, prefixes = column.membership
    found = to.field(name, column.rows, "VARCHAR(50)")
    tests = [f"{found} IN ({', '.join(_text(code) for code in codes)})"] if codes else []
    tests += [f"LEFT({found}, {len(prefix)}) = {_text(prefix)}" for prefix in prefixes]
    return f"({' OR '.join(tests)})" if tests else f"(CASE WHEN {found} IS NOT NULL THEN FALSE END)"


def _contains(to: _Query, column: Column, args: list[str]) -> str:
    name, codes, needs_all = column.content
    if to.field(name, column.rows, "BIGINT").startswith("CAST(NULL"):
        return "CAST(NULL AS BOOLEAN)"
    found = to.field(name, column.rows, "")
    tests = [to.dialect.contains.format(found, _text(code)) for code in codes]
    return f"(CASE WHEN {found} IS NOT NULL THEN {(' AND ' if needs_all else ' OR ').join(tests)} END)"


def _divide(to: _Query, column: Column, args: list[str]) -> str:
    is_wide = column.is_wide or any(arg.is_wide for arg in column.args)
    found = (to.dialect.divide_wide if is_wide else to.dialect.divide).format(*args)
    return found if column.is_wide or not is_wide else f"CAST({found} AS BIGINT)"


def _shift(to: _Query, column: Column, args: list[str]) -> str:
    shifted = to.dialect.shift.format(to.dialect.to_date.format(args[0]), column.value)
    return to.dialect.to_days.format(shifted)


def _year(to: _Query, column: Column, args: list[str]) -> str:
    return to.dialect.to_days.format(to.dialect.year_start.format(to.dialect.to_date.format(args[0]), column.value))


def _months(to: _Query, column: Column, args: list[str]) -> str:
    """One less where the day of the month is not reached, unless the month ends before it."""
    start, end = (to.dialect.to_date.format(arg) for arg in args)

    def part(name: str, of: str) -> str:
        return f"CAST(extract({name} FROM {of}) AS BIGINT)"

    months = f"({part('year', end)} - {part('year', start)}) * 12 + {part('month', end)} - {part('month', start)}"
    last = part("day", to.dialect.month_end.format(end))
    is_short = f"{part('day', start)} > {part('day', end)} AND {part('day', end)} < {last}"
    return f"({months} - CASE WHEN {is_short} THEN 1 ELSE 0 END)"


def _filled(to: _Query, column: Column, args: list[str]) -> str:
    return f"COALESCE({args[0]}, {column.value})"


def _known_rows(to: _Query, column: Column, args: list[str]) -> str:
    return f"({to.field(str(column.value), '', 'BIGINT')} IS NOT NULL)"


def _plain(template: str) -> Callable[[_Query, Column, list[str]], str]:
    return lambda to, column, args: template.format(*args)


def _joined(word: str) -> Callable[[_Query, Column, list[str]], str]:
    return lambda to, column, args: f"({f' {word} '.join(args)})"


def _called(name: str) -> Callable[[_Query, Column, list[str]], str]:
    return lambda to, column, args: f"{name}({', '.join(args)})"


PRINTERS: dict[str, Callable[[_Query, Column, list[str]], str]] = {
    "literal": _literal,
    "field": _field,
    "date": _date,
    "member": _member,
    "contains": _contains,
    "add": _plain("({0} + {1})"),
    "subtract": _plain("({0} - {1})"),
    "multiply": _plain("({0} * {1})"),
    "divide": _divide,
    "least": _called("LEAST"),  # of those that are not null, as each of these engines has it
    "greatest": _called("GREATEST"),
    "less": _plain("({0} < {1})"),
    "at_most": _plain("({0} <= {1})"),
    "equal": _plain("({0} = {1})"),
    "case": _plain("(CASE WHEN {0} THEN {1} ELSE {2} END)"),
    "filled": _filled,
    "not": _plain("(NOT {0})"),
    "and": _joined("AND"),
    "or": _joined("OR"),
    "is_null": _plain("({0} IS NULL)"),
    "known_rows": _known_rows,
    "shift": _shift,
    "months": _months,
    "year": _year,
}


def schema_of(tables: Tables, main: str, rows: Mapping[str, str]) -> Schema:
    """The schema of `Tables` that were written to an engine under these names."""
    return Schema(
        main=main,
        columns=frozenset(tables.main.columns),
        rows=rows,
        row_columns={key: frozenset(tables.rows[key].columns) for key in rows},
    )
