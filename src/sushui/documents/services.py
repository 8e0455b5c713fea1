"""What other rooms ask of documents: open a workbook that somebody sent, write a table as a workbook.

A `Table` is plain values: this room knows nobody's registers.
"""

from sushui.documents.adapter import open_workbook
from sushui.documents.rules import Column, ColumnKind, Table, Value
from sushui.documents.workbooks import render_workbook, write_workbook

__all__ = ["Column", "ColumnKind", "Table", "Value", "open_workbook", "render_workbook", "write_workbook"]
