"""A version of the portfolio as its page tells it: totals that open their rows, rates, acts, and what differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sushui.kernel import clock
from sushui.kernel.components import Change, StoryEntry
from sushui.kernel.labels import label_of, label_of_field, label_of_value
from sushui.kernel.models import AuditLine
from sushui.kernel.stories import entry_of
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import Word, msg
from sushui.organizations.queries import division_tree
from sushui.projects import queries
from sushui.projects.enums import (
    EntryField,
    FundingSource,
    PortfolioGroup,
    PortfolioState,
    ProjectLevel,
    ProjectSector,
    Standing,
)
from sushui.projects.models import PortfolioVersion, ProjectPortfolio
from sushui.projects.panels.wording import money_in_words, month_in_words
from sushui.projects.permissions import may_approve_portfolio, may_keep_portfolio
from sushui.projects.queries import portfolios
from sushui.projects.queries.portfolios import EntryFilter
from sushui.projects.rules import ratios
from sushui.projects.rules.portfolios import Comparison, EntryRow, FieldChange, GroupTotals, Totals, grouped, totals_of
from sushui.projects.rules.ratios import ProjectLife, Ratio

WORDS: Mapping[PortfolioGroup, type[Word]] = {
    PortfolioGroup.LEVEL: ProjectLevel,
    PortfolioGroup.SECTOR: ProjectSector,
    PortfolioGroup.SOURCE: FundingSource,
}
LABELS = {
    "put-in": msg("Put projects in"),
    "discuss": msg("Note the discussion"),
    "approve": msg("Approve"),
    "draft-next": msg("Draft the next version"),
    "adjust": msg("Adjust"),
    "import": msg("Import an edited version"),
}
MONEY = frozenset({"planned", "total"})
MONTHS = frozenset({"start_month", "completion_month"})


@dataclass(frozen=True)
class GroupLine:
    """The totals of one group, with the address of its rows."""

    label: str
    url: str
    totals: Totals


@dataclass(frozen=True)
class GroupTable:
    """Totals by one thing; they sum to those of the version."""

    by: PortfolioGroup
    lines: list[GroupLine]

    @property
    def title(self) -> str:
        return label_of(self.by)

    @property
    def has_plans(self) -> bool:
        """Whether the year's investment can be parted so."""
        return self.by is not PortfolioGroup.SOURCE


@dataclass(frozen=True)
class RateLine:
    """One of the three rates, its part and whole with the addresses of their rows."""

    label: str
    ratio: Ratio
    part_url: str
    whole_url: str
    is_money: bool = False


@dataclass(frozen=True)
class VersionOffer:
    """What can be done to the version now."""

    verb: str
    url: str

    @property
    def label(self) -> str:
        return _(LABELS[self.verb])


@dataclass
class VersionSheet:
    """A version with its rows, as its page shows it; rows and lives are read once."""

    viewer: Viewer
    version: PortfolioVersion

    @cached_property
    def rows(self) -> list[EntryRow]:
        return portfolios.entry_rows(self.version)

    @cached_property
    def lives(self) -> dict[int, ProjectLife]:
        return portfolios.lives_of(self.version)

    @property
    def today(self) -> date:
        """By which day's ledger the rates are counted."""
        return clock.today()

    @cached_property
    def totals(self) -> Totals:
        return totals_of(self.rows)

    @cached_property
    def names(self) -> Names:
        return Names(self.viewer, self.version.portfolio)

    @property
    def may_keep(self) -> bool:
        """Whether the viewer may change the list as it is now."""
        return self.version.state is PortfolioState.DRAFT and bool(
            may_keep_portfolio(self.viewer, self.version.portfolio)
        )

    def narrowed(self, wanted: EntryFilter) -> list[EntryRow]:
        """The rows that a filter leaves."""
        return portfolios.narrowed_rows(self.rows, wanted, self.lives)

    def choices(self, by: PortfolioGroup) -> list[tuple[str, str]]:
        """The groups that there are, for a chip."""
        return [(each.key or portfolios.NONE_SAID, self.names.said(by, each.key)) for each in self._parted[by]]

    @cached_property
    def _parted(self) -> dict[PortfolioGroup, list[GroupTotals]]:
        return {by: grouped(self.rows, by) for by in PortfolioGroup}

    @cached_property
    def groups(self) -> list[GroupTable]:
        return [self._group(by) for by in PortfolioGroup]

    def _group(self, by: PortfolioGroup) -> GroupTable:
        lines = [
            GroupLine(self.names.said(by, each.key), self._rows_url(EntryFilter({by: each.key})), each.totals)
            for each in self._parted[by]
        ]
        return GroupTable(by, lines)

    def _rows_url(self, wanted: EntryFilter) -> str:
        return f"?{wanted.query}#rows"

    @cached_property
    def rates(self) -> list[RateLine]:
        """开工率, 投产率, 达效率, by what the projects of the version have come to by now."""
        lives = [self.lives[row.project_id] for row in self.rows]
        parts = (
            (_("Started of those signed"), ratios.start_rate(lives), Standing.SIGNED_STARTED, Standing.SIGNED),
            (
                _("In production of those started"),
                ratios.production_rate(lives),
                Standing.STARTED_PRODUCING,
                Standing.STARTED,
            ),
            (_("Output of that expected"), ratios.target_rate(lives), Standing.PRODUCING, Standing.PRODUCING),
        )
        urls = {each: self._rows_url(EntryFilter(standing=each)) for each in Standing}
        return [
            RateLine(label, ratio, urls[part], urls[whole], is_money=part is Standing.PRODUCING)
            for label, ratio, part, whole in parts
        ]

    @cached_property
    def offers(self) -> list[VersionOffer]:
        """Acts on the version, in the order of their use."""
        version, found = self.version, []
        if self.may_keep:
            found += ["put-in", "discuss"]
        if version.state is PortfolioState.DISCUSSED and may_approve_portfolio(self.viewer, version.portfolio):
            found.append("approve")
        if may_keep_portfolio(self.viewer, version.portfolio):
            found.append("adjust" if version.is_final else "draft-next")
            found.append("import")
        return [VersionOffer(verb, self._act_url(verb)) for verb in found]

    def _act_url(self, verb: str) -> str:
        if verb == "import":
            return (
                f"{reverse('projects:portfolio-import', args=[self.version.portfolio_id])}?based_on={self.version.pk}"
            )
        name = "draft-next" if verb == "adjust" else verb
        return reverse(f"projects:portfolio-{name}", args=[self.version.pk])

    @cached_property
    def others(self) -> list[tuple[PortfolioVersion, str]]:
        """The other versions, each with the address of what differs: from the older to the newer."""
        rows = self.version.portfolio.versions.exclude(pk=self.version.pk).order_by("-number")
        return [(each, compare_url(each, self.version)) for each in rows]

    @cached_property
    def story(self) -> list[StoryEntry]:
        return [entry_of(line, _line_changes(line)) for line in reversed(portfolios.version_story(self.version))]


def compare_url(one: PortfolioVersion, other: PortfolioVersion) -> str:
    """Where the older of two versions is held against the newer one."""
    older, newer = sorted((one, other), key=lambda each: each.number)
    return reverse("projects:portfolio-compare", args=[older.pk, newer.pk])


@dataclass(frozen=True)
class Names:
    """What the keys of groups are called."""

    viewer: Viewer
    portfolio: ProjectPortfolio
    _records: dict[PortfolioGroup, dict[str, str]] = field(default_factory=dict)

    def said(self, by: PortfolioGroup, key: str) -> str:
        """The label of a group; what nobody has said is called so."""
        if not key:
            return _("not said")
        if by in WORDS:
            return label_of(WORDS[by](key))
        return self._of(by).get(key, key)

    def _of(self, by: PortfolioGroup) -> Mapping[str, str]:
        if by not in self._records:
            clusters = by is PortfolioGroup.CLUSTER
            rows = queries.clusters(self.portfolio.division_id).values_list("pk", "name") if clusters else _places(self)
            self._records[by] = {str(number): name for number, name in rows}
        return self._records[by]


def _places(names: Names) -> list[tuple[int, str]]:
    return [(row.division.pk, row.division.name) for row in division_tree(names.viewer)]


# --- two versions ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ChangeWords:
    """A change as people read it: from, to, by how much."""

    label: str
    before: str
    after: str
    difference: str


@dataclass(frozen=True)
class MoveLine:
    """A project that moved between two versions."""

    row: EntryRow
    changes: list[ChangeWords]


@dataclass(frozen=True)
class ComparisonSheet:
    """Two versions held against each other, in words."""

    before: PortfolioVersion
    after: PortfolioVersion
    found: Comparison
    moved: list[MoveLine]

    @property
    def total_difference(self) -> str:
        return signed_money(self.found.after.total - self.found.before.total)

    @property
    def planned_difference(self) -> str:
        return signed_money((self.found.after.planned or Decimal()) - (self.found.before.planned or Decimal()))

    @property
    def count_difference(self) -> str:
        return f"{self.found.after.count - self.found.before.count:+d}"


def comparison_sheet(before: PortfolioVersion, after: PortfolioVersion, found: Comparison) -> ComparisonSheet:
    lines = [MoveLine(move.after, [change_words(each) for each in move.changes]) for move in found.moved]
    return ComparisonSheet(before, after, found, lines)


def change_words(change: FieldChange) -> ChangeWords:
    before, after = (_value(change.field, value) for value in (change.before, change.after))
    return ChangeWords(label_of(change.field), before, after, _by(change))


def _value(name: EntryField, value: Any) -> str:
    if value is None:
        return "—"
    if isinstance(value, Decimal):
        return money_in_words(value)
    return month_in_words(value) if isinstance(value, date) else str(value)


def _by(change: FieldChange) -> str:
    """By how much: more or less money, later or earlier months, ranks up or down."""
    by = change.difference
    if by is None:
        return ""
    if isinstance(by, Decimal):
        return signed_money(by)
    count = abs(by)
    if change.field is EntryField.POSITION:
        up = ngettext("%(count)d rank up", "%(count)d ranks up", count)
        down = ngettext("%(count)d rank down", "%(count)d ranks down", count)
        return (up if by < 0 else down) % {"count": count}
    earlier = ngettext("%(count)d month earlier", "%(count)d months earlier", count)
    later = ngettext("%(count)d month later", "%(count)d months later", count)
    return (earlier if by < 0 else later) % {"count": count}


def signed_money(amount: Decimal) -> str:
    """A difference of money with its sign."""
    return f"{'+' if amount > 0 else '-' if amount < 0 else ''}{money_in_words(abs(amount))}"


# --- the story -------------------------------------------------------------------------------------------------------
def _line_changes(line: AuditLine) -> Iterable[Change]:
    for name, value in line.after.items():
        before, after = (_said(line.verb, name, each) for each in (line.before.get(name), value))
        if name in {"filter", "based_on", "on"} or (before == after and name != "project"):
            continue
        yield Change(label_of_field(line.verb, name), None if name == "project" else before or None, after)


def _said(verb: str, name: str, value: Any) -> str:
    if value in (None, "", []):
        return ""
    if isinstance(value, list):
        return _(", ").join(map(str, value))
    if name in MONEY:
        return money_in_words(Decimal(str(value)))
    if name in MONTHS:
        return month_in_words(date.fromisoformat(str(value)))
    return label_of_value(verb, name, str(value))
