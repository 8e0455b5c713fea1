"""Visits: logged with what they found, corrected on their day, withdrawn with a reason afterwards."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from sushui.documents.services import ReceivedFile, Target, attach_received, told
from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden, NotFound
from sushui.kernel.models import Subject
from sushui.kernel.receipts import once
from sushui.kernel.requirements import require_past, require_text
from sushui.kernel.search import ToVector
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import msg
from sushui.liaison.enums import LiaisonRole, Verb, VisitWay
from sushui.liaison.models import Finding, Liaison, Visit
from sushui.liaison.permissions import may_edit_visit, may_open_liaison, may_withdraw_visit
from sushui.liaison.queries import visit_for, visitable_subjects
from sushui.liaison.queries.standing import holds_on
from sushui.liaison.queries.visiting import PHOTOS
from sushui.liaison.services.liaisons import refresh_visits
from sushui.liaison.services.notify import tell_leader
from sushui.organizations.enums import Role
from sushui.supervision.services import TaskDraft, raise_tasks

if TYPE_CHECKING:
    from sushui.supervision.models import SupervisedTask

ORDER_TITLE = msg("Visit to %(subject)s on %(day)s")
MOST_FINDINGS = 20
EDITABLE = ("way", "place", "companions", "seen")


@dataclass(frozen=True)
class FindingDraft:
    """A problem as it was found: what, whose it is to settle, and by when that is wanted."""

    text: str
    agency_id: int | None = None
    wanted_on: date | None = None


@dataclass(frozen=True)
class VisitDraft:
    """A visit as it was made. ``with_leader``: the leader who stands by the subject took part.

    ``latitude`` and ``longitude`` in degrees (WGS-84), ``accuracy_m`` in meters; all or none.
    """

    visited_on: date
    seen: str
    way: VisitWay = VisitWay.ON_SITE
    place: str = ""
    companions: str = ""
    with_leader: bool = False
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    accuracy_m: int | None = None
    findings: tuple[FindingDraft, ...] = ()


def log_visit_once(
    viewer: Viewer, subject: Subject, draft: VisitDraft, *, key: str, photos: Sequence[ReceivedFile] = ()
) -> Visit:
    """`log_visit` under a key that the form carries: sent twice, by a double tap or a bad line, it is logged once.

    Raises:
        DomainError: ``key_used_otherwise`` and those of `log_visit`.
    """
    asked = {"subject": subject.pk, "photos": [each.content.sha256 for each in photos], **asdict(draft)}
    digest = hashlib.sha256(json.dumps(asked, cls=DjangoJSONEncoder, sort_keys=True).encode()).hexdigest()
    number = once(viewer, key, Verb.LOG, digest, lambda: log_visit(viewer, subject, draft, photos=photos).pk)
    return visit_for(viewer, number)


@transaction.atomic
def log_visit(viewer: Viewer, subject: Subject, draft: VisitDraft, *, photos: Sequence[ReceivedFile] = ()) -> Visit:
    """Log a visit with its photos, and make a supervised task of each problem found, all or none.

    What whoever stands there found is assigned at once where their post may do so, else proposed to the supervision
    office (`supervision.services.raise_tasks`).

    Raises:
        NotFound: the viewer stands by no such subject.
        DomainError: ``day_in_future``, ``text_missing``, ``too_many_findings``, ``place_incomplete``,
            ``no_leader_there``, those of `raise_tasks`.
    """
    if not may_open_liaison(viewer):
        raise Forbidden
    if not visitable_subjects(viewer).filter(pk=subject.pk).exists():
        raise NotFound
    _require_sound(draft)
    visit = _write(viewer, subject, draft)
    _find(viewer, visit, draft)
    # Who may know of a visit is asked of the database, so the visit is there before its photos.
    attached = attach_received(viewer, target=Target(PHOTOS, visit.pk), received=photos) if photos else []
    refresh_visits([subject.pk])
    record_act(viewer, Verb.LOG, visit, after={**_said(visit), "findings": len(draft.findings), **told(attached)})
    tell_leader(viewer, visit)
    return visit


def _require_sound(draft: VisitDraft) -> None:
    require_past(draft.visited_on)
    if len(draft.findings) > MOST_FINDINGS:
        raise DomainError(
            "too_many_findings",
            _("These are %(count)s problems; a visit takes at most %(most)s."),
            _("Log a second visit for the others."),
            count=len(draft.findings),
            most=MOST_FINDINGS,
        )
    if (draft.latitude is None) is not (draft.longitude is None):
        raise DomainError(
            "place_incomplete", _("Only half of the place is given."), _("Give latitude and longitude, or neither.")
        )
    for text, name in [(draft.seen, msg("What was seen")), *((each.text, msg("Problem")) for each in draft.findings)]:
        require_text(text, name)


def _write(viewer: Viewer, subject: Subject, draft: VisitDraft) -> Visit:
    return Visit.objects.create(
        division_id=subject.division_id,
        subject=subject,
        post_id=viewer.post_id,
        user_id=viewer.user_id,
        agency_id=viewer.agency_id,
        leader_post_id=_leader(viewer, subject, draft),
        visited_on=draft.visited_on,
        way=draft.way,
        place=draft.place.strip(),
        latitude=draft.latitude,
        longitude=draft.longitude,
        accuracy_m=draft.accuracy_m,
        companions=draft.companions.strip(),
        seen=draft.seen.strip(),
        logged_on=clock.today(),
        search=_vector(subject, draft.seen, draft.place, draft.companions),
    )


def _vector(subject: Subject, seen: str, place: str, companions: str) -> ToVector:
    return ToVector(f"{subject.label} {seen} {place} {companions}")


def _leader(viewer: Viewer, subject: Subject, draft: VisitDraft) -> int | None:
    """The leader's post whose visit this is: the visitor's own, or the one that stands there and took part.

    Raises:
        DomainError: ``no_leader_there``.
    """
    if viewer.has(Role.COUNTY_LEADER):
        return viewer.post_id
    if not draft.with_leader:
        return None
    found = standing_leader(subject, draft.visited_on)
    if found is None:
        raise DomainError(
            "no_leader_there",
            _("No leader stood by “%(subject)s” on that day."),
            _("Take the tick off and name the leader among those who went along."),
            subject=subject.label,
        )
    return found


def standing_leader(subject: Subject, on: date) -> int | None:
    """The post of the leader who stands by a subject on a day."""
    rows = Liaison.objects.filter(holds_on(on), subject=subject, role=LiaisonRole.LEADER)
    return rows.values_list("post_id", flat=True).first()


def _find(viewer: Viewer, visit: Visit, draft: VisitDraft) -> None:
    """Make tasks of what was found, and remember which became which."""
    if not draft.findings:
        return
    # A leader of the city above is no leader of this division, who could be named for its tasks.
    own = visit.leader_post_id if viewer.division_id == visit.division_id else None
    leader = own or standing_leader(visit.subject, clock.today())
    tasks = raise_tasks(
        viewer,
        visit.subject,
        [
            TaskDraft(each.text, lead_agency_id=each.agency_id, deadline_on=each.wanted_on, leader_post_id=leader)
            for each in draft.findings
        ],
        title=(translate(ORDER_TITLE) % {"subject": visit.subject.label, "day": visit.visited_on})[:255],
    )
    visit.order_id = tasks[0].order_id
    visit.save(update_fields=["order"])
    pairs = enumerate(zip(draft.findings, tasks, strict=True), start=1)
    Finding.objects.bulk_create(_finding(visit, number, each, task) for number, (each, task) in pairs)


def _finding(visit: Visit, number: int, draft: FindingDraft, task: SupervisedTask) -> Finding:
    return Finding(
        visit=visit,
        number=number,
        text=draft.text.strip(),
        agency_id=draft.agency_id,
        wanted_on=draft.wanted_on,
        task=task,
    )


def _said(visit: Visit) -> Mapping[str, Any]:
    """A visit for an audit line."""
    values = {
        "subject": visit.subject.label,
        "visited_on": visit.visited_on,
        "way": visit.way,
        "place": visit.place,
        "companions": visit.companions,
        "seen": visit.seen,
    }
    return {name: value for name, value in values.items() if value not in (None, "")}


@transaction.atomic
def edit_visit(
    viewer: Viewer,
    visit: Visit,
    *,
    seen: str,
    way: VisitWay,
    place: str = "",
    companions: str = "",
    photos: Sequence[ReceivedFile] = (),
    seen_version: int | None = None,
) -> Visit:
    """Correct what was written, or add photos, on the day the visit was logged; problems found are tasks by now.

    Raises:
        StaleRecord: somebody changed it meanwhile.
        DomainError: ``visit_fixed``, ``text_missing``.
    """
    row = _locked(viewer, visit, seen_version)
    if not may_edit_visit(viewer, row):
        raise _fixed(viewer, row)
    require_text(seen, msg("What was seen"))
    before = _said(row)
    row.seen, row.way, row.place, row.companions = seen.strip(), way, place.strip(), companions.strip()
    row.search = _vector(row.subject, seen, place, companions)
    save_changes(row, *EDITABLE, "search")
    attached = attach_received(viewer, target=Target(PHOTOS, row.pk), received=photos) if photos else []
    record_act(viewer, Verb.EDIT, row, before=before, after={**_said(row), **told(attached)})
    return row


def _fixed(viewer: Viewer, visit: Visit) -> DomainError:
    if visit.post_id != viewer.post_id:
        return Forbidden()
    return DomainError(
        "visit_fixed",
        _("This visit was logged on %(day)s and can no longer be changed."),
        _("Withdraw it with a reason, and log it anew."),
        day=visit.logged_on.isoformat(),
    )


@transaction.atomic
def withdraw_visit(viewer: Viewer, visit: Visit, *, reason: str, seen_version: int | None = None) -> Visit:
    """Take a visit back: it stays to be read with the reason and counts for nobody. Its tasks go on.

    Raises:
        StaleRecord: somebody changed it meanwhile.
        DomainError: ``text_missing``, ``visit_withdrawn``.
    """
    row = _locked(viewer, visit, seen_version)
    if row.withdrawn_at is not None:
        raise DomainError("visit_withdrawn", _("This visit was withdrawn already."), _("Log it anew if it was made."))
    if not may_withdraw_visit(viewer, row):
        raise Forbidden
    require_text(reason, msg("Reason"))
    row.withdrawn_at, row.withdrawn_by_id, row.withdrawn_reason = clock.now(), viewer.post_id, reason.strip()
    save_changes(row, "withdrawn_at", "withdrawn_by_id", "withdrawn_reason")
    refresh_visits([row.subject_id])
    record_act(viewer, Verb.WITHDRAW, row, note=row.withdrawn_reason)
    return row


def _locked(viewer: Viewer, visit: Visit, seen_version: int | None) -> Visit:
    Visit.objects.select_for_update().get(pk=visit.pk)
    row = visit_for(viewer, visit.pk)
    check_version(row, seen_version)
    return row
