"""How long a list of 20,000 enterprises takes from the file to the register, and what a large register costs.

    python -m benchmarks.enterprises                       # the import, then 20,000 and 4,000,000 enterprises
    python -m benchmarks.enterprises 20000 400000          # other sizes

Beside the import, in the same run, what openpyxl needs merely to read the same file. The large register is written
straight into the tables: each county has 20,000, and the county that is measured is one of them.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Iterator
from itertools import product
from typing import TYPE_CHECKING, TypeVar

from benchmarks.world import Sample, World, database, machine, measure

if TYPE_CHECKING:
    from sushui.organizations.models import Division

ROWS, SIZES, RUNS = 20_000, (20_000, 4_000_000), 40
SIGNS = "金鑫宏泰恒源华盛瑞丰隆达昌茂兴诚信远航凯越博雅天成永固明德"
SUBJECTS = """
INSERT INTO kernel_subject (kind, object_id, label, url, division_id, search_text, search)
SELECT 'enterprise', %(start)s + n, label, '/', %(division)s, code, search FROM benchmark_name
"""
ENTERPRISES = """
INSERT INTO enterprises_enterprise (id, division_id, version, created_at, updated_at, subject_id, code, code_flaw, name,
    name_key, former_names, legal_form, industry_code, address, status, size, reach, note)
SELECT %(start)s + n, %(division)s, 1, now(), now(), subject.id, CASE WHEN %(start)s = 0 THEN code ELSE '' END, '',
    benchmark_name.label, benchmark_name.label, '{}', 'limited', '5162', '',
    CASE n %% 20 WHEN 0 THEN 'halted' ELSE 'operating' END,
    CASE n %% 50 WHEN 0 THEN 'medium' ELSE 'small' END, 'below', ''
FROM benchmark_name JOIN kernel_subject AS subject ON subject.kind = 'enterprise' AND subject.object_id = %(start)s + n
"""
Result = TypeVar("Result")


def main() -> None:
    """Print the seconds of the import and a table for each size."""
    sizes = [int(argument) for argument in sys.argv[1:]] or list(SIZES)
    print(machine())
    with database():
        world = World()
        _print_import(world)
        _keep_names()
        for size in sizes:
            _grow(world, size)
            print(f"\n{size:,} enterprises\n{'what is asked':<44}{'p50 ms':>9}{'p95 ms':>9}{'queries':>9}")
            for sample in _pages(world):
                print(f"{sample.name:<44}{sample.p50:>9.1f}{sample.p95:>9.1f}{sample.queries:>9}")


# --- the import ------------------------------------------------------------------------------------------------------
def _print_import(world: World) -> None:
    from sushui.enterprises import services

    office, data = world.county.viewer("project_office"), _book()
    taken: list[tuple[str, float]] = []
    _timed("openpyxl reads the file", taken, lambda: _peer(data))
    sheet = _timed("guard, read, keep", taken, lambda: services.stage_sheet(office, file_name="a.xlsx", data=data))
    reading = _timed("understand", taken, lambda: services.read_sheet(office, sheet))
    assert reading.is_settled, reading.questions[:3]
    _timed("hold what is shown", taken, lambda: services.hold_shown(sheet, reading))
    _timed("understand again, write", taken, lambda: services.import_sheet(office, sheet))
    taken.append(("import, whole", sum(seconds for _, seconds in taken[1:])))
    print(f"{ROWS:,} rows, {len(data) / 1000:,.0f} kB{'seconds':>24}{'x openpyxl':>12}")
    for name, seconds in taken:
        print(f"{name:<32}{seconds:>12.2f}{seconds / taken[0][1]:>12.2f}")


def _names() -> Iterator[str]:
    return (f"{''.join(signs)}商贸有限公司" for signs in product(SIGNS, repeat=4) if len(set(signs)) == 4)


def _code(number: int) -> str:
    from stdnum.cn import uscc

    body = f"91140826MA{number:07}"
    return f"{body}{uscc.calc_check_digit(body)}"


def _book() -> bytes:
    """A list whose rows are all understood."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("名录")
    sheet.append(
        ["序号", "企业名称", "统一社会信用代码", "企业类型", "行业代码", "地址", "成立日期", "经营状态", "法定代表人"]
    )
    for number, name in zip(range(ROWS), _names(), strict=False):
        row = [number, name, _code(number), "有限责任公司", "5162", f"某路{number}号", "2015-03-02", "存续", "赵某"]
        sheet.append(row)
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


# --- the register ----------------------------------------------------------------------------------------------------
def _keep_names() -> None:
    """The names of the import with their words, once for all counties; and the register empty again."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE benchmark_name (n bigint PRIMARY KEY, label text, code text, search tsvector)")
        cursor.execute(
            "INSERT INTO benchmark_name SELECT row_number() OVER (ORDER BY object_id), label, left(search_text, 18),"
            " search FROM kernel_subject WHERE kind = 'enterprise'"
        )
        cursor.execute("TRUNCATE enterprises_enterprise CASCADE")
        cursor.execute("DELETE FROM kernel_subject WHERE kind = 'enterprise'")


def _grow(world: World, size: int) -> None:
    """Whole counties of 20,000 until there are ``size``; the county of the cast is the first."""
    from django.db import connection

    from sushui.enterprises.models import Enterprise
    from sushui.organizations.models import Division

    for start in range(Enterprise.objects.count(), size, ROWS):
        county = world.county.county if start == 0 else _county(start // ROWS)
        with connection.cursor() as cursor:
            for statement in (SUBJECTS, ENTERPRISES):
                cursor.execute(statement, {"start": start, "division": county.pk})
    assert Division.objects.count() >= size // ROWS
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _county(number: int) -> Division:
    from sushui.organizations.models import Division

    code = f"15{number:04}"
    return Division.objects.create(code=code, name=f"第{number}县", level="county", path=code)


def _pages(world: World) -> Iterator[Sample]:
    from django.test import Client

    client = Client()
    client.force_login(world.county.user("leader"))
    asked = {
        "register, newest": "",
        "register, halted": "?status=halted",
        "register, medium-sized": "?size=medium",
        "register, by a rare name": "?text=金鑫宏泰",
        "register, by a common word": "?text=商贸",
        "register, by a code": f"?text={_code(77)}",
    }
    for name, query in asked.items():
        yield measure(name, lambda _n, query=query: client.get(f"/enterprises/{query}"), RUNS)
    yield measure("search of the house, a name", lambda _n: client.get("/search/?q=金鑫宏泰"), RUNS)


if __name__ == "__main__":
    main()
