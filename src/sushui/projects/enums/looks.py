"""Words of the ways to look at the ledger: as a grid, a board, a Gantt chart, a map, a wall chart."""

from __future__ import annotations

from sushui.kernel.words import Word, msg


class Look(Word):
    """A way to look at the ledger; all share its filters."""

    GRID = "grid", msg("Grid")
    BOARD = "board", msg("Board")
    GANTT = "gantt", msg("Gantt chart")
    MAP = "map", msg("Map")
    WALL = "wall", msg("Chart for the wall")


class GridColumn(Word):
    """What a column of the grid holds, in the order in which columns are offered."""

    NAME = "name", msg("Project")
    CODE = "code", msg("Project code")
    OWNER = "owner", msg("Project owner")
    AGENCY = "agency", msg("Responsible agency")
    LEADER = "leader", msg("Leader in charge")
    STAGE = "stage", msg("Stage")
    STAGE_ON = "stage_on", msg("In this stage since")
    LIGHT = "light", msg("Status light")
    LEVEL = "level", msg("Level")
    SECTOR = "sector", msg("Sector")
    CLUSTER = "cluster", msg("Cluster")
    INDUSTRY = "industry", msg("Industry")
    PLACE = "place", msg("Place")
    DIVISION = "division", msg("Division")
    TOTAL = "total", msg("Total investment")
    PLANNED = "planned", msg("Year's plan")
    DONE = "done", msg("Investment done")
    PERCENT = "percent", msg("Share done")
    OUTPUT = "output", msg("Expected yearly output")
    TAX = "tax", msg("Expected yearly tax")
    AREA = "area", msg("Land")
    ENERGY = "energy", msg("Yearly energy")
    JOBS = "jobs", msg("Jobs")
    START = "start", msg("Planned start")
    COMPLETION = "completion", msg("Planned completion")
    STARTED = "started_on", msg("Started on")
    COMPLETED = "completed_on", msg("Completed on")
    ENROLLED = "enrolled_on", msg("Enrolled on")
    HELD_UP = "held", msg("Open bottlenecks")
    STEP = "step", msg("Next milestone")


G = GridColumn
COLUMNS_AT_FIRST = (G.NAME, G.AGENCY, G.STAGE, G.LIGHT, G.TOTAL, G.PLANNED, G.DONE, G.PERCENT, G.STEP)
MONEY_COLUMNS = frozenset({G.TOTAL, G.PLANNED, G.DONE, G.OUTPUT, G.TAX})
NUMBER_COLUMNS = frozenset({G.PERCENT, G.AREA, G.ENERGY, G.JOBS, G.HELD_UP})
MONTH_COLUMNS = frozenset({G.START, G.COMPLETION})
DAY_COLUMNS = frozenset({G.STAGE_ON, G.STARTED, G.COMPLETED, G.ENROLLED})
# By which field of the project a column is sorted, and whether that may be empty.
SORTED_BY: dict[GridColumn, tuple[str, bool]] = {
    G.NAME: ("name", False),
    G.CODE: ("code", False),
    G.OWNER: ("owner_name", False),
    G.STAGE_ON: ("stage_on", False),
    G.LIGHT: ("light_since_on", True),
    G.TOTAL: ("total_investment", True),
    G.OUTPUT: ("expected_output", True),
    G.TAX: ("expected_tax", True),
    G.AREA: ("area_mu", True),
    G.ENERGY: ("energy_tce", True),
    G.JOBS: ("jobs", True),
    G.START: ("planned_start_month", True),
    G.COMPLETION: ("planned_completion_month", True),
    G.STARTED: ("started_on", True),
    G.COMPLETED: ("completed_on", True),
    G.ENROLLED: ("enrolled_on", True),
}


class WallGroup(Word):
    """What the rows of the wall chart are parted by."""

    CLUSTER = "cluster", msg("By cluster")
    STAGE = "stage", msg("By stage")
    AGENCY = "agency", msg("By responsible agency")
