"""What happens beside the courses: a handover, a leave, conclusions and objections to them."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sushui.kernel import clock
from sushui.kernel.models import User
from sushui.notices import services as notices
from sushui.organizations import services as organizations
from sushui.organizations.enums import DelegationReason
from sushui.supervision import services as supervision

from .history import History

if TYPE_CHECKING:
    from sushui.supervision.models import Conclusion, Objection

NEWEST = 2**63 - 1


def plan_events(history: History) -> None:
    """Put the events on their days, before whatever else happens on them."""
    for day, event in ((-18, _conclude), (-6, _hand_over), (-2, _read_inboxes), (-2, _go_on_leave)):
        history.deeds[day].insert(0, partial(event, history))


def _hand_over(history: History) -> None:
    """The handler of the housing bureau leaves for another post; the successor finds every open item."""
    county = history.county
    seat = county.seats["housing.handler"]
    founder = county.viewer("city.administrator")
    assert seat.user is not None, "somebody sat there"
    leaver = User.objects.get(pk=seat.user.pk)
    name, username = leaver.name, leaver.username
    User.objects.filter(pk=leaver.pk).update(name=name.replace("经办人", "原经办人"), username=f"{username}.former")
    successor = organizations.register_person(founder, username=username, name=name, password=None)
    User.objects.filter(pk=successor.pk).update(password=leaver.password, must_change_password=False)
    organizations.hand_over_post(founder, seat.post, successor=successor)
    county.reseat("housing.handler", successor)


def _go_on_leave(history: History) -> None:
    """A deputy head of the county is on leave; the executive deputy acts for the post meanwhile."""
    county = history.county
    organizations.delegate_post(
        county.viewer("government.construction"),
        county.seats["government.construction"].post,
        to_post=county.seats["government.executive"].post,
        from_on=clock.today(),
        to_on=clock.today() + timedelta(days=12),
        reason=DelegationReason.LEAVE,
    )


def _read_inboxes(history: History) -> None:
    """Everybody has read what came until then; what came since is new to them."""
    for key, seat in history.county.seats.items():
        if seat.user is not None:
            notices.mark_all_read(history.county.viewer(key), up_to=NEWEST)


def _conclude(history: History) -> None:
    """Two agencies hear what the inspection found; both object, one objection is reviewed by now."""
    office = history.county.viewer("office.head")
    for agency in ("housing", "market"):
        conclusion = supervision.deliver_conclusion(
            office,
            history.orders["inspection"],
            agency_id=history.county.agencies[agency].pk,
            text=history.sentences.next("conclusion"),
        )
        history.deeds[-14].append(partial(_object, history, agency, conclusion))


def _object(history: History, agency: str, conclusion: Conclusion) -> None:
    head = history.county.viewer(f"{agency}.head")
    objection = supervision.object_to_conclusion(head, conclusion, reason=history.sentences.next("objection"))
    if agency == "market":
        history.deeds[-5].append(partial(_review, history, objection))


def _review(history: History, objection: Objection) -> None:
    """Somebody else than the drafter decides."""
    inspector = history.county.viewer("office.inspector")
    supervision.review_objection(inspector, objection, is_upheld=True, note=history.sentences.next("review"))
