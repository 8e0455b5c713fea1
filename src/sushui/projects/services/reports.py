"""Monthly reports: given by whoever answers for the project, asked about where they look odd, locked after the cut-off.

Nothing is overwritten: what was given before stands beside what is given now, with who, when and why.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.documents.services import ReceivedFile, Target, attach_received, told
from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden, StaleRecord
from sushui.kernel.months import month_of
from sushui.kernel.versions import save_changes
from sushui.kernel.viewer import Viewer
from sushui.projects import queries
from sushui.projects.enums import BottleneckKind, FigureKind, FundingSource, ReportState, ReportVerb
from sushui.projects.models import MonthlyReport, MonthlyReportVersion, Project
from sushui.projects.permissions import may_report_on_project
from sushui.projects.queries import PHOTOS
from sushui.projects.rules.reports import Doubt, Said, doubts_about, is_locked
from sushui.projects.rules.stages import AT_REST
from sushui.projects.services.bottlenecks import raise_bottleneck
from sushui.projects.services.figures import Figure, record_figures
from sushui.projects.services.steps import locked, require_amount

HUNDRED = Decimal(100)
# What a report says, by name; each is told in the audit line where it changed.
SAID = ("done", "cumulative", "progress", "received", "next_plan", "text")


@dataclass(frozen=True)
class FoundBottleneck:
    """Something that holds the project up, as it was found with the report."""

    kind: BottleneckKind
    text: str


@dataclass(frozen=True)
class ReportDraft:
    """What a report says of a month, amounts in yuan; None is not said.

    ``cumulative``: done since the project began; ``progress``: physical progress in percent since then; ``sources``:
    what was received by funding source, of which ``received`` is the sum unless it is given.
    """

    month: date
    done: Decimal
    cumulative: Decimal | None = None
    progress: Decimal | None = None
    received: Decimal | None = None
    sources: Mapping[FundingSource, Decimal] = field(default_factory=dict)
    next_plan: Decimal | None = None
    text: str = ""
    bottleneck: FoundBottleneck | None = None

    @property
    def received_in_all(self) -> Decimal | None:
        if self.received is not None or not self.sources:
            return self.received
        return sum(self.sources.values(), Decimal())


@transaction.atomic
def give_report(
    viewer: Viewer,
    project: Project,
    draft: ReportDraft,
    *,
    reason: str = "",
    confirmed: Collection[str] = (),
    photos: Sequence[ReceivedFile] = (),
    seen: int | None = None,
    origin: str = "",
) -> MonthlyReport:
    """Give the report of a month, or correct the one that stands; its figure goes into the raw figures.

    ``confirmed`` are the keys of the doubts that a person looked at (`report_doubts`); ``seen`` is
    `queries.report_seen` as the viewer saw it; ``reason`` says why it is corrected, or why it is late.

    Raises:
        StaleRecord: something was given for the project since.
        DomainError: ``month_in_future``, ``nothing_to_report``, ``percent_impossible``, ``sources_differ``,
            ``report_doubtful``, ``late_without_reason``, ``correction_without_reason``, those of `record_figures`,
            `raise_bottleneck` and `attach_received`.
    """
    if not may_report_on_project(viewer, project):
        raise Forbidden
    row = locked(project)
    if seen is not None and queries.report_seen(row) != seen:
        raise StaleRecord
    _require_sound(row, draft)
    doubts = report_doubts(row, draft)
    _refuse_doubtful([each for each in doubts if each.key not in confirmed])
    report = _report_for(row, draft.month)
    version = _version(viewer, report, draft, reason=reason, doubts=doubts, origin=origin)
    figure = Figure(row.pk, report.month, FigureKind.ACTUAL, draft.done, reason)
    record_figures(viewer, [figure], origin=origin)
    if version is not None:
        _carry(report, version)
    attached = attach_received(viewer, target=Target(PHOTOS, report.pk), received=photos) if photos else []
    _tell(viewer, report, version, told(attached) if attached else {})
    if draft.bottleneck is not None:
        _find(viewer, row, report, draft.bottleneck)
    return report


def report_doubts(project: Project, draft: ReportDraft) -> list[Doubt]:
    """What is asked about a report before it is taken."""
    said = Said(draft.done, draft.cumulative, draft.progress)
    limits = queries.report_limits(project.division_id)
    return doubts_about(said, queries.before(project, draft.month), project.total_investment, limits)


# --- refusals --------------------------------------------------------------------------------------------------------
def _require_sound(project: Project, draft: ReportDraft) -> None:
    """A month that has begun, of a project at work, with quantities that can be."""
    if month_of(draft.month) > clock.today():
        raise DomainError(
            "month_in_future",
            _("%(month)s has not come yet: nothing can be reported of it."),
            _("Report the months that have begun."),
            month=f"{draft.month:%Y-%m}",
        )
    if project.started_on is None or project.stage in AT_REST:
        raise DomainError(
            "nothing_to_report",
            _("“%(name)s” is not at work: no month of it is reported."),
            _("Move it to the stage in which it is, with the day."),
            name=project.name,
        )
    for amount in (draft.done, draft.cumulative, draft.received, draft.next_plan, *draft.sources.values()):
        require_amount(amount)
    if draft.progress is not None and not 0 <= draft.progress <= HUNDRED:
        raise DomainError(
            "percent_impossible",
            _("Physical progress of %(percent)s%% cannot be."),
            _("Give a number from 0 to 100."),
            percent=draft.progress,
        )
    _require_sum(draft)


def _require_sum(draft: ReportDraft) -> None:
    total = sum(draft.sources.values(), Decimal())
    if draft.sources and draft.received is not None and draft.received != total:
        raise DomainError(
            "sources_differ",
            _("%(received)s yuan are received, by source %(total)s."),
            _("Correct one of them, or leave the sum empty."),
            received=draft.received,
            total=total,
        )


def _refuse_doubtful(doubts: Sequence[Doubt]) -> None:
    if doubts:
        raise ReportDoubtfulError(doubts)


class ReportDoubtfulError(DomainError):
    """A report with something odd in it that nobody has confirmed; ``doubts`` say what."""

    def __init__(self, doubts: Sequence[Doubt]) -> None:
        keys = " ".join(each.key for each in doubts)
        super().__init__(
            "report_doubtful",
            _("Something in this report is odd: %(keys)s"),
            _("Look at the figures; where they are right, confirm each by its key."),
            keys=keys,
        )
        self.doubts = list(doubts)


# --- writing ---------------------------------------------------------------------------------------------------------
def _report_for(project: Project, month: date) -> MonthlyReport:
    """The row of the month, locked; made where there is none."""
    report, _made = MonthlyReport.objects.select_for_update(of=("self",)).get_or_create(
        project=project, month=month_of(month), defaults={"division_id": project.division_id}
    )
    return report


def _version(
    viewer: Viewer, report: MonthlyReport, draft: ReportDraft, *, reason: str, doubts: Sequence[Doubt], origin: str
) -> MonthlyReportVersion | None:
    """The next version of the report; None where it stands already as given."""
    stands = report.current
    is_late = is_locked(report.month, clock.today(), queries.report_limits(report.division_id))
    made = MonthlyReportVersion(
        report=report,
        number=stands.number + 1 if stands else 1,
        at=clock.now(),
        user_id=viewer.user_id,
        post_id=viewer.post_id,
        done=draft.done,
        cumulative=draft.cumulative,
        progress=draft.progress,
        received=draft.received_in_all,
        sources={source.value: str(amount) for source, amount in draft.sources.items()},
        next_plan=draft.next_plan,
        text=draft.text.strip(),
        reason=reason.strip(),
        is_late=is_late,
        confirmed=[_confirmed(each) for each in doubts],
        origin=origin,
    )
    if stands is not None and _values(stands) == _values(made) and stands.sources == made.sources:
        return None
    if not made.reason and (stands is not None or (is_late and not origin)):
        raise _no_reason(report, is_late=stands is None)
    made.save(force_insert=True)
    return made


def _confirmed(doubt: Doubt) -> dict[str, Any]:
    return {"doubt": doubt.doubt.value, "numbers": {name: str(number) for name, number in doubt.numbers.items()}}


def _values(version: MonthlyReportVersion | None) -> dict[str, Any]:
    return {name: getattr(version, name) for name in SAID} if version else {}


def _no_reason(report: MonthlyReport, *, is_late: bool) -> DomainError:
    said = {"month": f"{report.month:%Y-%m}", "name": report.project.name}
    if is_late:
        return DomainError(
            "late_without_reason",
            _("%(month)s of “%(name)s” is locked: what is given now is late."),
            _("Say why it comes now; it is listed as late with the reason."),
            **said,
        )
    return DomainError(
        "correction_without_reason",
        _("The report of %(month)s of “%(name)s” stands otherwise."),
        _("Say why it is corrected; what was given before is kept beside it."),
        **said,
    )


def _carry(report: MonthlyReport, version: MonthlyReportVersion) -> None:
    """Let the report say what its newest version says; the draft is used up."""
    report.current, report.state = version, ReportState.GIVEN
    report.given_at = report.given_at or version.at
    report.is_late = report.is_late or version.is_late
    report.typed, report.typed_by, report.typed_at = {}, None, None
    save_changes(report, "current", "state", "given_at", "is_late", "typed", "typed_by", "typed_at")


def _tell(
    viewer: Viewer, report: MonthlyReport, version: MonthlyReportVersion | None, files: Mapping[str, Any]
) -> None:
    """One line in the project's story: what the report says now, and where it is corrected what it said before."""
    if version is None and not files:
        return
    stood = report.versions.exclude(pk=version.pk).order_by("-number").first() if version else None
    before = _values(stood)
    after = {name: value for name, value in _values(version).items() if value not in (None, "", before.get(name))}
    verb = ReportVerb.CORRECT if stood is not None else ReportVerb.GIVE
    shown = {name: before[name] for name in after if name in before}
    note = version.reason if version else ""
    record_act(viewer, verb, report.project, before=shown, after={"month": report.month, **after, **files}, note=note)


def _find(viewer: Viewer, project: Project, report: MonthlyReport, found: FoundBottleneck) -> None:
    raise_bottleneck(viewer, project, kind=found.kind, text=found.text, found_on=clock.today(), report_id=report.pk)


# --- drafts ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def keep_draft(
    viewer: Viewer, project: Project, month: date, typed: Mapping[str, str], *, photos: Sequence[ReceivedFile] = ()
) -> MonthlyReport:
    """Keep what was typed for a month, with its photos, without giving it: whoever reports on the project goes on.

    Raises:
        DomainError: ``month_in_future``, those of `attach_received`.
    """
    if not may_report_on_project(viewer, project):
        raise Forbidden
    row = locked(project)
    if month_of(month) > clock.today():
        _require_sound(row, ReportDraft(month, Decimal()))
    report = _report_for(row, month)
    report.typed, report.typed_by_id, report.typed_at = dict(typed), viewer.post_id, clock.now()
    save_changes(report, "typed", "typed_by_id", "typed_at")
    attached = attach_received(viewer, target=Target(PHOTOS, report.pk), received=photos) if photos else []
    after = {"month": report.month, **(told(attached) if attached else {})}
    record_act(viewer, ReportVerb.KEEP, row, after=after)
    return report
