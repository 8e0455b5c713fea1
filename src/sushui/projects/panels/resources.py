"""Resources as pages say them: each need with its gaps, its commitments, and what can be done about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sushui.kernel import clock
from sushui.kernel.front import Block, DayEntry, Figure, register_day
from sushui.kernel.keyset import capped_count
from sushui.kernel.labels import label_of, register_verbs
from sushui.kernel.viewer import Viewer
from sushui.projects import queries
from sushui.projects.enums import FIELDS, UNITS, FundingSource, GapState, ResourceFactor, ResourceUnit, ResourceVerb
from sushui.projects.models import Project, ResourceCommitment, ResourceDelivery, ResourceNeed
from sushui.projects.panels.wording import WAN, money_in_words, month_in_words
from sushui.projects.permissions import (
    may_chase_commitment,
    may_commit_to_need,
    may_deliver,
    may_open_own_projects,
    may_state_needs,
)
from sushui.projects.queries import FactorSum, NeedFilter

FEW = 8
LATE = NeedFilter(state=GapState.OVERDUE, mine=True)


def register() -> None:
    """The verbs, and what is late on the front of the agency that promised."""
    register_verbs(ResourceVerb, FIELDS, {"factor": (ResourceFactor,)})
    register_day(DayEntry("projects.commitments", 36, may_open_own_projects, _late_figures, _late_blocks))


def _late_figures(viewer: Viewer) -> list[Figure]:
    count = capped_count(queries.needs(viewer, LATE))
    url = f"{reverse('projects:resource-list')}?{LATE.query}"
    return [Figure(gettext_lazy("Needs we are late with"), count, url, status="red")] if count else []


def _late_blocks(viewer: Viewer) -> list[Block]:
    rows = [LateLine(each) for each in queries.overdue_commitments(viewer)[:FEW]]
    url = f"{reverse('projects:resource-list')}?{LATE.query}"
    block = Block(gettext_lazy("Commitments overdue"), "projects/today/commitments.html", {"rows": rows}, url)
    return [block] if rows else []


@dataclass(frozen=True)
class LateLine:
    """A commitment of the own agency that is late, as the front page says it."""

    commitment: ResourceCommitment

    @property
    def title(self) -> str:
        return title_of(self.commitment.need)

    @property
    def days_late(self) -> int:
        return (clock.today() - self.commitment.until).days

    @property
    def left(self) -> str:
        return amount_in_words(self.commitment.need.factor, queries.promise_as_stored(self.commitment).left)


# --- amounts ---------------------------------------------------------------------------------------------------------
def amount_in_words(factor: ResourceFactor, amount: Decimal | None) -> str:
    """An amount with its unit: "120 mu"; money in 万元 or 亿元; "not known" for none."""
    if amount is None:
        return _("not known")
    if UNITS[factor] is ResourceUnit.YUAN:
        return money_in_words(amount)
    return _("%(amount)s %(unit)s") % {"amount": f"{amount.normalize():,f}", "unit": label_of(UNITS[factor])}


def number_in_words(factor: ResourceFactor, amount: Decimal | None) -> str:
    """The same without its unit, for a table that names it once; money in 万元."""
    if amount is None:
        return _("not known")
    return f"{(amount / WAN if UNITS[factor] is ResourceUnit.YUAN else amount).normalize():,f}"


def factor_with_unit(factor: ResourceFactor) -> str:
    """ "Land (mu)"; funds are counted in 万元."""
    unit = _("10k yuan") if UNITS[factor] is ResourceUnit.YUAN else label_of(UNITS[factor])
    return _("%(kind)s (%(parts)s)") % {"kind": label_of(factor), "parts": unit}


def title_of(need: ResourceNeed) -> str:
    """What is needed: the factor, what of it, and of funds their source and month."""
    parts = [label_of(need.factor), need.what]
    parts += [label_of(FundingSource(need.source))] if need.source else []
    parts += [month_in_words(need.month)] if need.month else []
    return " · ".join(filter(None, parts))


# --- one need --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Act:
    """Something that can be done: where, and what it is called."""

    url: str
    label: str


@dataclass(frozen=True)
class DeliveryLine:
    """A delivery; one that was corrected does not count any more."""

    delivery: ResourceDelivery
    amount: str
    is_corrected: bool
    correct_url: str = ""


@dataclass(frozen=True)
class CommitmentLine:
    """A commitment in words, and what can be done about it."""

    commitment: ResourceCommitment
    title: str
    amount: str
    delivered: str
    left: str
    is_overdue: bool
    days_late: int
    deliveries: Sequence[DeliveryLine]
    acts: Sequence[Act]

    @classmethod
    def of(cls, viewer: Viewer, commitment: ResourceCommitment) -> CommitmentLine:
        need, today = commitment.need, clock.today()
        promise = queries.promise_as_stored(commitment)
        is_overdue = commitment.withdrawn_on is None and promise.is_overdue(today)
        factor = need.factor
        return cls(
            commitment,
            title_of(need),
            amount=amount_in_words(factor, commitment.amount),
            delivered=amount_in_words(factor, commitment.delivered),
            left=amount_in_words(factor, promise.left),
            is_overdue=is_overdue,
            days_late=(today - commitment.until).days if is_overdue else 0,
            deliveries=_deliveries(viewer, commitment),
            acts=_commitment_acts(viewer, commitment, is_overdue=is_overdue),
        )


def _deliveries(viewer: Viewer, commitment: ResourceCommitment) -> list[DeliveryLine]:
    may = bool(may_deliver(viewer, commitment)) and commitment.withdrawn_on is None
    rows = list(commitment.deliveries.all())
    corrected = {each.corrects_id for each in rows}
    return [
        DeliveryLine(
            each,
            amount_in_words(commitment.need.factor, each.amount),
            each.pk in corrected,
            reverse("projects:delivery-correct", args=[each.pk]) if may and each.pk not in corrected else "",
        )
        for each in rows
    ]


def _commitment_acts(viewer: Viewer, commitment: ResourceCommitment, *, is_overdue: bool) -> list[Act]:
    if commitment.withdrawn_on is not None:
        return []
    may = bool(may_deliver(viewer, commitment))
    is_chased = is_overdue and commitment.task_id is None and bool(may_chase_commitment(viewer, commitment))
    allowed = (
        ("deliver", _("Record a delivery"), may),
        ("chase", _("Make a supervised task of it"), is_chased),
        ("withdraw", _("Withdraw the commitment"), may),
    )
    return [
        Act(reverse(f"projects:commitment-{verb}", args=[commitment.pk]), label) for verb, label, ok in allowed if ok
    ]


@dataclass(frozen=True)
class NeedLine:
    """A need with its gaps in words. ``overdue``: how many of its commitments are."""

    need: ResourceNeed
    title: str
    state: GapState
    amount: str
    committed: str
    delivered: str
    uncommitted: str
    undelivered: str
    commitments: Sequence[CommitmentLine] = ()
    acts: Sequence[Act] = ()

    @property
    def state_in_words(self) -> str:
        return label_of(self.state)

    @property
    def numbers(self) -> dict[str, str]:
        """The amounts without their unit, as a table says them."""
        need = self.need
        uncommitted = queries.balance_as_stored(need).uncommitted
        amounts = {"amount": need.amount, "committed": need.committed, "delivered": need.delivered}
        return {
            name: number_in_words(need.factor, amount)
            for name, amount in {**amounts, "uncommitted": uncommitted}.items()
        }

    @property
    def unit(self) -> str:
        return factor_with_unit(self.need.factor)

    @property
    def is_late(self) -> bool:
        return self.state is GapState.OVERDUE


def need_line(viewer: Viewer, need: ResourceNeed, *, is_whole: bool = False) -> NeedLine:
    """A need in words; ``is_whole`` with its commitments and what can be done."""
    balance = queries.balance_as_stored(need)
    lines = [CommitmentLine.of(viewer, _with_need(each, need)) for each in need.commitments.all()] if is_whole else []
    return NeedLine(
        need,
        title_of(need),
        balance.state(clock.today()),
        amount=amount_in_words(need.factor, need.amount),
        committed=amount_in_words(need.factor, need.committed),
        delivered=amount_in_words(need.factor, need.delivered),
        uncommitted=amount_in_words(need.factor, balance.uncommitted),
        undelivered=amount_in_words(need.factor, balance.undelivered),
        commitments=lines,
        acts=_need_acts(viewer, need) if is_whole else [],
    )


def _with_need(commitment: ResourceCommitment, need: ResourceNeed) -> ResourceCommitment:
    commitment.need = need
    return commitment


def _need_acts(viewer: Viewer, need: ResourceNeed) -> list[Act]:
    may_state = bool(may_state_needs(viewer, need.project))
    allowed = (
        ("commit", _("Commit"), bool(may_commit_to_need(viewer, need))),
        ("edit", _("Edit"), may_state),
        ("drop", _("Take away"), may_state),
    )
    return [Act(reverse(f"projects:need-{verb}", args=[need.pk]), label) for verb, label, ok in allowed if ok]


def need_lines(viewer: Viewer, rows: Iterable[ResourceNeed], *, is_whole: bool = False) -> list[NeedLine]:
    return [need_line(viewer, each, is_whole=is_whole) for each in rows]


# --- many ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class FactorLine:
    """A factor over all needs; each figure with the address of the rows that it counts."""

    title: str
    figures: Sequence[tuple[str, str, str]]  # key, in words, address


def factor_lines(rows: QuerySet[ResourceNeed], narrowed: NeedFilter) -> list[FactorLine]:
    """Each factor's figures; one query."""
    return [FactorLine(factor_with_unit(each.factor), _figures(each, narrowed)) for each in queries.factor_sums(rows)]


def _figures(found: FactorSum, narrowed: NeedFilter) -> list[tuple[str, str, str]]:
    factor = found.factor

    def at(state: str = "") -> str:
        asked = NeedFilter(factor, state, agency_id=narrowed.agency_id, project_id=narrowed.project_id)
        return f"{reverse('projects:resource-list')}?{asked.query}"

    amounts = {
        "need": (found.need, ""),
        "committed": (found.committed, ""),
        "delivered": (found.delivered, ""),
        "uncommitted": (found.uncommitted, GapState.UNCOMMITTED),
        "undelivered": (found.undelivered, GapState.UNDELIVERED),
    }
    counts = {"unknown": (found.unknown, GapState.UNKNOWN), "overdue": (found.overdue, GapState.OVERDUE)}
    said = [(key, number_in_words(factor, amount), at(state)) for key, (amount, state) in amounts.items()]
    return [("count", str(found.count), at()), *said] + [
        (key, str(count), at(state)) for key, (count, state) in counts.items()
    ]


def may_add(viewer: Viewer, project: Project) -> bool:
    """Whether the viewer says what the project needs."""
    return bool(may_state_needs(viewer, project))
