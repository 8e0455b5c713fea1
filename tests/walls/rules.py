"""What a row of the wall's table says, and the sets of roles that many rows name. Nothing here asks the code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sushui.organizations.enums import Role
from tests.walls.rights import ROLES, SEES

Readers = Mapping[str, frozenset[str]]
Shown = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Rule:
    """Which roles may open a route, what kind of record its address names, and who may open which of them.

    ``may``: by record who may open it or do it (None: whoever sees it). ``shows``: by viewer the records whose marks
    the route shows beyond those that the viewer sees elsewhere, on purpose. ``viewers``: who of these roles, where
    the division decides.
    """

    roles: frozenset[Role]
    kind: str = ""
    may: Readers | None = None
    shows: Shown = field(default_factory=dict)
    viewers: frozenset[str] | None = None

    def admits(self, viewer: str) -> bool:
        return not self.roles.isdisjoint(ROLES[viewer]) and (self.viewers is None or viewer in self.viewers)

    def opens(self, viewer: str, record: str) -> bool:
        """Whether the viewer may open the route, about this record if it is about one."""
        readers = SEES if self.may is None else self.may
        return self.admits(viewer) and (not self.kind or viewer in readers.get(record, frozenset()))


rule = Rule
ANYBODY = frozenset(Role)
ISSUING = frozenset({Role.SUPERVISION_OFFICE, Role.PROJECT_OFFICE})
REGISTER = ISSUING | {Role.COUNTY_LEADER}
HEADING = frozenset({Role.AGENCY_HEAD, Role.TOWNSHIP})
WORKING = HEADING | {
    Role.AGENCY_HANDLER,
    Role.PROJECT_OFFICE,
    Role.STATISTICS,
    Role.HOSPITAL,
    Role.BANK,
    Role.ENTERPRISE,
}
SUPERVISION = REGISTER | WORKING
# Leaders, offices and the agencies of the government stand by what others are visited for.
STANDING = REGISTER | HEADING | {Role.AGENCY_HANDLER, Role.STATISTICS}
ANSWERING = HEADING | {Role.AGENCY_HANDLER, Role.HOSPITAL}
PROJECTS = REGISTER | ANSWERING | {Role.STATISTICS}
UNITS = frozenset({Role.ENTERPRISE})
ENTERPRISES = REGISTER | HEADING | {Role.AGENCY_HANDLER, Role.STATISTICS}
ENTERPRISES_AND_OWN = ENTERPRISES | UNITS
KEEPING_ENTERPRISES = frozenset({Role.PROJECT_OFFICE, Role.STATISTICS})
REPORTING = PROJECTS | UNITS  # monthly reports alone
LISTING = frozenset({Role.PROJECT_OFFICE})
ENTERING = frozenset({Role.PROJECT_OFFICE, Role.AGENCY_HEAD, Role.AGENCY_HANDLER, Role.TOWNSHIP})
PROMOTING = ENTERING | {Role.COUNTY_LEADER}
SEEING = REGISTER | {Role.STATISTICS}  # whose work is the whole ledger
SENDING = ANSWERING | LISTING  # workbooks of figures; of the ledger only LISTING

OFFICIAL = frozenset(Role) - {Role.ENTERPRISE, Role.BANK, Role.HOSPITAL}
KEEPING = frozenset({Role.ADMINISTRATOR})
