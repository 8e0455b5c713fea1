"""The wall of the room of enterprises, written by hand (see `table.py`)."""

from __future__ import annotations

from tests.walls.projects_table import UNITS_OWN
from tests.walls.rights import COUNTS, ENTERS, TELLS
from tests.walls.rules import ENTERPRISES, ENTERPRISES_AND_OWN, KEEPING_ENTERPRISES, UNITS, Rule, rule

ROUTES: dict[str, Rule] = {
    "enterprises:register": rule(ENTERPRISES),
    "enterprises:keep-view": rule(ENTERPRISES),
    "enterprises:drop-view": rule(ENTERPRISES, "saved_view"),
    "enterprises:own": rule(UNITS),
    "enterprises:enter": rule(KEEPING_ENTERPRISES),
    "enterprises:imports": rule(KEEPING_ENTERPRISES),
    "enterprises:import": rule(KEEPING_ENTERPRISES, "enterprise_sheet"),
    "enterprises:import-commit": rule(KEEPING_ENTERPRISES, "enterprise_sheet"),
    "enterprises:import-discard": rule(KEEPING_ENTERPRISES, "enterprise_sheet"),
    "enterprises:enterprise": rule(ENTERPRISES_AND_OWN, "enterprise", shows=UNITS_OWN),
    "enterprises:figures": rule(ENTERPRISES_AND_OWN, "enterprise"),
    "enterprises:report": rule(ENTERPRISES_AND_OWN, "enterprise", TELLS),
    "enterprises:add-person": rule(ENTERPRISES_AND_OWN, "enterprise", TELLS),
    "enterprises:status": rule(ENTERPRISES_AND_OWN, "enterprise", ENTERS),
    "enterprises:list": rule(ENTERPRISES_AND_OWN, "enterprise", COUNTS),
    "enterprises:unlist": rule(ENTERPRISES_AND_OWN, "enterprise", COUNTS),
    "enterprises:edit": rule(ENTERPRISES_AND_OWN, "enterprise", ENTERS),
    "enterprises:person-edit": rule(ENTERPRISES_AND_OWN, "enterprise_person", TELLS),
    "enterprises:person-end": rule(ENTERPRISES_AND_OWN, "enterprise_person", TELLS),
    "GET /api/enterprises/": rule(ENTERPRISES_AND_OWN),
    "POST /api/enterprises/": rule(KEEPING_ENTERPRISES),
    "GET /api/enterprises/{enterprise_id}": rule(ENTERPRISES_AND_OWN, "enterprise"),
    "PUT /api/enterprises/{enterprise_id}": rule(KEEPING_ENTERPRISES, "enterprise", ENTERS),
    "POST /api/enterprises/{enterprise_id}/status": rule(KEEPING_ENTERPRISES, "enterprise", ENTERS),
    "GET /api/enterprises/{enterprise_id}/figures": rule(ENTERPRISES_AND_OWN, "enterprise"),
    "POST /api/enterprises/{enterprise_id}/figures": rule(ENTERPRISES_AND_OWN, "enterprise", TELLS),
    "GET /api/enterprises/{enterprise_id}/people": rule(ENTERPRISES_AND_OWN, "enterprise"),
    "POST /api/enterprises/{enterprise_id}/people": rule(ENTERPRISES_AND_OWN, "enterprise", TELLS),
}
