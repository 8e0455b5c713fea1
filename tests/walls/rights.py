"""Who there is, whose marks each may see, and who may do what with which record: the rights that the table speaks of.

Nothing here asks the code. A new kind of record gets its marks in `SEES`.
"""

from __future__ import annotations

from sushui.organizations.enums import Role
from tests.cast import NEIGHBOR_POSTS, POSTS
from tests.walls.world import own_record

# --- who there is ----------------------------------------------------------------------------------------------------
ROLES: dict[str, frozenset[Role]] = {
    **{key: frozenset(roles) for key, (_agency, _name, _head, roles) in POSTS.items()},
    **{key: frozenset(roles) for key, (_agency, _name, roles) in NEIGHBOR_POSTS.items()},
    "city_leader": frozenset({Role.COUNTY_LEADER}),
}
NEIGHBORS = frozenset(NEIGHBOR_POSTS)
OFFICE = frozenset({"office", "office_second"})
LEADERS = frozenset({"leader", "city_leader"})
WORKS = frozenset({"works_head", "works_handler"})
FINANCE = frozenset({"finance_head", "finance_handler"})
COUNTY = frozenset(POSTS) | {"city_leader"}
# They get work, but do not browse who sits where in the county.
OUTSIDERS = frozenset({"hospital", "bank", "enterprise"})
NEIGHBORHOOD = NEIGHBORS | {"city_leader"}

# --- which record's marks who may see --------------------------------------------------------------------------------
SEES: dict[str, frozenset[str]] = {
    "ROAD": OFFICE | LEADERS | WORKS | FINANCE,
    "DRAFT": OFFICE,
    "CROP": OFFICE | LEADERS | {"project_office", "township"},
    "SEED": OFFICE | {"project_office"},
    "WARD": OFFICE | LEADERS | {"hospital"},
    "LOAN": OFFICE | LEADERS | {"bank"},
    "FIRM": OFFICE | LEADERS | {"enterprise"},
    "COUNT": OFFICE | LEADERS | {"statistics"},
    "CHECK": OFFICE | LEADERS | WORKS,
    "BOOKS": OFFICE | LEADERS | FINANCE,
    "HOME": OFFICE | LEADERS,
    "LIST": frozenset({"office"}),
    "PLANT": OFFICE | LEADERS | WORKS | {"project_office", "statistics"},
    "WING": OFFICE | LEADERS | {"project_office", "statistics", "hospital"},
    "FAR": frozenset({"neighbor_office", "neighbor_head", "city_leader"}),
    "PLANTSHEET": frozenset({"project_office"}),
    "GUEST": LEADERS | WORKS | {"project_office"},
    "GUESTCONTACT": WORKS | {"leader", "project_office"},
    "FARGUEST": frozenset({"neighbor_head", "city_leader"}),
    "FARGUESTCONTACT": frozenset({"neighbor_head"}),
    "BOOK": OFFICE | LEADERS | {"project_office", "statistics"},
    "SCENE": OFFICE | LEADERS | {"project_office", "statistics"},
    "SWAP": frozenset({"project_office"}),
    "FORGE": OFFICE | LEADERS | WORKS | {"project_office", "statistics"},
    "FORGECONTACT": WORKS | {"leader", "project_office", "statistics"},
    "FORGESHEET": frozenset({"project_office"}),
    "UNIT": OFFICE | LEADERS | {"project_office", "statistics", "enterprise"},
    "UNITCONTACT": frozenset({"leader", "project_office", "statistics", "enterprise"}),
    "FARFORGE": frozenset({"neighbor_office", "city_leader"}),
    "FARFORGECONTACT": frozenset(),
    "WISH": OFFICE | LEADERS | WORKS | {"project_office"},
    "UNITWISH": OFFICE | LEADERS | {"project_office", "enterprise"},
    "FARWISH": frozenset({"neighbor_office", "city_leader"}),
    "SHARED": OFFICE | LEADERS | WORKS | {"project_office"},
    "SHAREDONE": OFFICE | LEADERS | WORKS | {"project_office"},
    "SHAREDTWO": OFFICE | LEADERS | WORKS | {"project_office"},
    "STAND": OFFICE | LEADERS | WORKS | {"project_office"},
    "NEARSTAND": frozenset({"neighbor_office", "neighbor_head", "city_leader"}),
    "STANDLIST": frozenset({"office"}),
    "NEAR": frozenset({"neighbor_office", "neighbor_head", "city_leader"}),
    "NEARDRAFT": frozenset({"neighbor_office"}),
    "NEARCHECK": frozenset({"neighbor_office", "neighbor_head", "city_leader"}),
    "NEARLIST": frozenset({"neighbor_office"}),
    "HERE": COUNTY,
    "THERE": NEIGHBORHOOD,
    "HERESEAT": COUNTY - OUTSIDERS,
    "THERESEAT": NEIGHBORHOOD,
    **{own_record("OWN", key): frozenset({key}) for key in ROLES},
}
SEES["ROADFIN"] = SEES["ROAD"]

# --- who may do what with a record -----------------------------------------------------------------------------------
_COUNTY_RECORDS = ("ROAD", "ROADFIN", "DRAFT", "WARD", "LOAN", "FIRM", "COUNT", "CHECK", "BOOKS", "HOME")
MANAGES: dict[str, frozenset[str]] = {
    **dict.fromkeys(_COUNTY_RECORDS, OFFICE),
    "CROP": OFFICE | {"project_office"},
    "SEED": OFFICE | {"project_office"},
    "NEAR": frozenset({"neighbor_office"}),
    "NEARDRAFT": frozenset({"neighbor_office"}),
    "NEARCHECK": frozenset({"neighbor_office"}),
}
# Nobody decides on the work of the own agency: what the office itself does is the leader's to decide.
DECIDES = {**MANAGES, "HOME": frozenset({"leader"})}
WORKS_ON: dict[str, frozenset[str]] = {
    "ROAD": WORKS,
    "ROADFIN": FINANCE,
    "CHECK": WORKS,
    "BOOKS": FINANCE,
    "CROP": frozenset({"township"}),
    "WARD": frozenset({"hospital"}),
    "LOAN": frozenset({"bank"}),
    "FIRM": frozenset({"enterprise"}),
    "COUNT": frozenset({"statistics"}),
    "NEAR": frozenset({"neighbor_head"}),
    "NEARCHECK": frozenset({"neighbor_head"}),
}
HEADS: dict[str, frozenset[str]] = {
    "ROAD": frozenset({"works_head"}),
    "ROADFIN": frozenset({"finance_head"}),
    "CHECK": frozenset({"works_head"}),
    "BOOKS": frozenset({"finance_head"}),
    "CROP": frozenset({"township"}),
    "NEAR": frozenset({"neighbor_head"}),
    "NEARCHECK": frozenset({"neighbor_head"}),
}
REVIEWS: dict[str, frozenset[str]] = {
    "CHECK": frozenset({"office_second"}),
    "BOOKS": frozenset({"office_second"}),
}
LEDGER: dict[str, frozenset[str]] = dict.fromkeys(("PLANT", "WING"), frozenset({"project_office"}))
LISTS: dict[str, frozenset[str]] = {"BOOK": frozenset({"project_office"})}
PLANS: dict[str, frozenset[str]] = {"SCENE": frozenset({"project_office"})}
APPROVES: dict[str, frozenset[str]] = {"BOOK": OFFICE | {"leader"}}
ENROLLS: dict[str, frozenset[str]] = {record: who | {"statistics"} for record, who in LEDGER.items()}
WAIVES: dict[str, frozenset[str]] = dict.fromkeys(("PLANT", "WING"), frozenset({"leader"}))
REPORTS: dict[str, frozenset[str]] = {
    "PLANT": WORKS | {"project_office"},
    "WING": frozenset({"hospital", "project_office"}),
    "FAR": frozenset({"neighbor_head"}),
}
# The enterprise that owns a project reads its monthly reports and gives them; nothing else of the project is its own.
OWNED = frozenset({"PLANT"})
READS_REPORTS = {record: SEES[record] | ({"enterprise"} if record in OWNED else frozenset()) for record in REPORTS}
UNIT_READS = {record: frozenset({"enterprise"}) if record in OWNED else frozenset() for record in REPORTS}
GIVES_REPORTS = {record: REPORTS[record] | ({"enterprise"} if record in OWNED else frozenset()) for record in REPORTS}
# A hospital works on what is asked of it; the government raises the tasks.
RAISES: dict[str, frozenset[str]] = {record: SEES[record] - {"hospital"} for record in REPORTS}
LOOKS_AFTER: dict[str, frozenset[str]] = {
    "GUEST": WORKS | {"project_office"},
    "FARGUEST": frozenset({"neighbor_head"}),
}
FOUNDS: dict[str, frozenset[str]] = {"GUEST": frozenset({"project_office"})}
# Nobody chases what their own agency promised.
CHASES = {record: who - WORKS - {"neighbor_head"} for record, who in RAISES.items()}
# Of what holds a project up, whoever reports it makes a task, where they may raise one.
STUCK_TASKS: dict[str, frozenset[str]] = {record: REPORTS[record] & RAISES[record] for record in REPORTS}
# Who keeps the register of enterprises, who tells figures and people of one, who says what is in the statistics' list.
ENTERS: dict[str, frozenset[str]] = dict.fromkeys(("FORGE", "UNIT"), frozenset({"project_office", "statistics"}))
TELLS = {"FORGE": ENTERS["FORGE"] | WORKS, "UNIT": ENTERS["UNIT"] | {"enterprise"}}
COUNTS: dict[str, frozenset[str]] = dict.fromkeys(("FORGE", "UNIT"), frozenset({"statistics"}))
# Who assigns requests of enterprises, whose they are to answer, and who says whether they are solved.
DESKS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("WISH", "UNITWISH", "SHAREDONE", "SHAREDTWO"), OFFICE | {"project_office"}),
    "FARWISH": frozenset({"neighbor_office"}),
}
CALLS_WISH: dict[str, frozenset[str]] = {"WISH": WORKS, "SHARED": WORKS}
ANSWERS_WISH = {**CALLS_WISH, "UNITWISH": DESKS["UNITWISH"], "FARWISH": DESKS["FARWISH"]}
RATES_WISH = {**DESKS, "UNITWISH": DESKS["UNITWISH"] | {"enterprise"}}
WITHDRAWS_WISH = RATES_WISH
KEEPS: dict[str, frozenset[str]] = {
    "STAND": OFFICE | {"project_office"},
    "NEARSTAND": frozenset({"neighbor_office"}),
}
VISITED: dict[str, frozenset[str]] = {
    "STAND": frozenset({"works_handler"}),
    "NEARSTAND": frozenset({"neighbor_head"}),
}
TAKES_BACK = {record: KEEPS[record] | VISITED[record] for record in KEEPS}
ADMINISTERS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("HERE", "HERESEAT"), frozenset({"administrator"})),
    **dict.fromkeys(("THERE", "THERESEAT"), frozenset({"neighbor_administrator"})),
}
REMINDS = {record: who | (SEES[record] & LEADERS) for record, who in MANAGES.items()}

# A draft has no parts yet that could be opened, and nobody who could be reminded.
DRAFTS = ("DRAFT", "SEED", "NEARDRAFT")
PARTS = {record: readers for record, readers in SEES.items() if record not in DRAFTS}
REMINDS_NOW = {record: who for record, who in REMINDS.items() if record not in DRAFTS}
