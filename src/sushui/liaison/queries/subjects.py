"""Subjects with who stands by them: the register, the panel on a subject's own page, and what may be visited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from sushui.kernel import clock, search
from sushui.kernel.errors import NotFound
from sushui.kernel.labels import label_of
from sushui.kernel.models import Subject
from sushui.kernel.viewer import Viewer
from sushui.liaison.enums import LiaisonRole
from sushui.liaison.models import Liaison, Visit
from sushui.liaison.permissions import may_open_liaison
from sushui.liaison.queries.liaisons import visible_liaisons
from sushui.liaison.queries.lights import LiaisonRow, liaison_rows
from sushui.liaison.queries.standing import holds_on, known_subjects, stood_by_ids
from sushui.liaison.queries.visiting import FindingRow, open_findings, visible_visits
from sushui.supervision.enums import StatusLight

__all__ = ["stood_by_ids"]
WORST_FIRST = (StatusLight.RED, StatusLight.YELLOW, StatusLight.GREEN)
FEW_VISITS = 5


@dataclass(frozen=True)
class SubjectFilter:
    """What the register is narrowed to. ``missing``: subjects without one of this role today."""

    kind: str = ""
    text: str = ""
    missing: str = ""
    leader_post_id: int | None = None
    agency_id: int | None = None
    subject_ids: tuple[int, ...] | None = None


@dataclass(frozen=True)
class SubjectRow:
    """A subject with the three that stand by it today; None where nobody does."""

    subject: Subject
    leader: LiaisonRow | None = None
    agency: LiaisonRow | None = None
    officer: LiaisonRow | None = None

    @property
    def current(self) -> list[LiaisonRow]:
        return [row for row in (self.leader, self.agency, self.officer) if row is not None]

    @property
    def worst(self) -> LiaisonRow | None:
        """The one with the worst light, of equals the one that waits longest."""
        lit = [row for row in self.current if row.light in WORST_FIRST]
        return min(lit, key=lambda row: (WORST_FIRST.index(row.light), -row.days_waited), default=None)

    @property
    def worst_reason(self) -> str:
        """Whose light it is that is worst, and why."""
        worst = self.worst
        return f"{label_of(worst.liaison.role)} {worst.reason}" if worst else ""


@dataclass(frozen=True)
class SubjectLiaison:
    """What liaison has to say on a subject's own page: who stands by it, who did, the visits, what is unsettled."""

    row: SubjectRow
    coming: list[LiaisonRow]
    past: list[LiaisonRow]
    visits: list[Visit]
    visit_count: int
    findings: list[FindingRow]
    may_visit: bool


def liaison_subjects(viewer: Viewer, narrowed: SubjectFilter = SubjectFilter()) -> QuerySet[Subject]:
    """Subjects whose liaisons the viewer may read, narrowed; not yet ordered or paged."""
    rows, today = known_subjects(viewer).select_related("division"), clock.today()
    if narrowed.kind:
        rows = rows.filter(kind=narrowed.kind)
    if narrowed.subject_ids is not None:
        rows = rows.filter(pk__in=narrowed.subject_ids)
    held = Liaison.objects.filter(holds_on(today))
    if narrowed.missing:
        rows = rows.exclude(pk__in=held.filter(role=narrowed.missing).values("subject_id"))
    if narrowed.leader_post_id:
        led = held.filter(role=LiaisonRole.LEADER, post_id=narrowed.leader_post_id)
        rows = rows.filter(pk__in=led.values("subject_id"))
    if narrowed.agency_id:
        rows = rows.filter(pk__in=held.filter(agency_id=narrowed.agency_id).values("subject_id"))
    return _named(viewer, rows, narrowed.text)


def _named(viewer: Viewer, rows: QuerySet[Subject], text: str) -> QuerySet[Subject]:
    if not text.strip():
        return rows
    wanted = search.query(text)
    return search.holding(rows, wanted, viewer.division_ids) if wanted is not None else rows.none()


def subject_for(viewer: Viewer, subject_id: int) -> Subject:
    """One subject whose liaisons the viewer may read.

    Raises:
        NotFound: none such.
    """
    found = liaison_subjects(viewer).filter(pk=subject_id).first()
    if found is None:
        raise NotFound
    return found


def visitable_subjects(viewer: Viewer) -> QuerySet[Subject]:
    """Subjects to which the viewer may log a visit: those whose liaisons they may read."""
    return known_subjects(viewer).select_related("division")


def subject_rows(viewer: Viewer, subjects: Iterable[Subject]) -> list[SubjectRow]:
    """Subjects with the three that stand by each today; a fixed number of queries."""
    shown = list(subjects)
    rows = visible_liaisons(viewer).filter(holds_on(clock.today()), subject_id__in=[each.pk for each in shown])
    by_subject: dict[int, dict[str, LiaisonRow]] = defaultdict(dict)
    for row in liaison_rows(rows):
        by_subject[row.liaison.subject_id][row.liaison.role.value] = row
    return [SubjectRow(each, **by_subject[each.pk]) for each in shown]


def subject_liaison(viewer: Viewer, subject: Subject) -> SubjectLiaison:
    """The panel of a subject's own page; the room that owns the subject has looked whether the viewer may see it.

    Empty where the viewer may know nothing of its liaisons. A fixed number of queries.
    """
    if not may_open_liaison(viewer):
        return SubjectLiaison(SubjectRow(subject), [], [], [], 0, [], may_visit=False)
    rows = liaison_rows(visible_liaisons(viewer).filter(subject=subject).order_by("-from_on", "-pk"))
    current = {row.liaison.role.value: row for row in rows if row.is_in_force}
    waiting = [row for row in rows if row.liaison.voided_at is None and row.liaison.from_on > clock.today()]
    past = [row for row in rows if not row.is_in_force and row not in waiting]
    made = visible_visits(viewer).filter(subject=subject, withdrawn_at=None)
    return SubjectLiaison(
        row=SubjectRow(subject, **current),
        coming=waiting,
        past=past,
        visits=list(made.order_by("-visited_on", "-pk")[:FEW_VISITS]),
        visit_count=made.count(),
        findings=open_findings(viewer, subject),
        may_visit=visitable_subjects(viewer).filter(pk=subject.pk).exists(),
    )
