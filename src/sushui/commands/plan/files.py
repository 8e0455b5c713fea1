"""The file in which somebody wrote a problem down, by what its name ends with."""

from __future__ import annotations

from pathlib import Path

from sushui.engines.planning.reading.benchmarks import read_psplib, read_rcpsp_max
from sushui.engines.planning.reading.documents import PlanningFile
from sushui.engines.planning.reading.tables import read_tables
from sushui.engines.planning.reading.texts import read_json
from sushui.engines.readers import read_workbook

ENDINGS = (".json", ".xlsx", ".sm", ".mm", ".sch")


def read_file(path: Path) -> PlanningFile:
    """The problem in a file.

    Raises `PlanningError`; `ReadersError` of a workbook; `ValueError` of a name that ends in something else or a text
    that is not UTF-8; OSError.
    """
    match path.suffix.lower():
        case ".json":
            return read_json(path.read_text(encoding="utf-8-sig"))
        case ".xlsx":
            return read_tables({sheet.name: sheet.rows for sheet in read_workbook(path.read_bytes()).sheets})
        case ".sm" | ".mm":
            return PlanningFile(read_psplib(path.read_text(encoding="utf-8", errors="replace")))
        case ".sch":
            return PlanningFile(read_rcpsp_max(path.read_text(encoding="utf-8", errors="replace")))
    raise ValueError(path.suffix)
