"""How long a monthly workbook of many projects takes, from the file to the last figure and report, step by step.

    python -m benchmarks.monthly            300 projects
    python -m benchmarks.monthly 1000       so many

Beside it, in the same run, what openpyxl needs merely to read the same file.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from benchmarks.world import World, database, machine

if TYPE_CHECKING:
    from sushui.projects.models import Project

Result = TypeVar("Result")
COUNT = 300


def main() -> None:
    """Print the seconds of each step, and how many of openpyxl's they are."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    print(machine())
    with database():
        world = World()
        _run(world, _book(_projects(world, 5, "warm")), [])
        data = _book(_projects(world, count, "long"))
        taken: list[tuple[str, float]] = []
        _timed("openpyxl reads the file", taken, lambda: _peer(data))
        _run(world, data, taken)
        print(f"{count:,} projects, {len(data) / 1000:,.0f} kB{'seconds':>24}{'x openpyxl':>12}")
        for name, seconds in taken:
            print(f"{name:<34}{seconds:>10.2f}{seconds / taken[0][1]:>12.1f}")


def _timed(name: str, taken: list[tuple[str, float]], work: Callable[[], Result]) -> Result:
    start = time.perf_counter()
    found = work()
    taken.append((name, time.perf_counter() - start))
    return found


def _peer(data: bytes) -> int:
    from openpyxl import load_workbook

    return sum(1 for _row in load_workbook(io.BytesIO(data), read_only=True).worksheets[0].iter_rows(values_only=True))


def _month() -> date:
    from sushui.kernel import clock
    from sushui.projects.queries import month_to_report

    return month_to_report(clock.today())


def _projects(world: World, count: int, name: str) -> list[Project]:
    """Projects under construction for two years, of the office's own division."""
    from sushui.projects.enums import ProjectStage
    from sushui.projects.services import ProjectDraft, Registration, register_projects

    works, since = world.county.agencies["works"].pk, date(_month().year - 2, 3, 1)
    wanted = [
        Registration(
            ProjectDraft(name=f"{name}月报项目{number:04}", agency_id=works), ProjectStage.UNDER_CONSTRUCTION, since
        )
        for number in range(count)
    ]
    return register_projects(world.county.viewer("project_office"), wanted)


def _book(projects: list[Project]) -> bytes:
    """A month as a unit would fill it in: done, physical progress, received, next month's plan, what holds it up."""
    from openpyxl import Workbook

    book, month, made = Workbook(), _month(), io.BytesIO()
    sheet = book.active
    assert sheet is not None, "a new workbook has a sheet"
    sheet.append([f"{month.year}年{month.month}月重点项目月报（单位：万元）"])
    sheet.append(
        ["序号", "项目名称", f"{month.month}月完成投资", "形象进度（%）", "本月到位资金", "下月计划投资", "存在问题"]
    )
    for number, project in enumerate(projects, start=1):
        problem = "电力接入手续未办结" if number % 10 == 0 else None
        sheet.append([number, project.name, 100 + number, 35, 80, 120, problem])
    book.save(made)
    return made.getvalue()


def _run(world: World, data: bytes, taken: list[tuple[str, float]]) -> None:
    from sushui.projects.enums import ListKind
    from sushui.projects.services import imports

    office = world.county.viewer("project_office")
    kept = _timed(
        "guard, read, keep",
        taken,
        lambda: imports.stage_workbook(office, ListKind.FIGURES, file_name="月报.xlsx", data=data),
    )[0]
    understood = _timed("understand", taken, lambda: imports.understand_draft(office, kept))
    assert understood.is_settled, understood.questions[:3]
    _timed("understand again, write", taken, lambda: imports.commit_draft(office, kept))


if __name__ == "__main__":
    main()
