"""Pages of enterprises."""

from sushui.enterprises.views.acting import enter, enterprise_act, person_act
from sushui.enterprises.views.enterprise import enterprise, figures, own
from sushui.enterprises.views.register import drop_view, keep_view, register

__all__ = [
    "drop_view",
    "enter",
    "enterprise",
    "enterprise_act",
    "figures",
    "keep_view",
    "own",
    "person_act",
    "register",
]
