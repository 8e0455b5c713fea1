"""How long a list of 5,000 rows takes from the file to 5,000 drafts, and a ledger to 5,000 projects, step by step.

    python -m benchmarks.imports

The list is one that an office might send: agencies in a cell, dated deadlines, every row understood. Beside it, in the
same run, what openpyxl needs merely to read the same file.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from benchmarks.world import World, database, machine

ROWS = 5_000
Result = TypeVar("Result")


def main() -> None:
    """Print the seconds and the share of each step."""
    print(machine())
    with database():
        world = World()
        _import(world, _list(world, 10), [])
        data = _list(world, ROWS)
        taken: list[tuple[str, float]] = []
        _timed("openpyxl reads the file", taken, lambda: _peer(data))
        _import(world, data, taken)
        _ledger(world, taken)
        whole = sum(seconds for _, seconds in taken[1:4])
        print(f"{ROWS:,} rows, {len(data) / 1000:,.0f} kB{'seconds':>24}{'x openpyxl':>12}")
        for name, seconds in [*taken, ("import, whole", whole)]:
            print(f"{name:<32}{seconds:>12.2f}{seconds / taken[0][1]:>12.2f}")


def _import(world: World, data: bytes, taken: list[tuple[str, float]]) -> None:
    from sushui.kernel import clock
    from sushui.supervision.enums import OrderSource, TaskKind
    from sushui.supervision.services import imports

    office = world.county.viewer("office")
    draft = _timed("guard, read, keep", taken, lambda: imports.stage_import(office, file_name="a.xlsx", data=data))[0]
    draft = imports.describe_import(
        office,
        draft,
        title="年度重点工作",
        source=OrderSource.WORK_LIST,
        issued_on=clock.today(),
        year=clock.today().year,
        kind=TaskKind.GENERAL,
    )
    understood = _timed("understand", taken, lambda: imports.understand_import(office, draft))
    assert not understood.questions, understood.questions[:3]
    order = _timed("understand again, write drafts", taken, lambda: imports.commit_import(office, draft))
    assert order.tasks.count() == len(understood.drafts), order.tasks.count()


def _ledger(world: World, taken: list[tuple[str, float]]) -> None:
    """A ledger of projects that nobody knows yet, then the same again."""
    from sushui.projects.enums import ListKind
    from sushui.projects.services import imports

    office, data = world.county.viewer("project_office"), _table(world, ROWS)
    kept = _timed(
        "ledger: guard, read, keep",
        taken,
        lambda: imports.stage_workbook(office, ListKind.LEDGER, file_name="a.xlsx", data=data),
    )[0]
    understood = _timed("ledger: understand", taken, lambda: imports.understand_draft(office, kept))
    assert understood.is_settled, understood.questions[:3]
    _timed("ledger: write projects", taken, lambda: imports.commit_draft(office, kept))


def _table(world: World, rows: int) -> bytes:
    """A ledger whose rows are all understood."""
    from openpyxl import Workbook

    from sushui.organizations.models import Agency

    names = list(Agency.objects.filter(division=world.county.county).order_by("pk").values_list("name", flat=True))
    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    sheet.append(["2026年重点工程项目表"])
    sheet.append(["序号", "项目名称", "项目单位", "总投资（万元）", "2026年计划投资（万元）", "责任单位", "计划开工"])
    for number in range(1, rows + 1):
        row = [number, f"第{number}号项目", "某公司", 12000 + number, 3000, names[number % len(names)], "2026-12"]
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _list(world: World, rows: int) -> bytes:
    """A work list whose rows are all understood."""
    from openpyxl import Workbook

    from sushui.kernel import clock
    from sushui.organizations.models import Agency

    names = list(Agency.objects.filter(pk__in=world.agencies).order_by("pk").values_list("name", flat=True))
    book = Workbook(write_only=True)
    sheet = book.create_sheet("清单")
    sheet.append(["年度重点工作任务分解表"])
    sheet.append(["序号", "重点工作任务", "牵头单位", "配合单位", "完成时限"])
    for number in range(1, rows + 1):
        others = "、".join(names[(number + step) % len(names)] for step in (1, 2))
        due_on = clock.today() + timedelta(days=30 + number % 300)
        sheet.append([number, f"推进第{number}项工作落地见效", names[number % len(names)], others, due_on.isoformat()])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _peer(data: bytes) -> int:
    from openpyxl import load_workbook

    return sum(1 for row in load_workbook(io.BytesIO(data), read_only=True).worksheets[0].values if row)


def _timed(name: str, taken: list[tuple[str, float]], work: Callable[[], Result]) -> Result:
    start = time.perf_counter()
    result = work()
    taken.append((name, time.perf_counter() - start))
    return result


if __name__ == "__main__":
    main()
