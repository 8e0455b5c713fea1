"""How a workbook is handed out."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import BinaryIO, cast

from django.http import FileResponse, HttpResponse

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_answer(name: str, write: Callable[[BinaryIO], object]) -> HttpResponse:
    """What ``write`` writes, kept in a temporary file and never in memory."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the answer closes it)
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    answer = FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=WORKBOOK_TYPE)
    answer["Cache-Control"] = "no-store"
    return cast(HttpResponse, answer)
