"""How a workbook is handed out: as everywhere in the house."""

from sushui.kernel.workbooks import workbook_answer

__all__ = ["workbook_answer"]
