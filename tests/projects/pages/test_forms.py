"""What forms take and refuse: money in 万元, months, refusals beside what was typed, what is chosen beforehand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from sushui.projects import services
from sushui.projects.enums import BottleneckKind, FundingSource, ProjectStage
from sushui.projects.forms.acts import MoneyField, MonthChoice, MonthField, plain
from sushui.projects.forms.figures import evenly, outlook
from sushui.projects.forms.ledger import IndustryField, industries_like
from sushui.projects.models import Bottleneck, FundsPaid, FundsReceived, Milestone, Project
from sushui.projects.rules.lights import LightLimits, MonthFigures, ProjectFacts, progress_reading
from sushui.supervision.enums import StatusLight
from tests.projects.pages.reading import Desk
from tests.projects.play import WAN, Play, month, on

Sit = Callable[[str], Desk]
YUAN = st.decimals(min_value=0, max_value=10**11, places=2)


# --- money at the door -----------------------------------------------------------------------------------------------
@given(YUAN)
def test_what_a_form_shows_is_what_it_takes(amount: Decimal) -> None:
    field = MoneyField()

    assert field.clean(field.prepare_value(amount)) == amount


@given(st.integers(0, 10**7), st.integers(0, 10**6 - 1))
def test_an_amount_typed_in_wan_is_ten_thousand_times_as_many_yuan(whole: int, part: int) -> None:
    typed = f"{whole}.{part:06}"

    assert MoneyField().clean(typed) == Decimal(typed) * 10_000


@given(st.integers(0, 10**8 - 1))
def test_commas_in_an_amount_mean_nothing(whole: int) -> None:
    assert MoneyField().clean(f"{whole:,}") == MoneyField().clean(str(whole)) == whole * 10_000


@pytest.mark.parametrize(
    ("typed", "yuan"), [("1，234.5", 12_345_000), ("0.000001", "0.01"), ("0", 0), (" 12 ", 120_000), ("-3", -30_000)]
)
def test_an_amount_is_read_as_people_type_it(typed: str, yuan: Any) -> None:
    assert MoneyField().clean(typed) == Decimal(yuan)


@pytest.mark.parametrize("typed", ["abc", "1.2.3", "0.0000001", "1e3000", "一千", "NaN", "Infinity"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        MoneyField().clean(typed)


def test_an_amount_may_be_left_out_where_it_need_not_be_known() -> None:
    assert MoneyField(required=False).clean("") is None


@pytest.mark.parametrize(
    ("amount", "shown"), [("100", "100"), ("12.50", "12.5"), ("0.000001", "0.000001"), ("1E+3", "1000")]
)
def test_an_amount_is_shown_without_empty_zeros(amount: str, shown: str) -> None:
    assert plain(Decimal(amount)) == shown


@given(YUAN, st.integers(1, 12))
def test_even_parts_add_up_to_the_year(total: Decimal, count: int) -> None:
    parts = evenly(total, count)

    assert (len(parts), sum(parts), len(set(parts[:-1]))) == (count, total, min(count - 1, 1))


@given(YUAN, st.integers(2, 12))
def test_all_but_the_last_part_are_whole_hundreds(total: Decimal, count: int) -> None:
    *parts, last = evenly(total, count)

    assert {part % 100 for part in parts} == {0}
    assert 0 <= last - parts[0] < count * 100


# --- months ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("typed", "read"), [("2026-09", date(2026, 9, 1)), ("1999-12", date(1999, 12, 1))])
def test_a_month_is_the_first_of_its_days(typed: str, read: date) -> None:
    assert (MonthField().clean(typed), MonthChoice(choices=[(typed, typed)]).clean(typed)) == (read, read)


@pytest.mark.parametrize("typed", ["2026-13", "2026", "九月", "2026/09", "2026-09-01"])
def test_what_is_no_month_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError) as chinese:
        MonthField().clean(typed)
    with override("en"):
        english = [str(each) for each in chinese.value.messages]

    assert english == ["Give a month such as 2026-09."]


def test_a_month_that_is_not_offered_is_refused() -> None:
    with pytest.raises(ValidationError):
        MonthChoice(choices=[("2026-09", "")]).clean("2026-10")


# --- industries ------------------------------------------------------------------------------------------------------
def test_industries_are_sought_by_code_and_by_name_the_broadest_first() -> None:
    assert [each.code for each in industries_like("321")][:2] == ["321", "3211"]
    assert [each.code for each in industries_like("镁冶炼")] == ["3217"]
    assert industries_like("  ") == []


def test_no_more_industries_are_suggested_than_one_can_read() -> None:
    assert len(industries_like("制造")) == 12


@pytest.mark.parametrize(("typed", "code"), [("3217", "3217"), ("3217 镁冶炼", "3217"), ("镁冶炼", "3217"), ("", "")])
def test_an_industry_is_known_by_its_code(typed: str, code: str) -> None:
    assert IndustryField(required=False).clean(typed) == code


# --- what the month's form foretells ---------------------------------------------------------------------------------
LIMITS = LightLimits()


@given(
    st.lists(st.integers(0, 9), min_size=6, max_size=6),
    st.lists(st.integers(0, 9), min_size=5, max_size=5),
    st.integers(0, 60),
)
def test_the_light_that_is_foretold_is_the_one_that_comes(planned: list[int], done: list[int], amount: int) -> None:
    known = known_facts(planned, done)
    seen, light = outlook(known, month("2026-06"), LIMITS), light_with(known, amount)

    if seen.for_green is None or seen.for_yellow is None:
        assert light is StatusLight.NONE
    elif Decimal(amount) > seen.for_green:
        assert light is StatusLight.GREEN
    elif Decimal(amount) < seen.for_yellow:
        assert light is StatusLight.RED
    elif seen.for_yellow < Decimal(amount) < seen.for_green:
        assert light is StatusLight.YELLOW


def known_facts(planned: list[int], done: list[int], amount: int | None = None) -> ProjectFacts:
    """A project built since January with so much planned for six months and done in the first five."""
    actual = [*map(Decimal, done), None if amount is None else Decimal(amount)]
    months = tuple(
        MonthFigures(date(2026, number, 1), Decimal(plan), deed)
        for number, (plan, deed) in enumerate(zip(planned, actual, strict=True), 1)
    )
    return ProjectFacts(ProjectStage.UNDER_CONSTRUCTION, started_on=date(2026, 1, 1), months=months)


def light_with(known: ProjectFacts, amount: int) -> StatusLight:
    planned = [int(each.planned or 0) for each in known.months]
    done = [int(each.actual or 0) for each in known.months[:5]]
    return progress_reading(known_facts(planned, done, amount), date(2026, 7, 2), LIMITS).light


# --- refusals with what was typed kept -------------------------------------------------------------------------------
Made = Callable[[Play, Project], int]


def itself(play: Play, project: Project) -> int:
    return project.pk


def milestone(play: Play, project: Project) -> int:
    return services.add_milestone(play.office, project, name="封顶", planned_on=date(2026, 5, 1)).pk


def funds(play: Play, project: Project) -> int:
    source, came = FundingSource.STATE_BUDGET, date(2026, 2, 1)
    return services.receive_funds(play.office, project, source=source, amount=Decimal(100 * WAN), received_on=came).pk


def bottleneck(play: Play, project: Project) -> int:
    return services.raise_bottleneck(
        play.office, project, kind=BottleneckKind.LAND, text="缺地", found_on=date(2026, 2, 1)
    ).pk


REFUSED: list[tuple[str, str, Made, dict[str, Any], str]] = [
    ("works_handler", "report", itself, {"month": "2026-02", "amount": "一百", "reason": "改正"}, "reason"),
    ("works_handler", "report", itself, {"month": "2026-02", "amount": "-5", "reason": "改正"}, "amount"),
    ("works_handler", "report", itself, {"month": "", "amount": "5"}, "amount"),
    ("project_office", "plan", itself, {"year": "2026", "total": "", "m3": "30"}, "m3"),
    ("project_office", "plan", itself, {"year": "2026", "total": "120", "m3": "-30"}, "total"),
    ("project_office", "move", itself, {"stage": "completed", "on": "2026-03-20", "version": 1}, "on"),
    (
        "project_office",
        "move",
        itself,
        {"stage": "suspended", "on": "2026-03-01", "note": "停工", "version": 1},
        "note",
    ),
    ("project_office", "postpone", itself, {"month": "2026-08", "reason": "等批复", "version": 1}, "reason"),
    ("project_office", "add-milestone", itself, {"name": "封顶", "planned_on": ""}, "name"),
    ("project_office", "receive", itself, {"amount": "9", "source": "state_budget", "received_on": ""}, "amount"),
    ("project_office", "receive", itself, {"amount": "0", "source": "other", "received_on": "2026-03-01"}, "amount"),
    ("statistics", "enroll", itself, {"enrolled_on": "2026-03-20", "note": "平台", "version": 1}, "note"),
    ("works_handler", "raise-bottleneck", itself, {"kind": "land", "text": "", "found_on": "2026-03-01"}, "found_on"),
    ("works_handler", "raise-bottleneck", itself, {"kind": "land", "text": "缺地", "found_on": "2026-03-20"}, "text"),
    (
        "office",
        "raise-task",
        itself,
        {"text": "", "kind": "general", "source": "meeting", "deadline_on": "2026-05-01"},
        "deadline_on",
    ),
    ("works_handler", "milestone-reach", milestone, {"reached_on": "2026-03-20", "evidence": "照片"}, "evidence"),
    ("project_office", "milestone-drop", milestone, {"reason": " "}, "reason"),
    ("works_handler", "funds-pay", funds, {"amount": "101", "paid_on": "2026-03-01", "note": "一期"}, "note"),
    ("works_handler", "funds-pay", funds, {"amount": "10", "paid_on": "2026-03-20"}, "amount"),
    (
        "works_handler",
        "bottleneck-resolve",
        bottleneck,
        {"resolved_on": "2026-03-20", "resolution": "供地"},
        "resolution",
    ),
]


@pytest.mark.parametrize(("key", "name", "made", "typed", "kept"), REFUSED)
def test_a_refusal_stands_beside_what_was_typed(
    play: Play, sit: Sit, key: str, name: str, made: Made, typed: dict[str, Any], kept: str
) -> None:
    with on("2026-03-02"):
        project = play.building()
        given = {"version": 1, **typed} if made in (milestone, bottleneck) else typed
        sight = sit(key).send(name, made(play, project), **given)

    assert (sight.status, sight.value(kept)) == (422, str(typed[kept]).strip())
    assert len(sight.errors) == 1


def test_what_is_refused_leaves_everything_as_it_was(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.building()
        for key, name, made, typed, _kept in REFUSED:
            if made is itself:
                sit(key).send(name, project.pk, **typed)

    counts = [each.objects.count() for each in (Milestone, FundsReceived, FundsPaid, Bottleneck)]
    assert (counts, play.verbs(project), play.now(project).version) == ([0] * 4, ["register_project"], 1)


STALE = {
    "move": {"stage": "completed", "on": "2026-03-01", "note": "验收"},
    "enroll": {"enrolled_on": "2026-03-01", "note": "平台"},
}


@pytest.mark.parametrize("verb", STALE)
def test_the_second_of_two_keeps_what_was_typed(play: Play, sit: Sit, verb: str) -> None:
    with on("2026-03-02"):
        project = play.building()
        services.edit_project(play.office, project, play.draft(name="别人改的"))
        sight = sit("project_office").send(verb, project.pk, **STALE[verb], version=1)

    assert (sight.status, sight.value("note"), play.now(project).name) == (409, STALE[verb]["note"], "别人改的")


NOT_THEIRS = [
    (key, verb)
    for key, verbs in {
        "works_handler": ("plan", "postpone", "move", "add-milestone", "receive", "enroll", "edit"),
        "statistics": ("report", "plan", "move", "receive", "raise-bottleneck", "edit"),
        "leader": ("report", "plan", "postpone", "move", "enroll", "raise-bottleneck", "edit"),
    }.items()
    for verb in verbs
]


@pytest.mark.parametrize(("key", "verb"), NOT_THEIRS)
def test_a_form_of_others_is_neither_shown_nor_taken(play: Play, sit: Sit, key: str, verb: str) -> None:
    with on("2026-03-02"):
        project = play.building()
        statuses = [sit(key).open(verb, project.pk).status, sit(key).send(verb, project.pk).status]

    assert (statuses, play.verbs(project)) == ([403, 403], ["register_project"])


# --- chosen beforehand -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "field"),
    [("enroll", "enrolled_on"), ("receive", "received_on"), ("raise-bottleneck", "found_on"), ("move", "on")],
)
def test_the_day_of_an_act_is_today_unless_somebody_says_otherwise(play: Play, sit: Sit, name: str, field: str) -> None:
    with on("2026-03-02"):
        assert sit("project_office").open(name, play.building().pk).value(field) == "2026-03-02"


def test_the_plan_of_a_year_begins_with_what_its_months_come_to(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.building()
        play.plan(project, m1=100, m2=150)
        by_months = sit("project_office").open("plan", project.pk).value("total")
        services.plan_year(play.office, project, 2026, Decimal(900 * WAN))
        by_year = sit("project_office").open("plan", project.pk).value("total")

    assert (by_months, by_year) == ("250", "900")


@pytest.mark.parametrize(("asked", "shown"), [("2025", "2025"), ("1989", "2026"), ("x", "2026"), ("20266", "2026")])
def test_another_year_is_planned_where_it_can_be(play: Play, sit: Sit, asked: str, shown: str) -> None:
    with on("2026-03-02"):
        assert sit("project_office").open("plan", play.building().pk, year=asked).value("year") == shown


def test_a_figure_that_stands_is_shown_to_be_corrected(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.building()
        play.report(project, m1=40, m2=20)
        sight = sit("works_handler").open("report", project.pk, month="2026-01")

    assert (sight.value("amount"), "全部版本" in sight.html) == ("40", True)


def test_no_month_before_the_start_is_offered(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        html = sit("works_handler").open("report", play.building("2026-02-10").pk).html

    assert [f'value="2026-0{number}"' in html for number in (1, 2, 3, 4)] == [False, True, True, False]


def test_whoever_may_not_raise_tasks_is_not_asked_for_one(play: Play, sit: Sit) -> None:
    with on("2026-03-02"):
        project = play.building()
        Project.objects.filter(pk=project.pk).update(subject=None)
        html = sit("works_handler").open("raise-bottleneck", project.pk).html

    assert 'name="task"' not in html


def test_a_figure_beyond_the_whole_project_is_asked_about_and_taken_once_checked(play: Play, sit: Sit) -> None:
    with on("2026-04-03"):
        project = play.building(total_investment=Decimal(10**6))
        typed = {"month": "2026-03", "amount": "101"}
        sit("works_handler").send("report", project.pk, **typed)
        asked = play.versions(project, "2026-03")
        sit("works_handler").send("report", project.pk, **typed, confirmed="exceeds_total:1010000:1000000")

    assert (asked, play.versions(project, "2026-03")) == ([], [(1, 101)])
