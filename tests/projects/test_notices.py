"""Who is told when a project turns red: each once, and never at night."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sushui.kernel import outbox
from sushui.kernel.models import OutboxMessage
from sushui.liaison.enums import LiaisonRole
from sushui.liaison.services import LiaisonDraft, appoint_liaison
from sushui.notices.models import Notice
from sushui.organizations.enums import Role
from sushui.organizations.models import Post, RoleGrant
from sushui.projects import services
from sushui.projects.enums import ProjectStage
from sushui.projects.models import LightTurn, Project
from sushui.projects.services.notify import _seats
from tests.cast import County
from tests.projects.play import CHINA, Play, month, on


def late(play: Play) -> Project:
    """A project that should have started in March 2026 and has not; red from July 1."""
    with on("2026-02-02"):
        return play.project(stage=ProjectStage.SIGNED, planned_start_month=month("2026-03"))


def told() -> list[tuple[str, str]]:
    """Who was told of a red project, and where the notice leads."""
    rows = Notice.objects.filter(key__startswith="projects.red").order_by("post_id")
    return [(row.post.name, row.url) for row in rows.select_related("post")]


def test_the_head_and_the_leader_in_charge_are_told_once(play: Play) -> None:
    project = late(play)
    with on("2026-07-01"):
        for _again in range(3):
            services.light_due()
        services.light_all()
        outbox.deliver()

    assert sorted(told()) == sorted([("局长", f"/projects/{project.pk}/"), ("常务副县长", f"/projects/{project.pk}/")])


@pytest.fixture
def second_leader(county: County) -> Post:
    """Another leader of the county, in charge of no agency here."""
    government = county.agencies["government"]
    post = Post.objects.create(division=county.county, agency=government, name="副县长")
    RoleGrant.objects.create(post=post, role=Role.COUNTY_LEADER, from_on=date(2020, 1, 1))
    return post


def stand_by(play: Play, project: Project, post: Post, **days: date) -> None:
    """Let a post stand by the project from a day (to a day)."""
    assert project.subject_id is not None
    draft = LiaisonDraft(
        project.subject_id, LiaisonRole.LEADER, post_id=post.pk, **{"from_on": date(2026, 2, 2), **days}
    )
    appoint_liaison(play.viewer("office"), draft)


def turn_red() -> None:
    """The days pass until the project is red, and what is to be told is told."""
    with on("2026-07-01"):
        services.light_due()
        outbox.deliver()


def test_the_leader_who_stands_by_it_hears_too(play: Play, second_leader: Post) -> None:
    project = late(play)
    with on("2026-02-02"):
        stand_by(play, project, second_leader)
    turn_red()

    assert sorted(name for name, _url in told()) == ["副县长", "局长", "常务副县长"]


def test_who_stands_by_it_and_is_in_charge_is_told_once(play: Play) -> None:
    project = late(play)
    with on("2026-02-02"):
        stand_by(play, project, play.county.posts["leader"])
    turn_red()

    assert sorted(name for name, _url in told()) == ["局长", "常务副县长"]


def test_who_no_longer_stands_by_it_hears_nothing(play: Play, second_leader: Post) -> None:
    project = late(play)
    with on("2026-02-02"):
        stand_by(play, project, second_leader, to_on=date(2026, 6, 30))
    turn_red()

    assert sorted(name for name, _url in told()) == ["局长", "常务副县长"]


def test_a_leader_hears_of_a_project_that_no_agency_answers_for(play: Play) -> None:
    with on("2026-02-02"):
        project = play.project(stage=ProjectStage.SIGNED, planned_start_month=month("2026-03"), agency_id=None)
        stand_by(play, project, play.county.posts["leader"])
    turn_red()

    assert [name for name, _url in told()] == ["常务副县长"]


def test_telling_of_many_reads_the_posts_once(play: Play) -> None:
    counts = []
    for number in (1, 30):
        with on("2026-02-02"):
            rows = [play.project(stage=ProjectStage.SIGNED) for _each in range(number)]
            for row in rows:
                stand_by(play, row, play.county.posts["leader"])
        with CaptureQueriesContext(connection) as asked:
            _seats(rows)
        counts.append(len(asked))

    assert counts == [3, 3]


def test_nobody_is_told_of_yellow(play: Play) -> None:
    late(play)
    with on("2026-04-01"):
        services.light_due()

    assert (LightTurn.objects.get().after, OutboxMessage.objects.filter(key__startswith="projects.red").count()) == (
        "yellow",
        0,
    )


def test_what_turns_red_at_night_is_told_in_the_morning(play: Play) -> None:
    late(play)
    with on("2026-07-01", "00:10"):
        services.light_due()

    message = OutboxMessage.objects.get(key__startswith="projects.red")
    assert message.due_at == datetime(2026, 7, 1, 8, tzinfo=CHINA)


def test_a_project_that_is_nobodys_is_told_to_nobody(play: Play) -> None:
    with on("2026-02-02"):
        play.project(stage=ProjectStage.SIGNED, planned_start_month=month("2026-03"), agency_id=None)
    with on("2026-07-01"):
        services.light_due()

    assert (LightTurn.objects.get().after, OutboxMessage.objects.filter(key__startswith="projects.red").count()) == (
        "red",
        0,
    )


def test_red_again_is_told_again(play: Play) -> None:
    project = late(play)
    with on("2026-07-01"):
        services.light_due()
        services.postpone_start(play.office, project, month=month("2026-08"), reason="等待用地批复")
    with on("2026-12-01"):
        services.light_due()

    keys = OutboxMessage.objects.filter(key__startswith="projects.red").count()
    assert (keys, play.now(project).light_since_on) == (2, date(2026, 12, 1))
