"""Pages of liaison: fetch by queries, act by services."""

from sushui.liaison.views.subject import subject
from sushui.liaison.views.visit import visit

__all__ = ["subject", "visit"]
