"""Pages of the desk."""

from sushui.desk.views.cockpit import cockpit, counties, landing, money, reported, wall
from sushui.desk.views.front import search, suggest, today, vacant

__all__ = [
    "cockpit",
    "counties",
    "landing",
    "money",
    "reported",
    "search",
    "suggest",
    "today",
    "vacant",
    "wall",
]
