"""Reminding the office of objections whose review is due, and the leader of those that are overdue."""

from __future__ import annotations

from django.db import transaction

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.viewer import Clockwork
from sushui.kernel.words import msg
from sushui.notices.enums import NoticeTone
from sushui.notices.services import post_notice
from sushui.organizations.enums import Role
from sushui.organizations.queries import leaders_in_charge, posts_with_role
from sushui.supervision.adapter import Timetable, timetable
from sushui.supervision.enums import ClockKind, RequestState, Rung, TaskKind, Verb
from sushui.supervision.models import Objection

SAID = {
    Rung.DUE_SOON: (NoticeTone.PLAIN, msg("Review of an objection due %(day)s: %(title)s")),
    Rung.OVERDUE: (NoticeTone.YELLOW, msg("Review of an objection overdue since %(day)s: %(title)s")),
    Rung.RED: (NoticeTone.RED, msg("Red: review of an objection, due %(day)s: %(title)s")),
}


def remind_of_reviews() -> int:
    """Raise every alarm about a review that is due and was not raised yet; gives how many.

    A review is due within 30 calendar days (Regulations on Government Inspection, article 17). Exactly once for each
    rung, by the key of the message, and never at night or on a rest day.
    """
    numbers = Objection.objects.filter(state=RequestState.OPEN).order_by("pk").values_list("pk", flat=True)
    return sum(_remind_of(number) for number in list(numbers))


@transaction.atomic
def _remind_of(number: int) -> int:
    rows = Objection.objects.select_for_update(of=("self",)).select_related("conclusion__order")
    objection = rows.get(pk=number)
    table = timetable(objection.division_id)
    if objection.state is not RequestState.OPEN or table.open_moment(clock.now()) > clock.now():
        return 0
    steps = table.steps(objection.review_due_on, ClockKind.OBJECTION_REVIEW, TaskKind.GENERAL)
    return sum(_raise_alarm(objection, rung, table) for rung in steps.reached(clock.today()) if rung in SAID)


def _raise_alarm(objection: Objection, rung: Rung, table: Timetable) -> bool:
    tone, msgid = SAID[rung]
    day = objection.review_due_on.isoformat()
    is_new = post_notice(
        key=f"supervision.objection:{objection.pk}:{rung}",
        division_id=objection.division_id,
        post_ids=sorted(_audience(objection, rung)),
        msgid=msgid,
        params={"title": objection.conclusion.order.title, "day": day},
        url=f"/supervision/conclusions/{objection.conclusion_id}/",
        tone=tone,
        due_at=table.open_moment(clock.now()),
    )
    if is_new:
        said = {"day": day, "what": ClockKind.OBJECTION_REVIEW, "rung": rung}
        record_act(Clockwork(objection.division_id), Verb.CLIMB, objection, after=said)
    return is_new


def _audience(objection: Objection, rung: Rung) -> set[int]:
    """The office; once it is red the leader in charge of whoever issued the inspection, where there is one."""
    today = clock.today()
    issuer_id = objection.conclusion.order.issuer_agency_id
    leaders = set(leaders_in_charge([issuer_id], today).values()) if rung is Rung.RED else set()
    return leaders or set(posts_with_role(objection.division_id, Role.SUPERVISION_OFFICE, today))
