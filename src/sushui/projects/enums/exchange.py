"""Words of the exchange with other publishers."""

from __future__ import annotations

from sushui.kernel.words import Word, msg


class ExchangeState(Word):
    """What becomes of a project of a document when it is taken over."""

    NEW = "new", msg("new")
    CHANGED = "changed", msg("changed")
    UNCHANGED = "unchanged", msg("unchanged")
    REFUSED = "refused", msg("refused")


class ExchangeVerb(Word):
    """Acts of the exchange, as the audit chain names them."""

    EXPORT = "export_oc4ids", msg("published projects as OC4IDS")
    STAGE = "stage_oc4ids", msg("sent in projects as OC4IDS")
    IMPORT = "import_oc4ids", msg("took over projects from OC4IDS")


EXCHANGE_FIELDS = {
    "file_name": msg("File"),
    "count": msg("Projects"),
    "new": msg("New projects"),
    "changed": msg("Changed projects"),
}
EXCHANGE_RECORDS = {"projects.exchangedraft": msg("File of projects sent in")}
