"""The wall, written by hand: who may open which route, and who may know of which record.

Nothing here asks the code. A new page or operation gets its row in `ROUTES`; a new kind of record gets its marks in
`world.py` and its readers in `rights.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sushui.organizations.enums import Role
from tests.cast import POSTS
from tests.walls.rights import (
    ADMINISTERS,
    DECIDES,
    ENROLLS,
    HEADS,
    KEEPS,
    LEDGER,
    MANAGES,
    NEIGHBORS,
    PARTS,
    RAISES,
    REMINDS,
    REMINDS_NOW,
    REPORTS,
    REVIEWS,
    ROLES,
    SEES,
    TAKES_BACK,
    VISITED,
    WORKS_ON,
)

# --- routes ----------------------------------------------------------------------------------------------------------
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
LISTING = frozenset({Role.PROJECT_OFFICE})
SENDING = ANSWERING | LISTING  # workbooks of figures; of the ledger only LISTING

OFFICIAL = frozenset(Role) - {Role.ENTERPRISE, Role.BANK, Role.HOSPITAL}
KEEPING = frozenset({Role.ADMINISTRATOR})

# Routes open to everybody, signed in or not, and why.
PUBLIC = {
    "api:api-root": "answers 404; it only tells the library its own address",
    "organizations:sign-in": "where one comes in",
    "organizations:sign-out": "ends a session, if there is one",
    "organizations:no-post": "tells whoever holds no post whom to ask",
    "set_language": "the language of the sign-in page",
}

# The law wants whoever issues an inspection to see what was asked before, by whomever (Regulations, article 15).
DEMANDS = {"project_office": frozenset({"CHECK", "BOOKS"})}
# An administrator keeps the house, not its business: but the chain, which is about all of it, is theirs to prove.
CHAIN = {
    keeper: frozenset(record for record, readers in SEES.items() if not readers.isdisjoint(division))
    for keeper, division in (("administrator", frozenset(POSTS)), ("neighbor_administrator", NEIGHBORS))
}

ROUTES: dict[str, Rule] = {
    "api:openapi-json": rule(ANYBODY),
    "api:openapi-view": rule(ANYBODY),
    # supervision by programs
    "GET /api/supervision/orders": rule(SUPERVISION),
    "POST /api/supervision/orders": rule(ISSUING),
    "GET /api/supervision/orders/{order_id}": rule(SUPERVISION, "order"),
    "GET /api/supervision/orders/{order_id}/tasks": rule(SUPERVISION, "order"),
    "POST /api/supervision/orders/{order_id}/tasks": rule(ISSUING, "order", MANAGES),
    "POST /api/supervision/orders/{order_id}/conclusions": rule(ISSUING, "order", MANAGES),
    "GET /api/supervision/earlier-demands": rule(ISSUING, shows=DEMANDS),
    "GET /api/supervision/tasks": rule(REGISTER),
    "GET /api/supervision/tasks/counts": rule(REGISTER),
    "GET /api/supervision/red": rule(REGISTER),
    "GET /api/supervision/tasks/{task_id}": rule(SUPERVISION, "task"),
    "GET /api/supervision/tasks/{task_id}/story": rule(SUPERVISION, "task"),
    "GET /api/supervision/tasks/{task_id}/clocks": rule(SUPERVISION, "task"),
    "GET /api/supervision/tasks/{task_id}/reports": rule(SUPERVISION, "task"),
    "GET /api/supervision/tasks/{task_id}/requests": rule(SUPERVISION, "task"),
    "POST /api/supervision/tasks/assign": rule(ISSUING),
    "PUT /api/supervision/tasks/{task_id}": rule(ISSUING, "task", MANAGES),
    "POST /api/supervision/tasks/{task_id}/assign": rule(ISSUING, "task", MANAGES),
    "POST /api/supervision/tasks/{task_id}/withdraw": rule(REGISTER, "task", DECIDES),
    "POST /api/supervision/tasks/{task_id}/resume": rule(ISSUING, "task", MANAGES),
    "POST /api/supervision/tasks/{task_id}/remind": rule(REGISTER, "task", REMINDS),
    "GET /api/supervision/parts/mine": rule(WORKING),
    "GET /api/supervision/parts/agency": rule(HEADING),
    "GET /api/supervision/parts/{part_id}": rule(SUPERVISION, "part", PARTS),
    "GET /api/supervision/parts/{part_id}/clocks": rule(SUPERVISION, "part", PARTS),
    "POST /api/supervision/parts/{part_id}/sign": rule(WORKING, "part", WORKS_ON),
    "POST /api/supervision/parts/{part_id}/report": rule(WORKING, "part", WORKS_ON),
    "POST /api/supervision/parts/{part_id}/apply": rule(WORKING, "part", WORKS_ON),
    "POST /api/supervision/parts/{part_id}/ask-extension": rule(WORKING, "part", WORKS_ON),
    "POST /api/supervision/parts/{part_id}/ask-suspension": rule(WORKING, "part", WORKS_ON),
    "POST /api/supervision/parts/{part_id}/dispute": rule(WORKING, "part", WORKS_ON),
    "POST /api/supervision/parts/{part_id}/appoint": rule(HEADING, "part", HEADS),
    "GET /api/supervision/requests": rule(REGISTER),
    "GET /api/supervision/requests/{request_id}": rule(SUPERVISION, "request"),
    "POST /api/supervision/requests/{request_id}/close": rule(REGISTER, "request", DECIDES),
    "POST /api/supervision/requests/{request_id}/return": rule(REGISTER, "request", DECIDES),
    "POST /api/supervision/requests/{request_id}/extend": rule(REGISTER, "request", DECIDES),
    "POST /api/supervision/requests/{request_id}/suspend": rule(REGISTER, "request", DECIDES),
    "POST /api/supervision/requests/{request_id}/refuse": rule(REGISTER, "request", DECIDES),
    "POST /api/supervision/requests/{request_id}/decide-ownership": rule(REGISTER, "request", DECIDES),
    "GET /api/supervision/conclusions": rule(SUPERVISION),
    "GET /api/supervision/conclusions/{conclusion_id}": rule(SUPERVISION, "conclusion"),
    "POST /api/supervision/conclusions/{conclusion_id}/object": rule(WORKING, "conclusion", HEADS),
    "POST /api/supervision/objections/{objection_id}/review": rule(ISSUING, "objection", REVIEWS),
    "GET /api/supervision/imports": rule(ISSUING),
    "POST /api/supervision/imports": rule(ISSUING),
    "GET /api/supervision/imports/{draft_id}": rule(ISSUING, "import"),
    "PUT /api/supervision/imports/{draft_id}": rule(ISSUING, "import"),
    "DELETE /api/supervision/imports/{draft_id}": rule(ISSUING, "import"),
    "PUT /api/supervision/imports/{draft_id}/columns": rule(ISSUING, "import"),
    "POST /api/supervision/imports/{draft_id}/answers": rule(ISSUING, "import"),
    "POST /api/supervision/imports/{draft_id}/commit": rule(ISSUING, "import"),
    "GET /api/supervision/exports/register": rule(REGISTER),
    "GET /api/supervision/orders/{order_id}/export": rule(SUPERVISION, "order"),
    # projects
    "projects:ledger": rule(PROJECTS),
    "projects:own": rule(ANSWERING),
    "projects:register": rule(LISTING),
    "projects:industries": rule(LISTING),
    "projects:keep-view": rule(PROJECTS),
    "projects:drop-view": rule(PROJECTS, "saved_view"),
    "projects:project": rule(PROJECTS, "project"),
    "projects:figures": rule(PROJECTS, "project"),
    "projects:report": rule(PROJECTS, "project", REPORTS),
    "projects:plan": rule(PROJECTS, "project", LEDGER),
    "projects:postpone": rule(PROJECTS, "project", LEDGER),
    "projects:move": rule(PROJECTS, "project", LEDGER),
    "projects:add-milestone": rule(PROJECTS, "project", LEDGER),
    "projects:receive": rule(PROJECTS, "project", LEDGER),
    "projects:enroll": rule(PROJECTS, "project", ENROLLS),
    "projects:raise-bottleneck": rule(PROJECTS, "project", REPORTS),
    "projects:raise-task": rule(PROJECTS, "project", RAISES),
    "projects:edit": rule(PROJECTS, "project", LEDGER),
    "projects:milestone-reach": rule(PROJECTS, "milestone", REPORTS),
    "projects:milestone-drop": rule(PROJECTS, "milestone", LEDGER),
    "projects:funds-pay": rule(PROJECTS, "funds", REPORTS),
    "projects:bottleneck-resolve": rule(PROJECTS, "bottleneck", REPORTS),
    "projects:imports": rule(SENDING),
    "projects:import": rule(SENDING, "project_sheet"),
    "projects:import-columns": rule(SENDING, "project_sheet"),
    "projects:import-questions": rule(SENDING, "project_sheet"),
    "projects:import-take-back": rule(SENDING, "project_sheet"),
    "projects:import-rows": rule(SENDING, "project_sheet"),
    "projects:import-row": rule(SENDING, "project_sheet"),
    "projects:import-commit": rule(SENDING, "project_sheet"),
    "projects:import-discard": rule(SENDING, "project_sheet"),
    "projects:export": rule(PROJECTS),
    "projects:export-figures": rule(PROJECTS),
    "projects:ledger-template": rule(LISTING),
    "projects:figures-template": rule(SENDING),
    "GET /api/projects/": rule(PROJECTS),
    "GET /api/projects/totals": rule(PROJECTS),
    "GET /api/projects/clusters": rule(PROJECTS),
    "PUT /api/projects/clusters": rule(LISTING),
    "projects:clusters": rule(LISTING),
    "GET /api/projects/{project_id}": rule(PROJECTS, "project"),
    "GET /api/projects/{project_id}/lights": rule(PROJECTS, "project"),
    "GET /api/projects/{project_id}/funding": rule(PROJECTS, "project"),
    "GET /api/projects/{project_id}/story": rule(PROJECTS, "project"),
    "GET /api/projects/{project_id}/months/{year}": rule(PROJECTS, "project"),
    "GET /api/projects/{project_id}/figures/{year}": rule(PROJECTS, "project"),
    "GET /api/projects/{project_id}/milestones": rule(PROJECTS, "project"),
    "GET /api/projects/{project_id}/funds": rule(PROJECTS, "project"),
    "GET /api/projects/{project_id}/bottlenecks": rule(PROJECTS, "project"),
    "POST /api/projects/": rule(LISTING),
    "PUT /api/projects/{project_id}": rule(LISTING, "project", LEDGER),
    "POST /api/projects/{project_id}/move": rule(LISTING, "project", LEDGER),
    "POST /api/projects/{project_id}/postpone": rule(LISTING, "project", LEDGER),
    "POST /api/projects/{project_id}/enroll": rule(PROJECTS, "project", ENROLLS),
    "PUT /api/projects/{project_id}/year-plan": rule(LISTING, "project", LEDGER),
    "POST /api/projects/figures": rule(PROJECTS),
    "POST /api/projects/{project_id}/milestones": rule(LISTING, "project", LEDGER),
    "POST /api/projects/milestones/{milestone_id}/reach": rule(PROJECTS, "milestone", REPORTS),
    "POST /api/projects/milestones/{milestone_id}/drop": rule(LISTING, "milestone", LEDGER),
    "POST /api/projects/{project_id}/funds": rule(LISTING, "project", LEDGER),
    "POST /api/projects/funds/{received_id}/pay": rule(PROJECTS, "funds", REPORTS),
    "POST /api/projects/{project_id}/bottlenecks": rule(PROJECTS, "project", REPORTS),
    "POST /api/projects/bottlenecks/{bottleneck_id}/resolve": rule(PROJECTS, "bottleneck", REPORTS),
    "GET /api/projects/imports": rule(SENDING),
    "POST /api/projects/imports": rule(SENDING),
    "GET /api/projects/imports/{sheet_id}": rule(SENDING, "project_sheet"),
    "DELETE /api/projects/imports/{sheet_id}": rule(SENDING, "project_sheet"),
    "PUT /api/projects/imports/{sheet_id}/columns": rule(SENDING, "project_sheet"),
    "POST /api/projects/imports/{sheet_id}/answers": rule(SENDING, "project_sheet"),
    "POST /api/projects/imports/{sheet_id}/commit": rule(SENDING, "project_sheet"),
    "GET /api/projects/exports/ledger": rule(PROJECTS),
    "GET /api/projects/exports/year-figures/{year}": rule(PROJECTS),
    "GET /api/projects/exports/template/{month}": rule(SENDING),
    # liaison
    "liaison:mine": rule(STANDING),
    "liaison:lapses": rule(STANDING),
    "liaison:visits": rule(STANDING),
    "liaison:visit-new": rule(STANDING),
    "liaison:register": rule(REGISTER),
    "liaison:register-appoint": rule(ISSUING),
    "liaison:register-export": rule(ISSUING),
    "liaison:register-keep-view": rule(REGISTER),
    "liaison:register-drop-view": rule(REGISTER, "saved_view"),
    "liaison:lists": rule(ISSUING),
    "liaison:list": rule(ISSUING, "liaison_list"),
    "liaison:list-import": rule(ISSUING, "liaison_list"),
    "liaison:list-discard": rule(ISSUING, "liaison_list"),
    "liaison:subject": rule(STANDING, "subject"),
    "liaison:appoint": rule(ISSUING, "subject", KEEPS),
    "liaison:visit-log": rule(STANDING, "subject"),
    "liaison:visit-finding": rule(STANDING, "subject"),
    "liaison:replace": rule(ISSUING, "liaison", KEEPS),
    "liaison:end": rule(ISSUING, "liaison", KEEPS),
    "liaison:visit": rule(STANDING, "visit"),
    "liaison:visit-edit": rule(STANDING, "visit", VISITED),
    "liaison:visit-withdraw": rule(STANDING, "visit", TAKES_BACK),
    "GET /api/liaison/mine": rule(STANDING),
    "GET /api/liaison/waiting": rule(STANDING),
    "GET /api/liaison/leaders": rule(STANDING),
    "GET /api/liaison/subjects": rule(REGISTER),
    "GET /api/liaison/subjects/{subject_id}": rule(STANDING, "subject"),
    "GET /api/liaison/subjects/{subject_id}/history": rule(STANDING, "subject"),
    "POST /api/liaison/subjects/{subject_id}/visits": rule(STANDING, "subject"),
    "POST /api/liaison/liaisons": rule(ISSUING),
    "POST /api/liaison/liaisons/{liaison_id}/replace": rule(ISSUING, "liaison", KEEPS),
    "POST /api/liaison/liaisons/{liaison_id}/end": rule(ISSUING, "liaison", KEEPS),
    "GET /api/liaison/export": rule(ISSUING),
    "GET /api/liaison/visits": rule(STANDING),
    "GET /api/liaison/visits/{visit_id}": rule(STANDING, "visit"),
    "PUT /api/liaison/visits/{visit_id}": rule(STANDING, "visit", VISITED),
    "POST /api/liaison/visits/{visit_id}/withdraw": rule(STANDING, "visit", TAKES_BACK),
    "POST /api/liaison/lists": rule(ISSUING),
    "GET /api/liaison/lists/{list_id}": rule(ISSUING, "liaison_list"),
    "POST /api/liaison/lists/{list_id}/answers": rule(ISSUING, "liaison_list"),
    "POST /api/liaison/lists/{list_id}/import": rule(ISSUING, "liaison_list"),
    "DELETE /api/liaison/lists/{list_id}": rule(ISSUING, "liaison_list"),
    # notices
    "GET /api/notices/": rule(ANYBODY),
    "POST /api/notices/read": rule(ANYBODY),
    "notices:inbox": rule(ANYBODY),
    "notices:open": rule(ANYBODY, "notice"),
    "notices:mark-read": rule(ANYBODY),
    "notices:channels": rule(KEEPING),
    "notices:channel": rule(KEEPING),
    "notices:send-test": rule(KEEPING),
    # the desk
    "desk:today": rule(ANYBODY),
    "desk:landing": rule(ANYBODY),
    "desk:cockpit": rule(REGISTER),
    "desk:wall": rule(REGISTER),
    "desk:money": rule(REGISTER),
    "desk:reported": rule(REGISTER),
    "desk:counties": rule(REGISTER, viewers=frozenset({"city_leader"})),
    "desk:search": rule(ANYBODY),
    "desk:suggest": rule(ANYBODY),
    "desk:vacant": rule(KEEPING),
    "GET /api/desk/cockpit": rule(REGISTER),
    "GET /api/desk/counties": rule(REGISTER, viewers=frozenset({"city_leader"})),
    "GET /api/desk/search": rule(ANYBODY),
    # files, here those of reports
    "GET /api/documents/on/{kind}/{object_id}": rule(ANYBODY, "report"),
    "POST /api/documents/on/{kind}/{object_id}": rule(ANYBODY, "report", WORKS_ON),
    "GET /api/documents/versions/{version_id}/content": rule(ANYBODY, "file_version"),
    "POST /api/documents/attachments/{attachment_id}/versions": rule(ANYBODY, "attachment", WORKS_ON),
    "POST /api/documents/attachments/{attachment_id}/withdraw": rule(ANYBODY, "attachment", WORKS_ON),
    "documents:file": rule(ANYBODY, "file_version"),
    "documents:thumbnail": rule(ANYBODY, "picture"),
    "documents:attach": rule(ANYBODY, "report", WORKS_ON),
    "documents:replace": rule(ANYBODY, "attachment", WORKS_ON),
    "documents:withdraw": rule(ANYBODY, "attachment", WORKS_ON),
    # organizations
    "GET /api/organizations/divisions": rule(OFFICIAL),
    "POST /api/organizations/divisions": rule(KEEPING),
    "POST /api/organizations/zones": rule(KEEPING),
    "GET /api/organizations/agencies": rule(OFFICIAL),
    "POST /api/organizations/agencies": rule(KEEPING),
    "GET /api/organizations/agencies/{agency_id}": rule(OFFICIAL, "agency"),
    "PUT /api/organizations/agencies/{agency_id}": rule(KEEPING, "agency", ADMINISTERS),
    "POST /api/organizations/agencies/{agency_id}/posts": rule(KEEPING, "agency", ADMINISTERS),
    "GET /api/organizations/posts": rule(OFFICIAL),
    "GET /api/organizations/posts/{post_id}": rule(OFFICIAL, "post"),
    "PUT /api/organizations/posts/{post_id}/roles": rule(KEEPING, "post", ADMINISTERS),
    "PUT /api/organizations/posts/{post_id}/charges": rule(KEEPING, "post", ADMINISTERS),
    "POST /api/organizations/posts/{post_id}/hand-over": rule(OFFICIAL, "post", ADMINISTERS),
    "POST /api/organizations/posts/{post_id}/delegations": rule(ANYBODY, "post", ADMINISTERS),
    "DELETE /api/organizations/delegations/{delegation_id}": rule(ANYBODY, "delegation", ADMINISTERS),
    "GET /api/organizations/people": rule(KEEPING),
    "POST /api/organizations/people": rule(KEEPING),
    "GET /api/organizations/people/{person_id}": rule(KEEPING, "person", ADMINISTERS),
    "POST /api/organizations/people/{person_id}/deactivate": rule(KEEPING, "person", ADMINISTERS),
    "POST /api/organizations/people/{person_id}/reactivate": rule(KEEPING, "person", ADMINISTERS),
    "PUT /api/organizations/people/{person_id}/password": rule(KEEPING, "person", ADMINISTERS),
    "GET /api/organizations/settings": rule(KEEPING),
    "PUT /api/organizations/settings/{key}": rule(KEEPING),
    "GET /api/organizations/calendar": rule(KEEPING),
    "PUT /api/organizations/calendar/days/{on}": rule(KEEPING),
    "POST /api/organizations/calendar/notices": rule(KEEPING),
    "GET /api/organizations/audit": rule(KEEPING, shows=CHAIN),
    "GET /api/organizations/audit/proof": rule(KEEPING),
    "organizations:switch-post": rule(ANYBODY),
    "organizations:password": rule(ANYBODY),
    "organizations:tokens": rule(ANYBODY),
    "organizations:new-token": rule(ANYBODY),
    "organizations:revoke-token": rule(ANYBODY, "token"),
    "organizations:directory": rule(OFFICIAL),
    "organizations:divisions": rule(OFFICIAL),
    "organizations:load-divisions": rule(KEEPING),
    "organizations:new-zone": rule(KEEPING),
    "organizations:new-agency": rule(KEEPING),
    "organizations:agency": rule(OFFICIAL, "agency"),
    "organizations:edit-agency": rule(KEEPING, "agency", ADMINISTERS),
    "organizations:new-post": rule(KEEPING, "agency", ADMINISTERS),
    "organizations:post": rule(OFFICIAL, "post"),
    "organizations:roles": rule(KEEPING, "post", ADMINISTERS),
    "organizations:charge": rule(KEEPING, "post", ADMINISTERS),
    "organizations:hand-over": rule(OFFICIAL, "post", ADMINISTERS),
    "organizations:delegate": rule(ANYBODY, "post", ADMINISTERS),
    "organizations:revoke": rule(ANYBODY, "delegation", ADMINISTERS),
    "organizations:people": rule(KEEPING),
    "organizations:new-person": rule(KEEPING),
    "organizations:person": rule(KEEPING, "person", ADMINISTERS),
    "organizations:reset-password": rule(KEEPING, "person", ADMINISTERS),
    "organizations:deactivate": rule(KEEPING, "person", ADMINISTERS),
    "organizations:reactivate": rule(KEEPING, "person", ADMINISTERS),
    "organizations:settings": rule(KEEPING),
    "organizations:setting": rule(KEEPING),
    "organizations:calendar": rule(KEEPING),
    "organizations:change-day": rule(KEEPING),
    "organizations:load-notice": rule(KEEPING),
    "organizations:audit": rule(KEEPING, shows=CHAIN),
    "organizations:prove-chain": rule(KEEPING),
    # supervision's pages
    "supervision:mine": rule(WORKING),
    "supervision:agency": rule(HEADING),
    "supervision:agency-appoint": rule(HEADING),
    "supervision:register": rule(REGISTER),
    "supervision:register-assign": rule(ISSUING),
    "supervision:register-keep-view": rule(REGISTER),
    "supervision:register-drop-view": rule(REGISTER, "saved_view"),
    "supervision:red": rule(REGISTER),
    "supervision:decisions": rule(REGISTER),
    "supervision:orders": rule(SUPERVISION),
    "supervision:order": rule(SUPERVISION, "order"),
    "supervision:order-new": rule(ISSUING),
    "supervision:order-conclude": rule(ISSUING, "order", MANAGES),
    "supervision:task-new": rule(ISSUING, "order", MANAGES, shows=DEMANDS),
    "supervision:task": rule(SUPERVISION, "task"),
    "supervision:task-edit": rule(ISSUING, "task", MANAGES, shows=DEMANDS),
    "supervision:task-assign": rule(SUPERVISION, "task", MANAGES, shows=DEMANDS),
    "supervision:task-withdraw": rule(SUPERVISION, "task", DECIDES),
    "supervision:task-resume": rule(SUPERVISION, "task", MANAGES),
    "supervision:task-remind": rule(SUPERVISION, "task", REMINDS_NOW),
    "supervision:part-sign": rule(SUPERVISION, "part", WORKS_ON),
    "supervision:part-report": rule(SUPERVISION, "part", WORKS_ON),
    "supervision:part-answer": rule(SUPERVISION, "part", WORKS_ON),
    "supervision:part-apply": rule(SUPERVISION, "part", WORKS_ON),
    "supervision:part-ask-extension": rule(SUPERVISION, "part", WORKS_ON),
    "supervision:part-ask-suspension": rule(SUPERVISION, "part", WORKS_ON),
    "supervision:part-dispute": rule(SUPERVISION, "part", WORKS_ON),
    "supervision:part-appoint": rule(SUPERVISION, "part", HEADS),
    "supervision:request-close": rule(SUPERVISION, "closing", DECIDES),
    "supervision:request-return": rule(SUPERVISION, "closing", DECIDES),
    "supervision:request-extend": rule(SUPERVISION, "extension", DECIDES),
    "supervision:request-suspend": rule(SUPERVISION, "suspension", DECIDES),
    "supervision:request-refuse": rule(SUPERVISION, "extension", DECIDES),
    "supervision:request-decide-ownership": rule(SUPERVISION, "ownership", DECIDES),
    "supervision:register-export": rule(REGISTER),
    "supervision:order-export": rule(SUPERVISION, "order"),
    "supervision:imports": rule(ISSUING),
    "supervision:import": rule(ISSUING, "import"),
    "supervision:import-about": rule(ISSUING, "import"),
    "supervision:import-columns": rule(ISSUING, "import"),
    "supervision:import-questions": rule(ISSUING, "import"),
    "supervision:import-take-back": rule(ISSUING, "import"),
    "supervision:import-rows": rule(ISSUING, "import"),
    "supervision:import-row": rule(ISSUING, "import"),
    "supervision:import-commit": rule(ISSUING, "import"),
    "supervision:import-discard": rule(ISSUING, "import"),
    "supervision:conclusions": rule(SUPERVISION),
    "supervision:conclusion": rule(SUPERVISION, "conclusion"),
    "supervision:conclusion-object": rule(SUPERVISION, "conclusion", HEADS),
    "supervision:objection-review": rule(SUPERVISION, "objection", REVIEWS),
}
