"""What comes with a project that is new here: its place, plans, months and milestones; and how they go out again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sushui.projects import services
from sushui.projects.models import Milestone, MonthlyFigure, Project, ProjectMonth, YearPlan
from sushui.projects.services import exchange
from tests.projects.exchange.play import full, package, staged
from tests.projects.play import Play, on

pytestmark = pytest.mark.usefixtures("_in_june")
TITLES = ["桩基", "封顶"]


def document(**more: Any) -> dict[str, Any]:
    """A project of another publisher: two milestones, two plans, a month done and one planned."""
    return {
        "id": "oc4ids-other-1",
        "title": "外来项目",
        "milestones": [
            {"id": "a", "title": "桩基", "dueDate": "2026-03-01T00:00:00Z", "dateMet": "2026-03-05T00:00:00Z"},
            {"id": "b", "title": "封顶", "dueDate": "2026-09-01T00:00:00Z", "status": "scheduled"},
        ],
        "budget": {
            "budgetBreakdowns": [
                {"id": "years", "budgetBreakdown": [{"id": "2026", "amount": {"amount": 900, "currency": "CNY"}}]}
            ]
        },
        "metrics": [{"id": "financialProgress", "observations": [observation("2026-04", 80)]}],
        "forecasts": [{"id": "financialProgress", "observations": [observation("2026-07", 100)]}],
        "locations": [{"id": "s", "geometry": {"type": "Point", "coordinates": [Decimal("111.57"), Decimal("35.49")]}}],
        **more,
    }


def observation(month: str, amount: int) -> dict[str, Any]:
    return {"id": month, "value": {"amount": amount, "currency": "CNY"}}


def taken(play: Play, *documents: Any) -> Project:
    exchange.commit_exchange(play.office, staged(play, *documents))
    return Project.objects.order_by("pk").last()


def notes(play: Play, *documents: Any) -> list[str]:
    (row,) = exchange.understand_exchange(play.office, staged(play, *documents))
    return row.notes


def test_the_preview_counts_what_comes_with_a_new_project(play: Play) -> None:
    assert notes(play, document()) == ["一并登记：1 个年度计划、2 个月的数据、2 个节点。"]


def test_plans_and_months_are_entered(play: Play) -> None:
    taken(play, document())

    months = list(ProjectMonth.objects.order_by("month").values_list("month", "planned", "actual"))
    assert months == [(date(2026, 4, 1), None, Decimal(80)), (date(2026, 7, 1), Decimal(100), None)]
    assert list(YearPlan.objects.values_list("year", "amount")) == [(2026, Decimal(900))]
    assert set(MonthlyFigure.objects.values_list("origin", flat=True)) == {"x.json"}


def test_milestones_are_entered_with_their_days(play: Play) -> None:
    taken(play, document())

    rows = Milestone.objects.order_by("pk").values_list("name", "planned_on", "reached_on")
    assert list(rows) == [
        ("桩基", date(2026, 3, 1), date(2026, 3, 5)),
        ("封顶", date(2026, 9, 1), None),
    ]


def test_the_place_on_the_map_is_entered(play: Play) -> None:
    made = taken(play, document())

    assert (made.longitude, made.latitude) == (Decimal("111.57"), Decimal("35.49"))


@pytest.mark.parametrize("point", [[0, 0], [Decimal("35.49"), Decimal("111.57")]])
def test_a_place_elsewhere_stays_in_the_document(play: Play, point: list[Any]) -> None:
    made = taken(play, document(locations=[{"id": "s", "geometry": {"type": "Point", "coordinates": point}}]))

    assert (made.longitude, made.latitude) == (None, None)


def test_what_cannot_be_stays_in_the_document_and_is_counted(play: Play) -> None:
    wrong = document(
        metrics=[{"id": "financialProgress", "observations": [observation("2026-08", 5), observation("2026-01", -5)]}],
        milestones=[{"id": "a", "title": "无日期"}, {"id": "b", "dueDate": "2026-09-01T00:00:00Z"}],
    )

    told = notes(play, wrong)

    assert told[-1] == "4 项计划、月度数据或节点不能登记，保留在文件中。"
    assert taken(play, wrong).milestones.count() == 0


def test_a_project_that_is_known_keeps_its_own(play: Play) -> None:
    full(play)
    known = package(play)["projects"][0] | {"milestones": document()["milestones"]}

    taken(play, known)

    assert Milestone.objects.count() == 0


def test_what_was_entered_goes_out_as_it_came_in(play: Play) -> None:
    received = document()
    taken(play, received)

    assert package(play)["projects"] == [received]


def test_a_milestone_reached_here_keeps_the_name_that_it_came_with(play: Play) -> None:
    taken(play, document())
    with on("2026-06-16"):
        services.reach_milestone(play.office, Milestone.objects.get(name="封顶"), reached_on=date(2026, 6, 15))
        told = package(play)["projects"][0]["milestones"]

    assert [(each["id"], each["title"], each.get("dateMet", "")[:10]) for each in told] == [
        ("a", "桩基", "2026-03-05"),
        ("b", "封顶", "2026-06-15"),
    ]


def test_a_milestone_of_our_own_is_never_called_like_one_of_theirs(play: Play) -> None:
    number = (Milestone.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 100
    received = document(milestones=[{"id": f"step-{number}", "title": "桩基", "dueDate": "2026-03-01T00:00:00Z"}])
    made = taken(play, received)
    with on("2026-06-16"):
        Milestone.objects.create(
            pk=number, project=made, division_id=made.division_id, name="封顶", planned_on=date(2026, 9, 1)
        )
        told = package(play)["projects"][0]["milestones"]

    assert [(each["id"], each["title"]) for each in told] == [
        (f"step-{number}", "桩基"),
        (f"step-{number}-own", "封顶"),
    ]


def test_a_milestone_dropped_here_is_not_told(play: Play) -> None:
    taken(play, document())
    with on("2026-06-16"):
        services.drop_milestone(play.office, Milestone.objects.get(name="桩基"), reason="取消")
        told = package(play)["projects"][0]["milestones"]

    assert [each["id"] for each in told] == ["b"]


def test_many_projects_cost_no_more_questions_than_few(play: Play) -> None:
    taken(play, *many(1, "甲"))  # what is read once in a process is read now

    assert cost(play, *many(12, "乙")) == cost(play, *many(2, "丙"))


def many(count: int, name: str) -> list[dict[str, Any]]:
    return [document(id=f"{name}-{number}", title=f"{name}{number}") for number in range(count)]


def cost(play: Play, *documents: Any) -> int:
    """How many questions to the database it takes to take these over."""
    draft = staged(play, *documents)
    with CaptureQueriesContext(connection) as queries:
        exchange.commit_exchange(play.office, draft)
    return len(queries)
