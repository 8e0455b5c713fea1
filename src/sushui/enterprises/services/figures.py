"""Figures of enterprises: raw, signed, from several sources side by side. Nothing is overwritten."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from sushui.enterprises.enums import EnterpriseFigureKind, EnterpriseVerb, FigureSource
from sushui.enterprises.models import Enterprise, EnterpriseFigure
from sushui.enterprises.permissions import (
    is_own_enterprise,
    may_report_enterprise_figures,
    may_see_statistical_figures,
)
from sushui.enterprises.queries import FigureKey, newest_amounts
from sushui.enterprises.services.measuring import measure_enterprises
from sushui.kernel import clock
from sushui.kernel.audit import record_acts
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.labels import label_of
from sushui.kernel.requirements import require_amount, require_past
from sushui.kernel.viewer import Viewer

BATCH = 1_000
FIRST_YEAR = 1990


@dataclass(frozen=True)
class FigureDraft:
    """One figure that was told: yuan, persons or kWh. ``month`` 0 is the whole year.

    ``told_on`` is the day of the paper (default: today). ``reason`` says why it corrects what the same source told
    before.
    """

    enterprise_id: int
    year: int
    kind: EnterpriseFigureKind
    amount: Decimal
    source: FigureSource
    month: int = 0
    told_on: date | None = None
    document: str = ""
    reason: str = ""

    @property
    def key(self) -> tuple[int, FigureKey]:
        return (self.enterprise_id, (self.year, self.month, self.kind, self.source))


@dataclass(frozen=True)
class Recorded:
    """What was done with a set of figures."""

    new: int
    corrected: int
    unchanged: int


@transaction.atomic
def report_enterprise_figures(viewer: Viewer, figures: Sequence[FigureDraft]) -> Recorded:
    """Write figures down, all or none.

    What the same source told already and stands unchanged is left alone; another amount becomes the next version and
    needs a reason. An enterprise tells only as itself.

    Raises:
        DomainError: ``figure_twice``, ``period_in_future``, ``no_such_month``, ``correction_without_reason``,
            ``amount_below_zero``, ``amount_too_large``, ``day_in_future``.
    """
    numbers = {each.enterprise_id for each in figures}
    rows = {row.pk: row for row in Enterprise.objects.select_for_update(of=("self",)).filter(pk__in=numbers)}
    _refuse_others(viewer, figures, rows)
    _refuse_figures(figures)
    standing = newest_amounts(rows)
    changed = [each for each in figures if standing.get(each.key) != each.amount]
    corrected = {each.key for each in changed if each.key in standing}
    _refuse_silent_correction(changed, corrected, rows)
    _write(viewer, changed, rows, corrected)
    _tell(viewer, changed, rows, standing, corrected)
    measure_enterprises({each.enterprise_id for each in changed})
    return Recorded(len(changed) - len(corrected), len(corrected), len(figures) - len(changed))


# --- refusals --------------------------------------------------------------------------------------------------------
def _refuse_others(viewer: Viewer, figures: Sequence[FigureDraft], rows: Mapping[int, Enterprise]) -> None:
    told: dict[int, set[FigureSource]] = defaultdict(set)
    for each in figures:
        told[each.enterprise_id].add(each.source)
    for number, sources in told.items():
        if number not in rows or not _may_tell(viewer, rows[number], sources):
            raise Forbidden


def _may_tell(viewer: Viewer, enterprise: Enterprise, sources: Collection[FigureSource]) -> bool:
    """Who may tell figures of these sources; nobody writes for statistics who may not read them."""
    if not may_report_enterprise_figures(viewer, enterprise):
        return False
    if FigureSource.STATISTICS in sources and not may_see_statistical_figures(viewer, enterprise):
        return False
    return set(sources) <= {FigureSource.ENTERPRISE} or not is_own_enterprise(viewer, enterprise)


def _refuse_figures(figures: Sequence[FigureDraft]) -> None:
    twice = [key for key, count in Counter(each.key for each in figures).items() if count > 1]
    if twice:
        _number, (year, month, kind, _source) = twice[0]
        raise DomainError(
            "figure_twice",
            _("%(kind)s of %(period)s is told twice."),
            _("Give each figure once."),
            kind=label_of(kind),
            period=_period(year, month),
        )
    for each in figures:
        _refuse_period(each.year, each.month)
        require_past(each.told_on or clock.today())
        require_amount(abs(each.amount) if each.kind is EnterpriseFigureKind.PROFIT else each.amount)


def _refuse_period(year: int, month: int) -> None:
    today = clock.today()
    if not 0 <= month <= 12:
        raise DomainError("no_such_month", _("There is no month %(month)s."), _("Give 1 to 12."), month=month)
    if not year >= FIRST_YEAR or (year, month) > (today.year, today.month):
        raise DomainError(
            "period_in_future",
            _("%(period)s cannot be told of."),
            _("Give a period from %(first)s until now."),
            period=_period(year, month),
            first=FIRST_YEAR,
        )


def _refuse_silent_correction(
    changed: Sequence[FigureDraft], corrected: Collection[tuple[int, FigureKey]], rows: Mapping[int, Enterprise]
) -> None:
    silent = next((each for each in changed if each.key in corrected and not each.reason.strip()), None)
    if silent is not None:
        raise DomainError(
            "correction_without_reason",
            _("%(kind)s of %(period)s of “%(name)s” stands with another amount from the same source."),
            _("Say why it is corrected; what was told before is kept beside it."),
            kind=label_of(silent.kind),
            period=_period(silent.year, silent.month),
            name=rows[silent.enterprise_id].name,
        )


def _period(year: int, month: int) -> str:
    return f"{year}-{month:02}" if month else str(year)


# --- writing ---------------------------------------------------------------------------------------------------------
def _write(
    viewer: Viewer,
    changed: Sequence[FigureDraft],
    rows: Mapping[int, Enterprise],
    corrected: Collection[tuple[int, FigureKey]],
) -> None:
    numbers = _last_numbers({number for number, _key in corrected})
    moment, today = clock.now(), clock.today()
    EnterpriseFigure.objects.bulk_create(
        [
            EnterpriseFigure(
                enterprise_id=each.enterprise_id,
                division_id=rows[each.enterprise_id].division_id,
                year=each.year,
                month=each.month,
                kind=each.kind,
                source=each.source,
                number=numbers.get(each.key, 0) + 1,
                amount=each.amount,
                told_on=each.told_on or today,
                document=each.document.strip(),
                at=moment,
                user_id=viewer.user_id,
                post_id=viewer.post_id,
                reason=each.reason.strip(),
            )
            for each in changed
        ],
        BATCH,
    )


def _last_numbers(enterprise_ids: Collection[int]) -> dict[tuple[int, FigureKey], int]:
    if not enterprise_ids:
        return {}
    rows = EnterpriseFigure.objects.filter(enterprise_id__in=enterprise_ids).order_by()
    found = rows.values_list("enterprise_id", "year", "month", "kind", "source").annotate(last=Max("number"))
    return {(number, (year, month, kind, source)): last for number, year, month, kind, source, last in found}


def _tell(
    viewer: Viewer,
    changed: Sequence[FigureDraft],
    rows: Mapping[int, Enterprise],
    standing: Mapping[tuple[int, FigureKey], Decimal],
    corrected: Collection[tuple[int, FigureKey]],
) -> None:
    """One line of the audit chain for each enterprise, source and reason.

    A line on statistical figures names no amount: the story is read by others than the figures are.
    """
    lines: dict[tuple[bool, int, FigureSource, str], list[FigureDraft]] = defaultdict(list)
    for each in changed:
        lines[each.key in corrected, each.enterprise_id, each.source, each.reason].append(each)
    for is_correction, verb in ((False, EnterpriseVerb.REPORT), (True, EnterpriseVerb.CORRECT)):
        acts = []
        for (corrects, number, source, reason), told in lines.items():
            if corrects is not is_correction:
                continue
            before = {"figures": _said(source, told, [standing[each.key] for each in told])} if corrects else {}
            after = {
                "period": _periods(told),
                "source": source,
                "figures": _said(source, told, [each.amount for each in told]),
            }
            acts.append((rows[number], before, after, reason.strip()))
        record_acts(viewer, verb, acts)


def _periods(told: Sequence[FigureDraft]) -> str:
    """``2025``, or from which period to which."""
    periods = sorted({_period(each.year, each.month) for each in told})
    return " – ".join(dict.fromkeys((periods[0], periods[-1])))


def _said(source: FigureSource, told: Sequence[FigureDraft], amounts: Sequence[Decimal]) -> dict[str, str]:
    """Amounts by kind and period."""
    is_hidden = source is FigureSource.STATISTICS
    pairs = zip(told, amounts, strict=True)
    return {f"{each.kind} {_period(each.year, each.month)}": "" if is_hidden else str(sum_) for each, sum_ in pairs}
