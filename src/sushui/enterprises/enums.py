"""Words of the room of enterprises."""

from __future__ import annotations

from sushui.kernel.words import Word, msg


class LegalForm(Word):
    """What an enterprise is in law."""

    LIMITED = "limited", msg("Limited liability company")
    JOINT_STOCK = "joint_stock", msg("Joint-stock company")
    STATE_OWNED = "state_owned", msg("Enterprise owned by the whole people")
    COLLECTIVE = "collective", msg("Collective enterprise")
    SOLE = "sole", msg("Sole proprietorship enterprise")
    PARTNERSHIP = "partnership", msg("Partnership enterprise")
    COOPERATIVE = "cooperative", msg("Farmers' cooperative")
    BRANCH = "branch", msg("Branch")
    SELF_EMPLOYED = "self_employed", msg("Self-employed household")
    OTHER = "other", msg("Another form")


class EnterpriseStatus(Word):
    """How an enterprise stands."""

    PREPARING = "preparing", msg("Being set up")
    OPERATING = "operating", msg("Operating")
    HALTED = "halted", msg("Production halted")
    MOVED = "moved", msg("Moved away")
    CLOSED = "closed", msg("Closed down")
    DEREGISTERED = "deregistered", msg("Deregistered")


class EnterpriseSize(Word):
    """Size by the table of 2011; unknown where a figure or a bound of the table is."""

    LARGE = "large", msg("Large")
    MEDIUM = "medium", msg("Medium-sized")
    SMALL = "small", msg("Small")
    MICRO = "micro", msg("Micro")
    UNKNOWN = "unknown", msg("Size not known")


class SizeClass(Word):
    """The classes of industries of the table of 2011."""

    FARMING = "farming", msg("Farming, forestry, animal husbandry and fishery")
    INDUSTRY = "industry", msg("Industry as a whole")
    CONSTRUCTION = "construction", msg("Construction industry")
    WHOLESALE = "wholesale", msg("Wholesale trade")
    RETAIL = "retail", msg("Retail trade")
    TRANSPORT = "transport", msg("Transport")
    STORAGE = "storage", msg("Storage")
    POST = "post", msg("Postal services")
    ACCOMMODATION = "accommodation", msg("Accommodation")
    CATERING = "catering", msg("Catering")
    INFORMATION = "information", msg("Information transmission")
    SOFTWARE = "software", msg("Software and information technology")
    REAL_ESTATE = "real_estate", msg("Real estate development")
    PROPERTY = "property", msg("Property management")
    LEASING = "leasing", msg("Leasing and business services")
    OTHER = "other", msg("Industries not listed otherwise")


class Reach(Word):
    """Whether an enterprise's figures reach the threshold of the statistics bureau."""

    REACHED = "reached", msg("Reaches the threshold")
    BELOW = "below", msg("Below the threshold")
    UNKNOWN = "unknown", msg("Threshold not compared")


class AboveSize(Word):
    """Where an enterprise stands with the statistics bureau's list, as the register is narrowed to it."""

    LISTED = "listed", msg("Above designated size")
    CANDIDATE = "candidate", msg("Reaches the threshold, not listed")
    BELOW = "below", msg("Listed, below the threshold")


class PersonRole(Word):
    """What a person is to an enterprise."""

    LEGAL_REPRESENTATIVE = "legal_representative", msg("Legal representative")
    MANAGER = "manager", msg("Manager")
    CONTACT = "contact", msg("Contact person")
    FINANCE = "finance", msg("Person in charge of finance")
    STATISTICIAN = "statistician", msg("Person in charge of statistics")
    SAFETY = "safety", msg("Person in charge of safety")


class EnterpriseFigureKind(Word):
    """What is told of an enterprise for a month or a year. Money is yuan, the rest as the unit says."""

    REVENUE = "revenue", msg("Operating revenue")
    OUTPUT = "output", msg("Output value")
    TAX = "tax", msg("Tax paid")
    PROFIT = "profit", msg("Total profit")
    ASSETS = "assets", msg("Total assets")
    EMPLOYEES = "employees", msg("Persons employed")
    ELECTRICITY = "electricity", msg("Electricity used")
    RESEARCH = "research", msg("R&D spending")
    INVESTMENT = "investment", msg("Investment in fixed assets")
    EXPORTS = "exports", msg("Goods exported")


class FigureSource(Word):
    """Who told a figure; figures of several sources stand side by side."""

    STATISTICS = "statistics", msg("Statistical report")
    TAX_OFFICE = "tax_office", msg("Tax authority")
    POWER_COMPANY = "power_company", msg("Power supply company")
    AGENCY = "agency", msg("Responsible agency's account")
    ENTERPRISE = "enterprise", msg("The enterprise's own report")


class SheetDoubt(Word):
    """What a row of a sheet leaves open."""

    NO_NAME = "no_name", msg("The row names no enterprise.")
    ODD_CODE = "odd_code", msg("Something is odd about the credit code. Does the document say so?")
    TWICE = "twice", msg("The same credit code stands in several rows. Which one counts?")
    ALIKE = "alike", msg("The register has enterprises of nearly this name. Is it one of them?")
    ALIKE_ROWS = "alike_rows", msg("Rows of nearly the same name: are they different enterprises?")
    NO_SUCH_WORD = "no_such_word", msg("This is no word of the register. What is meant?")
    NO_SUCH_RECORD = "no_such_record", msg("No agency, place or cluster is called so. Which one is meant?")
    NO_DAY = "no_day", msg("This is no day in the past.")
    NO_AMOUNT = "no_amount", msg("This is no amount.")
    NO_UNIT = "no_unit", msg("In which unit is the money of this sheet?")
    NO_YEAR = "no_year", msg("Of which year are the figures?")
    NO_SOURCE = "no_source", msg("Who told the figures of this sheet?")


class SheetAnswer(Word):
    """Answers that are no record and no word."""

    LEAVE_OUT = "leave_out", msg("Leave the row out")
    EMPTY = "empty", msg("Leave the cell empty")
    AS_IT_STANDS = "as_it_stands", msg("It stands so in the document")
    ANOTHER = "another", msg("It is another enterprise")


class RowState(Word):
    """What becomes of a row."""

    OPEN = "open", msg("Waits for an answer")
    NEW = "new", msg("Enters the register")
    CHANGED = "changed", msg("Changes what stands")
    UNCHANGED = "unchanged", msg("Stands so already")
    LEFT_OUT = "left_out", msg("Left out")


class EnterpriseVerb(Word):
    """Acts on enterprises, as the audit chain names them."""

    REGISTER = "register_enterprise", msg("entered the enterprise")
    EDIT = "edit_enterprise", msg("edited the enterprise")
    CHANGE_STATUS = "change_enterprise_status", msg("noted how the enterprise stands")
    LIST = "list_above_size", msg("noted the entry into the above-size list")
    UNLIST = "unlist_above_size", msg("noted the leaving of the above-size list")
    ADD_PERSON = "add_enterprise_person", msg("added a person")
    EDIT_PERSON = "edit_enterprise_person", msg("edited a person")
    END_PERSON = "end_enterprise_person", msg("noted that a person left")
    REPORT = "report_enterprise_figures", msg("reported figures")
    CORRECT = "correct_enterprise_figures", msg("corrected figures")
    STAGE = "stage_enterprises", msg("sent in a list of enterprises")
    IMPORT = "import_enterprises", msg("imported a list of enterprises")
    DISCARD = "discard_enterprises", msg("dropped a list of enterprises")


FIELDS = {
    "name": msg("Name of the enterprise"),
    "code": msg("Unified social credit code"),
    "former_names": msg("Former names"),
    "legal_form": msg("Legal form"),
    "industry_code": msg("Industry"),
    "cluster_id": msg("Cluster"),
    "place_id": msg("Place"),
    "zone_id": msg("Development zone"),
    "agency_id": msg("Responsible agency"),
    "address": msg("Address"),
    "established_on": msg("Established on"),
    "registered_capital": msg("Registered capital"),
    "has_qualification": msg("Construction qualification"),
    "note": msg("Note"),
    "status": msg("How it stands"),
    "on": msg("From"),
    "person": msg("Person"),
    "role": msg("Role in the enterprise"),
    "period": msg("Period"),
    "source": msg("Told by"),
    "figures": msg("Figures"),
    "confirmed": msg("Confirmed though odd"),
    "file": msg("File"),
    "rows": msg("Rows"),
}
VALUES: dict[str, tuple[type[Word], ...]] = {
    "legal_form": (LegalForm,),
    "status": (EnterpriseStatus,),
    "role": (PersonRole,),
    "source": (FigureSource,),
}
RECORDS = {
    "enterprises.enterprise": msg("Enterprise"),
    "enterprises.enterprisesheet": msg("Sheet sent in"),
}
