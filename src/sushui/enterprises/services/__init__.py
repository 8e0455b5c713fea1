"""Every write of enterprises: one verb, one transaction, one audit line for each record."""

from sushui.enterprises.services.figures import FigureDraft, Recorded, report_enterprise_figures
from sushui.enterprises.services.import_reading import RowReading, SheetQuestion, SheetReading, read_sheet
from sushui.enterprises.services.imports import (
    answer_sheet,
    changed_since_shown,
    discard_sheet,
    hold_shown,
    import_sheet,
    stage_sheet,
)
from sushui.enterprises.services.people import PersonDraft, add_person, edit_person, end_person
from sushui.enterprises.services.register import (
    EnterpriseDraft,
    change_status,
    code_flaw,
    edit_enterprise,
    edit_enterprises,
    list_enterprise,
    names_like,
    register_enterprise,
    register_enterprises,
    unlist_enterprise,
)

__all__ = [
    "EnterpriseDraft",
    "FigureDraft",
    "PersonDraft",
    "Recorded",
    "RowReading",
    "SheetQuestion",
    "SheetReading",
    "add_person",
    "answer_sheet",
    "change_status",
    "changed_since_shown",
    "code_flaw",
    "discard_sheet",
    "edit_enterprise",
    "edit_enterprises",
    "edit_person",
    "end_person",
    "hold_shown",
    "import_sheet",
    "list_enterprise",
    "names_like",
    "read_sheet",
    "register_enterprise",
    "register_enterprises",
    "report_enterprise_figures",
    "stage_sheet",
    "unlist_enterprise",
]
