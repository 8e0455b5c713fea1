"""What the clock does by itself: tell agencies which of their projects are missing in a month that is locked now."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.urls import reverse

from sushui.kernel import clock
from sushui.kernel.batches import batch
from sushui.kernel.words import msg
from sushui.notices.enums import NoticeTone
from sushui.notices.services import open_moment, post_notice
from sushui.organizations.enums import Role
from sushui.organizations.queries import head_posts, posts_with_role
from sushui.projects.models import Project
from sushui.projects.queries import missing_agencies, report_limits
from sushui.projects.rules.reports import last_locked_month

MISSING = msg("%(count)s projects have not reported %(month)s, which is locked")


def remind_missing_reports() -> int:
    """Tell each agency once a month what it has not reported by the cut-off; gives how many agencies were told.

    The head is told, where there is none the project office. Safe to run at any time: the month's message has one key,
    and waits for the hour in which people may be disturbed.
    """
    divisions = Project.objects.order_by("division_id").values_list("division_id", flat=True).distinct()
    with batch():
        return sum(_remind_in(division_id) for division_id in divisions)


@transaction.atomic
def _remind_in(division_id: int) -> int:
    today = clock.today()
    month = last_locked_month(today, report_limits(division_id, today))
    missing = missing_agencies(division_id, month)
    heads = head_posts(missing)
    office = posts_with_role(division_id, Role.PROJECT_OFFICE, today) if missing.keys() - heads.keys() else []
    told = (
        _remind(division_id, agency_id, month, count, [heads[agency_id].pk] if agency_id in heads else office)
        for agency_id, count in sorted(missing.items())
    )
    return sum(told)


def _remind(division_id: int, agency_id: int, month: date, count: int, posts: list[int]) -> bool:
    return post_notice(
        key=f"projects.report_missing:{agency_id}:{month:%Y-%m}",
        division_id=division_id,
        post_ids=posts,
        msgid=MISSING,
        params={"count": str(count), "month": f"{month:%Y-%m}"},
        url=f"{reverse('projects:own')}?owed=1",
        tone=NoticeTone.YELLOW,
        due_at=open_moment(division_id, clock.now()),
    )
