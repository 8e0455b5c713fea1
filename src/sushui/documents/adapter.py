"""The door to the engine that reads workbooks: its codes become sentences that say what is wrong and how to mend it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sushui.engines.readers import DEFAULT_LIMITS, Limits, ReadersError, Refusal, Workbook, read_workbook
from sushui.kernel.errors import DomainError

_SAVE_AGAIN = _(
    "Open it in your spreadsheet program, choose “Save as”, the type “Excel workbook (.xlsx)”, and send that."
)
_KEEP_ONLY_THE_LIST = _("Copy the list alone into a new workbook, save that as .xlsx and send it.")
_TYPE_OR_SAVE = _("Open the workbook and save it once, or type the value into the cell, then send it again.")

_FOUND: dict[str | int, Promise] = {
    "word": _("a Word document"),
    "slides": _("a presentation"),
    "xlsb": _("a binary workbook (.xlsb)"),
    "ods": _("an OpenDocument file"),
    "zip": _("an archive"),
    "pdf": _("a PDF"),
    "html": _("a web page"),
    "xml": _("an XML file"),
    "csv": _("a CSV file"),
    "text": _("a text file"),
    "unknown": _("something else"),
}
_UNITS: dict[str | int, Promise] = {
    "file": _("MB as a file"),
    "inflated": _("MB unpacked"),
    "memory": _("MB in memory"),
    "cells": _("cells"),
    "merged": _("merged ranges"),
    "text": _("characters"),
}
_IN_MEGABYTES = frozenset({"file", "inflated", "memory"})
_MEGABYTE = 2**20

_SENTENCES: dict[Refusal, tuple[Promise, Promise]] = {
    Refusal.NOT_A_WORKBOOK: (_("This is not an Excel workbook but %(found)s."), _SAVE_AGAIN),
    Refusal.OLD_WORKBOOK: (_("This is a workbook of the old kind (.xls or .et)."), _SAVE_AGAIN),
    Refusal.ENCRYPTED: (
        _("This workbook is locked with a password."),
        _("Take the password off, save the workbook and send it again."),
    ),
    Refusal.TEXT_FILE: (_("Whatever its name says, this is not an Excel workbook but %(found)s."), _SAVE_AGAIN),
    Refusal.TOO_MANY_PARTS: (_("The workbook consists of more than %(limit)s parts."), _KEEP_ONLY_THE_LIST),
    Refusal.TOO_LARGE: (
        _("The workbook is larger than can be read: more than %(amount)s %(unit)s."),
        _KEEP_ONLY_THE_LIST,
    ),
    Refusal.TOO_MANY_ROWS: (
        _("Sheet “%(sheet)s” reaches down to cell %(cell)s; at most %(limit)s rows can be read."),
        _("Delete the rows below the list, also empty ones that carry a format, or split the list."),
    ),
    Refusal.TOO_MANY_COLUMNS: (
        _("Sheet “%(sheet)s” reaches out to cell %(cell)s; at most %(limit)s columns can be read."),
        _("Delete the columns to the right of the list, also empty ones that carry a format."),
    ),
    Refusal.MACROS: (
        _("The workbook contains macros (in %(part)s)."),
        _("Save it as “Excel workbook (.xlsx)”, which drops them, and send that."),
    ),
    Refusal.EXTERNAL_ENTITIES: (_("The workbook refers to things outside itself (in %(part)s)."), _KEEP_ONLY_THE_LIST),
    Refusal.EXTERNAL_LINKS: (
        _("The workbook takes values from other files (in %(part)s)."),
        _("Break the links (“Data”, “Edit links”), save the workbook and send it again."),
    ),
    Refusal.FORMULA_WITHOUT_VALUE: (
        _("Cell %(cell)s of sheet “%(sheet)s” holds a formula that was never computed."),
        _TYPE_OR_SAVE,
    ),
    Refusal.BROKEN: (_("The workbook is damaged and cannot be read."), _SAVE_AGAIN),
    Refusal.TOOK_TOO_LONG: (_("The workbook could not be read within %(limit)s seconds."), _KEEP_ONLY_THE_LIST),
    Refusal.EMPTY: (_("The file is empty: not one cell holds a value."), _("Choose the file that holds the list.")),
}


def open_workbook(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> Workbook:
    """The workbook in ``data``, or a DomainError that its sender can act on. Nothing is stored."""
    try:
        return read_workbook(data, limits=limits)
    except ReadersError as error:
        raise refusal(error) from error


def refusal(error: ReadersError) -> DomainError:
    """The engine's code and facts as a sentence and a way to mend it; the code stays."""
    sentence, mend = _SENTENCES[error.code]
    facts: dict[str, object] = dict(error.params)
    if "found" in facts:
        facts["found"] = _FOUND[error.params["found"]]
    if "measure" in facts:
        measure, limit = error.params["measure"], int(error.params["limit"])
        facts["amount"] = f"{limit // _MEGABYTE if measure in _IN_MEGABYTES else limit:,}"
        facts["unit"] = _UNITS[measure]
    return DomainError(error.code.value, sentence, mend, **facts)
