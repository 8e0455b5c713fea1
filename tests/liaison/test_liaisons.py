"""Appointing, replacing and ending: one of a role at a time, and nothing forgotten."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sushui.kernel.errors import DomainError, Forbidden, NotFound, StaleRecord
from sushui.kernel.models import AuditLine, OutboxMessage
from sushui.liaison import queries, services
from sushui.liaison.models import Liaison
from sushui.liaison.rules import overlaps
from sushui.organizations.services import hand_over_post, open_items
from tests.liaison.play import START, TODAY, LiaisonPlay, on


def refusal(act: object, *args: object, **more: object) -> str:
    with pytest.raises(DomainError) as refused:
        act(*args, **more)  # type: ignore[operator]
    return refused.value.code


def test_the_three_stand_by_a_subject_and_find_it_in_their_inbox(play: LiaisonPlay) -> None:
    subject = play.staffed()

    row = queries.subject_rows(play.viewer("office"), [subject])[0]

    assert [each.who.split("（")[0] for each in row.current] == ["县政府 常务副县长", "县住建局", "县住建局 经办人"]
    told = [message.payload["post_ids"] for message in OutboxMessage.objects.order_by("pk")]
    assert told == [[play.county.posts[key].pk] for key in ("leader", "works_head", "works_handler")]


def test_a_second_of_a_role_is_refused_and_said_who_stands_there(play: LiaisonPlay) -> None:
    subject = play.staffed()

    assert refusal(play.appoint, subject, "agency", "finance") == "liaison_taken"
    assert refusal(play.appoint, subject, "officer", "finance_handler", from_on=date(2030, 1, 1)) == "liaison_taken"


@given(spans=st.lists(st.tuples(st.integers(0, 60), st.none() | st.integers(0, 30)), min_size=1, max_size=5))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_two_of_a_role_ever_share_a_day(play: LiaisonPlay, spans: list[tuple[int, int | None]]) -> None:
    subject = play.project()
    held: list[tuple[date, date | None]] = []

    for begin, length in spans:
        first = START + timedelta(days=begin)
        span = (first, None if length is None else first + timedelta(days=length))
        if any(overlaps(span, other) for other in held):
            assert refusal(play.appoint, subject, "agency", from_on=span[0], to_on=span[1]) == "liaison_taken"
        else:
            held.append(span)
            play.appoint(subject, "agency", from_on=span[0], to_on=span[1])

    rows = Liaison.objects.filter(subject=subject)
    assert sorted(rows.values_list("from_on", flat=True)) == sorted(first for first, _last in held)


def test_replacing_ends_the_one_before_the_day_before(play: LiaisonPlay) -> None:
    subject = play.staffed()
    standing = Liaison.objects.get(subject=subject, role="agency")

    services.replace_liaison(
        play.viewer("office"), standing, from_on=date(2026, 4, 1), agency_id=play.county.agencies["finance"].pk
    )

    rows = Liaison.objects.filter(subject=subject, role="agency").order_by("from_on")
    assert [(str(row.agency), row.from_on, row.to_on) for row in rows] == [
        ("县住建局", START, date(2026, 3, 31)),
        ("县财政局", date(2026, 4, 1), None),
    ]


def test_replacing_on_the_first_day_takes_the_appointment_back_and_keeps_it(play: LiaisonPlay) -> None:
    subject = play.project()
    wrong = play.appoint(subject, "agency", from_on=TODAY)

    services.replace_liaison(play.viewer("office"), wrong, from_on=TODAY, agency_id=play.county.agencies["finance"].pk)

    panel = queries.subject_liaison(play.viewer("office"), subject)
    assert [each.who for each in panel.row.current] == ["县财政局"]
    assert [(each.who, each.liaison.voided_at is None) for each in panel.past] == [("县住建局", False)]


def test_the_second_of_two_who_end_one_liaison_is_told(play: LiaisonPlay) -> None:
    standing = play.appoint(play.project())
    services.end_liaison(play.viewer("office"), standing, last_on=TODAY, seen_version=1)

    with pytest.raises(StaleRecord):
        services.end_liaison(play.viewer("office_second"), standing, last_on=TODAY, seen_version=1)


def test_what_has_ended_stays_ended(play: LiaisonPlay) -> None:
    standing = play.appoint(play.project())
    services.end_liaison(play.viewer("office"), standing, last_on=TODAY)

    with on("2026-03-10"):
        code = refusal(services.end_liaison, play.viewer("office"), standing, last_on=date(2026, 3, 9))

    assert code == "liaison_over"


@pytest.mark.parametrize("key", ["leader", "city_leader", "works_head", "township", "administrator", "neighbor_office"])
def test_only_the_two_offices_of_the_division_appoint(play: LiaisonPlay, key: str) -> None:
    draft = play.draft(play.project())

    with pytest.raises((Forbidden, DomainError)) as refused:
        services.appoint_liaison(play.viewer(key), draft)

    assert refused.value.code == ("elsewhere" if key == "neighbor_office" else "forbidden")


def test_a_leader_holds_a_leaders_post(play: LiaisonPlay) -> None:
    assert refusal(play.appoint, play.project(), "leader", "works_head") == "not_a_leader"


def test_nobody_of_another_county_is_appointed(play: LiaisonPlay) -> None:
    subject = play.project()

    assert refusal(play.appoint, subject, "officer", "neighbor_head") == "elsewhere"
    assert refusal(play.appoint, play.project(division="neighbor")) == "elsewhere"


def test_many_are_appointed_all_or_none(play: LiaisonPlay) -> None:
    good, taken = play.project("甲项目"), play.staffed("乙项目")

    code = refusal(services.appoint_liaisons, play.viewer("office"), [play.draft(good), play.draft(taken)])

    assert (code, Liaison.objects.filter(subject=good).count()) == ("liaison_taken", 0)


def test_in_bulk_the_new_ones_take_the_place_of_whoever_stands_there(play: LiaisonPlay) -> None:
    empty, staffed = play.project("甲项目"), play.staffed("乙项目")
    drafts = [play.draft(subject, "agency", "finance", from_on=date(2026, 5, 1)) for subject in (empty, staffed)]

    made = services.install_liaisons(play.viewer("office"), drafts)
    again = services.install_liaisons(play.viewer("office"), drafts)

    ended = Liaison.objects.get(subject=staffed, role="agency", agency=play.county.agencies["works"])
    assert (len(made), len(again), ended.to_on) == (2, 0, date(2026, 4, 30))


def test_a_new_holder_of_the_post_stands_by_what_the_post_stood_by(play: LiaisonPlay) -> None:
    subject, post = play.staffed(), play.county.posts["leader"]
    assert ("Subjects stood by", 1) in open_items(post)

    hand_over_post(play.viewer("administrator"), post, successor=play.county.user("works_head"))

    row = queries.subject_rows(play.viewer("office"), [subject])[0]
    assert row.leader is not None
    assert row.leader.who == "县政府 常务副县长（县住建局局长）"
    line = AuditLine.objects.get(verb="hand_over_liaison")
    assert (line.before["holder"], line.after["holder"]) == ("县政府常务副县长", "县住建局局长")


def test_each_act_is_one_line_that_says_who_and_from_when(play: LiaisonPlay) -> None:
    play.appoint(play.project(), source="县办〔2026〕3号")

    line = AuditLine.objects.get()
    assert (line.verb, line.note, line.after["who"], line.after["from_on"]) == (
        "appoint_liaison",
        "县办〔2026〕3号",
        "县政府 常务副县长",
        "2026-03-01",
    )


# --- who may know -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("key", "sees"),
    [
        ("office", 3),
        ("project_office", 3),
        ("leader", 3),
        ("city_leader", 3),
        ("works_head", 3),
        ("works_handler", 3),
        ("finance_head", 0),
        ("township", 0),
        ("bank", 0),
        ("enterprise", 0),
        ("administrator", 0),
        ("neighbor_office", 0),
    ],
)
def test_who_knows_of_a_liaison(play: LiaisonPlay, key: str, sees: int) -> None:
    play.staffed()

    assert queries.visible_liaisons(play.viewer(key)).count() == sees


def test_an_agency_that_stands_there_no_longer_knows_no_more(play: LiaisonPlay) -> None:
    subject = play.project()
    standing = play.appoint(subject, "agency", from_on=date(2026, 2, 1))
    services.end_liaison(play.viewer("office"), standing, last_on=date(2026, 3, 2))

    with pytest.raises(NotFound):
        queries.subject_for(play.viewer("works_head"), subject.pk)


def test_a_subject_that_the_office_may_not_see_is_not_in_its_register(play: LiaisonPlay) -> None:
    secret = play.project("卷宗")
    secret.kind, secret.agency = "file", play.county.agencies["finance"]
    secret.save()

    assert list(queries.liaison_subjects(play.viewer("office"))) == []
