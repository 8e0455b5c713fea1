"""When a month is locked, who is late, and what is asked about a report: it may be right, and it may be mistyped.

Money is yuan, progress percent of completion. Nothing is changed here: a doubt is a question with its numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sushui.kernel.months import end_of, month_of, months_after
from sushui.projects.enums import ReportDoubt

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class ReportLimits:
    """The dated settings ``project_reports.*``; no source states them for every county.

    ``cut_off_day``: of the next month, after which a month is locked; the 25th is the day on which one county closes
    the monthly table of projects of 5 to 50 million yuan. ``gap_points``: how far the money may be from the physical
    progress, in percentage points, before it is asked about.
    """

    cut_off_day: int = 25
    gap_points: int = 20


# --- locked ----------------------------------------------------------------------------------------------------------
def cut_off_on(month: date, limits: ReportLimits) -> date:
    """The last day on which a month is reported in time; the last of its month where that is shorter."""
    following = months_after(month_of(month), 1)
    return min(following + timedelta(days=limits.cut_off_day - 1), end_of(following))


def is_locked(month: date, on: date, limits: ReportLimits) -> bool:
    """Whether a month is locked: what is given then is late, needs a reason and is listed."""
    return on > cut_off_on(month, limits)


def last_locked_month(on: date, limits: ReportLimits) -> date:
    """The newest month that is locked."""
    before = months_after(month_of(on), -1)
    return before if is_locked(before, on, limits) else months_after(before, -1)


# --- asked about -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Said:
    """What a report says of a month."""

    done: Decimal
    cumulative: Decimal | None = None
    progress: Decimal | None = None


@dataclass(frozen=True)
class Before:
    """What was known before the month: done in all, and the physical progress last said. ``month`` None: nothing.

    ``later``: what is done in later months already, when a month is given or corrected after them.
    """

    month: date | None = None
    cumulative: Decimal = Decimal()
    progress: Decimal | None = None
    later: Decimal = Decimal()


@dataclass(frozen=True)
class Doubt:
    """A question about a report, with its numbers. Confirmed by its ``key``: with other numbers it is another one."""

    doubt: ReportDoubt
    numbers: Mapping[str, Decimal]

    @property
    def key(self) -> str:
        return ":".join([self.doubt.value, *(f"{number.normalize():f}" for number in self.numbers.values())])


def done_in_all(said: Said, before: Before) -> Decimal:
    """What is done since the project began: as the report says, else what was known and this month."""
    return said.cumulative if said.cumulative is not None else before.cumulative + said.done


def moved_sum(cumulative: Decimal | None, was: Decimal, now: Decimal) -> Decimal | None:
    """What was said to be done in all, after what is done in its month became another; never below the month itself."""
    return None if cumulative is None else max(cumulative - was + now, now)


def doubts_about(said: Said, before: Before, total: Decimal | None, limits: ReportLimits) -> list[Doubt]:
    """What is asked about a report, in the order in which a person would look at it; ``total`` unknown asks nothing."""
    return [*_sums(said, before), *_against_total(said, before, total), *_progress(said, before, total, limits)]


def _sums(said: Said, before: Before) -> Iterator[Doubt]:
    if said.cumulative is None or (before.month is None and said.cumulative >= said.done):
        return
    if said.cumulative < before.cumulative:
        numbers = {"before": before.cumulative, "now": said.cumulative}
        yield Doubt(ReportDoubt.CUMULATIVE_FALLS, numbers)
    elif said.cumulative != before.cumulative + said.done:
        numbers = {"before": before.cumulative, "done": said.done, "now": said.cumulative}
        yield Doubt(ReportDoubt.SUM_DIFFERS, numbers)


def _against_total(said: Said, before: Before, total: Decimal | None) -> Iterator[Doubt]:
    done = max(done_in_all(said, before), before.cumulative + said.done) + before.later
    if total is not None and done > total:
        yield Doubt(ReportDoubt.EXCEEDS_TOTAL, {"now": done, "total": total})


def _progress(said: Said, before: Before, total: Decimal | None, limits: ReportLimits) -> Iterator[Doubt]:
    if said.progress is None:
        return
    if before.progress is not None and said.progress < before.progress:
        yield Doubt(ReportDoubt.PROGRESS_FALLS, {"before_percent": before.progress, "percent": said.progress})
    if total:
        share = (done_in_all(said, before) * HUNDRED / total).quantize(Decimal("0.1"))
        gap = abs(share - said.progress)
        if gap > limits.gap_points:
            numbers = {"share": share, "percent": said.progress, "gap": gap, "limit": Decimal(limits.gap_points)}
            yield Doubt(ReportDoubt.PROGRESS_DIFFERS, numbers)
