"""Refusals of this engine: a code and its facts, never prose (a room's adapter turns them into sentences)."""

from __future__ import annotations

from enum import StrEnum


class Refusal(StrEnum):
    """Why a file was not read. In brackets: the facts that travel with the code."""

    NOT_A_WORKBOOK = "not_a_workbook"  # (found) "word", "slides", "xlsb", "ods", "zip", "pdf" or "unknown"
    OLD_WORKBOOK = "old_workbook"  # the binary .xls of before 2007 (also WPS .et)
    ENCRYPTED = "encrypted"  # needs a password to open
    TEXT_FILE = "text_file"  # (found) "html", "xml", "csv" or "text", whatever the name says
    TOO_MANY_PARTS = "too_many_parts"  # (limit)
    TOO_LARGE = "too_large"  # (measure, limit) measure: "file", "inflated", "cells", "text", "merged" or "memory"
    TOO_MANY_ROWS = "too_many_rows"  # (sheet, cell, limit)
    TOO_MANY_COLUMNS = "too_many_columns"  # (sheet, cell, limit)
    MACROS = "macros"  # (part)
    EXTERNAL_ENTITIES = "external_entities"  # (part)
    EXTERNAL_LINKS = "external_links"  # (part)
    FORMULA_WITHOUT_VALUE = "formula_without_value"  # (sheet, cell)
    BROKEN = "broken"  # (part) the part that cannot be read, "" when unknown
    TOOK_TOO_LONG = "took_too_long"  # (limit) seconds
    EMPTY = "empty"  # not one cell holds a value


class ReadersError(Exception):
    """A file that is refused: ``code`` is a `Refusal`, ``params`` the facts a sentence needs."""

    def __init__(self, code: Refusal, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params
