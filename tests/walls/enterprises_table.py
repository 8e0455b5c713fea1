"""The wall of the room of enterprises, written by hand (see `table.py`)."""

from __future__ import annotations

from tests.walls.rules import ENTERPRISES, ENTERPRISES_AND_OWN, UNITS, Rule, rule

ROUTES: dict[str, Rule] = {
    "enterprises:register": rule(ENTERPRISES),
    "enterprises:keep-view": rule(ENTERPRISES),
    "enterprises:drop-view": rule(ENTERPRISES, "saved_view"),
    "enterprises:own": rule(UNITS),
    "enterprises:enterprise": rule(ENTERPRISES_AND_OWN, "enterprise"),
}
