"""Responsibility sticks to posts: handing over, vacancy, leave and delegation."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from sushui.kernel import clock, events
from sushui.kernel.errors import DomainError, Forbidden, StaleRecord
from sushui.kernel.models import AuditLine, User
from sushui.organizations import queries, services
from sushui.organizations.enums import DelegationReason, Role
from sushui.organizations.events import PostHandedOver
from sushui.organizations.models import Delegation, Post, Tenure
from tests.cast import LONG_AGO, County

CHINA = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=CHINA)


@pytest.fixture(autouse=True)
def monday():
    with clock.frozen(at(MONDAY)):
        yield


@pytest.fixture
def newcomer(county: County) -> User:
    return services.register_person(county.viewer("administrator"), username="newcomer", name="新任", password="pw")


def tenures(post: Post) -> list[tuple[str, date, date | None]]:
    rows = Tenure.objects.filter(post=post).order_by("from_on")
    return [(row.user.username, row.from_on, row.to_on) for row in rows]


def hand_over(county: County, post: str, successor: User | None, by: str = "administrator", **more: object) -> None:
    services.hand_over_post(county.viewer(by), county.posts[post], successor=successor, **more)  # type: ignore[arg-type]


# --- handing over ----------------------------------------------------------------------------------------------------
def test_successor_begins_today_and_the_predecessor_ended_yesterday(county: County, newcomer: User) -> None:
    hand_over(county, "works_head", newcomer)

    assert tenures(county.posts["works_head"]) == [
        ("works_head", LONG_AGO, MONDAY - DAY),
        ("newcomer", MONDAY, None),
    ]


def test_successor_acts_at_once_and_the_predecessor_no_longer(county: County, newcomer: User) -> None:
    hand_over(county, "works_head", newcomer)

    viewer = queries.viewer_for(newcomer)

    assert viewer is not None
    assert (viewer.post_id, viewer.roles) == (county.posts["works_head"].pk, frozenset({"agency_head"}))
    assert queries.viewer_for(county.user("works_head")) is None


def test_handing_over_later_changes_nothing_until_that_day(county: County, newcomer: User) -> None:
    hand_over(county, "works_head", newcomer, from_on=MONDAY + 7 * DAY)

    with clock.frozen(at(MONDAY + 6 * DAY)):
        before = queries.viewer_for(newcomer)
    with clock.frozen(at(MONDAY + 7 * DAY)):
        after = queries.viewer_for(newcomer)

    assert (before, after is not None) == (None, True)


def test_post_without_a_successor_is_vacant(county: County) -> None:
    hand_over(county, "works_head", None)

    (post,) = queries.posts(county.viewer("administrator")).filter(pk=county.posts["works_head"].pk)
    assert (list(post.holders_now), tenures(post)) == ([], [("works_head", LONG_AGO, MONDAY - DAY)])


def test_vacant_post_can_be_filled(county: County, newcomer: User) -> None:
    hand_over(county, "works_head", None)
    hand_over(county, "works_head", newcomer)

    assert tenures(county.posts["works_head"])[-1] == ("newcomer", MONDAY, None)


def test_tenure_that_began_today_never_was_when_it_is_corrected_today(county: County, newcomer: User) -> None:
    hand_over(county, "works_head", newcomer)
    hand_over(county, "works_head", county.user("finance_head"))

    assert tenures(county.posts["works_head"])[1:] == [("finance_head", MONDAY, None)]


def test_one_person_may_hold_two_posts(county: County) -> None:
    hand_over(county, "finance_head", county.user("works_head"))

    viewer = queries.viewer_for(county.user("works_head"))

    assert viewer is not None
    assert {choice.id for choice in viewer.posts} == {county.posts["works_head"].pk, county.posts["finance_head"].pk}


def test_handing_over_writes_a_line_and_tells_the_rooms_above(county: County, newcomer: User) -> None:
    heard: list[PostHandedOver] = []
    events.subscribe(PostHandedOver, heard.append)
    administrator = county.viewer("administrator")

    services.hand_over_post(administrator, county.posts["works_head"], successor=newcomer)
    events._handlers[PostHandedOver].remove(heard.append)

    line = AuditLine.objects.get(verb="hand_over_post")
    assert (line.before, line.after) == ({"holder": "县住建局局长"}, {"holder": "新任", "from_on": "2026-03-02"})
    assert heard == [
        PostHandedOver(administrator, county.posts["works_head"].pk, "县住建局 局长", "县住建局局长", "新任")
    ]


def test_closed_account_is_not_seated(county: County, newcomer: User) -> None:
    services.deactivate_person(county.viewer("administrator"), newcomer)

    with pytest.raises(DomainError) as refusal:
        hand_over(county, "works_head", newcomer)

    assert (refusal.value.code, len(tenures(county.posts["works_head"]))) == ("account_closed", 1)


def test_tenure_in_days_that_somebody_holds_already_is_refused(county: County, newcomer: User) -> None:
    hand_over(county, "works_head", newcomer, from_on=MONDAY + 7 * DAY)

    with pytest.raises(DomainError) as refusal:
        hand_over(county, "works_head", county.user("finance_head"))

    assert refusal.value.code == "tenure_overlaps"
    assert tenures(county.posts["works_head"])[0] == ("works_head", LONG_AGO, MONDAY + 6 * DAY)


@pytest.mark.parametrize(
    ("from_on", "to_on"),
    [(LONG_AGO, None), (date(2020, 1, 1), date(2020, 1, 1)), (date(2010, 1, 1), LONG_AGO), (MONDAY, None)],
)
def test_database_too_refuses_two_holders_on_one_day(
    county: County, newcomer: User, from_on: date, to_on: date | None
) -> None:
    with pytest.raises(IntegrityError, match="one_holder_at_a_time"), transaction.atomic():
        Tenure.objects.create(post=county.posts["works_head"], user=newcomer, from_on=from_on, to_on=to_on)


def test_database_accepts_a_tenure_that_ended_the_day_before(county: County, newcomer: User) -> None:
    Tenure.objects.create(
        post=county.posts["works_head"], user=newcomer, from_on=date(2010, 1, 1), to_on=LONG_AGO - DAY
    )

    assert len(tenures(county.posts["works_head"])) == 2


def test_database_refuses_a_tenure_that_ends_before_it_begins(county: County, newcomer: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Tenure.objects.create(post=county.posts["works_head"], user=newcomer, from_on=MONDAY, to_on=MONDAY - DAY)


def test_second_of_two_who_hand_over_is_told(county: County, newcomer: User) -> None:
    seen = county.posts["works_head"].version
    hand_over(county, "works_head", newcomer, seen_version=seen)

    with pytest.raises(StaleRecord):
        hand_over(county, "works_head", county.user("finance_head"), seen_version=seen)

    assert tenures(county.posts["works_head"])[-1] == ("newcomer", MONDAY, None)


@pytest.mark.parametrize("by", ["works_head", "administrator"])
def test_head_of_the_agency_and_administrator_may_hand_over(county: County, newcomer: User, by: str) -> None:
    hand_over(county, "works_handler", newcomer, by=by)

    assert tenures(county.posts["works_handler"])[-1] == ("newcomer", MONDAY, None)


@pytest.mark.parametrize(
    "by", ["works_handler", "finance_head", "office", "leader", "city_leader", "neighbor_administrator", "township"]
)
def test_nobody_else_may_hand_over(county: County, newcomer: User, by: str) -> None:
    with pytest.raises(Forbidden):
        hand_over(county, "works_handler", newcomer, by=by)


# --- leave and delegation --------------------------------------------------------------------------------------------
def delegate(county: County, by: str = "works_head", post: str = "works_head", to: str = "works_handler", **days: date):
    first, last = days.get("from_on", MONDAY), days.get("to_on", MONDAY + 4 * DAY)
    return services.delegate_post(
        county.viewer(by),
        county.posts[post],
        to_post=county.posts[to],
        from_on=first,
        to_on=last,
        reason=DelegationReason.LEAVE,
    )


def posts_of(county: County, person: str, on: date) -> list[tuple[str, bool]]:
    with clock.frozen(at(on)):
        viewer = county.viewer(person)
    return [(choice.label, choice.is_delegated) for choice in viewer.posts]


@pytest.mark.parametrize(
    ("on", "may_act"),
    [
        (MONDAY - DAY, False),
        (MONDAY, True),
        (MONDAY + 4 * DAY, True),
        (MONDAY + 5 * DAY, False),
    ],
)
def test_delegation_acts_from_its_first_to_its_last_day(county: County, on: date, may_act: bool) -> None:
    delegate(county)

    own, lent = ("县住建局 经办人", False), ("县住建局 局长", True)
    assert posts_of(county, "works_handler", on) == ([own, lent] if may_act else [own])


def test_delegate_acts_with_the_roles_of_the_post_and_says_so(county: County) -> None:
    delegate(county)

    viewer = queries.viewer_for(county.user("works_handler"), county.posts["works_head"].pk)

    assert viewer is not None
    assert (viewer.is_delegate, viewer.roles, viewer.user_name) == (
        True,
        frozenset({"agency_head"}),
        "县住建局经办人",
    )


def test_what_a_delegate_does_says_who_and_in_which_post(county: County, newcomer: User) -> None:
    delegate(county)
    viewer = queries.viewer_for(county.user("works_handler"), county.posts["works_head"].pk)
    assert viewer is not None

    services.hand_over_post(viewer, county.posts["works_handler"], successor=newcomer)

    line = AuditLine.objects.get(verb="hand_over_post")
    assert (line.user_name, line.post_name) == ("县住建局经办人", "县住建局 局长")


def test_holder_still_acts_while_somebody_acts_too(county: County) -> None:
    delegate(county)

    acting = queries.users_at([county.posts["works_head"].pk], MONDAY)

    people = [county.user("works_head").pk, county.user("works_handler").pk]
    assert acting == {county.posts["works_head"].pk: people}


def test_revoked_delegation_ends_at_once(county: County) -> None:
    services.revoke_delegation(county.viewer("works_head"), delegate(county))

    assert posts_of(county, "works_handler", MONDAY) == [("县住建局 经办人", False)]


def test_delegation_is_revoked_once(county: County) -> None:
    delegation = delegate(county)
    services.revoke_delegation(county.viewer("works_head"), delegation)

    with pytest.raises(DomainError) as refusal:
        services.revoke_delegation(county.viewer("works_head"), delegation)

    assert refusal.value.code == "delegation_over"


def test_delegation_and_its_end_are_lines_of_the_post(county: County) -> None:
    services.revoke_delegation(county.viewer("works_head"), delegate(county))

    target = f"organizations.post:{county.posts['works_head'].pk}"
    verbs = AuditLine.objects.filter(target=target).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["delegate_post", "revoke_delegation"]


@pytest.mark.parametrize(
    ("to", "first", "last"),
    [
        ("works_head", MONDAY, MONDAY),
        ("works_handler", MONDAY, MONDAY - DAY),
        ("neighbor_head", MONDAY, MONDAY),
    ],
)
def test_delegation_to_itself_backwards_or_abroad_is_refused(county: County, to: str, first: date, last: date) -> None:
    with pytest.raises(DomainError) as refusal:
        delegate(county, to=to, from_on=first, to_on=last)

    assert (refusal.value.code, Delegation.objects.count()) == ("delegation_impossible", 0)


@pytest.mark.parametrize(("first", "last"), [(0, 4), (4, 9), (-3, 0), (1, 2), (-9, 9)])
def test_post_is_lent_to_one_at_a_time(county: County, first: int, last: int) -> None:
    delegate(county)

    with pytest.raises(DomainError) as refusal:
        delegate(county, to="finance_head", from_on=MONDAY + first * DAY, to_on=MONDAY + last * DAY)

    assert refusal.value.code == "delegation_overlaps"


def test_post_is_lent_again_after_the_delegation_was_revoked(county: County) -> None:
    services.revoke_delegation(county.viewer("works_head"), delegate(county))

    delegate(county, to="finance_head")

    assert Delegation.objects.filter(revoked_at=None).count() == 1


@pytest.mark.parametrize("by", ["works_handler", "works_head", "administrator"])
def test_holder_head_and_administrator_may_delegate(county: County, by: str) -> None:
    delegate(county, by=by, post="works_handler", to="finance_handler")

    assert Delegation.objects.count() == 1


@pytest.mark.parametrize("by", ["finance_handler", "finance_head", "office", "leader", "neighbor_administrator"])
def test_nobody_else_may_delegate(county: County, by: str) -> None:
    with pytest.raises(Forbidden):
        delegate(county, by=by, post="works_handler", to="finance_handler")


@pytest.mark.parametrize("post", ["finance_handler", "finance_head", "administrator"])
def test_delegate_neither_lends_nor_hands_over_the_post_that_is_lent(county: County, newcomer: User, post: str) -> None:
    delegate(county, post=post, to="works_handler", by=post)
    viewer = queries.viewer_for(county.user("works_handler"), county.posts[post].pk)
    assert viewer is not None
    lent, further = county.posts[post], county.posts["works_head"]
    days = {"from_on": MONDAY + 9 * DAY, "to_on": MONDAY + 9 * DAY}

    with pytest.raises(Forbidden):
        services.delegate_post(viewer, lent, to_post=further, reason=DelegationReason.DELEGATION, **days)
    with pytest.raises(Forbidden):
        services.hand_over_post(viewer, lent, successor=newcomer)


def test_head_does_not_seat_anybody_as_administrator(county: County, newcomer: User) -> None:
    services.grant_roles(county.viewer("administrator"), county.posts["works_handler"], roles=[Role.ADMINISTRATOR])

    with pytest.raises(Forbidden):
        hand_over(county, "works_handler", newcomer, by="works_head")
    hand_over(county, "works_handler", newcomer, by="administrator")

    assert county.posts["works_handler"].tenures.get(to_on=None).user == newcomer


def test_vacant_post_lends_nothing(county: County) -> None:
    delegate(county, to="finance_head")
    hand_over(county, "finance_head", None)

    assert queries.users_at([county.posts["works_head"].pk], MONDAY) == {
        county.posts["works_head"].pk: [county.user("works_head").pk]
    }


# --- what goes over --------------------------------------------------------------------------------------------------
def test_rooms_say_what_hangs_on_a_post(county: County) -> None:
    services.register_open_items("Trial", lambda post: 7 if post == county.posts["works_head"] else 0)

    counted = [dict(services.open_items(county.posts[key]))["Trial"] for key in ("works_head", "works_handler")]
    services.register_open_items("Trial", lambda post: 0)

    assert counted == [7, 0]
