"""How a workbook is handed out, by a page and by the API."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import Any, BinaryIO, cast

from django.http import FileResponse, HttpResponse

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What the description of an operation says of it.
A_WORKBOOK: dict[str, Any] = {
    "responses": {200: {"content": {WORKBOOK_TYPE: {"schema": {"type": "string", "format": "binary"}}}}}
}


def workbook_answer(name: str, write: Callable[[BinaryIO], object]) -> HttpResponse:
    """What ``write`` writes as ``name``.xlsx, kept on disk once it outgrows a megabyte of memory."""
    file: Any = tempfile.SpooledTemporaryFile(max_size=2**20)  # noqa: SIM115 (the answer closes it)
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    answer = FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=WORKBOOK_TYPE)
    answer["Cache-Control"] = "no-store"
    return cast(HttpResponse, answer)
