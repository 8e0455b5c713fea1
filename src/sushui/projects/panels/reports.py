"""What monthly reports say in words: the questions about one, the versions of one, who has reported a month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from sushui.kernel.components import Tab
from sushui.kernel.labels import label_of
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import msg
from sushui.projects import queries
from sushui.projects.enums import FundingSource, Punctuality, ReportDoubt
from sushui.projects.models import Bottleneck, MonthlyReport, MonthlyReportVersion, Project
from sushui.projects.panels.wording import money_in_words
from sushui.projects.queries import ReportFilter
from sushui.projects.rules.reports import Doubt

if TYPE_CHECKING:
    from sushui.documents.models import Attachment

# One question for each doubt of rules/reports.py.
QUESTIONS: Mapping[ReportDoubt, str] = {
    ReportDoubt.CUMULATIVE_FALLS: msg("%(before)s were done in all a month before, now it is %(now)s: is that right?"),
    ReportDoubt.SUM_DIFFERS: msg(
        "%(before)s were done in all before; with %(done)s of this month that is not %(now)s: is that right?"
    ),
    ReportDoubt.EXCEEDS_TOTAL: msg(
        "With it %(now)s are done, more than the whole project is to cost (%(total)s): is the unit right?"
    ),
    ReportDoubt.PROGRESS_FALLS: msg(
        "The physical progress was %(before_percent)s%% a month before, now it is %(percent)s%%: is that right?"
    ),
    ReportDoubt.PROGRESS_DIFFERS: msg(
        "%(share)s%% of the money is spent and %(percent)s%% is built: %(gap)s points apart, more than %(limit)s. "
        "Is that right?"
    ),
}
_MONEY = frozenset({"before", "done", "now", "total"})


def question_of(doubt: Doubt) -> str:
    """What is asked, with its numbers."""
    return _(QUESTIONS[doubt.doubt]) % {name: _said(name, number) for name, number in doubt.numbers.items()}


def confirmed_question(said: Mapping[str, Any]) -> str:
    """What was asked about and confirmed, as a version keeps it."""
    numbers = {name: Decimal(number) for name, number in said["numbers"].items()}
    return question_of(Doubt(ReportDoubt(said["doubt"]), numbers))


def _said(name: str, number: Decimal) -> str:
    return money_in_words(number) if name in _MONEY else f"{number.normalize():f}"


# --- the reports of a project ----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class VersionLine:
    """A version as it was given: what was confirmed, money received by source, whether the project's unit gave it."""

    version: MonthlyReportVersion
    confirmed: list[str]
    sources: list[tuple[str, Decimal]]
    is_current: bool
    is_by_unit: bool


@dataclass(frozen=True)
class ReportLine:
    """The report of a month: what counts now, everything that was given before, photos, what holds the project up."""

    report: MonthlyReport
    versions: list[VersionLine]
    photos: list[Attachment]
    bottlenecks: list[Bottleneck]

    @property
    def current(self) -> VersionLine:
        return self.versions[0]

    @property
    def older(self) -> list[VersionLine]:
        return self.versions[1:]


def report_lines(viewer: Viewer, project: Project, year: int) -> list[ReportLine]:
    """The reports of a year, the newest month first; as many queries for one as for twelve."""
    reports = queries.reports_of(project, year)
    photos = queries.photos_of(viewer, reports)
    return [
        ReportLine(each, _versions(each, project), photos.get(each.pk, []), list(each.bottlenecks.all()))
        for each in reports
    ]


def _versions(report: MonthlyReport, project: Project) -> list[VersionLine]:
    return [
        VersionLine(
            each,
            [confirmed_question(said) for said in each.confirmed],
            [(label_of(FundingSource(source)), Decimal(amount)) for source, amount in each.sources.items()],
            each.pk == report.current_id,
            queries.is_by_unit(each, project),
        )
        for each in report.versions.all()
    ]


# --- who has reported ------------------------------------------------------------------------------------------------
def punctuality_tabs(month: date, narrowed: ReportFilter, agencies: Iterable[queries.AgencyPunctuality]) -> list[Tab]:
    """All of a month and its parts, each with how many there are."""
    sums = list(agencies)
    parts: tuple[tuple[str, str, Callable[[queries.AgencyPunctuality], int]], ...] = (
        ("", _("All"), lambda each: each.expected),
        (Punctuality.MISSING.value, label_of(Punctuality.MISSING), lambda each: each.missing),
        (Punctuality.AWAITED.value, label_of(Punctuality.AWAITED), lambda each: each.awaited),
        (Punctuality.LATE.value, label_of(Punctuality.LATE), lambda each: each.late),
        (Punctuality.IN_TIME.value, label_of(Punctuality.IN_TIME), lambda each: each.in_time),
    )
    counted = [(value, label, sum(map(count, sums))) for value, label, count in parts]
    return [
        Tab(label, f"?{ReportFilter(value).query(month)}", is_current=narrowed.punctuality == value, count=count)
        for value, label, count in counted
        if count or not value or value == narrowed.punctuality
    ]
