"""Words of the sheets that are read in."""

from __future__ import annotations

from sushui.kernel.words import Word, msg


class ListKind(Word):
    """What a workbook that is sent in holds."""

    LEDGER = "ledger", msg("Ledger of projects")
    FIGURES = "figures", msg("Monthly figures")
    PORTFOLIO = "portfolio", msg("Version of the portfolio")


class ListVerb(Word):
    """Acts on workbooks, as the audit chain names them."""

    STAGE = "stage_project_list", msg("sent in a workbook of projects")
    IMPORT = "import_project_list", msg("imported a workbook of projects")
    DISCARD = "discard_project_list", msg("dropped a workbook of projects")
    EXPORT = "export_projects", msg("exported projects")


class LedgerColumn(Word):
    """What a column of the ledger's workbook holds; the sources of money stand behind it as ``funding:own_funds`` and,
    for one year, as ``year_funding:own_funds``."""

    NUMBER = "number", msg("Serial no.")
    CODE = "code", msg("Project code")
    NAME = "name", msg("Project name")
    CONTENT = "content", msg("Content and scale")
    OWNER = "owner_name", msg("Project owner")
    OWNER_CODE = "owner_code", msg("Unified social credit code")
    INDUSTRY = "industry_code", msg("Industry")
    CLUSTER = "cluster_id", msg("Cluster")
    LEVEL = "level", msg("Level")
    SECTOR = "sector", msg("Sector")
    TOTAL = "total_investment", msg("Total investment")
    YEAR_PLAN = "year_plan", msg("Investment planned for the year")
    AREA = "area_mu", msg("Land")
    ENERGY = "energy_tce", msg("Yearly energy")
    OUTPUT = "expected_output", msg("Expected yearly output")
    TAX = "expected_tax", msg("Expected yearly tax")
    JOBS = "jobs", msg("Jobs")
    PLACE = "place_id", msg("Township")
    ADDRESS = "place_text", msg("Address")
    AGENCY = "agency_id", msg("Responsible agency")
    START = "planned_start_month", msg("Planned start")
    COMPLETION = "planned_completion_month", msg("Planned completion")
    STAGE = "stage", msg("Stage")
    STAGE_ON = "stage_on", msg("In this stage since")
    STARTED = "started_on", msg("Started on")
    COMPLETED = "completed_on", msg("Completed on")
    NOTE = "note", msg("Note")
    DIVISION = "division", msg("Division")
    IGNORED = "ignored", msg("Nothing that is taken over")


class ReportColumn(Word):
    """What a workbook of monthly figures may say beside them of the month it reports; a column of each name."""

    PROGRESS = "progress", msg("Physical progress")
    RECEIVED = "received", msg("Funds received in the month")
    NEXT_PLAN = "next_plan", msg("Planned for the next month")
    BOTTLENECK = "bottleneck", msg("What holds the project up")


class TableDoubt(Word):
    """What has to be said about a sheet before its rows can be read."""

    NO_HEADER = "no_header", msg("No row looks like the headings of a table.")
    NO_NAME_COLUMN = "no_name_column", msg("No column holds the names or codes of the projects.")
    NO_FIGURES_COLUMN = "no_figures_column", msg("No column holds a figure.")
    UNKNOWN_COLUMN = "unknown_column", msg("A heading is not known.")
    COLUMN_TWICE = "column_twice", msg("Two columns seem to hold the same.")


class LedgerDoubt(Word):
    """What a row leaves open: answered by a person, never guessed."""

    NO_UNIT = "no_unit", msg("In which unit are these amounts?")
    NO_YEAR = "no_year", msg("Of which year are these figures?")
    NO_MONTH = "no_month", msg("Of which month are these figures?")
    NO_KIND = "no_kind", msg("Are these the plan or what was done?")
    NO_DAY = "no_day", msg("Since which day is the project in this stage?")
    NO_NAME = "no_name", msg("The row names no project.")
    TWICE = "twice", msg("Another row names the same project.")
    SEVERAL_PROJECTS = "several_projects", msg("Several projects have this name.")
    OTHER_CODE = "other_code", msg("A project of this name has another code. Is it the same one?")
    CODE_ELSEWHERE = "code_elsewhere", msg("The code is that of another project, whose name differs. Is it that one?")
    UNKNOWN_PROJECT = "unknown_project", msg("No project that you may report on has this code or name.")
    ELSEWHERE = "elsewhere", msg("The row belongs to another division.")
    ODD_CODE = "odd_code", msg("Something is odd about the code: compare it with the document.")
    UNKNOWN_AGENCY = "unknown_agency", msg("No agency is called so.")
    SEVERAL_AGENCIES = "several_agencies", msg("Several agencies are named: which one is responsible?")
    UNKNOWN_PLACE = "unknown_place", msg("No township is called so.")
    UNKNOWN_INDUSTRY = "unknown_industry", msg("GB/T 4754 has no such industry.")
    UNKNOWN_CLUSTER = "unknown_cluster", msg("No cluster is called so.")
    UNKNOWN_LEVEL = "unknown_level", msg("No level is called so.")
    UNKNOWN_SECTOR = "unknown_sector", msg("No sector is called so.")
    UNKNOWN_STAGE = "unknown_stage", msg("No stage is called so.")
    BAD_AMOUNT = "bad_amount", msg("This is not an amount.")
    BAD_MONTH = "bad_month", msg("This is not one month.")
    BAD_DAY = "bad_day", msg("This is not a day.")
    IMPOSSIBLE_DAY = "impossible_day", msg("The days of start and completion cannot be so.")
    TOO_LONG = "too_long", msg("The text is longer than the ledger keeps.")
    STAGE_CANNOT_FOLLOW = "stage_cannot_follow", msg("The project cannot move to this stage by a workbook.")
    START_POSTPONED = "start_postponed", msg("The planned start has come: it is moved by a postponement.")
    FUTURE_MONTH = "future_month", msg("The month has not come yet: nothing can be done in it.")
    PLAN_NOT_YOURS = "plan_not_yours", msg("The plan differs from the one that stands; the project office keeps it.")
    SUM_DIFFERS = "sum_differs", msg("The sum in the table is not the sum of its months.")
    FOREIGN_PROJECT = "foreign_project", msg("The project belongs to another agency: only that one reports it.")
    BAD_PERCENT = "bad_percent", msg("This is not a percentage from 0 to 100.")
    SHARE_OR_PERCENT = "share_or_percent", msg("The progress is a number up to 1: a share of the whole, or percent?")
    REPORT_WITHOUT_FIGURE = "report_without_figure", msg("The row reports the month without what was done in it.")
    REPORT_ODD = "report_odd", msg("Something in the report looks odd: is it right?")
    OTHER_YEAR = "other_year", msg("The heading names another year than the portfolio's. Is this its plan?")
    NO_ORDER = "no_order", msg("Ranks are missing or stand twice: which order counts?")
    ENDED = "ended", msg("The project was terminated: no new version holds it.")
    IMPOSSIBLE_MONTHS = "impossible_months", msg("The completion lies before the start.")
    NO_ADJUSTMENT = "no_adjustment", msg("An approved version is adjusted: for what reason?")
    NO_REASON = "no_reason", msg("Figures that stand are corrected: for what reason?")


class RowState(Word):
    """What becomes of a row when the workbook is imported."""

    NEW = "new", msg("new")
    ENTERS = "enters", msg("comes in")
    LEAVES = "leaves", msg("goes out")
    CHANGED = "changed", msg("changed")
    UNCHANGED = "unchanged", msg("unchanged")
    ASKED = "asked", msg("waits for an answer")
    LEFT_OUT = "left_out", msg("left out")


class SheetAnswer(Word):
    """Answers that can be chosen, besides records, texts and days."""

    LEAVE_OUT = "leave_out", msg("Leave the row out")
    AS_IT_STANDS = "as_it_stands", msg("Leave it as it stands")
    AS_TEXT = "as_text", msg("Keep the words as the address")
    NEW = "new", msg("A new project")
    CONFIRM = "confirm", msg("The document says so")
    AS_SHARE = "as_share", msg("A share: 0.45 is 45 %")
    AS_PERCENT = "as_percent", msg("Percent: 0.45 is 0.45 %")
    ROW_ORDER = "row_order", msg("The order of the rows")
    RANKS_FIRST = "ranks_first", msg("The ranks; rows without one of their own stand behind")
    MONTHS_COUNT = "months_count", msg("The months are right")


class Unit(Word):
    """Units in which workbooks give amounts; `rules.cells` knows what each is worth."""

    YUAN = "yuan", msg("yuan")
    THOUSAND = "thousand_yuan", msg("thousand yuan")
    WAN = "wan", msg("ten thousand yuan")
    MILLION = "million_yuan", msg("million yuan")
    YI = "yi", msg("hundred million yuan")
    MU = "mu", msg("mu")
    HECTARE = "hectare", msg("hectares")
    SQUARE_METER = "square_meter", msg("square meters")
    TCE = "tce", msg("tons of standard coal")
    WAN_TCE = "wan_tce", msg("ten thousand tons of standard coal")
