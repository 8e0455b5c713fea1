"""The sample's projects: sums that a county once published, and a year of figures with honest trouble in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest
from django.db.models import F, Sum

from sushui.desk.sample.county import SampleCounty
from sushui.desk.sample.portfolio import COURSES, read_portfolio
from sushui.documents.models import Attachment
from sushui.kernel.months import months_after
from sushui.liaison.models import Finding, Liaison, Visit
from sushui.projects import queries, services
from sushui.projects.enums import CodeFlaw, LightRule, ProjectSector, ProjectStage
from sushui.projects.models import (
    Bottleneck,
    LightTurn,
    MonthlyFigure,
    MonthlyReport,
    Project,
    ProjectFunding,
    ProjectLight,
    ProjectMonth,
)
from sushui.projects.rules.codes import credit_code_flaw, project_code_flaw
from sushui.projects.rules.lights import overall, readings
from sushui.supervision.enums import StatusLight
from tests.desk.sample.build import NOW

pytestmark = pytest.mark.django_db
HUNDRED_MILLION = Decimal(10**8)
TODAY = NOW.date()


def here(**values: object) -> Iterable[Project]:
    return Project.objects.filter(division__code="140826", **values)


# --- the published sums ----------------------------------------------------------------------------------------------
def test_thirty_two_industrial_projects_over_a_hundred_million_sum_to_what_was_published(sample: SampleCounty) -> None:
    industrial = Project.objects.filter(division__code="140826", sector=ProjectSector.INDUSTRY)

    assert industrial.count() == 32
    assert industrial.filter(total_investment__lte=HUNDRED_MILLION).count() == 0
    assert industrial.aggregate(Sum("total_investment"))["total_investment__sum"] == Decimal("14955000000.00")


def test_they_lie_in_six_clusters(sample: SampleCounty) -> None:
    counts = Counter(project.cluster.name for project in here(cluster__isnull=False) if project.cluster)

    assert counts == {"新装备": 7, "新材料": 7, "新能源": 5, "大健康": 5, "精细化工": 4, "钢企服务": 4}


@pytest.mark.parametrize(("name", "total"), [("绛县抽水蓄能电站", 9_586_000_000), ("涑水新区", 2_264_000_000)])
def test_the_two_largest_are_as_published(sample: SampleCounty, name: str, total: int) -> None:
    (project,) = here(name=name)

    assert project.total_investment == Decimal(total)


def test_there_is_a_hospital_to_be_extended(sample: SampleCounty) -> None:
    names = [project.name for project in here(sector=ProjectSector.LIVELIHOOD)]

    assert names == ["县人民医院住院楼扩建"]


# --- honest trouble --------------------------------------------------------------------------------------------------
def test_every_course_that_is_written_down_is_taken(sample: SampleCounty) -> None:
    taken = {id(plan.course) for plan in read_portfolio().projects}

    assert taken == {id(course) for course in COURSES.values()}


@pytest.mark.parametrize("rule", list(LightRule))
def test_every_rule_lights_something_red_or_yellow(sample: SampleCounty, rule: LightRule) -> None:
    lights = set(ProjectLight.objects.filter(rule=rule).values_list("light", flat=True))

    assert lights & {StatusLight.RED, StatusLight.YELLOW} != set()


def test_every_light_is_there(sample: SampleCounty) -> None:
    lights = {project.light for project in here()}

    assert lights == set(StatusLight)


def test_months_were_missed_and_caught_up(sample: SampleCounty) -> None:
    whys = set(ProjectLight.objects.filter(rule=LightRule.MONTHS).values_list("why", flat=True))

    assert {"months_missed", "months_caught_up", "months_unreported"} <= whys


def test_lights_are_those_of_a_fresh_reading(sample: SampleCounty) -> None:
    projects = list(here())
    facts, limits = queries.facts_of(projects), queries.light_limits(projects[0].division_id, TODAY)

    fresh = {project.name: overall(readings(facts[project.pk], TODAY, limits), limits) for project in projects}

    assert {project.name: project.light for project in projects} == fresh


def test_lights_turned_and_turned_back_within_the_year(sample: SampleCounty) -> None:
    turns = set(LightTurn.objects.values_list("before", "after"))

    assert {("green", "yellow"), ("yellow", "red"), ("yellow", "green")} <= turns


def test_money_of_the_year_by_source_comes_to_its_plan(sample: SampleCounty) -> None:
    planned = {
        project.name: sum((row.planned or 0 for row in queries.months_of(project, TODAY.year)), Decimal())
        for project in here()
    }
    sources = ProjectFunding.objects.filter(project__division__code="140826", year=TODAY.year)
    sums = dict(sources.order_by().values_list("project__name").annotate(Sum("amount")))

    assert sums == {name: amount for name, amount in planned.items() if amount}


# --- figures ---------------------------------------------------------------------------------------------------------
def test_every_month_since_the_founding_is_reported(sample: SampleCounty) -> None:
    reported = ProjectMonth.objects.filter(project__name="涑源重型装备智能制造基地", actual__isnull=False)

    months = sorted(reported.values_list("month", flat=True))

    assert months == [months_after(date(2026, 11, 1), -ago) for ago in range(13, 0, -1)]


def test_nobody_reports_a_month_that_is_not_over(sample: SampleCounty) -> None:
    latest = MonthlyFigure.objects.filter(kind="actual").order_by("-month").values_list("month", flat=True)[0]

    assert latest == date(2026, 10, 1)


def test_months_say_what_their_newest_versions_say(sample: SampleCounty) -> None:
    newest: dict[tuple[int, date, str], Decimal] = {}
    for figure in MonthlyFigure.objects.order_by("number"):
        newest[(figure.project_id, figure.month, str(figure.kind))] = figure.amount
    told = {}
    for row in ProjectMonth.objects.all():
        told |= {
            (row.project_id, row.month, kind): amount
            for kind, amount in (("plan", row.planned), ("actual", row.actual))
            if amount is not None
        }

    assert told == newest


# --- codes -----------------------------------------------------------------------------------------------------------
def test_codes_are_sound_but_for_two_that_a_person_confirmed(sample: SampleCounty) -> None:
    odd = [project.name for project in here(code_flaw=CodeFlaw.CHECK_DIGIT)]
    flaws = {project_code_flaw(project.code) for project in here(code_flaw="").exclude(code="")}  # type: ignore[attr-defined]

    assert sorted(odd) == ["医用防护材料产线", "横水纺织机械专件技改"]
    assert flaws == {None}


def test_owners_codes_are_sound(sample: SampleCounty) -> None:
    assert {credit_code_flaw(project.owner_code) for project in here()} == {None}


# --- who stands by ---------------------------------------------------------------------------------------------------
def test_a_leader_an_agency_and_an_officer_stand_by_each_project(sample: SampleCounty) -> None:
    roles = Counter(str(role) for role in Liaison.objects.values_list("role", flat=True))

    assert roles == {"leader": 35, "agency": 35, "officer": 35}


def test_visits_found_problems_that_became_tasks(sample: SampleCounty) -> None:
    tasks = Finding.objects.filter(task__isnull=False)

    assert Visit.objects.filter(findings__isnull=False).distinct().count() == sum(
        1 for visit in read_portfolio().visits if visit.findings
    )
    assert tasks.count() == sum(len(visit.findings) for visit in read_portfolio().visits)
    assert set(tasks.values_list("task__subject__kind", flat=True)) == {"project"}


def test_some_bottlenecks_are_settled_and_others_stand(sample: SampleCounty) -> None:
    settled = Bottleneck.objects.filter(resolved_on__isnull=False).count()

    assert (settled, Bottleneck.objects.count()) == (3, 12)
    assert Bottleneck.objects.filter(resolved_on__lt=F("found_on")).count() == 0


def test_the_suspended_project_waits_for_its_review(sample: SampleCounty) -> None:
    (project,) = here(stage=ProjectStage.SUSPENDED)

    assert (project.light, project.review_on) == (StatusLight.NONE, date(2026, 12, 24))


def test_the_neighbor_has_projects_of_its_own(sample: SampleCounty) -> None:
    neighbors = queries.visible_projects(sample.viewer("neighbor_reform.head"))

    assert neighbors.count() == 3
    assert services.light_due() == 0


def test_a_few_projects_report_a_year_with_photos_and_one_correction_is_late(sample: SampleCounty) -> None:
    reports = MonthlyReport.objects.filter(state="given")
    photos = Attachment.objects.filter(target_kind=queries.PHOTOS).count()

    assert (reports.values("project").distinct().count(), photos > 0) == (3, True)
    assert reports.filter(is_late=True).count() <= 1
