"""Pages of relief."""

from sushui.relief.views.checks import checks, draw, duty
from sushui.relief.views.issues import common, issue, issue_answer
from sushui.relief.views.lists import agency, desk, own
from sushui.relief.views.register import export, register
from sushui.relief.views.requests import enter, gather, request, request_act

__all__ = [
    "agency",
    "checks",
    "common",
    "desk",
    "draw",
    "duty",
    "enter",
    "export",
    "gather",
    "issue",
    "issue_answer",
    "own",
    "register",
    "request",
    "request_act",
]
