"""Monthly figures: raw, signed, versioned, all or none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from sushui.kernel import clock
from sushui.kernel.errors import DomainError, Forbidden, StaleRecord
from sushui.projects import queries, services
from sushui.projects.enums import FigureKind, ProjectVerb
from sushui.projects.models import MonthlyFigure, ProjectMonth
from tests.projects.play import WAN, Play, month, on

PLAN, ACTUAL = FigureKind.PLAN, FigureKind.ACTUAL


def test_a_figure_says_who_gave_it_and_when(play: Play) -> None:
    project = play.building()
    with on("2026-02-03", "09:30"):
        play.report(project, m1=120)

    figure = MonthlyFigure.objects.get(project=project)

    assert (figure.number, figure.amount, figure.reason, figure.user, figure.post) == (
        1,
        Decimal(120 * WAN),
        "",
        play.county.people["works_handler"],
        play.county.posts["works_handler"],
    )
    assert clock.local(figure.at).isoformat() == "2026-02-03T09:30:00+08:00"


def test_a_correction_keeps_the_figure_before_it(play: Play) -> None:
    project = play.building()
    play.report(project, m1=120)

    done = play.report(project, reason="漏报设备款", m1=150)

    assert play.versions(project, "2026-01") == [(1, 120), (2, 150)]
    assert (done.new, done.corrected, done.unchanged) == (0, 1, 0)
    assert play.verbs(project)[-2:] == [ProjectVerb.REPORT, ProjectVerb.CORRECT]


def test_a_correction_without_a_reason_is_refused_with_all_that_came_with_it(play: Play) -> None:
    project = play.building()
    play.report(project, m1=120)

    with pytest.raises(DomainError) as refused:
        play.report(project, m1=150, m2=10)

    assert (refused.value.code, refused.value.params["month"]) == ("correction_without_reason", "2026-01")
    assert (play.versions(project, "2026-01"), play.versions(project, "2026-02")) == ([(1, 120)], [])


def test_the_same_figure_again_changes_nothing(play: Play) -> None:
    project = play.building()
    play.report(project, m1=120)
    lines = play.verbs(project)

    done = play.report(project, m1=120)

    assert (done.new, done.corrected, done.unchanged) == (0, 0, 1)
    assert play.verbs(project) == lines


def test_nothing_done_is_a_figure_and_nothing_said_is_not(play: Play) -> None:
    project = play.building()
    play.report(project, m1=0)

    january, february = queries.months_of(project, 2026)[:2]

    assert (january.actual, february.actual) == (Decimal(0), None)


def test_the_month_row_says_what_the_newest_figures_say(play: Play) -> None:
    project = play.building()
    play.plan(project, m1=100, m2=100)
    play.report(project, m1=80)
    play.report(project, reason="更正", m1=90)

    rows = ProjectMonth.objects.filter(project=project).order_by("month").values_list("month", "planned", "actual")

    assert list(rows) == [
        (month("2026-01"), Decimal(100 * WAN), Decimal(90 * WAN)),
        (month("2026-02"), Decimal(100 * WAN), None),
    ]


def test_the_database_itself_refuses_to_change_a_figure(play: Play) -> None:
    project = play.building()
    play.report(project, m1=120)
    statements = ["UPDATE projects_monthlyfigure SET amount = 1", "DELETE FROM projects_monthlyfigure"]
    refused = []
    for statement in statements:
        with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        refused.append(str(error.value).splitlines()[0])

    assert refused == [
        "Monthly figures are append-only: UPDATE on projects_monthlyfigure is refused.",
        "Monthly figures are append-only: DELETE on projects_monthlyfigure is refused.",
    ]


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        ("works_handler", PLAN),
        ("works_head", PLAN),
        ("leader", ACTUAL),
        ("statistics", ACTUAL),
        ("finance_handler", ACTUAL),
        ("township", ACTUAL),
        ("city_leader", ACTUAL),
    ],
)
def test_plans_are_the_offices_and_deeds_are_whose_project_it_is(play: Play, who: str, kind: FigureKind) -> None:
    project = play.building()

    with pytest.raises(Forbidden):
        play.figures(project, kind, by=who, m1=10)


def test_nothing_is_done_in_a_month_that_has_not_begun(play: Play) -> None:
    with on("2026-03-31"):
        project = play.building()
        play.report(project, m3=10)
        with pytest.raises(DomainError) as refused:
            play.report(project, m4=10)

    assert (refused.value.code, refused.value.params["month"]) == ("month_in_future", "2026-04")


def test_a_figure_twice_in_one_set_is_refused(play: Play) -> None:
    project = play.building()
    twice = [services.Figure(project.pk, date(2026, 1, day), ACTUAL, Decimal(day)) for day in (1, 20)]

    with pytest.raises(DomainError) as refused:
        services.record_figures(play.office, twice)

    assert refused.value.code == "figure_twice"


@pytest.mark.parametrize(("amount", "code"), [(-1, "amount_below_zero"), (10**16, "amount_too_large")])
def test_an_impossible_amount_is_refused(play: Play, amount: int, code: str) -> None:
    project = play.building()
    figure = services.Figure(project.pk, date(2026, 1, 1), ACTUAL, Decimal(amount))

    with pytest.raises(DomainError) as refused:
        services.record_figures(play.office, [figure])

    assert refused.value.code == code


def test_figures_of_many_projects_leave_one_line_each(play: Play) -> None:
    projects = [play.building(name=f"项目{number}") for number in range(3)]
    figures = [services.Figure(each.pk, month("2026-01"), ACTUAL, Decimal(WAN)) for each in projects]

    services.record_figures(play.office, figures, origin="一月.xlsx")

    assert [play.verbs(each)[-1] for each in projects] == [ProjectVerb.REPORT] * 3
    assert play.last_line(projects[0]).after == {"figures": {"2026-01 actual": "10000"}, "origin": "一月.xlsx"}


def test_as_many_statements_for_thirty_projects_as_for_three(play: Play, django_assert_max_num_queries: object) -> None:
    few, many = ([play.building(name=f"项目{size}-{number}") for number in range(size)] for size in (3, 30))
    counts = []
    for projects in (few, many):
        figures = [services.Figure(each.pk, month("2026-01"), ACTUAL, Decimal(WAN), "补录") for each in projects]
        with django_assert_max_num_queries(100) as counted:  # type: ignore[operator]
            services.record_figures(play.office, figures)
        counts.append(len(counted))

    assert counts[0] == counts[1]


# --- plans of a year -------------------------------------------------------------------------------------------------
def test_a_year_is_planned_and_planned_anew_with_a_reason(play: Play) -> None:
    project = play.building()
    services.plan_year(play.office, project, 2026, Decimal(5_000))

    services.plan_year(play.office, project, 2026, Decimal(6_000), reason="省里追加")

    line = play.last_line(project)
    assert (line.before, line.after, line.note) == (
        {"year": 2026, "amount": "5000.00"},
        {"year": 2026, "amount": "6000"},
        "省里追加",
    )
    versions = queries.plan_versions(project, 2026).values_list("number", "amount", "reason")
    assert list(versions) == [(2, Decimal(6_000), "省里追加"), (1, Decimal(5_000), "")]


def test_a_year_is_not_planned_anew_in_silence(play: Play) -> None:
    project = play.building()
    services.plan_year(play.office, project, 2026, Decimal(5_000))

    with pytest.raises(DomainError) as refused:
        services.plan_year(play.office, project, 2026, Decimal(1))

    assert refused.value.code == "plan_without_reason"


def test_the_same_plan_again_is_no_version(play: Play) -> None:
    project = play.building()
    for _time in range(2):
        services.plan_year(play.office, project, 2026, Decimal(5_000))

    assert queries.plan_versions(project, 2026).count() == 1


def test_the_second_of_two_who_plan_or_report_is_told(play: Play) -> None:
    project = play.building()
    seen = queries.figures_version(project)
    services.plan_months(
        play.office, project, 2026, total=Decimal(100), months={month("2026-01"): Decimal(100)}, seen=seen
    )

    for late in (
        lambda: services.plan_months(play.office, project, 2026, total=Decimal(50), months={}, reason="改", seen=seen),
        lambda: services.record_figures(
            play.office, [services.Figure(project.pk, month("2026-01"), ACTUAL, Decimal(1))], seen=seen
        ),
        lambda: services.plan_year(play.office, project, 2026, Decimal(7), reason="改", seen=seen),
    ):
        with pytest.raises(StaleRecord):
            late()

    assert [int(row.amount) for row in queries.plan_versions(project, 2026)] == [100]


def test_only_the_office_plans_a_year(play: Play) -> None:
    with pytest.raises(Forbidden):
        services.plan_year(play.viewer("works_head"), play.building(), 2026, Decimal(1))


# --- sums ------------------------------------------------------------------------------------------------------------
def test_sums_of_the_months_are_those_of_the_projects_seen(play: Play) -> None:
    own, other = play.building(), play.building(name="财政的", agency_id=play.agency_id("finance"))
    for project in (own, other):
        play.plan(project, m1=100, m2=50)
    play.report(own, m1=70)
    seen = {}
    for who in ("leader", "works_head"):
        sums = queries.month_sums(queries.visible_projects(play.viewer(who)), 2026)
        seen[who] = [(int(each.planned / WAN), int(each.actual / WAN)) for each in sums[:3]]

    assert seen == {"leader": [(200, 70), (100, 0), (0, 0)], "works_head": [(100, 70), (50, 0), (0, 0)]}
