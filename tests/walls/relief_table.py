"""The wall of the room of relief, written by hand (see `table.py`)."""

from __future__ import annotations

from sushui.organizations.enums import Role
from tests.walls.rights import ANSWERS_WISH, CALLS_WISH, DESKS, RATES_WISH, WITHDRAWS_WISH
from tests.walls.rules import ENTERPRISES, ENTERPRISES_AND_OWN, ISSUING, REGISTER, UNITS, Rule, rule

ENTERING = ENTERPRISES_AND_OWN - {Role.COUNTY_LEADER}

ROUTES: dict[str, Rule] = {
    "relief:desk": rule(REGISTER),
    "relief:agency": rule(ENTERPRISES),
    "relief:own": rule(UNITS),
    "relief:new": rule(ENTERING),
    "relief:gather": rule(ISSUING),
    "relief:common": rule(ENTERPRISES),
    "relief:issue": rule(ENTERPRISES, "common_issue"),
    "relief:issue-answer": rule(ENTERPRISES, "common_issue", CALLS_WISH),
    "relief:register": rule(ENTERPRISES),
    "relief:export": rule(ENTERPRISES),
    "relief:duty": rule(ENTERPRISES),
    "relief:checks": rule(ISSUING),
    "relief:draw": rule(ISSUING),
    "relief:request": rule(ENTERPRISES_AND_OWN, "support_request"),
    "relief:request-assign": rule(ENTERPRISES_AND_OWN, "support_request", DESKS),
    "relief:request-contact": rule(ENTERPRISES_AND_OWN, "support_request", CALLS_WISH),
    "relief:request-answer": rule(ENTERPRISES_AND_OWN, "support_request", ANSWERS_WISH),
    "relief:request-rate": rule(ENTERPRISES_AND_OWN, "support_request", RATES_WISH),
    "relief:request-raise": rule(ENTERPRISES_AND_OWN, "support_request", DESKS),
    "relief:request-check": rule(ENTERPRISES_AND_OWN, "support_request", DESKS),
    "relief:request-edit": rule(ENTERPRISES_AND_OWN, "support_request", DESKS),
    "relief:request-withdraw": rule(ENTERPRISES_AND_OWN, "support_request", WITHDRAWS_WISH),
    "GET /api/relief/requests": rule(ENTERPRISES_AND_OWN),
    "POST /api/relief/requests": rule(ENTERING),
    "GET /api/relief/requests/{support_id}": rule(ENTERPRISES_AND_OWN, "support_request"),
    "POST /api/relief/requests/{support_id}/assign": rule(ISSUING, "support_request", DESKS),
    "POST /api/relief/requests/{support_id}/answer": rule(ENTERPRISES, "support_request", ANSWERS_WISH),
    "POST /api/relief/requests/{support_id}/rate": rule(ENTERPRISES_AND_OWN, "support_request", RATES_WISH),
    "GET /api/relief/issues": rule(ENTERPRISES),
}
