"""Telling posts what concerns them: written into the outbox with the act, sent when people may be disturbed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse

from sushui.kernel import clock
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import msg
from sushui.liaison.models import Liaison, Visit
from sushui.notices.enums import NoticeTone
from sushui.notices.services import open_moment, post_notice
from sushui.organizations.queries import head_posts
from sushui.supervision.enums import StatusLight

APPOINTED = msg("From %(day)s on you stand by: %(title)s")
OVERDUE = msg("%(days)s days without a visit: %(title)s")
TOOK_PART = msg("%(who)s logged a visit in which you took part: %(title)s")
TONES = {StatusLight.RED: NoticeTone.RED, StatusLight.YELLOW: NoticeTone.YELLOW}


def url_of(subject_id: int) -> str:
    return reverse("liaison:subject", args=[subject_id])


def posts_of(liaisons: Iterable[Liaison]) -> dict[int, int | None]:
    """The post to be told, by the liaison's number: its own, or the head's of its agency, None where there is none."""
    rows = list(liaisons)
    heads = head_posts(row.agency_id for row in rows if row.agency_id is not None)
    return {row.pk: row.post_id or _pk(heads.get(row.agency_id or 0)) for row in rows}


def _pk(post: object) -> int | None:
    return getattr(post, "pk", None)


def tell_appointed(viewer: Viewer, liaisons: Sequence[Liaison]) -> None:
    """Tell each post what it stands by from now on; nobody is told what they did themselves."""
    if not liaisons:
        return
    posts, moment = posts_of(liaisons), open_moment(liaisons[0].division_id, clock.now())
    for row in liaisons:
        post_notice(
            key=f"liaison.appointed:{row.pk}",
            division_id=row.division_id,
            post_ids=_others(viewer, [posts[row.pk]]),
            msgid=APPOINTED,
            params={"day": row.from_on.isoformat(), "title": row.subject.label[:80]},
            url=url_of(row.subject_id),
            due_at=moment,
        )


def tell_leader(viewer: Viewer, visit: Visit) -> None:
    """Tell the leader that somebody logged a visit in which they are said to have taken part."""
    post_notice(
        key=f"liaison.took_part:{visit.pk}:{visit.version}",
        division_id=visit.division_id,
        post_ids=_others(viewer, [visit.leader_post_id]),
        msgid=TOOK_PART,
        params={"who": f"{viewer.agency_name} {viewer.post_name}", "title": visit.subject.label[:80]},
        url=reverse("liaison:visit", args=[visit.pk]),
        due_at=open_moment(visit.division_id, clock.now()),
    )


def tell_overdue(liaison: Liaison, light: StatusLight, days: int) -> None:
    """Remind whoever stands there that a visit is overdue; once for each interval."""
    post = posts_of([liaison])[liaison.pk]
    moment = clock.now()
    post_notice(
        key=f"liaison.overdue:{liaison.pk}:{liaison.waits_since_on}:{clock.today()}",
        division_id=liaison.division_id,
        post_ids=[post] if post else [],
        msgid=OVERDUE,
        params={"days": str(days), "title": liaison.subject.label[:80]},
        url=url_of(liaison.subject_id),
        tone=TONES.get(light, NoticeTone.PLAIN),
        due_at=open_moment(liaison.division_id, moment),
    )


def _others(viewer: Viewer, posts: Iterable[int | None]) -> list[int]:
    return [post for post in posts if post is not None and post != viewer.post_id]
