"""Bottlenecks and their tasks: one click makes the task, solved in one place is solved in both."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest

from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.models import AuditLine, OutboxMessage
from sushui.kernel.panels import panels_of
from sushui.projects import queries, services
from sushui.projects.enums import BottleneckKind, BottleneckVerb, ProjectStage, ProjectVerb
from sushui.projects.models import Bottleneck, Project
from sushui.projects.queries import BottleneckFilter
from sushui.supervision.enums import Grade, OrderSource, PartRole, RequestKind, RequestState, TaskState
from sushui.supervision.queries import parts_of, story
from sushui.supervision.services import apply_for_closing, close_task, return_task, sign_for_task
from tests.projects.imports.books import cells_of
from tests.projects.play import Play, on

STUCK = "东侧地块未交付"


def stuck(play: Play, project: Project | None = None, by: str = "works_handler", **values: Any) -> Bottleneck:
    given = {"kind": BottleneckKind.LAND, "text": STUCK, "found_on": date(2026, 3, 2), **values}
    return services.raise_bottleneck(play.viewer(by), project or play.building(), **given)


def with_task(play: Play, agency: str = "works", by: str = "project_office", **values: Any) -> Bottleneck:
    found = stuck(play, agency_id=play.agency_id(agency), **values)
    return services.raise_bottleneck_task(play.viewer(by), found)


def lead(found: Bottleneck) -> Any:
    assert found.task is not None
    return next(part for part in parts_of(found.task) if part.role is PartRole.LEAD)


def apply(play: Play, found: Bottleneck, by: str, text: str = "地块已交付") -> Any:
    signed = sign_for_task(play.viewer(by), lead(found))
    return apply_for_closing(play.viewer(by), signed, text=text)


def now(found: Bottleneck) -> Bottleneck:
    return Bottleneck.objects.select_related("task").get(pk=found.pk)


# --- recorded --------------------------------------------------------------------------------------------------------
def test_a_bottleneck_says_what_it_stops_whose_it_is_and_until_when(play: Play) -> None:
    with on("2026-03-03"):
        project = play.building()
        step = services.add_milestone(play.office, project, name="主体封顶", planned_on=date(2026, 6, 30))
        found = stuck(
            play,
            project,
            agency_id=play.agency_id("finance"),
            stage=ProjectStage.COMPLETED,
            milestone_id=step.pk,
            step="施工许可",
            due_on=date(2026, 3, 20),
        )

    assert (found.stage, found.milestone, found.step, found.due_on, str(found.agency)) == (
        ProjectStage.COMPLETED,
        step,
        "施工许可",
        date(2026, 3, 20),
        str(play.county.agencies["finance"]),
    )


@pytest.mark.parametrize(
    ("values", "code"),
    [({"due_on": date(2026, 3, 1)}, "due_before_found"), ({"milestone_id": 10**6}, "milestone_elsewhere")],
)
def test_what_cannot_be_is_refused(play: Play, values: dict[str, Any], code: str) -> None:
    with on("2026-03-03"), pytest.raises(DomainError) as error:
        stuck(play, **values)

    assert error.value.code == code


# --- the task --------------------------------------------------------------------------------------------------------
def test_one_click_makes_the_task_with_the_bottlenecks_words_agency_and_day(play: Play) -> None:
    with on("2026-03-03"):
        found = with_task(play, "finance", due_on=date(2026, 3, 20))

    task = found.task
    assert task is not None
    assert (task.order.source, task.title, task.lead_agency_id, task.deadline_on, task.state) == (
        OrderSource.BOTTLENECK,
        f"涑水装备产业园：{STUCK}",
        play.agency_id("finance"),
        date(2026, 3, 20),
        TaskState.ASSIGNED,
    )
    assert play.verbs(found.project)[-1] == BottleneckVerb.RAISE_TASK


def test_a_handlers_click_proposes_the_task_to_the_office(play: Play) -> None:
    with on("2026-03-03"):
        found = with_task(play, by="works_handler")

    assert found.task is not None
    assert found.task.state is TaskState.DRAFTED


def test_a_second_click_makes_no_second_task(play: Play) -> None:
    with on("2026-03-03"):
        found = with_task(play)
        with pytest.raises(DomainError) as error:
            services.raise_bottleneck_task(play.office, found)

    assert error.value.code == "task_exists"


def test_of_what_is_resolved_no_task_is_made(play: Play) -> None:
    with on("2026-03-03"):
        found = stuck(play)
        services.resolve_bottleneck(play.office, found, resolved_on=date(2026, 3, 3), resolution="已解决")
        with pytest.raises(DomainError) as error:
            services.raise_bottleneck_task(play.office, now(found))

    assert error.value.code == "bottleneck_resolved"


@pytest.mark.parametrize("who", ["leader", "finance_handler", "statistics"])
def test_only_whoever_answers_for_the_project_makes_the_task(play: Play, who: str) -> None:
    with on("2026-03-03"):
        found = stuck(play)
        with pytest.raises(Forbidden):
            services.raise_bottleneck_task(play.viewer(who), found)


# --- solved in one place ---------------------------------------------------------------------------------------------
def test_a_closed_task_resolves_its_bottleneck_with_its_words_and_day(play: Play) -> None:
    with on("2026-03-03"):
        found = with_task(play, "finance")
        request = apply(play, found, "finance_handler")
    with on("2026-03-05"):
        close_task(play.viewer("office"), request, grade=Grade.GOOD, note="现场核实")

    resolved = now(found)
    assert (resolved.resolved_on, resolved.resolution) == (date(2026, 3, 5), "地块已交付\n现场核实")
    assert play.verbs(found.project)[-1] == ProjectVerb.RESOLVE_BOTTLENECK


def test_a_returned_application_opens_the_bottleneck_again(play: Play) -> None:
    with on("2026-03-03"):
        found = with_task(play)
        services.resolve_bottleneck(
            play.viewer("works_handler"), found, resolved_on=date(2026, 3, 3), resolution="地块已交付"
        )
        request = lead(found).requests.get(kind=RequestKind.CLOSING)
        return_task(play.viewer("office"), request, note="尚未清表")

    line = AuditLine.objects.filter(verb=BottleneckVerb.REOPEN).get()
    assert (now(found).resolved_on, now(found).resolution, line.note) == (None, "", "尚未清表")


def test_the_lead_agencys_resolution_applies_for_closing_and_the_office_decides(play: Play) -> None:
    with on("2026-03-03"):
        found = with_task(play)
        services.resolve_bottleneck(
            play.viewer("works_handler"), found, resolved_on=date(2026, 3, 3), resolution="地块已交付"
        )
        request = lead(found).requests.get(kind=RequestKind.CLOSING)

    assert (request.text, request.state) == ("地块已交付", RequestState.OPEN)
    assert now(found).task.state is TaskState.COMPLETION_APPLIED  # type: ignore[union-attr]


def test_anybody_elses_resolution_leaves_the_task_to_its_agency_and_tells_it(play: Play) -> None:
    with on("2026-03-03"):
        found = with_task(play, "finance")
        services.resolve_bottleneck(
            play.viewer("works_handler"), found, resolved_on=date(2026, 3, 3), resolution="地块已交付"
        )

    told = OutboxMessage.objects.get(key__startswith=f"projects.bottleneck_resolved:{found.pk}")
    assert now(found).task.state is TaskState.ASSIGNED  # type: ignore[union-attr]
    assert play.county.posts["finance_head"].pk in told.payload["post_ids"]
    assert play.verbs(found.project)[-1] == BottleneckVerb.CALL


def test_a_task_tells_on_its_page_that_its_bottleneck_was_resolved(play: Play) -> None:
    with on("2026-03-03"):
        found = with_task(play, "finance")
        office = play.viewer("works_handler")
        services.resolve_bottleneck(office, found, resolved_on=date(2026, 3, 3), resolution="地块已交付")

    task = now(found).task
    assert task is not None
    line, (panel, *_others) = story(task)[-1], panels_of(play.viewer("works_handler"), task)
    assert (line.verb, line.after["resolution"]) == (ProjectVerb.RESOLVE_BOTTLENECK, "地块已交付")
    assert (panel.context["bottleneck"].resolution, panel.url) == ("地块已交付", f"/projects/{found.project_id}/")
    assert panels_of(play.viewer("finance_head"), task) == []


def test_what_was_resolved_is_not_resolved_again_by_its_closing(play: Play) -> None:
    with on("2026-03-03"):
        found = with_task(play, "finance")
        services.resolve_bottleneck(play.office, found, resolved_on=date(2026, 3, 2), resolution="先行解决")
        close_task(play.viewer("office"), apply(play, found, "finance_handler"), grade=Grade.GOOD)

    assert (now(found).resolved_on, now(found).resolution) == (date(2026, 3, 2), "先行解决")


def test_a_resolved_bottleneck_is_not_resolved_twice(play: Play) -> None:
    with on("2026-03-03"):
        found = stuck(play)
        services.resolve_bottleneck(play.office, found, resolved_on=date(2026, 3, 3), resolution="已解决")
        with pytest.raises(DomainError) as error:
            services.resolve_bottleneck(play.office, found, resolved_on=date(2026, 3, 3), resolution="又解决")

    assert error.value.code == "bottleneck_resolved"


# --- the list --------------------------------------------------------------------------------------------------------
def test_the_sums_open_exactly_the_rows_that_they_count(play: Play) -> None:
    with on("2026-03-03"):
        project = play.building()
        stuck(play, project, agency_id=play.agency_id("finance"))
        stuck(play, project, kind=BottleneckKind.MONEY)
        stuck(play, project, kind=BottleneckKind.MONEY, agency_id=play.agency_id("finance"))
        rows = queries.bottlenecks(play.office)
        kinds = [(each.key, each.count) for each in queries.sums_by_kind(rows)]
        agencies = [(each.key, each.count) for each in queries.sums_by_agency(rows)]
        opened_kinds = [queries.bottlenecks(play.office, BottleneckFilter(kind=key)).count() for key, _ in kinds]
        filters = [BottleneckFilter(agency_id=int(key)) for key, _count in agencies]
        opened_agencies = [queries.bottlenecks(play.office, each).count() for each in filters]

    assert kinds == [("money", 2), ("land", 1)]
    assert agencies == [(str(play.agency_id("finance")), 2), ("0", 1)]
    assert (opened_kinds, opened_agencies) == ([2, 1], [2, 1])


@pytest.mark.parametrize(
    ("narrowed", "left"),
    [
        (BottleneckFilter(), ["逾期", "未到期"]),
        (BottleneckFilter(state="overdue"), ["逾期"]),
        (BottleneckFilter(state="resolved"), ["已解决"]),
        (BottleneckFilter(state="all", has_task="no"), ["逾期", "未到期", "已解决"]),
        (BottleneckFilter(has_task="yes"), []),
        (BottleneckFilter(text="未到"), ["未到期"]),
        (BottleneckFilter(text="装备"), ["逾期", "未到期"]),
    ],
)
def test_the_list_is_narrowed(play: Play, narrowed: BottleneckFilter, left: list[str]) -> None:
    with on("2026-03-10"):
        project = play.building()
        stuck(play, project, text="逾期", due_on=date(2026, 3, 9))
        stuck(play, project, text="未到期", due_on=date(2026, 3, 10))
        gone = stuck(play, project, text="已解决")
        services.resolve_bottleneck(play.office, gone, resolved_on=date(2026, 3, 10), resolution="好了")

        assert list(queries.bottlenecks(play.office, narrowed).order_by("pk").values_list("text", flat=True)) == left


def test_an_agency_lists_what_holds_up_its_own_projects_alone(play: Play) -> None:
    with on("2026-03-03"):
        stuck(play)
        stuck(play, play.building(agency_id=play.agency_id("finance")), by="finance_handler", text="别处")
        own = queries.bottlenecks(play.viewer("works_head"))

        assert [each.text for each in own] == [STUCK]


def test_the_export_is_the_list_as_it_is_narrowed(play: Play) -> None:
    made = io.BytesIO()
    with on("2026-03-12"):
        stuck(play, step="施工许可")
        stuck(play, kind=BottleneckKind.MONEY, text="资金未到位")
        count = services.export_bottlenecks(play.office, BottleneckFilter(kind="land"), made)

    assert count == 1
    assert list(cells_of(made.getvalue())[-1][3:5]) == [STUCK, "施工许可"]
