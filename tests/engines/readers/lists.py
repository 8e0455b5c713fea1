"""Work lists of a made-up county, written as rows, and the agencies it knows."""

from __future__ import annotations

from sushui.engines.readers import AgencyIndex, AgencyName, Range, Sheet, SheetReading, understand_sheet
from sushui.engines.readers.addresses import parse_range
from sushui.engines.readers.workbooks import Cell

DEPARTMENTS = frozenset({"departments"})
AGENCIES = AgencyIndex.of(
    [
        AgencyName("planning", ("县发展和改革局", "县发改局", "县发展和改革委员会"), DEPARTMENTS),
        AgencyName("finance", ("县财政局",), DEPARTMENTS),
        AgencyName("works", ("县住房和城乡建设局", "县住建局"), DEPARTMENTS),
        AgencyName("market", ("县市场监督管理局", "市场监管局"), DEPARTMENTS),
        AgencyName("taxes", ("国家税务总局县税务局", "县税务局")),
        AgencyName("zone", ("开发区管委会",)),
        AgencyName("east", ("东镇", "东镇人民政府"), frozenset({"townships"})),
        AgencyName("west", ("西乡", "西乡人民政府"), frozenset({"townships"})),
        AgencyName("street", ("城关街道", "城关街道办事处"), frozenset({"subdistricts"})),
    ]
)
HEADER = ("序号", "重点工作", "责任单位", "配合单位", "完成时限")


def sheet_of(*rows: tuple[Cell, ...], merged: tuple[str, ...] = (), name: str = "表1") -> Sheet:
    """A sheet of the given rows, the short ones filled up with empty cells."""
    width = max(map(len, rows), default=0)
    full = tuple(row + (None,) * (width - len(row)) for row in rows)
    return Sheet(name, full, tuple(map(parse_range, merged)))


def understood(*rows: tuple[Cell, ...], merged: tuple[str, ...] = (), agencies: AgencyIndex = AGENCIES) -> SheetReading:
    """What is understood of the given rows."""
    return understand_sheet(sheet_of(*rows, merged=merged), known_agencies=agencies)


def across(row: int, width: int = 5) -> str:
    """The address of a row merged over the whole width; ``row`` from 1."""
    return f"A{row}:{'ABCDEFGHIJ'[width - 1]}{row}"


__all__ = ["AGENCIES", "HEADER", "Range", "across", "sheet_of", "understood"]
