"""Pages of enterprises."""

from sushui.enterprises.views.acting import enter, enterprise_act, person_act
from sushui.enterprises.views.enterprise import enterprise, figures, own
from sushui.enterprises.views.imports import import_commit, import_discard, imports, one_import
from sushui.enterprises.views.register import drop_view, keep_view, register

__all__ = [
    "drop_view",
    "enter",
    "enterprise",
    "enterprise_act",
    "figures",
    "import_commit",
    "import_discard",
    "imports",
    "keep_view",
    "one_import",
    "own",
    "person_act",
    "register",
]
