"""Pages of liaison: fetch by queries, act by services."""

from sushui.liaison.views.lapses import lapses
from sushui.liaison.views.liaisons import appoint, bulk_appoint, end, replace
from sushui.liaison.views.lists import discard, import_list, lists, one_list
from sushui.liaison.views.mine import mine
from sushui.liaison.views.register import drop_view, export, keep_view, register
from sushui.liaison.views.subject import subject
from sushui.liaison.views.visit import edit, visit, visits, withdraw
from sushui.liaison.views.visiting import choose, finding, log

__all__ = [
    "appoint",
    "bulk_appoint",
    "choose",
    "discard",
    "drop_view",
    "edit",
    "end",
    "export",
    "finding",
    "import_list",
    "keep_view",
    "lapses",
    "lists",
    "log",
    "mine",
    "one_list",
    "register",
    "replace",
    "subject",
    "visit",
    "visits",
    "withdraw",
]
