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
from sushui.projects.enums import Punctuality
from sushui.projects.models import Project
from sushui.projects.queries import ReportFilter, missing_agencies, report_limits
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
    told = 0
    for agency_id, count in sorted(missing.items()):
        head = heads.get(agency_id)
        posts, url = ([head.pk], _own_url()) if head else (office, _list_url(agency_id, month))
        told += _remind(division_id, agency_id, month, count, posts, url)
    return told


def _own_url() -> str:
    return f"{reverse('projects:own')}?owed=1"


def _list_url(agency_id: int, month: date) -> str:
    """What the agency misses, as the project office may open it; the agency's own list is not open to it."""
    narrowed = ReportFilter(Punctuality.MISSING.value, agency_id)
    return f"{reverse('projects:report-list')}?{narrowed.query(month)}"


def _remind(division_id: int, agency_id: int, month: date, count: int, posts: list[int], url: str) -> bool:
    return post_notice(
        key=f"projects.report_missing:{agency_id}:{month:%Y-%m}",
        division_id=division_id,
        post_ids=posts,
        msgid=MISSING,
        params={"count": str(count), "month": f"{month:%Y-%m}"},
        url=url,
        tone=NoticeTone.YELLOW,
        due_at=open_moment(division_id, clock.now()),
    )
