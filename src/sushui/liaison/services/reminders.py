"""What the clock does by itself: remind of visits that are overdue."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from sushui.kernel import clock
from sushui.kernel.batches import batch
from sushui.liaison.models import Liaison
from sushui.liaison.queries import intervals_of, liaison_rows, light_condition
from sushui.liaison.queries.standing import holds_on
from sushui.liaison.rules import may_remind
from sushui.liaison.services.notify import tell_overdue
from sushui.notices.services import open_moment
from sushui.supervision.enums import StatusLight


def remind_overdue() -> int:
    """Remind of every visit that is overdue, once for each interval that passes; gives how many were told.

    Nobody is told at night or on a rest day: then it waits for the first hour in which people may be disturbed.
    """
    standing = Liaison.objects.filter(holds_on(clock.today()))
    divisions = standing.order_by("division_id").values_list("division_id", flat=True).distinct()
    with batch():
        return sum(_remind_in(division_id) for division_id in divisions)


def _remind_in(division_id: int) -> int:
    now, today = clock.now(), clock.today()
    if open_moment(division_id, now) > now:
        return 0
    late = light_condition(StatusLight.YELLOW, [division_id], today) | light_condition(
        StatusLight.RED, [division_id], today
    )
    rows = Liaison.objects.filter(late, division_id=division_id).filter(Q(reminded_on=None) | Q(reminded_on__lt=today))
    return sum(_remind(number) for number in rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _remind(number: int) -> int:
    """Remind of one, locked; 1 when somebody was told."""
    rows = Liaison.objects.select_for_update(of=("self",)).select_related("subject", "agency", "post__agency")
    liaison, today = rows.get(pk=number), clock.today()
    days = intervals_of(liaison.division_id, today).days_of(liaison.role)
    if not may_remind(waits_since=liaison.waits_since_on, days=days, reminded_on=liaison.reminded_on, on=today):
        return 0
    row = liaison_rows([liaison])[0]
    tell_overdue(liaison, row.light, row.days_waited)
    Liaison.objects.filter(pk=number).update(reminded_on=today)
    return 1
