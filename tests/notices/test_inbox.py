"""A notice stands in the inbox of each post once, from the moment when people may be told; each post reads its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from sushui.kernel import clock, outbox
from sushui.kernel.errors import NotFound
from sushui.kernel.models import OutboxMessage
from sushui.notices import queries, services
from sushui.notices.enums import NoticeTone
from sushui.notices.models import Notice
from sushui.organizations.enums import DelegationReason
from sushui.organizations.models import Delegation
from sushui.organizations.queries import viewer_for
from tests.cast import County
from tests.notices.play import MONDAY_MORNING, at, on, tell, tell_many, told


@pytest.fixture(autouse=True)
def _now(_monday_morning: None) -> None:
    """Everything here happens on a Monday at ten."""


# --- exactly once ----------------------------------------------------------------------------------------------------


def test_notice_reaches_each_post_that_it_is_for(county: County) -> None:
    tell(county, "works_head", "works_handler", tone=NoticeTone.RED)

    outbox.deliver()

    posts = ("works_head", "works_handler", "finance_head")
    assert [len(told(county, post)) for post in posts] == [1, 1, 0]
    assert {(notice.tone, notice.at, notice.read_at) for notice in Notice.objects.all()} == {
        (NoticeTone.RED, MONDAY_MORNING, None)
    }


def test_notice_told_twice_stands_there_once(county: County) -> None:
    assert [tell(county, "works_head"), tell(county, "works_head")] == [True, False]

    outbox.deliver()

    assert len(told(county, "works_head")) == 1


def test_notice_for_nobody_is_not_told(county: County) -> None:
    assert tell(county) is False
    assert OutboxMessage.objects.count() == 0


def test_notice_delivered_again_after_a_crash_stands_there_once(county: County) -> None:
    tell(county, "works_head", "works_handler")
    message = OutboxMessage.objects.get()

    services.deliver_notice(message)
    services.deliver_notice(message)

    assert [len(told(county, post)) for post in ("works_head", "works_handler")] == [1, 1]


def test_notice_that_was_read_stays_read_when_it_is_delivered_again(county: County) -> None:
    tell(county, "works_head")
    message = OutboxMessage.objects.get()
    services.deliver_notice(message)
    services.mark_read(county.viewer("works_head"), [told(county, "works_head")[0].pk])

    services.deliver_notice(message)

    assert [notice.read_at for notice in told(county, "works_head")] == [MONDAY_MORNING]


def test_how_many_statements_delivering_takes_does_not_depend_on_how_many_there_are(
    county: County, django_assert_num_queries
) -> None:
    for number in range(outbox.BATCH):
        tell(county, "works_head", "works_handler", key=f"k{number}")

    with django_assert_num_queries(12):
        outbox.deliver()

    assert [len(told(county, post)) for post in ("works_head", "works_handler")] == [outbox.BATCH, outbox.BATCH]


def test_notice_delivered_by_several_workers_at_once_stands_there_once(committed_county: County) -> None:
    tell(committed_county, "works_head", "works_handler")
    message = OutboxMessage.objects.get()

    def deliver() -> None:
        try:
            with clock.frozen(MONDAY_MORNING):
                services.deliver_notice(message)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(deliver) for _ in range(4)]:
            future.result()

    assert [len(told(committed_county, post)) for post in ("works_head", "works_handler")] == [1, 1]


# --- when people may be told -----------------------------------------------------------------------------------------


def test_notice_waits_until_it_is_due(county: County) -> None:
    tell(county, "works_head", due_at=at("2026-03-03", "08:00"))
    with on("2026-03-03", "07:59"):
        outbox.deliver()
    before = len(told(county, "works_head"))

    with on("2026-03-03", "08:00"):
        outbox.deliver()

    assert (before, len(told(county, "works_head"))) == (0, 1)


# --- reading ---------------------------------------------------------------------------------------------------------


def test_inbox_shows_what_is_unread_first_and_the_newest_first(county: County) -> None:
    first, second, third, fourth = tell_many(county, "works_head", 4)
    viewer = county.viewer("works_head")
    services.mark_read(viewer, [second.pk, fourth.pk])

    shown = queries.inbox(viewer).rows

    assert [notice.pk for notice in shown] == [third.pk, first.pk, fourth.pk, second.pk]


def test_inbox_is_paged_both_ways_over_the_border_of_the_unread(county: County) -> None:
    numbers = [notice.pk for notice in tell_many(county, "works_head", 5)]
    viewer = county.viewer("works_head")
    services.mark_read(viewer, numbers[2:4])

    first = queries.inbox(viewer, size=2)
    second = queries.inbox(viewer, size=2, after=first.after)
    third = queries.inbox(viewer, size=2, after=second.after)
    back = queries.inbox(viewer, size=2, before=third.before)

    pages = [[numbers.index(notice.pk) for notice in page.rows] for page in (first, second, third, back)]
    assert pages == [[4, 1], [0, 3], [2], [0, 3]]
    assert (first.before, third.after) == ("", "")


def test_inbox_of_a_post_is_not_that_of_another(county: County) -> None:
    notice = tell_many(county, "works_head", 1)[0]
    other = county.viewer("works_handler")

    assert (queries.inbox(other).rows, queries.unread_count(other)) == ([], 0)
    assert services.mark_read(other, [notice.pk]) == 0
    with pytest.raises(NotFound):
        queries.notice_for(other, notice.pk)


def test_marking_as_read_counts_what_was_unread(county: County) -> None:
    numbers = [notice.pk for notice in tell_many(county, "works_head", 3)]
    viewer = county.viewer("works_head")

    assert [services.mark_read(viewer, numbers[:2]), services.mark_read(viewer, numbers)] == [2, 1]
    assert queries.unread_count(viewer) == 0


def test_marking_all_leaves_what_came_after_the_page_was_shown(county: County) -> None:
    shown, later = tell_many(county, "works_head", 2)
    viewer = county.viewer("works_head")

    count = services.mark_all_read(viewer, up_to=shown.pk)

    assert (count, [notice.pk for notice in queries.own_notices(viewer).filter(read_at=None)]) == (1, [later.pk])


def test_unread_are_counted_no_further_than_a_hundred(county: County) -> None:
    tell_many(county, "works_head", 120)

    assert queries.unread_count(county.viewer("works_head")) == 100


def test_counting_the_unread_is_one_query(county: County, django_assert_num_queries) -> None:
    tell_many(county, "works_head", 3)
    viewer = county.viewer("works_head")

    with django_assert_num_queries(1):
        queries.unread_count(viewer)


# --- several posts ---------------------------------------------------------------------------------------------------


@pytest.fixture
def lent(county: County) -> County:
    """The head of the works bureau is on leave; the handler acts for the post."""
    Delegation.objects.create(
        from_post=county.posts["works_head"],
        to_post=county.posts["works_handler"],
        reason=DelegationReason.LEAVE,
        from_on=date(2026, 3, 1),
        to_on=date(2026, 3, 31),
    )
    return county


def test_who_acts_for_a_post_reads_its_inbox(lent: County) -> None:
    notice = tell_many(lent, "works_head", 1)[0]
    acting = viewer_for(lent.user("works_handler"), lent.posts["works_head"].pk)
    assert acting is not None

    services.mark_read(acting, [notice.pk])

    assert (acting.is_delegate, queries.unread_count(acting)) == (True, 0)


def test_inbox_tells_what_is_unread_in_the_other_posts(lent: County) -> None:
    tell_many(lent, "works_head", 2)
    viewer = lent.viewer("works_handler")

    elsewhere = queries.unread_elsewhere(viewer)

    assert [(choice.id, count) for choice, count in elsewhere] == [(lent.posts["works_head"].pk, 2)]


def test_inbox_tells_nothing_of_posts_that_are_not_the_viewers(county: County) -> None:
    tell_many(county, "works_head", 2)

    assert queries.unread_elsewhere(county.viewer("works_handler")) == []
