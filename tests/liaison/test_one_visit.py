"""The smallest true path: appointed, visited, a problem found, a task made, the light back."""

from __future__ import annotations

from sushui.liaison import queries
from sushui.supervision.enums import OrderSource, StatusLight, TaskState
from sushui.supervision.models import SupervisedTask
from tests.liaison.play import LiaisonPlay, on


def test_a_leader_who_visits_turns_the_light_back_and_the_problem_is_a_task(play: LiaisonPlay) -> None:
    subject = play.staffed()
    with on("2026-05-20"):
        before = queries.liaison_rows(queries.own_liaisons(play.viewer("leader")))

        visit = play.visit("leader", subject, "围墙没有修")

        after = queries.liaison_rows(queries.own_liaisons(play.viewer("leader")))
        found = queries.finding_rows(play.viewer("leader"), [visit])
    assert [(row.light, row.days_waited) for row in before] == [(StatusLight.RED, 80)]
    assert [(row.light, row.days_waited) for row in after] == [(StatusLight.GREEN, 0)]
    assert [(row.finding.text, row.standing.state, row.standing.agency) for row in found] == [
        ("围墙没有修", TaskState.ASSIGNED, "县住建局")
    ]
    task = SupervisedTask.objects.get()
    assert (task.order.source, task.subject_id, task.leader_post.name) == (OrderSource.VISIT, subject.pk, "常务副县长")
