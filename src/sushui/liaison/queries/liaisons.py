"""Liaisons: who stands by what, and who has not visited for longest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When

from sushui.kernel import clock
from sushui.kernel.errors import NotFound
from sushui.kernel.viewer import Viewer
from sushui.liaison.enums import LiaisonRole
from sushui.liaison.models import Liaison, LiaisonList
from sushui.liaison.permissions import may_keep_liaisons
from sushui.liaison.queries.lights import light_condition
from sushui.liaison.queries.standing import holds_on, known_subjects, not_over
from sushui.organizations.queries import holders
from sushui.supervision.enums import StatusLight

if TYPE_CHECKING:
    from sushui.organizations.models import Post


@dataclass(frozen=True)
class LiaisonFilter:
    """What a list of liaisons is narrowed to; every field may be left out. ``is_never``: never visited."""

    role: str = ""
    light: str = ""
    agency_id: int | None = None
    post_id: int | None = None
    is_never: bool = False


def visible_liaisons(viewer: Viewer) -> QuerySet[Liaison]:
    """Liaisons that the viewer may know of, voided ones too; each with its subject and whoever stands by it."""
    rows = Liaison.objects.filter(division_id__in=viewer.division_ids, subject__in=known_subjects(viewer))
    return rows.select_related("subject", "agency", "post__agency", "division").prefetch_related(holders("post__"))


def liaison_for(viewer: Viewer, liaison_id: int) -> Liaison:
    """One liaison.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    found = visible_liaisons(viewer).filter(pk=liaison_id).first()
    if found is None:
        raise NotFound
    return found


def lapses(viewer: Viewer, narrowed: LiaisonFilter = LiaisonFilter()) -> QuerySet[Liaison]:
    """Liaisons that hold today, narrowed; to be sorted by ``waits_since_on``, so that the longest without a visit stand
    first. Who was never visited waits since the appointment.
    """
    rows = visible_liaisons(viewer).filter(holds_on(clock.today()))
    if narrowed.role:
        rows = rows.filter(role=narrowed.role)
    if narrowed.light:
        rows = rows.filter(light_condition(StatusLight(narrowed.light), viewer.division_ids, clock.today()))
    if narrowed.agency_id:
        rows = rows.filter(Q(agency_id=narrowed.agency_id) | Q(post__agency_id=narrowed.agency_id))
    if narrowed.post_id:
        rows = rows.filter(post_id=narrowed.post_id)
    return rows.filter(last_visit_on=None) if narrowed.is_never else rows


def light_counts(viewer: Viewer, rows: QuerySet[Liaison]) -> dict[StatusLight, int]:
    """How many of the rows show each light today; one query beside the settings."""
    whens = [
        When(light_condition(light, viewer.division_ids, clock.today()), then=Value(light.value))
        for light in (StatusLight.RED, StatusLight.YELLOW, StatusLight.GREEN)
    ]
    shown = Case(*whens, default=Value(StatusLight.NONE.value), output_field=CharField())
    counted = rows.order_by().annotate(shown=shown).values_list("shown").annotate(number=Count("pk"))
    found = dict(counted)
    return {light: found.get(light.value, 0) for light in StatusLight}


def own_liaisons(viewer: Viewer) -> QuerySet[Liaison]:
    """What the viewer stands by today, the longest without a visit first.

    The leader by the post; an officer by the post, and all of an agency by what it stands by.
    """
    own = Q(post_id=viewer.post_id) | Q(agency_id__in=viewer.agency_ids)
    rows = visible_liaisons(viewer).filter(own, holds_on(clock.today()))
    return rows.order_by("waits_since_on", "pk")


def liaisons_at_post(post: Post) -> QuerySet[Liaison]:
    """What goes over with the post: its liaisons of today and to come, and its agency's where it is the head's."""
    own = Q(post=post) | (Q(role=LiaisonRole.AGENCY, agency_id=post.agency_id) if post.is_head else Q())
    return Liaison.objects.filter(own, not_over(clock.today()))


def open_lists(viewer: Viewer) -> QuerySet[LiaisonList]:
    """Lists that the viewer's post has sent in and not settled, newest first."""
    if not may_keep_liaisons(viewer):
        return LiaisonList.objects.none()
    rows = LiaisonList.objects.filter(post_id=viewer.post_id, division_id=viewer.division_id, imported_at=None)
    return rows.order_by("-pk")


def list_for(viewer: Viewer, list_id: int) -> LiaisonList:
    """One of them.

    Raises:
        NotFound: none such, another post's, or settled.
    """
    found = open_lists(viewer).filter(pk=list_id).first()
    if found is None:
        raise NotFound
    return found
