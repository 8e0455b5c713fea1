"""Pages of enterprises."""

from sushui.enterprises.views.enterprise import enterprise, own
from sushui.enterprises.views.register import drop_view, keep_view, register

__all__ = ["drop_view", "enterprise", "keep_view", "own", "register"]
