"""Reads the work lists that offices keep in workbooks, without trusting the file and without guessing.

`read_workbook` opens a stranger's file safely; `understand_sheet` says what each row asks of whom by when, and asks
where the sheet does not say. Refusals are `ReadersError` codes. The rules: docs/algorithms/reading-work-lists.md.
"""

from .errors import ReadersError, Refusal
from .reading import read_workbook
from .workbooks import Cell, Limits, Range, Sheet, Workbook

__all__ = ["Cell", "Limits", "Range", "ReadersError", "Refusal", "Sheet", "Workbook", "read_workbook"]
