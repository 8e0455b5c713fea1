"""Telling posts what concerns them: written into the outbox with the act, sent when people may be disturbed."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from sushui.kernel import clock
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import msg
from sushui.notices.enums import NoticeTone
from sushui.notices.services import open_moment, post_notice
from sushui.organizations.enums import AgencyKind, Role
from sushui.organizations.queries import agencies, head_posts, lineage, posts, posts_with_role
from sushui.relief.enums import SupportLevel
from sushui.relief.models import SupportRequest
from sushui.relief.permissions import OFFICE_ROLES

RECEIVED = msg("A request to assign: %(title)s")
ALERTED = msg("Obstruction of construction, act at once: %(title)s")
ANSWERED = msg("Your request was answered, please rate the answer: %(title)s")
REOPENED = msg("Not satisfied, reopened: %(title)s")
CHECKING = msg("Not satisfied again, to be checked by the office: %(title)s")
RAISED = msg("Raised to you: %(title)s")


def _tell(
    viewer: Viewer,
    row: SupportRequest,
    key: str,
    msgid: str,
    post_ids: Iterable[int],
    *,
    tone: NoticeTone = NoticeTone.PLAIN,
    at_once: bool = False,
) -> None:
    post_notice(
        key=f"relief.{key}:{row.pk}:{row.version}",
        division_id=row.division_id,
        post_ids=sorted(set(post_ids) - {viewer.post_id}),
        msgid=msgid,
        params={"title": f"{row.enterprise.name}：{row.content}"[:80]},
        url=reverse("relief:request", args=[row.pk]),
        due_at=clock.now() if at_once else open_moment(row.division_id, clock.now()),
        tone=tone,
    )


def _office(row: SupportRequest) -> list[int]:
    return [post for role in OFFICE_ROLES for post in posts_with_role(row.division_id, role, clock.today())]


def tell_office_of_new(viewer: Viewer, row: SupportRequest) -> None:
    """A request waits to be assigned."""
    if not viewer.has(*OFFICE_ROLES):
        _tell(viewer, row, "received", RECEIVED, _office(row))


def tell_alerted(viewer: Viewer, row: SupportRequest) -> None:
    """The agency that must act at once, and the office: at night and on rest days too."""
    heads = head_posts([row.alerted_agency_id] if row.alerted_agency_id else []).values()
    told = {head.pk for head in heads} | set(_office(row))
    _tell(viewer, row, "alerted", ALERTED, told, tone=NoticeTone.RED, at_once=True)


def tell_asker(viewer: Viewer, row: SupportRequest) -> None:
    """The people of the enterprise, where exactly one agency of the division has its code."""
    if not row.enterprise.code:
        return
    own = agencies(viewer).filter(division_id=row.division_id, kind=AgencyKind.ENTERPRISE, code=row.enterprise.code)
    numbers = list(own.values_list("pk", flat=True)[:2])
    if len(numbers) == 1:
        told = posts(viewer).filter(agency_id=numbers[0]).values_list("pk", flat=True)
        _tell(viewer, row, "answered", ANSWERED, told)


def tell_of_reopening(viewer: Viewer, row: SupportRequest, *, is_to_check: bool) -> None:
    """The office, and the head of whoever answered."""
    heads = head_posts([row.lead_agency_id] if row.lead_agency_id else []).values()
    told = {head.pk for head in heads} | set(_office(row))
    key, msgid = ("checking", CHECKING) if is_to_check else ("reopened", REOPENED)
    _tell(viewer, row, key, msgid, told, tone=NoticeTone.YELLOW)


def tell_level(viewer: Viewer, row: SupportRequest) -> None:
    """The leaders of the division, or those of the division above."""
    divisions = lineage(row.division_id)
    of = divisions[1] if row.level is SupportLevel.ABOVE and len(divisions) > 1 else row.division_id
    _tell(viewer, row, "raised", RAISED, posts_with_role(of, Role.COUNTY_LEADER, clock.today()), tone=NoticeTone.YELLOW)
