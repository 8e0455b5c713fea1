"""Monthly reports: given by whoever answers for the project or by its own unit, asked about, locked after the cut-off.

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
from sushui.kernel.audit import record_act, record_acts
from sushui.kernel.errors import DomainError, Forbidden, StaleRecord
from sushui.kernel.months import month_of
from sushui.kernel.versions import save_changes
from sushui.kernel.viewer import Viewer
from sushui.projects import queries
from sushui.projects.enums import BottleneckKind, FigureKind, FundingSource, ReportState, ReportVerb
from sushui.projects.models import MonthlyReport, MonthlyReportVersion, Project
from sushui.projects.permissions import may_give_report
from sushui.projects.queries import PHOTOS
from sushui.projects.rules.reports import Before, Doubt, ReportLimits, Said, doubts_about, is_locked
from sushui.projects.rules.stages import AT_REST, is_built_in
from sushui.projects.services.bottlenecks import find_bottleneck
from sushui.projects.services.figures import Figure, write_figures
from sushui.projects.services.steps import locked, require_amount

HUNDRED = Decimal(100)
BATCH = 500
CARRIED = ("current", "state", "given_at", "is_late", "typed", "typed_by", "typed_at", "version", "updated_at")
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


@dataclass(frozen=True)
class GivenReport:
    """A report to be given: why it is corrected or late, which doubts a person confirmed, photos taken in before.

    ``seen_version``: the `queries.report_version` of the month as the viewer saw it; None does not depend on it.
    """

    project_id: int
    draft: ReportDraft
    reason: str = ""
    confirmed: Collection[str] = ()
    photos: Sequence[ReceivedFile] = ()
    seen_version: int | None = None

    @property
    def key(self) -> tuple[int, date]:
        return self.project_id, month_of(self.draft.month)


def give_report(
    viewer: Viewer,
    project: Project,
    draft: ReportDraft,
    *,
    reason: str = "",
    confirmed: Collection[str] = (),
    photos: Sequence[ReceivedFile] = (),
    seen: int | None = None,
    seen_version: int | None = None,
    origin: str = "",
) -> MonthlyReport:
    """Give the report of a month, or correct the one that stands; see `give_reports`.

    ``seen`` is `queries.report_seen` and ``seen_version`` `queries.report_version` of the month as the viewer saw them.

    Raises:
        StaleRecord: something was given for the project since, or kept as a draft of the month.
        DomainError: those of `give_reports`.
    """
    given = GivenReport(project.pk, draft, reason, confirmed, photos, seen_version)
    return give_reports(viewer, [given], seen=seen, origin=origin)[0]


@transaction.atomic
def give_reports(
    viewer: Viewer, given: Sequence[GivenReport], *, seen: int | None = None, origin: str = ""
) -> list[MonthlyReport]:
    """Give or correct reports of many projects, all or none; their figures go into the raw figures.

    Few statements however many there are. ``origin`` names where they come from, such as a workbook.

    Raises:
        DomainError: ``month_in_future``, ``nothing_to_report``, ``percent_impossible``, ``sources_differ``,
            ``report_doubtful``, ``late_without_reason``, ``correction_without_reason``, those of `write_figures`,
            `find_bottleneck` and `attach_received`.
    """
    projects = _locked(viewer, given, seen)
    for each in given:
        _require_sound(projects[each.project_id], each.draft)
    known = _known(projects, given)
    for report in known:
        _refuse_doubtful([doubt for doubt in report.doubts if doubt.key not in report.given.confirmed])
    reports = _reports_for(projects, given)
    stood = {key: report.current for key, report in reports.items()}
    figures = [
        Figure(each.project_id, each.draft.month, FigureKind.ACTUAL, each.draft.done, each.reason) for each in given
    ]
    write_figures(viewer, figures, origin=origin, may_say=may_give_report)
    versions = _versions(viewer, reports, known, origin)
    _carry(reports, versions)
    _tell(viewer, given, reports, versions, stood)
    for each in given:
        if each.draft.bottleneck is not None:
            found = each.draft.bottleneck
            find_bottleneck(viewer, reports[each.key], kind=found.kind, text=found.text)
    return [reports[each.key] for each in given]


def report_doubts(project: Project, draft: ReportDraft) -> list[Doubt]:
    """What is asked about a report before it is taken."""
    projects = {project.pk: project}
    (known,) = _known(projects, [GivenReport(project.pk, draft)])
    return known.doubts


@dataclass(frozen=True)
class Known:
    """A report beside what was known before its month, the project's total investment, and the settings in force."""

    given: GivenReport
    before: Before
    total: Decimal | None
    limits: ReportLimits

    @property
    def doubts(self) -> list[Doubt]:
        draft = self.given.draft
        return doubts_about(Said(draft.done, draft.cumulative, draft.progress), self.before, self.total, self.limits)


def _known(projects: Mapping[int, Project], given: Sequence[GivenReport]) -> list[Known]:
    """What was known before each report; as many queries for many projects as for one."""
    limits = {number: queries.report_limits(number) for number in {each.division_id for each in projects.values()}}
    by_month: dict[date, list[int]] = {}
    for each in given:
        by_month.setdefault(each.key[1], []).append(each.project_id)
    before = {month: queries.before_many(numbers, month) for month, numbers in by_month.items()}
    return [
        Known(each, before[each.key[1]][each.project_id], project.total_investment, limits[project.division_id])
        for each in given
        for project in [projects[each.project_id]]
    ]


def _locked(viewer: Viewer, given: Sequence[GivenReport], seen: int | None) -> dict[int, Project]:
    """The projects, locked; each one whose report the viewer may give.

    Raises:
        Forbidden, StaleRecord.
    """
    rows = Project.objects.filter(pk__in={each.project_id for each in given}).order_by("pk")
    projects = {project.pk: project for project in rows.select_for_update(of=("self",))}
    for each in given:
        project = projects.get(each.project_id)
        if project is None or not may_give_report(viewer, project):
            raise Forbidden
        if seen is not None and queries.report_seen(project) != seen:
            raise StaleRecord
        _refuse_stale(project, each.draft.month, each.seen_version)
    return projects


def _refuse_stale(project: Project, month: date, seen_version: int | None) -> None:
    """The month's report and its draft are still those that the viewer saw; the project is locked."""
    if seen_version is not None and queries.report_version(project, month) != seen_version:
        raise StaleRecord


# --- refusals --------------------------------------------------------------------------------------------------------
def _require_begun(month: date) -> None:
    if month_of(month) > clock.today():
        raise DomainError(
            "month_in_future",
            _("%(month)s has not come yet: nothing can be reported of it."),
            _("Report the months that have begun."),
            month=f"{month:%Y-%m}",
        )


def _require_sound(project: Project, draft: ReportDraft) -> None:
    """A month that has begun, in which the project was at work, with quantities that can be."""
    _require_begun(draft.month)
    if project.started_on is None or (project.stage in AT_REST and not is_built_in(month_of(draft.month), project)):
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
Reports = dict[tuple[int, date], MonthlyReport]
Versions = dict[tuple[int, date], MonthlyReportVersion]


def _reports_for(projects: Mapping[int, Project], given: Sequence[GivenReport]) -> Reports:
    """The rows of the months, locked; made where there are none."""
    wanted = {each.key: projects[each.project_id] for each in given}
    rows = [
        MonthlyReport(project=project, month=month, division_id=project.division_id)
        for (_number, month), project in wanted.items()
    ]
    MonthlyReport.objects.bulk_create(rows, BATCH, ignore_conflicts=True)
    months = {month for _number, month in wanted}
    found = MonthlyReport.objects.filter(project_id__in=projects, month__in=months).select_for_update(of=("self",))
    reports = {(row.project_id, row.month): row for row in found.select_related("current").order_by("pk")}
    for key, project in wanted.items():
        reports[key].project = project
    return {key: reports[key] for key in wanted}


def _versions(viewer: Viewer, reports: Reports, known: Sequence[Known], origin: str) -> Versions:
    """The next version of each report that says something new."""
    made: Versions = {}
    for each in known:
        report = reports[each.given.key]
        version = _version(viewer, report, each, origin)
        stands = report.current
        if stands is not None and _values(stands) == _values(version) and stands.sources == version.sources:
            continue
        if not version.reason and (stands is not None or (version.is_late and not origin)):
            raise _no_reason(report, is_late=stands is None)
        made[each.given.key] = version
    MonthlyReportVersion.objects.bulk_create(made.values(), BATCH)
    return made


def _version(viewer: Viewer, report: MonthlyReport, known: Known, origin: str) -> MonthlyReportVersion:
    given, draft = known.given, known.given.draft
    return MonthlyReportVersion(
        report=report,
        number=report.current.number + 1 if report.current else 1,
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
        reason=given.reason.strip(),
        is_late=is_locked(report.month, clock.today(), known.limits),
        confirmed=[_confirmed(each) for each in known.doubts],
        origin=origin,
    )


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


def _carry(reports: Reports, versions: Versions) -> None:
    """Let the reports, which are locked, say what their newest versions say; the drafts are used up."""
    moment, changed = clock.now(), [reports[key] for key in versions]
    for report, version in zip(changed, versions.values(), strict=True):
        report.is_late = report.is_late or (report.current is None and version.is_late)
        report.current, report.state = version, ReportState.GIVEN
        report.given_at = report.given_at or version.at
        report.typed, report.typed_by, report.typed_at = {}, None, None
        report.version, report.updated_at = report.version + 1, moment
    MonthlyReport.objects.bulk_update(changed, CARRIED, BATCH)


def _tell(
    viewer: Viewer,
    given: Sequence[GivenReport],
    reports: Reports,
    versions: Versions,
    stood: Mapping[tuple[int, date], MonthlyReportVersion | None],
) -> None:
    """One line a project's story: what its report says now, where it is corrected what it said before, its photos."""
    acts: dict[ReportVerb, list[tuple[Project, dict[str, Any], dict[str, Any], str]]] = {}
    for each in given:
        report, version, before = reports[each.key], versions.get(each.key), _values(stood[each.key])
        photos = attach_received(viewer, target=Target(PHOTOS, report.pk), received=each.photos) if each.photos else []
        if version is None and not photos:
            continue
        now = {name: value for name, value in _values(version).items() if value not in (None, "", before.get(name))}
        after = {"month": report.month, **now, **(told(photos) if photos else {})}
        verb = ReportVerb.CORRECT if before else ReportVerb.GIVE
        was = {name: before[name] for name in now if name in before}
        acts.setdefault(verb, []).append((report.project, was, after, version.reason if version else ""))
    for verb, lines in acts.items():
        record_acts(viewer, verb, lines)


# --- drafts ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def keep_draft(
    viewer: Viewer,
    project: Project,
    month: date,
    typed: Mapping[str, str],
    *,
    photos: Sequence[ReceivedFile] = (),
    seen_version: int | None = None,
) -> MonthlyReport:
    """Keep what was typed for a month, with its photos, without giving it: whoever may give the report goes on.

    ``seen_version`` is that of `give_report`.

    Raises:
        StaleRecord: the month was given, or another draft of it kept, since.
        DomainError: ``month_in_future``, those of `attach_received`.
    """
    if not may_give_report(viewer, project):
        raise Forbidden
    row = locked(project)
    _refuse_stale(row, month, seen_version)
    _require_begun(month)
    (report,) = _reports_for({row.pk: row}, [GivenReport(row.pk, ReportDraft(month, Decimal()))]).values()
    report.typed, report.typed_by_id, report.typed_at = dict(typed), viewer.post_id, clock.now()
    save_changes(report, "typed", "typed_by_id", "typed_at")
    attached = attach_received(viewer, target=Target(PHOTOS, report.pk), received=photos) if photos else []
    after = {"month": report.month, **(told(attached) if attached else {})}
    record_act(viewer, ReportVerb.KEEP, row, after=after)
    return report
