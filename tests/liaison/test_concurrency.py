"""Two who visit, or appoint, at the same moment: real threads, real connections."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import repeat
from threading import Event
from time import sleep

import pytest
from django.db import connection, transaction

from sushui.liaison import services
from sushui.liaison.enums import LiaisonRole
from sushui.liaison.models import Liaison, Visit
from tests.cast import County
from tests.liaison.play import LiaisonPlay, on
from tests.supervision.play import at
from tests.supervision.together import together

NOON = at("2026-03-03", "12:00")
LEADERS_DAY, BUREAUS_DAY = date(2026, 3, 2), date(2026, 3, 1)
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


@pytest.fixture
def play(committed_county: County, projects: None) -> LiaisonPlay:
    """The county at play, committed, so that other connections see it."""
    return LiaisonPlay(committed_county)


def until_somebody_waits() -> None:
    """Return once another connection waits for a lock; fails after ten seconds."""
    for _turn in repeat(None, 200):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        sleep(0.05)
    pytest.fail("nobody waited")


def one_within_the_other(first: Callable[[], object], second: Callable[[], object]) -> list[object]:
    """What two acts gave: ``second`` begins when ``first`` is written, which is committed when the second waits."""
    is_written = Event()

    @transaction.atomic
    def hold() -> object:
        done = first()
        is_written.set()
        until_somebody_waits()
        return done

    def follow() -> object:
        is_written.wait(10)
        return second()

    return together(NOON, hold, follow)


def test_of_two_visits_at_once_none_is_lost(play: LiaisonPlay) -> None:
    with on():
        subject = play.staffed()

    results = one_within_the_other(
        lambda: play.visit("leader", subject, day=LEADERS_DAY),
        lambda: play.visit("works_handler", subject, day=BUREAUS_DAY),
    )

    last = dict(Liaison.objects.values_list("role", "last_visit_on"))
    assert [type(result) for result in results] == [Visit, Visit]
    assert last == {
        LiaisonRole.LEADER: LEADERS_DAY,
        LiaisonRole.AGENCY: BUREAUS_DAY,
        LiaisonRole.OFFICER: BUREAUS_DAY,
    }


def test_who_visits_and_who_replaces_do_not_block_each_other(play: LiaisonPlay) -> None:
    with on():
        subject = play.staffed()
    officer = Liaison.objects.get(role=LiaisonRole.OFFICER)
    office, head = play.viewer("office"), play.county.posts["works_head"].pk

    results = one_within_the_other(
        lambda: play.visit("works_handler", subject, day=BUREAUS_DAY),
        lambda: services.replace_liaison(office, officer, from_on=date(2026, 3, 3), post_id=head),
    )

    assert [type(result) for result in results] == [Visit, Liaison]
    assert Liaison.objects.get(pk=officer.pk).last_visit_on == BUREAUS_DAY
