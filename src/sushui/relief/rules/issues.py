"""How the lines of the issue register are sorted into kinds and ages."""

from __future__ import annotations

from sushui.relief.enums import AgeBand, SupportKind

_KINDS = {
    "land": SupportKind.LAND,
    "energy": SupportKind.UTILITIES,
    "labor": SupportKind.WORKERS,
    "approvals": SupportKind.PERMITS,
    "infrastructure": SupportKind.UTILITIES,
    "money": SupportKind.FINANCE,
}


def age_band(days: int) -> AgeBand:
    """The band of an issue that is open for so many days."""
    for most, band in ((7, AgeBand.WEEK), (30, AgeBand.MONTH), (90, AgeBand.QUARTER)):
        if days <= most:
            return band
    return AgeBand.LONGER


def kind_of_bottleneck(kind: str) -> SupportKind:
    """The kind under which a project's bottleneck stands in the register."""
    return _KINDS.get(kind, SupportKind.OTHER)
