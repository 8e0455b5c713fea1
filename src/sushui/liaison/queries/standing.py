"""What a viewer's agency stands by: on this the walls of the room stand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from sushui.kernel import clock
from sushui.kernel.models import Subject
from sushui.kernel.subjects import visible_subjects
from sushui.kernel.viewer import Viewer
from sushui.liaison.enums import LiaisonRole
from sushui.liaison.models import Liaison
from sushui.liaison.permissions import may_open_liaison, sees_all_liaisons


def holds_on(on: date) -> Q:
    """Liaisons that hold on the day."""
    return Q(voided_at=None, from_on__lte=on) & not_over(on)


def not_over(on: date) -> Q:
    """Liaisons that hold on the day or begin later."""
    return Q(voided_at=None) & (Q(to_on=None) | Q(to_on__gte=on))


def standing_leaders(subject_ids: Iterable[int]) -> dict[int, int]:
    """Subject to the post of the leader who stands by it today; one query.

    No viewer: it says whom the house tells, and shows nobody anything. A page reads `subject_liaison`.
    """
    rows = Liaison.objects.filter(holds_on(clock.today()), role=LiaisonRole.LEADER, subject_id__in=list(subject_ids))
    return {subject: post for subject, post in rows.values_list("subject_id", "post_id") if post is not None}


def stood_by_ids(viewer: Viewer) -> QuerySet[Liaison, int]:
    """Numbers of the subjects that the viewer's agency, one below it or a post in them stands by now or soon."""
    own = Q(agency_id__in=viewer.agency_ids) | Q(post__agency_id__in=viewer.agency_ids) | Q(post_id=viewer.post_id)
    rows = Liaison.objects.filter(own, not_over(clock.today()), division_id__in=viewer.division_ids)
    return rows.values_list("subject_id", flat=True)


def known_subjects(viewer: Viewer) -> QuerySet[Subject]:
    """Subjects whose liaisons and visits the viewer may read: the overseers' all, an agency's what it stands by.

    Standing by a subject is reason enough to know of it, whatever its own room shows of it otherwise.
    """
    if not may_open_liaison(viewer):
        return Subject.objects.none()
    if sees_all_liaisons(viewer):
        return visible_subjects(viewer)
    return Subject.objects.filter(pk__in=stood_by_ids(viewer), division_id__in=viewer.division_ids)
