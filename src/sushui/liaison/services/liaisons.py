"""Who stands by what: appointing, ending and replacing. What was is never changed, only ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Case, DateField, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_acts
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.models import Subject
from sushui.kernel.subjects import visible_subjects
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.liaison.enums import LiaisonRole, Verb
from sushui.liaison.models import Liaison, Visit
from sushui.liaison.permissions import may_change_liaison, may_keep_liaisons
from sushui.liaison.queries import liaison_for
from sushui.liaison.queries.standing import holds_on
from sushui.liaison.services.notify import tell_appointed
from sushui.organizations.enums import Role
from sushui.organizations.queries import agencies, posts, posts_with_role


@dataclass(frozen=True)
class LiaisonDraft:
    """Who is to stand by a subject as what, from when to when (both days included), by which document.

    Leaders and officers by the number of their post, an agency by its own.
    """

    subject_id: int
    role: LiaisonRole
    from_on: date
    to_on: date | None = None
    post_id: int | None = None
    agency_id: int | None = None
    source: str = ""


def appoint_liaison(viewer: Viewer, draft: LiaisonDraft) -> Liaison:
    """Let somebody stand by a subject.

    Raises:
        DomainError: ``elsewhere``, ``not_a_leader``, ``runs_backward``, ``liaison_taken``.
    """
    return appoint_liaisons(viewer, [draft])[0]


@transaction.atomic
def appoint_liaisons(viewer: Viewer, drafts: Sequence[LiaisonDraft]) -> list[Liaison]:
    """Many at once, all or none; a fixed number of statements but for the rows themselves.

    Raises:
        DomainError: as `appoint_liaison`; the refusal names the first that cannot be.
    """
    if not may_keep_liaisons(viewer):
        raise Forbidden
    subjects = _require_ours(viewer, drafts)
    made = [_insert(viewer, draft, subjects[draft.subject_id]) for draft in drafts]
    refresh_visits(draft.subject_id for draft in drafts)
    shown = {row.pk: row for row in _named(made)}
    in_order = [shown[row.pk] for row in made]
    record_acts(viewer, Verb.APPOINT, [(row, {}, _said(row), row.source) for row in in_order])
    tell_appointed(viewer, in_order)
    return in_order


@transaction.atomic
def install_liaisons(viewer: Viewer, drafts: Sequence[LiaisonDraft], *, reason: str = "") -> list[Liaison]:
    """Let many stand by subjects from a day on, in the place of whoever stands there: these end the day before.

    Who stands there already goes on standing there.

    Raises:
        DomainError: ``liaison_taken`` where somebody begins on that day or later; those of `appoint_liaison`.
    """
    lock_subjects(draft.subject_id for draft in drafts)
    wanted = [draft for draft in drafts if not _stands_there(draft)]
    for draft in wanted:
        for liaison in _begun_before(draft):
            end_liaison(viewer, liaison, last_on=draft.from_on - timedelta(days=1), reason=reason or draft.source)
    return appoint_liaisons(viewer, wanted) if wanted else []


def _begun_before(draft: LiaisonDraft) -> list[Liaison]:
    """Whoever stands in that role on the first day, having begun earlier."""
    rows = Liaison.objects.filter(holds_on(draft.from_on), subject_id=draft.subject_id, role=draft.role)
    return list(rows.filter(from_on__lt=draft.from_on))


def _stands_there(draft: LiaisonDraft) -> bool:
    rows = Liaison.objects.filter(holds_on(draft.from_on), subject_id=draft.subject_id, role=draft.role)
    return rows.filter(Q(post_id=draft.post_id, agency_id=draft.agency_id, to_on=draft.to_on)).exists()


def _named(rows: Iterable[Liaison]) -> list[Liaison]:
    fetched = Liaison.objects.filter(pk__in=[row.pk for row in rows])
    return list(fetched.select_related("subject", "post__agency", "agency"))


def _said(row: Liaison) -> Mapping[str, Any]:
    """A liaison for an audit line."""
    who = str(row.post or row.agency)
    values = {"subject": row.subject.label, "role": row.role, "who": who, "from_on": row.from_on, "to_on": row.to_on}
    return {name: value for name, value in values.items() if value is not None}


def _require_ours(viewer: Viewer, drafts: Sequence[LiaisonDraft]) -> dict[int, Subject]:
    """The subjects by number; refuses what is not of the viewer's own division, and who is no leader."""
    division = viewer.division_id
    wanted = {draft.subject_id for draft in drafts}
    subjects = {row.pk: row for row in visible_subjects(viewer).filter(pk__in=wanted, division_id=division)}
    leaders = set(posts_with_role(division, Role.COUNTY_LEADER, clock.today()))
    post_ids = [draft.post_id for draft in drafts if draft.post_id is not None]
    agency_ids = [draft.agency_id for draft in drafts if draft.agency_id is not None]
    known = {
        "post_id": set(posts(viewer).filter(pk__in=post_ids, division_id=division).values_list("pk", flat=True)),
        "agency_id": set(agencies(viewer).filter(pk__in=agency_ids, division_id=division).values_list("pk", flat=True)),
    }
    for draft in drafts:
        _refuse_unfit(draft, subjects, known["agency_id" if draft.role is LiaisonRole.AGENCY else "post_id"], leaders)
    return subjects


def _refuse_unfit(draft: LiaisonDraft, subjects: Mapping[int, Subject], known: set[int], leaders: set[int]) -> None:
    number = draft.agency_id if draft.role is LiaisonRole.AGENCY else draft.post_id
    if draft.subject_id not in subjects or number not in known:
        raise DomainError(
            "elsewhere",
            _("A subject, post or agency named here is not of this division."),
            _("Choose it again from the list."),
        )
    if draft.role is LiaisonRole.LEADER and number not in leaders:
        raise DomainError(
            "not_a_leader",
            _("“%(subject)s”: the post named as leader is no county leader's."),
            _("Choose a leader's post, or give the post that role first."),
            subject=subjects[draft.subject_id].label,
        )
    if draft.to_on is not None and draft.to_on < draft.from_on:
        raise DomainError(
            "runs_backward", _("The last day lies before the first."), _("Give an end that is not before the start.")
        )


def _insert(viewer: Viewer, draft: LiaisonDraft, subject: Subject) -> Liaison:
    is_agency = draft.role is LiaisonRole.AGENCY
    row = Liaison(
        division_id=subject.division_id,
        subject=subject,
        role=draft.role,
        post_id=None if is_agency else draft.post_id,
        agency_id=draft.agency_id if is_agency else None,
        from_on=draft.from_on,
        to_on=draft.to_on,
        source=draft.source.strip(),
        waits_since_on=draft.from_on,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise _taken(draft, subject) from error
    return row


def _taken(draft: LiaisonDraft, subject: Subject) -> DomainError:
    """Who stands there already at that time."""
    rows = Liaison.objects.filter(subject=subject, role=draft.role, voided_at=None)
    rows = rows.filter(Q(to_on=None) | Q(to_on__gte=draft.from_on)).select_related("post__agency", "agency")
    other = rows.order_by("from_on").first()
    return DomainError(
        "liaison_taken",
        _("“%(subject)s” has a %(role)s from %(start)s on: %(who)s."),
        _("Replace that one from a day on, or choose other days."),
        subject=subject.label,
        role=translate(draft.role.msgid),
        start=other.from_on.isoformat() if other else "",
        who=str(other.post or other.agency) if other else "",
    )


@transaction.atomic
def end_liaison(
    viewer: Viewer, liaison: Liaison, *, last_on: date, reason: str = "", seen_version: int | None = None
) -> Liaison:
    """Let a liaison end with a day; before its first day that takes the appointment back, which stays in the history.

    Raises:
        StaleRecord: somebody changed it meanwhile.
        DomainError: ``liaison_over``.
    """
    if not may_change_liaison(viewer, liaison):
        raise Forbidden
    row = _locked(viewer, liaison, seen_version)
    before = {"to_on": row.to_on}
    if last_on < row.from_on:
        row.voided_at = clock.now()
        save_changes(row, "voided_at")
        record_acts(viewer, Verb.VOID, [(row, {}, _said(row), reason.strip())])
    else:
        row.to_on = last_on
        save_changes(row, "to_on")
        record_acts(viewer, Verb.END, [(row, before, _said(row), reason.strip())])
    return row


@transaction.atomic
def replace_liaison(
    viewer: Viewer,
    liaison: Liaison,
    *,
    from_on: date,
    post_id: int | None = None,
    agency_id: int | None = None,
    source: str = "",
    seen_version: int | None = None,
) -> Liaison:
    """From a day on somebody else stands there in the same role; the one before ends the day before.

    Raises:
        StaleRecord: somebody changed it meanwhile.
        DomainError: ``liaison_over``, those of `appoint_liaison`.
    """
    ended = end_liaison(viewer, liaison, last_on=from_on - timedelta(days=1), reason=source, seen_version=seen_version)
    draft = LiaisonDraft(
        subject_id=ended.subject_id,
        role=ended.role,
        from_on=from_on,
        post_id=post_id,
        agency_id=agency_id,
        source=source,
    )
    return appoint_liaison(viewer, draft)


def _locked(viewer: Viewer, liaison: Liaison, seen_version: int | None) -> Liaison:
    """The liaison, locked and current.

    Raises:
        DomainError: ``liaison_over`` when it has ended before today or was taken back.
    """
    lock_subjects([liaison.subject_id])
    Liaison.objects.select_for_update().get(pk=liaison.pk)
    row = liaison_for(viewer, liaison.pk)
    check_version(row, seen_version)
    if row.voided_at is not None or (row.to_on is not None and row.to_on < clock.today()):
        raise DomainError(
            "liaison_over",
            _("This liaison has ended already."),
            _("Appoint somebody anew from a day on."),
        )
    return row


def lock_subjects(subject_ids: Iterable[int]) -> None:
    """Let others who stand by these subjects, or visit them, wait; always taken before the liaisons themselves.

    Without touching their keys: the rows that name a subject hold those already, and two visits would wait for each
    other.
    """
    rows = Subject.objects.select_for_update(no_key=True).filter(pk__in=set(subject_ids)).order_by("pk")
    list(rows.values_list("pk"))


def refresh_visits(subject_ids: Iterable[int]) -> None:
    """Keep the last visit of each liaison of these subjects; one statement for each role.

    The subjects are locked first: of two visits at once the second sees the first. A visit counts for whoever stood
    there on its day: the leader's that made it or took part, the officer's and the agency's by whoever logged it.
    """
    made = Visit.objects.filter(
        subject_id=OuterRef("subject_id"),
        withdrawn_at=None,
        visited_on__gte=OuterRef("from_on"),
        visited_on__lte=Coalesce(OuterRef("to_on"), F("visited_on")),
    )
    whose = {
        LiaisonRole.LEADER: {"leader_post_id": OuterRef("post_id")},
        LiaisonRole.AGENCY: {"agency_id": OuterRef("agency_id")},
        LiaisonRole.OFFICER: {"post_id": OuterRef("post_id")},
    }
    wanted = set(subject_ids)
    lock_subjects(wanted)
    for role, owner in whose.items():
        last = Subquery(made.filter(**owner).order_by("-visited_on").values("visited_on")[:1], output_field=DateField())
        since = Coalesce(last, F("from_on"))
        # Who was reminded of the same wait is not reminded of it again.
        reminded = Case(When(waits_since_on=since, then=F("reminded_on")), default=None, output_field=DateField())
        rows = Liaison.objects.filter(subject_id__in=wanted, role=role)
        rows.update(last_visit_on=last, waits_since_on=since, reminded_on=reminded)
