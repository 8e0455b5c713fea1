"""Every write of enterprises: one verb, one transaction, one audit line for each record."""

from sushui.enterprises.services.figures import FigureDraft, Recorded, report_enterprise_figures
from sushui.enterprises.services.people import PersonDraft, add_person, edit_person, end_person
from sushui.enterprises.services.register import (
    EnterpriseDraft,
    change_status,
    code_flaw,
    edit_enterprise,
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
    "add_person",
    "change_status",
    "code_flaw",
    "edit_enterprise",
    "edit_person",
    "end_person",
    "list_enterprise",
    "names_like",
    "register_enterprise",
    "register_enterprises",
    "report_enterprise_figures",
    "unlist_enterprise",
]
