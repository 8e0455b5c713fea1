"""From bytes to values, through the real child process."""

import io
import os
import resource
import signal
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from sushui.engines.readers import Limits, Range, ReadersError, Refusal, Sheet, read_workbook
from sushui.engines.readers.reading import DEFAULT_LIMITS, bare_environment
from tests.engines.readers.packages import MAIN, number, package, sheet

SOURCE = Path(__file__).resolve().parents[3] / "src"
MEASURE = """
import re, resource, sys
from sushui.engines.readers import ReadersError, read_workbook
data = sys.stdin.buffer.read()
try:
    read_workbook(data)
    code = "read"
except ReadersError as error:
    code = error.code
# Not RUSAGE_SELF: a started process inherits the peak of the one that started it.
own = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
print(code, max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024)
"""

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")


def saved(*rows: list[object], merged: str = "") -> bytes:
    """A workbook as openpyxl saves it."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def refusal(data: bytes, limits: Limits = DEFAULT_LIMITS) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(ReadersError) as caught:
        read_workbook(data, limits=limits)
    return caught.value.code, caught.value.params


def code_and_peak(data: bytes) -> tuple[str, int]:
    """The outcome in a process of its own, and the most memory in MB that it or its child held."""
    ended = subprocess.run(
        [sys.executable, "-c", MEASURE],
        input=data,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        check=True,
    )
    code, peak = ended.stdout.decode().split()
    return code, int(peak)


def test_reading_gives_every_kind_of_value():
    moment = datetime.fromisoformat("2025-06-30T08:30:00")
    row = ["修路", 1, 1.5, True, date(2025, 6, 30), moment, time(8, 30), timedelta(hours=30), None]

    book = read_workbook(saved(row, ["末"] + [None] * 7 + ["尾"]))

    assert book.sheets[0].rows[0] == tuple(row)


def test_reading_keeps_the_kinds_apart():
    book = read_workbook(saved([1, 1.5, True, "1"]))

    assert [type(value) for value in book.sheets[0].rows[0]] == [int, float, bool, str]


def test_reading_starts_at_the_first_cell():
    assert read_workbook(package(sheet(number("B2")))).sheets[0].rows == ((None, None), (None, 1))


def test_reading_tells_merged_ranges_inside_the_filled_part():
    book = read_workbook(saved(["标题", None, None], ["甲", "乙", "丙"], merged="A1:C1"))

    assert book.sheets[0].merged == (Range(0, 0, 0, 2),)


def test_reading_shows_what_a_formula_last_showed():
    cells = '<row><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="e"><f>A1/0</f><v>#DIV/0!</v></c></row>'

    assert read_workbook(package(sheet(cells))).sheets[0] == Sheet("表1", ((2, "#DIV/0!"),), formulas=("A1", "B1"))


def test_reading_joins_formatted_pieces_without_their_pronunciation():
    pieces = "<is><r><t>重点</t></r><r><t>工作</t></r><rPh sb='0' eb='2'><t>zhong</t></rPh></is>"

    book = read_workbook(package(sheet(f'<row><c t="inlineStr">{pieces}</c></row>')))

    assert book.sheets[0].rows == (("重点工作",),)


def test_reading_knows_one_kind_of_line_break():
    cells = '<row><c t="inlineStr"><is><t>甲_x000D_&#10;乙&#13;丙</t></is></c></row>'

    assert read_workbook(package(sheet(cells))).sheets[0].rows == (("甲\n乙\n丙",),)


def test_reading_agrees_with_openpyxl():
    rows = [["序号", "事项", None], [1, "一、二\n三", 2.25], [None, True, date(2024, 2, 29)], [-7, "", "尾"]]
    data = saved(*rows)

    read = read_workbook(data).sheets[0].rows

    other = openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)
    assert read == tuple(_without_midnight(row) for row in other)


def _without_midnight(row: tuple[object, ...]) -> tuple[object, ...]:
    """openpyxl reads a day as its midnight."""
    return tuple(value.date() if isinstance(value, datetime) else value for value in row)


def test_reading_passes_on_what_the_guard_refused():
    assert refusal(package(sheet(number("XFD1048576")))) == (
        Refusal.TOO_MANY_COLUMNS,
        {"sheet": "表1", "cell": "XFD1048576", "limit": 200},
    )


def test_reading_of_text_never_starts_a_child():
    assert refusal(b"a,b\n1,2\n") == (Refusal.TEXT_FILE, {"found": "csv"})


def test_reading_of_what_the_parser_cannot_read_is_broken():
    without_strings = package(sheet('<row><c t="d"><v>no day</v></c><c t="b"><v>maybe</v></c></row>'))

    assert refusal(without_strings) == (Refusal.BROKEN, {"part": ""})


def test_reading_ends_when_the_clock_runs_out():
    assert refusal(saved(["修路"]), Limits(wall_seconds=0)) == (Refusal.TOOK_TOO_LONG, {"limit": 0})


def test_reading_without_memory_is_refused_not_fatal():
    limits = Limits(memory_bytes=60 * 2**20)

    assert refusal(package(sheet(number("AX20000"))), limits)[0] in {Refusal.TOO_LARGE, Refusal.BROKEN}


@on_linux
@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (number("XFD1048576"), "too_many_columns"),
        ("".join(number(f"A{n}") for n in range(1, 100_001)), "too_many_rows"),
    ],
    ids=["far_cell", "hundred_thousand_rows"],
)
def test_reading_a_sheet_without_end_holds_little_memory(cells, code):
    outcome, peak_mb = code_and_peak(package(sheet(cells)))

    assert (outcome, peak_mb < 100) == (code, True)


@on_linux
@pytest.mark.parametrize(("part", "filling"), [("xl/worksheets/x.xml", b" "), ("xl/media/x.png", b"\0")])
def test_reading_a_zip_bomb_holds_little_memory(part, filling):
    bomb = package(sheet(number("A1")), extra={part: filling * (101 * 2**20)})

    outcome, peak_mb = code_and_peak(bomb)

    assert (outcome, peak_mb < 100) == ("too_large", True)


@on_linux
def test_reading_the_largest_sheet_allowed_stays_within_memory():
    outcome, peak_mb = code_and_peak(package(sheet(number("A1") + number("AX20000"))))

    assert (outcome, peak_mb < 300) == ("read", True)


@on_linux
def test_reading_of_strings_shown_too_often_holds_little_memory():
    strings = f'<sst xmlns="{MAIN}"><si><t>{"长" * 32_000}</t></si></sst>'
    rows = ("<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>") * 1000

    outcome, peak_mb = code_and_peak(package(sheet(rows), extra={"xl/sharedStrings.xml": strings}))

    assert (outcome, peak_mb < 100) == ("too_large", True)


def test_child_is_held_to_its_processor_time():
    code = "import sushui.engines.readers.child as c; c.hold_to(c.Limits(cpu_seconds=1))\nwhile True: pass"

    ended = subprocess.run([sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": str(SOURCE)}, check=False)

    assert ended.returncode in {-signal.SIGXCPU, -signal.SIGKILL}


def test_child_knows_no_secret():
    environment = bare_environment({"SECRET_KEY": "s", "PATH": "/bin", "PYTHONPATH": "/srv"})

    assert environment == {
        "PATH": "/bin",
        "PYTHONPATH": f"{SOURCE}{os.pathsep}/srv",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def test_limits_of_this_process_stay_as_they_were():
    before = resource.getrlimit(resource.RLIMIT_AS)

    read_workbook(saved(["修路"]))

    assert resource.getrlimit(resource.RLIMIT_AS) == before
