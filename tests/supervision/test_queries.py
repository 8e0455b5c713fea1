"""What each role may know of, and what lists and counts say."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sushui.kernel.errors import NotFound
from sushui.organizations.models import Agency, LineOfCharge
from sushui.supervision import queries, services
from sushui.supervision.enums import OrderKind, PartState, ReportKind, StatusLight, TaskKind, TaskState
from sushui.supervision.models import SupervisedTask, TaskPart
from sushui.supervision.queries import TaskFilter
from sushui.supervision.rules import light
from tests.supervision.play import Play, in_march, march


@pytest.fixture
def scene(play: Play) -> dict[str, SupervisedTask]:
    """A task of each making on 2 March: by whom it was issued, to whom, drafted or withdrawn."""
    with march(2):
        scene = {
            "to works": play.task(),
            "to the township": play.task("gujiang", ("finance",)),
            "to the hospital": play.task("hospital"),
            "by the project office": play.task(by="project_office"),
            "draft": play.draft("works", ("finance",)),
            "draft of the project office": play.draft(by="project_office"),
            "withdrawn draft": play.draft(),
            "withdrawn": play.task(),
        }
        play.withdraw(scene["withdrawn draft"])
        play.withdraw(scene["withdrawn"])
        scene["next door"] = play.task("neighbor_head", by="neighbor_office")
        scene["draft next door"] = play.draft("neighbor_head", by="neighbor_office")
    return scene


TO_WORKS = {"to works", "by the project office", "withdrawn"}
ASSIGNED = TO_WORKS | {"to the township", "to the hospital"}
SEEN = {
    "administrator": set(),
    "office": ASSIGNED | {"draft", "draft of the project office", "withdrawn draft"},
    "leader": ASSIGNED,
    "city_leader": ASSIGNED | {"next door"},
    "project_office": {"by the project office", "draft of the project office"},
    "works_head": TO_WORKS,
    "works_handler": TO_WORKS,
    "finance_head": {"to the township"},
    "township": {"to the township"},
    "other_township": set(),
    "statistics": set(),
    "hospital": {"to the hospital"},
    "bank": set(),
    "enterprise": set(),
    "neighbor_office": {"next door", "draft next door"},
    "neighbor_head": {"next door"},
    "neighbor_administrator": set(),
}


# --- the wall --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", list(SEEN))
def test_a_role_knows_of_exactly_these_tasks(play: Play, scene: dict[str, SupervisedTask], who: str) -> None:
    names = {task.pk: name for name, task in scene.items()}
    with march(2):
        seen = {names[task.pk] for task in queries.visible_tasks(play.viewer(who))}

    assert seen == SEEN[who]


@pytest.mark.parametrize("who", list(SEEN))
def test_one_task_opens_for_whom_the_list_shows_it(play: Play, scene: dict[str, SupervisedTask], who: str) -> None:
    opened = set()
    for name, task in scene.items():
        try:
            opened.add(name if queries.task_for(play.viewer(who), task.pk) else None)
        except NotFound:
            continue

    assert opened == SEEN[who]


def test_an_agency_whose_part_moved_still_knows_of_the_task(play: Play) -> None:
    with march(2):
        task = play.task()
        play.decide(play.dispute(task), "finance")

    for who in ("works_head", "finance_head"):
        assert queries.task_for(play.viewer(who), task.pk) == task


def test_an_agency_knows_of_the_tasks_of_agencies_under_it(play: Play) -> None:
    Agency.objects.filter(pk=play.agency_id("hospital")).update(parent=play.county.agencies["works"])
    with march(2):
        task = play.task("hospital")

    assert list(queries.visible_tasks(play.viewer("works_head"))) == [task]


def test_a_leader_in_charge_sees_no_more_than_the_division(play: Play, scene: dict[str, SupervisedTask]) -> None:
    LineOfCharge.objects.create(
        leader_post=play.county.posts["leader"], agency=play.county.agencies["neighbor_head"], from_on=in_march(1)
    )

    assert scene["next door"] not in set(queries.visible_tasks(play.viewer("leader")))


# --- parts -----------------------------------------------------------------------------------------------------------
def test_parts_of_drafts_are_shown_to_nobody(play: Play, scene: dict[str, SupervisedTask]) -> None:
    drafted = TaskPart.objects.filter(state=PartState.DRAFTED)

    assert drafted.count() == 5
    for who in SEEN:
        assert queries.visible_parts(play.viewer(who)).filter(pk__in=drafted).count() == 0


def test_mine_is_what_i_handle_and_what_nobody_handles_in_my_agency(play: Play) -> None:
    with march(2):
        unnamed, handled, heads = play.task(), play.task(), play.task()
        services.sign_for_task(play.viewer("works_handler"), play.part(handled))
        services.appoint_handler(
            play.viewer("works_head"), play.part(heads), handler_post_id=play.post_id("works_head")
        )

        own = {who: {part.task_id for part in queries.own_parts(play.viewer(who))} for who in SEEN}
    assert {who: tasks for who, tasks in own.items() if tasks} == {
        "works_handler": {unnamed.pk, handled.pk},
        "works_head": {unnamed.pk, heads.pk},
    }


def test_mine_is_in_the_order_of_deadlines(play: Play) -> None:
    with march(2):
        later = play.task(kind=TaskKind.MAJOR)
        services.sign_for_task(play.viewer("works_handler"), play.part(later), arrangement="安排了")
    with march(3):
        sooner = play.task()

        assert [part.task_id for part in queries.own_parts(play.viewer("works_handler"))] == [sooner.pk, later.pk]


def test_the_list_of_an_agency_holds_its_open_parts(play: Play, scene: dict[str, SupervisedTask]) -> None:
    with march(2):
        found = {part.task_id for part in queries.agency_parts(play.viewer("works_head"))}

    assert found == {scene["to works"].pk, scene["by the project office"].pk}


# --- lights ----------------------------------------------------------------------------------------------------------
def lit(play: Play) -> None:
    """Tasks in every light: assigned over a month, some closed, some returned twice."""
    for day in (2, 4, 9, 11, 16, 18, 23, 25):
        with march(day):
            play.task()
            twice = play.signed(deadline_on=in_march(31))
            for _ in range(2):
                play.apply(twice)
                play.send_back(twice)
            closed = play.signed()
            play.apply(closed)
            play.close(closed)
            play.draft()


def test_the_light_in_sql_is_the_light_of_the_rule(play: Play) -> None:
    lit(play)
    for day in range(1, 32):
        with march(day):
            for rows in (SupervisedTask.objects.all(), TaskPart.objects.all()):
                shown = queries.with_light(rows, in_march(day))

                assert [row.light_today for row in shown] == [
                    light(is_open=row.is_open, on=in_march(day), yellow_on=row.yellow_on, red_on=row.red_on)
                    for row in shown
                ]


def test_the_counts_of_lights_are_the_rows_behind_them(play: Play) -> None:
    lit(play)
    with march(20):
        rows = queries.visible_tasks(play.office)
        counts = queries.light_counts(rows, in_march(20))

        assert counts == {
            shown: queries.register(play.office, TaskFilter(light=shown.value)).count() for shown in StatusLight
        }
    assert counts == {
        StatusLight.NONE: 16,
        StatusLight.GREEN: 3,
        StatusLight.YELLOW: 2,
        StatusLight.RED: 11,
    }


def test_what_is_red_is_said_by_agency(play: Play) -> None:
    with march(2):
        play.task()
        play.task("gujiang")
        play.task("gujiang")
    with march(20):
        found = queries.red_by_agency(play.office)

    assert [(row["awaited_agency__name"], row["red"], row["since"]) for row in found] == [
        ("古绛镇人民政府", 2, in_march(6)),
        ("绛县住房和城乡建设局", 1, in_march(6)),
    ]


# --- the register ----------------------------------------------------------------------------------------------------
def found(play: Play, **narrowed: object) -> set[int]:
    return {task.pk for task in queries.register(play.office, TaskFilter(**narrowed))}


def test_the_register_is_narrowed_by_each_filter(play: Play) -> None:
    with march(2):
        road = play.task(title="东环路路灯", supporting=("finance",), leader_post_id=play.post_id("leader"))
        school = play.task("gujiang", title="古绛小学操场", kind=TaskKind.MAJOR, deadline_on=in_march(31))
        drafted = play.draft(title="东环路绿化")
    with march(3):
        assert found(play, state="drafted") == {drafted.pk}
        assert found(play, kind="major") == {school.pk}
        assert found(play, agency_id=play.agency_id("finance")) == {road.pk}
        assert found(play, order_id=road.order_id) == {road.pk}
        assert found(play, leader_post_id=play.post_id("leader")) == {road.pk}
        assert found(play, text="东环路") == {road.pk, drafted.pk}
        assert found(play, text="操场") == {school.pk}
        assert found(play, text="，") == set()
        assert found(play, is_open=True) == {road.pk, school.pk}
        assert found(play, due_before=in_march(1)) == set()
        assert found(play, state="assigned", agency_id=play.agency_id("works")) == {road.pk}


def test_the_filter_by_agency_finds_what_it_supported_until_the_end(play: Play) -> None:
    with march(2):
        closed = play.signed(supporting=("finance",))
        play.apply(closed)
        play.close(closed)
        moved = play.task()
        play.decide(play.dispute(moved, named="gujiang"), "gujiang")

        assert found(play, agency_id=play.agency_id("finance")) == {closed.pk}
        assert found(play, agency_id=play.agency_id("works")) == {closed.pk}


@pytest.mark.parametrize("who", ["office", "leader", "works_head"])
def test_the_register_takes_one_query_however_many_rows(play: Play, who: str) -> None:
    viewer = play.viewer(who)
    counts = []
    for _ in range(2):
        with march(2):
            play.task()
            with CaptureQueriesContext(connection) as captured:
                [(task.lead_agency.name, task.order.title) for task in queries.register(viewer)]
            counts.append(len(captured))

    assert counts == [1, 1]


# --- requests --------------------------------------------------------------------------------------------------------
def test_the_office_sees_what_waits_for_it_oldest_first(play: Play) -> None:
    with march(2):
        first, second = play.signed(), play.signed("gujiang")
        play.apply(first)
        play.apply(second, "gujiang")
        decided = play.signed()
        play.apply(decided)
        play.close(decided)

    waiting = {who: [each.part.task_id for each in queries.open_requests(play.viewer(who))] for who in SEEN}
    assert {who: tasks for who, tasks in waiting.items() if tasks} == {"office": [first.pk, second.pk]}


def test_an_issuer_sees_what_waits_for_it_but_not_what_it_asked_itself(play: Play) -> None:
    with march(2):
        task = play.task(supporting=("reform",), by="project_office")
        own, others = play.dispute(task, named="finance", agency="reform"), play.dispute(task)

    assert list(queries.open_requests(play.viewer("project_office"))) == [others]
    assert list(queries.open_requests(play.office)) == [own, others]


@pytest.mark.parametrize("who", ["finance_head", "neighbor_office", "administrator"])
def test_a_request_is_not_found_by_whoever_cannot_see_its_task(play: Play, who: str) -> None:
    with march(2):
        task = play.signed()
        request = play.apply(task)

    with pytest.raises(NotFound):
        queries.request_for(play.viewer(who), request.pk)


# --- orders and conclusions ------------------------------------------------------------------------------------------
ORDERS_SEEN = {
    "office": {"by the office", "empty", "by the project office"},
    "project_office": {"by the project office"},
    "leader": {"by the office"},
    "city_leader": {"by the office"},
    "works_head": {"by the office"},
    "works_handler": {"by the office"},
}


def test_an_order_is_seen_with_one_of_its_tasks_or_by_its_issuer(play: Play) -> None:
    with march(2):
        orders = {"by the office": play.task().order, "empty": play.order()}
        orders["by the project office"] = play.draft(by="project_office").order
    names = {order.pk: name for name, order in orders.items()}

    seen = {who: {names[order.pk] for order in queries.orders(play.viewer(who))} for who in SEEN}
    assert {who: found for who, found in seen.items() if found} == ORDERS_SEEN


def test_an_order_shows_each_the_tasks_that_are_theirs(play: Play) -> None:
    with march(2):
        order = play.order()
        tasks = [play.task(lead, order=order) for lead in ("works", "gujiang")]

    assert [task.number for task in queries.tasks_of(play.viewer("township"), order)] == [tasks[1].number]


@pytest.mark.parametrize(
    ("who", "count"),
    [("office", 2), ("leader", 2), ("city_leader", 2), ("works_head", 1), ("project_office", 0), ("bank", 0)],
)
def test_a_conclusion_is_the_offices_the_leaders_and_the_agencys(play: Play, who: str, count: int) -> None:
    with march(2):
        order = play.order(kind=OrderKind.INSPECTION)
        for agency in ("works", "gujiang"):
            services.deliver_conclusion(play.office, order, agency_id=play.agency_id(agency), text="查了")

    assert queries.conclusions(play.viewer(who)).count() == count


# --- one task --------------------------------------------------------------------------------------------------------
def test_a_story_is_told_in_the_order_of_time(play: Play) -> None:
    with march(2):
        task = play.signed()
    with march(4):
        play.report(task, ReportKind.FEEDBACK)
    with march(12):
        services.climb_ladder()

    lines = queries.story(task)
    assert [line.at for line in lines] == sorted(line.at for line in lines)
    assert [line.verb for line in lines][-5:] == ["report_progress", *["climb_ladder"] * 4]


def test_requests_and_reports_are_shown_newest_first(play: Play) -> None:
    with march(2):
        task = play.signed()
        play.report(task, ReportKind.FEEDBACK)
        play.ask_later(task, in_march(20))
    with march(3):
        play.report(task, ReportKind.PROGRESS)
        play.apply(task)

    assert [report.kind for report in queries.reports_of(task)] == [ReportKind.PROGRESS, ReportKind.FEEDBACK]
    assert [str(request.kind) for request in queries.requests_of(task)] == ["closing", "extension"]


def test_the_lead_is_shown_before_those_that_support(play: Play) -> None:
    with march(2):
        task = play.task("gujiang", ("finance", "works"))

    assert [str(part.agency) for part in queries.parts_of(task)] == ["古绛镇", "县财政局", "县住建局"]


def test_what_the_agency_sees_of_a_closed_task_stays(play: Play) -> None:
    with march(2):
        task = play.signed(supporting=("finance",))
        play.apply(task)
        play.close(task)

    assert queries.task_for(play.viewer("finance_head"), task.pk).state == TaskState.CLOSED


def test_what_is_red_is_said_of_the_agency_whose_clock_ran_out_not_of_the_lead(play: Play) -> None:
    with march(2):
        task = play.signed(supporting=("finance",), kind=TaskKind.MAJOR)
        play.report(task, ReportKind.ARRANGEMENT)
        play.report(task, ReportKind.FEEDBACK)
    with march(13):
        found = queries.red_by_agency(play.office)
        rows = queries.register(play.office, TaskFilter(light="red", awaited_agency_id=play.agency_id("finance")))

    assert [(row["awaited_agency__name"], row["red"]) for row in found] == [("绛县财政局", 1)]
    assert [row.pk for row in rows] == [task.pk]
