"""Telling posts what concerns them: written into the outbox with the act, sent when people may be disturbed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse

from sushui.kernel import clock
from sushui.kernel.words import msg
from sushui.notices.enums import NoticeTone
from sushui.notices.services import post_notice
from sushui.organizations.enums import Role
from sushui.organizations.queries import head_posts, leaders_in_charge, posts_with_role
from sushui.supervision.enums import RequestKind, Rung, Verb
from sushui.supervision.models import SupervisedTask, TaskPart, TaskRequest
from sushui.supervision.permissions import deciders
from sushui.supervision.services.steps import Act

TOLD = {
    Verb.ASSIGN: msg("New task: %(title)s"),
    Verb.WITHDRAW: msg("Withdrawn: %(title)s"),
    Verb.CLOSE: msg("Closed: %(title)s"),
    Verb.RETURN: msg("Returned for more work: %(title)s"),
    Verb.SUSPEND: msg("Suspended with a plan: %(title)s"),
    Verb.RESUME: msg("Resumed: %(title)s"),
    Verb.EXTEND: msg("Deadline extended: %(title)s"),
    Verb.REFUSE_EXTENSION: msg("Extension refused: %(title)s"),
    Verb.REFUSE_SUSPENSION: msg("Suspension refused: %(title)s"),
    Verb.DECIDE_OWNERSHIP: msg("Ownership decided: %(title)s"),
    Verb.APPOINT: msg("You are to handle: %(title)s"),
    Verb.REMIND: msg("Please answer: %(title)s"),
    Verb.ANSWER: msg("%(agency)s answered: %(title)s"),
}
ASKED = {
    RequestKind.CLOSING: msg("%(agency)s applies for closing: %(title)s"),
    RequestKind.EXTENSION: msg("%(agency)s asks for an extension: %(title)s"),
    RequestKind.SUSPENSION: msg("%(agency)s asks for suspension: %(title)s"),
    RequestKind.OWNERSHIP: msg("%(agency)s says that it is not theirs: %(title)s"),
}


def url_of(task: SupervisedTask) -> str:
    return reverse("supervision:task", args=[task.pk])


def tell_agencies(act: Act, parts: Iterable[TaskPart], tone: NoticeTone = NoticeTone.PLAIN) -> None:
    """Tell the handlers, the heads where nobody is named, the office where there is no head, of what was done."""
    tell_agencies_of([(act, list(parts))], tone)


def tell_agencies_of(acts: Sequence[tuple[Act, Sequence[TaskPart]]], tone: NoticeTone = NoticeTone.PLAIN) -> None:
    """The same for many acts, each with its parts; the heads are asked for once."""
    unnamed = {part.agency_id for _act, parts in acts for part in parts if part.handler_post_id is None}
    heads = {agency_id: post.pk for agency_id, post in head_posts(unnamed).items()}
    for act, parts in acts:
        posts = {part.handler_post_id or heads.get(part.agency_id) for part in parts}
        seats = {post for post in posts if post} | (office_posts(act.task) if None in posts else set())
        _post(act, seats, TOLD[act.verb], tone, agency=act.viewer.agency_name)


def tell_deciders(act: Act, request: TaskRequest) -> None:
    """Tell the office that issued the task that something waits for its decision; the leader where that decides."""
    agency_ids: set[int | None] = {act.task.lead_agency_id, request.part.agency_id}
    leaders = deciders(act.viewer, act.task.division_id).leaders_for(act.task, agency_ids)
    _post(
        act,
        set(leaders) or office_posts(act.task),
        ASKED[request.kind],
        NoticeTone.PLAIN,
        agency=act.viewer.agency_name,
    )


def tell_of_returns(act: Act, part: TaskPart, rung: Rung, msgid: str) -> bool:
    """Raise a rung for a task that is red by its returns: the leader's, or the office's that lists; once for a task."""
    seats = leader_posts(act.task, part.agency_id) if rung is Rung.RED else office_posts(act.task)
    key = f"supervision.returned:{act.task.pk}:{rung}"
    return _post(act, seats, msgid, NoticeTone.RED, key=key, agency=str(part.agency))


def office_posts(task: SupervisedTask) -> set[int]:
    """The supervision office of the task's division and the post that issued its order."""
    office = posts_with_role(task.division_id, Role.SUPERVISION_OFFICE, clock.today())
    return {*office, task.order.issuer_post_id}


def leader_posts(task: SupervisedTask, agency_id: int) -> set[int]:
    """The leader named for the task, else the one in charge of the agency, else the office."""
    if task.leader_post_id:
        return {task.leader_post_id}
    return set(leaders_in_charge([agency_id], clock.today()).values()) or office_posts(task)


def _post(act: Act, posts: set[int], msgid: str, tone: NoticeTone, *, key: str = "", **params: str) -> bool:
    """Put a message into the outbox, under a ``key`` of its own once for ever; gives whether it is new."""
    moment = clock.now()
    return post_notice(
        key=key or f"supervision.task:{act.task.pk}:{act.verb}:{act.task.version}:{moment.timestamp()}:{tone}",
        division_id=act.task.division_id,
        post_ids=sorted(posts),
        msgid=msgid,
        params={"title": act.task.title[:80], **params},
        url=url_of(act.task),
        tone=tone,
        due_at=act.table.open_moment(moment),
    )
