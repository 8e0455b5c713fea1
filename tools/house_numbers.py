"""The numbers of the house (docs/architecture.md), counted: the small ones are aims, the caps are kept.

    python tools/house_numbers.py

Lines of a function run from ``def`` to its last line, docstring included; lines of a view function are its body without
the docstring. Code (tools too) and tests are counted without blank lines and comments. Migrations are left out.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent

FUNCTION_CAP = 60
FILE_CAP = 500
VIEW_CAP = 15


class Function(NamedTuple):
    """Where a function stands and how long it is, in lines."""

    place: str
    name: str
    lines: int
    body_lines: int

    @property
    def is_view(self) -> bool:
        return "/views" in self.place

    @property
    def is_test(self) -> bool:
        return self.name.startswith("test_")


class File(NamedTuple):
    """A Python file, its lines as an editor counts them and its lines of code."""

    place: str
    lines: int
    code_lines: int
    functions: tuple[Function, ...]


def measure(root: Path, folder: str) -> list[File]:
    """Every Python file below ``folder``, in order of path, migrations left out."""
    paths = sorted((root / folder).rglob("*.py"))
    return [_measure_file(path, root) for path in paths if "migrations" not in path.parts]


def _measure_file(path: Path, root: Path) -> File:
    source = path.read_text(encoding="utf-8")
    place = path.relative_to(root).as_posix()
    lines = source.splitlines()
    code = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    return File(place, len(lines), len(code), tuple(_functions(place, source)))


def _functions(place: str, source: str) -> Iterator[Function]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            end = node.end_lineno or node.lineno
            yield Function(place, node.name, end - node.lineno + 1, _body_lines(node, end))


def _body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef, end: int) -> int:
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return end - body[0].lineno + 1 if body else 0


def over_caps(files: Sequence[File]) -> list[str]:
    """One sentence for each file, function and view function that is too long."""
    functions = [function for file in files for function in file.functions]
    long_files = [f"{file.place} has {file.lines} lines" for file in files if file.lines > FILE_CAP]
    long_functions = [f"{f.place}: {f.name} has {f.lines} lines" for f in functions if f.lines > FUNCTION_CAP]
    long_views = [
        f"{f.place}: the view {f.name} has {f.body_lines} lines"
        for f in functions
        if f.is_view and f.body_lines > VIEW_CAP
    ]
    return long_files + long_functions + long_views


def report(code: Sequence[File], tests: Sequence[File]) -> list[str]:
    """The numbers as a table: what is counted, the count, the aim."""
    functions = [function for file in code for function in file.functions]
    longest_view = max([function.body_lines for function in functions if function.is_view], default=0)
    ratio = _code_lines(tests) / max(_code_lines(code), 1)
    rows = [
        ("median function", f"{_percentile(_lengths(functions), 50):g} lines", "<= 8"),
        ("nine of ten functions", f"{_percentile(_lengths(functions), 90):g} lines", "<= 25"),
        ("longest function", f"{_percentile(_lengths(functions), 100):g} lines", f"<= {FUNCTION_CAP}, kept"),
        (
            "longest view function",
            f"{longest_view} lines",
            "<= 15, kept",
        ),
        ("longest file", f"{max([file.lines for file in code], default=0)} lines", f"<= {FILE_CAP}, kept"),
        ("median test", f"{_percentile(_lengths(_tests(tests)), 50):g} lines", "<= 15"),
        ("tests to code", f"{_code_lines(tests)} : {_code_lines(code)} = {ratio:.2f}", ">= 1.5"),
    ]
    return [f"{name:<24}{figure:<24}{aim}" for name, figure, aim in rows]


def _tests(files: Sequence[File]) -> list[Function]:
    return [function for file in files for function in file.functions if function.is_test]


def _lengths(functions: Sequence[Function]) -> list[int]:
    return sorted(function.lines for function in functions)


def _percentile(ordered: Sequence[int], percent: int) -> float:
    """The median for 50, else the smallest length that ``percent`` of ``ordered`` do not exceed; 0 of nothing."""
    if not ordered:
        return 0
    return median(ordered) if percent == 50 else ordered[-(-len(ordered) * percent // 100) - 1]


def _code_lines(files: Sequence[File]) -> int:
    return sum(file.code_lines for file in files)


def main(root: Path = ROOT) -> int:
    code, tests = measure(root, "src/sushui") + measure(root, "tools"), measure(root, "tests")
    found = over_caps(code + tests)
    print("\n".join([*report(code, tests), *found]))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
