"""Words of the year's portfolio, its versions and what is done to them; and of yearly output."""

from __future__ import annotations

from sushui.kernel.words import Word, msg


class PortfolioState(Word):
    """How far a version of the year's list has come. The last two are final: nobody changes such a version."""

    DRAFT = "draft", msg("Draft version")
    DISCUSSED = "discussed", msg("Discussed version")
    APPROVED = "approved", msg("Approved version")
    ADJUSTED = "adjusted", msg("Adjusted version")


class PortfolioGroup(Word):
    """By what the totals of a version are made."""

    CLUSTER = "cluster", msg("By cluster")
    LEVEL = "level", msg("By level")
    SECTOR = "sector", msg("By sector")
    SOURCE = "source", msg("By source of money")
    PLACE = "place", msg("By township")


class EntryField(Word):
    """What two versions may say differently of a project."""

    POSITION = "position", msg("Rank in the portfolio")
    TOTAL = "total", msg("Total investment")
    PLANNED = "planned", msg("Investment planned for the year")
    START = "start_month", msg("Planned start")
    COMPLETION = "completion_month", msg("Planned completion")


class Standing(Word):
    """How far projects of a version have come, as the three rates of 三个一批 count them."""

    SIGNED = "signed", msg("Signed")
    SIGNED_STARTED = "signed_started", msg("Signed and started")
    STARTED = "started", msg("With construction begun")
    STARTED_PRODUCING = "started_producing", msg("Started and in production")
    PRODUCING = "producing", msg("In production, with output to be compared")


class PortfolioVerb(Word):
    """Acts on the year's portfolio, as the audit chain names them."""

    OPEN = "open_portfolio", msg("opened the year's portfolio")
    DRAFT = "draft_portfolio", msg("drafted a version of the portfolio")
    PUT_IN = "put_into_portfolio", msg("put projects into the portfolio")
    TAKE_OUT = "take_out_of_portfolio", msg("took a project out of the portfolio")
    MOVE = "move_in_portfolio", msg("moved a project within the portfolio")
    CHANGE = "change_in_portfolio", msg("changed a project's figures in the portfolio")
    DISCUSS = "discuss_portfolio", msg("noted that the version was discussed")
    APPROVE = "approve_portfolio", msg("approved the version")
    EXPORT = "export_portfolio", msg("exported a version of the portfolio")


class OutputVerb(Word):
    """Acts on yearly output."""

    RECORD = "record_output", msg("recorded the yearly output")


PORTFOLIO_FIELDS = {
    "year": msg("Year"),
    "name": msg("Called"),
    "number": msg("Version"),
    "state": msg("State"),
    "count": msg("Projects"),
    "projects": msg("Projects"),
    "project": msg("Project"),
    "position": msg("Rank in the portfolio"),
    "planned": msg("Investment planned for the year"),
    "total": msg("Total investment"),
    "start_month": msg("Planned start"),
    "completion_month": msg("Planned completion"),
    "note": msg("Note"),
    "on": msg("On"),
    "document": msg("Document"),
    "file": msg("File"),
    "amount": msg("Yearly output"),
}
PORTFOLIO_VALUES: dict[str, tuple[type[Word], ...]] = {"state": (PortfolioState,)}
PORTFOLIO_RECORDS = {
    "projects.projectportfolio": msg("Portfolio"),
    "projects.portfolioversion": msg("Version of the portfolio"),
}
