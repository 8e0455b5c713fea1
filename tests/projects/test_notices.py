"""Who is told when a project turns red: each once, and never at night."""

from __future__ import annotations

from datetime import date, datetime

from sushui.kernel import outbox
from sushui.kernel.models import OutboxMessage
from sushui.notices.models import Notice
from sushui.projects import services
from sushui.projects.enums import ProjectStage
from sushui.projects.models import LightTurn, Project
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
