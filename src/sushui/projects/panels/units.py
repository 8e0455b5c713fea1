"""Projects as their own unit sees them: where the last month stands, which months are owed, what was given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sushui.kernel import clock
from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.labels import label_of
from sushui.kernel.templatetags.values import day_long
from sushui.kernel.viewer import Viewer
from sushui.projects import queries
from sushui.projects.enums import GapState, Punctuality
from sushui.projects.models import MonthlyReport, Project, ResourceCommitment, ResourceNeed
from sushui.projects.panels.gates import GateLine, gate_lines
from sushui.projects.panels.permits.sheet import PermitSheet, permit_sheet
from sushui.projects.panels.reports import confirmed_question
from sushui.projects.panels.resources import amount_in_words, title_of
from sushui.projects.panels.rows import owed_months, report_due_on
from sushui.projects.panels.wording import month_in_words
from sushui.projects.rules.reports import cut_off_on
from sushui.projects.rules.stages import AT_REST, is_built_in

COLUMNS = Columns(
    Column("name", gettext_lazy("Project"), Kind.TITLE),
    Column("agency", gettext_lazy("Responsible agency")),
    Column("standing", pgettext_lazy("column", "Report")),
    Column("owed", gettext_lazy("Months to report")),
    Column("given", gettext_lazy("Given before")),
    Column("act", "", Kind.ACTION),
)


@dataclass(frozen=True)
class UnitRow:
    """A project of the unit. ``standing``: where its month stands (None: nothing was built), ``words``: in a sentence;
    ``given``: how many months were reported in a report."""

    project: Project
    standing: Punctuality | None
    words: str
    owed: tuple[date, ...]
    report: MonthlyReport | None
    given: int

    @property
    def months(self) -> str:
        return _(", ").join(map(month_in_words, self.owed))

    @property
    def is_late(self) -> bool:
        return self.standing in {Punctuality.LATE, Punctuality.MISSING}

    @property
    def is_by_unit(self) -> bool:
        current = self.report.current if self.report else None
        return current is not None and queries.is_by_unit(current, self.project)

    @property
    def has_draft(self) -> bool:
        return bool(self.report and self.report.typed)

    @property
    def questions(self) -> list[str]:
        """What was asked about the report that stands, and confirmed."""
        current = self.report.current if self.report else None
        return [confirmed_question(said) for said in current.confirmed] if current else []

    @property
    def may_give(self) -> bool:
        """Whether a month can be reported: there was construction, and is still or was in the month."""
        has_begun = self.project.started_on is not None
        return has_begun and (self.project.stage not in AT_REST or self.standing is not None)


def unit_rows(viewer: Viewer, projects: Sequence[Project], month: date) -> list[UnitRow]:
    """Rows of the unit's projects; as many queries for one as for many."""
    numbers, today = [project.pk for project in projects], clock.today()
    facts, reports, given = (
        queries.facts_of(projects),
        queries.month_reports(numbers, month),
        queries.given_counts(numbers),
    )
    rows = queries.with_punctuality(Project.objects.filter(pk__in=numbers), month, viewer.division_id).order_by()
    standings = {number: Punctuality(said) for number, said in rows.values_list("pk", "punctuality")}
    days = _Days.of(viewer, month, today)
    found = []
    for project in projects:
        standing = standings[project.pk] if is_built_in(month, project) else None
        owed = owed_months(facts[project.pk], today)
        words, report = days.words(standing), reports.get(project.pk)
        found.append(UnitRow(project, standing, words, owed, report, given.get(project.pk, 0)))
    return found


@dataclass(frozen=True)
class _Days:
    """A day, and those on which a month is due and locked."""

    today: date
    due_on: date
    locked_after: date

    @classmethod
    def of(cls, viewer: Viewer, month: date, today: date) -> _Days:
        due_on = report_due_on(today, queries.light_limits(viewer.division_id, today))
        return cls(today, due_on, cut_off_on(month, queries.report_limits(viewer.division_id, today)))

    def words(self, standing: Punctuality | None) -> str:
        """Where the month stands, with the day that counts."""
        if standing is None:
            return _("Nothing to report")
        if standing is Punctuality.MISSING:
            return _("Locked since %(day)s: report it late, with the reason") % {"day": day_long(self.locked_after)}
        if standing is not Punctuality.AWAITED:
            return label_of(standing)
        if self.today > self.due_on:
            said = {"day": day_long(self.due_on), "last": day_long(self.locked_after)}
            return _("Was due by %(day)s, locked after %(last)s") % said
        return _("To report by %(day)s") % {"day": day_long(self.due_on)}


# --- one project of the unit -----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class OwnNeed:
    """What the project needs, as its unit reads it: who promised how much of it until when, and what is there."""

    title: str
    need: str
    state: str
    is_late: bool
    promises: list[str]


@dataclass(frozen=True)
class OwnProject:
    """All that the unit reads of its project; nothing here is a link to what only offices open."""

    project: Project
    permits: PermitSheet | None
    gates: list[GateLine]
    needs: list[OwnNeed]


def own_project(viewer: Viewer, project: Project) -> OwnProject:
    """Permits, gates and needs of a project of the viewer's unit."""
    needs = [_own_need(need) for need in queries.needs_of_own_project(project)]
    return OwnProject(project, permit_sheet(viewer, project), gate_lines(viewer, project), needs)


def _own_need(need: ResourceNeed) -> OwnNeed:
    state = queries.balance_as_stored(need).state(clock.today())
    standing = [each for each in need.commitments.all() if each.withdrawn_on is None]
    return OwnNeed(
        title=title_of(need),
        need=amount_in_words(need.factor, need.amount),
        state=label_of(state),
        is_late=state is GapState.OVERDUE,
        promises=[_promise(need, each) for each in standing],
    )


def _promise(need: ResourceNeed, commitment: ResourceCommitment) -> str:
    """ "Land bureau: 60 mu until 2026-06-30, 20 mu there"."""
    return _("%(agency)s: %(amount)s until %(day)s, %(delivered)s there") % {
        "agency": commitment.agency,
        "amount": amount_in_words(need.factor, commitment.amount),
        "day": commitment.until.isoformat(),
        "delivered": amount_in_words(need.factor, commitment.delivered),
    }
