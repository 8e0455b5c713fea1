"""Entering projects into the ledger, editing them, and moving them through their life."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sushui.kernel.errors import DomainError, Forbidden, StaleRecord
from sushui.kernel.models import Subject
from sushui.organizations.models import Agency
from sushui.projects import services
from sushui.projects.enums import CodeFlaw, FundingSource, LightRule, ProjectStage, ProjectVerb
from sushui.projects.models import Project, StageChange
from sushui.projects.services import ClusterEntry
from sushui.supervision.enums import StatusLight
from tests.projects.play import Play, month, on, papers

CODE = "2108-141161-89-02-776136"
ODD_CODE = "2108-141161-89-02-776137"
PILOT_OWNER = "91350203M0001QAY9B"
S = ProjectStage


# --- registering -----------------------------------------------------------------------------------------------------
def test_registering_keeps_what_was_said_and_leaves_the_rest_empty(play: Play) -> None:
    draft = play.draft(code=f" {CODE} ", total_investment=Decimal(10**9), planned_start_month=date(2026, 5, 20))

    project = services.register_project(play.office, draft)

    assert (project.code, project.total_investment, project.planned_start_month, project.first_start_month) == (
        CODE,
        Decimal(10**9),
        month("2026-05"),
        month("2026-05"),
    )
    assert (project.area_mu, project.jobs, project.started_on, project.enrolled_on) == (None, None, None, None)


def test_registering_makes_the_project_known_to_the_rooms_below(play: Play) -> None:
    project = play.project(code=CODE)

    subject = Subject.objects.get(kind="project", object_id=project.pk)

    assert (subject.label, subject.url, subject.agency_id, project.subject_id) == (
        "涑水装备产业园",
        f"/projects/{project.pk}/",
        play.agency_id("works"),
        subject.pk,
    )


def test_registering_writes_one_line_and_notes_the_stage(play: Play) -> None:
    project = play.project(stage=S.SIGNED)

    (change,) = StageChange.objects.filter(project=project)

    assert play.verbs(project) == [ProjectVerb.REGISTER]
    assert (change.before, change.after) == ("", S.SIGNED)


@pytest.mark.parametrize(
    ("stage", "dates"),
    [
        (S.PRE_CONSTRUCTION, (None, None)),
        (S.UNDER_CONSTRUCTION, (date(2026, 2, 1), None)),
        (S.COMPLETED, (None, date(2026, 2, 1))),
        (S.IN_PRODUCTION, (None, None)),
    ],
)
def test_registering_dates_the_stage_reached_and_invents_no_other(
    play: Play, stage: ProjectStage, dates: tuple[date | None, date | None]
) -> None:
    with on("2026-03-02"):
        built = play.project(stage=stage, on=date(2026, 2, 1))

    assert (built.started_on, built.completed_on) == dates


@pytest.mark.parametrize("stage", [S.SUSPENDED, S.TERMINATED])
def test_a_project_is_not_entered_at_rest(play: Play, stage: ProjectStage) -> None:
    with pytest.raises(DomainError) as refused:
        play.project(stage=stage)

    assert refused.value.code == "at_rest_from_the_start"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": "  "}, "text_missing"),
        ({"code": ODD_CODE}, "code_odd"),
        ({"owner_code": PILOT_OWNER}, "code_odd"),
        ({"industry_code": "9999"}, "no_such_industry"),
        ({"total_investment": Decimal(-1)}, "amount_below_zero"),
        ({"total_investment": Decimal(10**17)}, "amount_too_large"),
        ({"jobs": -3}, "amount_below_zero"),
        ({"agency_id": 10**6}, "elsewhere"),
        ({"cluster_id": 10**6}, "elsewhere"),
        ({"funding": {(0, FundingSource.BANK_LOANS): Decimal(-5)}}, "amount_below_zero"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(play: Play, values: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        play.project(**values)

    assert refused.value.code == code


def test_an_agency_of_the_neighbor_is_refused(play: Play) -> None:
    with pytest.raises(DomainError) as refused:
        play.project(agency_id=play.agency_id("neighbor_head"))

    assert refused.value.code == "elsewhere"


def test_an_odd_code_is_kept_once_a_person_confirms_it(play: Play) -> None:
    project = play.project(code=ODD_CODE, owner_code=PILOT_OWNER, confirmed=frozenset({"code", "owner_code"}))

    assert (project.code_flaw, project.owner_code_flaw) == (CodeFlaw.CHECK_DIGIT, CodeFlaw.CHECK_DIGIT)
    assert play.last_line(project).after["confirmed"] == ["code", "owner_code"]


def test_the_refusal_of_an_odd_code_says_which_and_how_to_mend_it(play: Play) -> None:
    with pytest.raises(DomainError) as refused:
        play.project(code=ODD_CODE)

    assert refused.value.params["typed"] == ODD_CODE
    assert refused.value.params["field"] == "code"


def test_a_code_names_one_project_of_a_division(play: Play) -> None:
    play.project(code=CODE)

    with pytest.raises(DomainError) as refused:
        play.project(code=CODE, name="另一个项目")

    assert (refused.value.code, refused.value.params["name"]) == ("code_taken", "涑水装备产业园")


def test_projects_without_a_code_stand_beside_each_other(play: Play) -> None:
    play.project()
    play.project(name="另一个项目")

    assert Project.objects.filter(code="").count() == 2


@pytest.mark.parametrize("who", ["leader", "office", "works_head", "statistics", "administrator", "bank"])
def test_only_the_project_office_registers(play: Play, who: str) -> None:
    with pytest.raises(Forbidden):
        services.register_project(play.viewer(who), play.draft())


# --- editing ---------------------------------------------------------------------------------------------------------
def test_editing_says_what_was_and_what_is(play: Play) -> None:
    project = play.project(jobs=100)

    services.edit_project(play.office, project, play.draft(name="涑水产业新城", jobs=250))

    line = play.last_line(project)
    assert (line.before, line.after) == (
        {"name": "涑水装备产业园", "jobs": 100},
        {"name": "涑水产业新城", "jobs": 250},
    )


def test_editing_renames_the_subject_for_the_rooms_below(play: Play) -> None:
    project = play.project()

    services.edit_project(play.office, project, play.draft(name="涑水产业新城"))

    assert Subject.objects.get(kind="project").label == "涑水产业新城"


def test_editing_replaces_the_money_by_source(play: Play) -> None:
    loans, own = (0, FundingSource.BANK_LOANS), (2026, FundingSource.OWN_FUNDS)
    project = play.project(funding={loans: Decimal(10), own: Decimal(20)})

    services.edit_project(play.office, project, play.draft(funding={own: Decimal(30)}))

    rows = {(row.year, row.source): row.amount for row in project.funding.all()}
    assert rows == {own: Decimal(30)}
    assert play.last_line(project).after == {"funding": {"2026 own_funds": "30"}}


def test_the_second_of_two_editors_is_told(play: Play) -> None:
    project = play.project()
    services.edit_project(play.office, project, play.draft(name="第一个"), seen_version=project.version)

    with pytest.raises(StaleRecord):
        services.edit_project(play.office, project, play.draft(name="第二个"), seen_version=project.version)

    assert play.now(project).name == "第一个"


def test_a_planned_start_that_has_come_is_not_moved_in_silence(play: Play) -> None:
    with on("2026-03-02"):
        project = play.project(planned_start_month=month("2026-03"))
    with on("2026-04-10"), pytest.raises(DomainError) as refused:
        services.edit_project(play.office, project, play.draft(planned_start_month=month("2026-09")))

    assert refused.value.code == "start_is_postponed"


def test_a_project_is_edited_by_the_office_of_its_own_division(play: Play) -> None:
    project = play.project()
    stranger = replace(play.office, division_id=play.county.neighbor.pk)

    with pytest.raises(Forbidden):
        services.edit_project(stranger, project, play.draft())


# --- stages ----------------------------------------------------------------------------------------------------------
def test_the_start_of_construction_is_dated_and_noted(play: Play) -> None:
    with on("2026-03-02"):
        project = play.project(stage=S.PRE_CONSTRUCTION)
        permit = papers(S.UNDER_CONSTRUCTION)
        services.move_project(play.office, project, stage=S.UNDER_CONSTRUCTION, on=date(2026, 2, 26), evidence=permit)

    assert (play.now(project).stage, play.now(project).started_on) == (S.UNDER_CONSTRUCTION, date(2026, 2, 26))
    assert list(StageChange.objects.filter(project=project).values_list("before", "after", "on"))[1:] == [
        ("pre_construction", "under_construction", date(2026, 2, 26))
    ]


def test_a_start_noted_too_early_is_taken_back_with_its_day(play: Play) -> None:
    project = play.building()

    services.move_project(play.office, project, stage=S.PRE_CONSTRUCTION, on=date(2026, 1, 6))

    assert play.now(project).started_on is None


def test_later_stages_keep_the_days_of_those_before(play: Play) -> None:
    project = play.building("2026-01-05")

    for stage, day in ((S.COMPLETED, date(2026, 8, 1)), (S.IN_PRODUCTION, date(2026, 9, 1))):
        services.move_project(play.office, project, stage=stage, on=day, evidence=papers(stage))

    assert (play.now(project).started_on, play.now(project).completed_on) == (date(2026, 1, 5), date(2026, 8, 1))


@pytest.mark.parametrize("stage", [S.COMPLETED, S.IN_PRODUCTION])
def test_nothing_is_completed_before_it_was_begun(play: Play, stage: ProjectStage) -> None:
    project = play.building("2026-01-05")

    with pytest.raises(DomainError) as refused:
        services.move_project(play.office, project, stage=stage, on=date(2026, 1, 4))

    assert refused.value.code == "before_start"


def test_suspension_wants_a_reason_and_a_day_of_review(play: Play) -> None:
    project = play.building()
    refusals = []
    for asked in ({"note": ""}, {"note": "资金断了"}, {"note": "资金断了", "review_on": date(2026, 1, 1)}):
        with pytest.raises(DomainError) as refused:
            services.move_project(play.office, project, stage=S.SUSPENDED, on=date(2026, 8, 1), **asked)
        refusals.append(refused.value.code)

    assert refusals == ["text_missing", "review_day_missing", "review_day_missing"]


def test_a_suspended_project_has_no_light_and_comes_back_with_one(play: Play) -> None:
    with on("2026-06-10"):
        project = play.building(total_investment=Decimal(10**8))
        seen = [play.light(project)]
        asked = {"note": "资金断了", "review_on": date(2026, 9, 1)}
        services.move_project(play.office, project, stage=S.SUSPENDED, on=date(2026, 6, 10), **asked)
        seen.append(play.light(project))
        services.move_project(play.office, play.now(project), stage=S.UNDER_CONSTRUCTION, on=date(2026, 6, 10))
        seen.append(play.light(project))

    assert seen == [StatusLight.RED, StatusLight.NONE, StatusLight.RED]
    assert (play.now(project).review_on, play.now(project).stage_note) == (None, "")


@pytest.mark.parametrize(("to", "code"), [(S.PLANNED, "wrong_stage"), (S.UNDER_CONSTRUCTION, "wrong_stage")])
def test_a_stage_that_cannot_follow_is_refused(play: Play, to: ProjectStage, code: str) -> None:
    project = play.building()

    with pytest.raises(DomainError) as refused:
        services.move_project(play.office, project, stage=to, on=date(2026, 2, 1))

    assert refused.value.code == code


def test_a_stage_is_not_reached_tomorrow(play: Play) -> None:
    with on("2026-03-02"):
        project = play.project()
        with pytest.raises(DomainError) as refused:
            services.move_project(play.office, project, stage=S.SIGNED, on=date(2026, 3, 3))

    assert refused.value.code == "day_in_future"


# --- postponing ------------------------------------------------------------------------------------------------------
def test_a_postponement_turns_the_light_and_keeps_the_first_month(play: Play) -> None:
    with on("2026-02-02"):
        project = play.project(planned_start_month=month("2026-02"))
    with on("2026-03-10"):
        services.light_due()
        seen = [play.light(project, LightRule.START)]
        services.postpone_start(play.office, project, month=date(2026, 6, 15), reason="等用地批复")
        seen.append(play.light(project, LightRule.START))

    after = play.now(project)
    assert seen == [StatusLight.YELLOW, StatusLight.GREEN]
    assert (after.first_start_month, after.planned_start_month) == (month("2026-02"), month("2026-06"))
    assert play.last_line(project).note == "等用地批复"


@pytest.mark.parametrize(
    ("month_text", "reason", "code"),
    [("2026-02", "等批复", "not_later"), ("2026-01", "等批复", "not_later"), ("2026-05", " ", "text_missing")],
)
def test_a_postponement_goes_forward_and_says_why(play: Play, month_text: str, reason: str, code: str) -> None:
    project = play.project(planned_start_month=month("2026-02"))

    with pytest.raises(DomainError) as refused:
        services.postpone_start(play.office, project, month=month(month_text), reason=reason)

    assert refused.value.code == code


def test_what_has_started_is_not_postponed(play: Play) -> None:
    with pytest.raises(DomainError) as refused:
        services.postpone_start(play.office, play.building(), month=month("2027-01"), reason="等批复")

    assert refused.value.code == "already_started"


# --- clusters --------------------------------------------------------------------------------------------------------
def test_a_cluster_of_the_neighbor_is_refused(play: Play) -> None:
    stranger = replace(play.office, division_id=play.county.neighbor.pk)
    (cluster,) = services.set_clusters(stranger, [ClusterEntry("新材料")])

    with pytest.raises(DomainError) as refused:
        play.project(cluster_id=cluster.pk)

    assert refused.value.code == "elsewhere"


def test_every_agency_of_the_division_can_answer_for_a_project(play: Play) -> None:
    own = Agency.objects.filter(division=play.county.county)

    projects = [play.project(agency_id=agency.pk) for agency in own]

    assert [project.agency_id for project in projects] == [agency.pk for agency in own]


# --- many at once ----------------------------------------------------------------------------------------------------
def test_many_are_registered_or_none_and_the_refused_one_is_named(play: Play) -> None:
    drafts = [play.draft(name="第一个"), play.draft(name="第二个", industry_code="9999"), play.draft(name="第三个")]

    with pytest.raises(DomainError) as refused:
        services.register_projects(play.office, [services.Registration(draft) for draft in drafts])

    assert (refused.value.code, refused.value.params["place"], Project.objects.count()) == ("no_such_industry", 1, 0)


def test_a_code_names_one_project_within_a_set_too(play: Play) -> None:
    twice = [services.Registration(play.draft(name=name, code=CODE)) for name in ("第一个", "第二个")]

    with pytest.raises(DomainError) as refused:
        services.register_projects(play.office, twice)

    assert (refused.value.code, refused.value.params["name"]) == ("code_taken", "第一个")


def test_many_leave_what_each_would_leave_alone(play: Play) -> None:
    """The same ledger, subjects, lines and lights, whether entered one by one or together."""
    drafts = [play.draft(name=f"项目{number}", jobs=number, total_investment=Decimal(10**8)) for number in range(3)]
    one_by_one = [services.register_project(play.office, draft, stage=S.SIGNED) for draft in drafts]

    together = services.register_projects(play.office, [services.Registration(draft, S.SIGNED) for draft in drafts])

    told = [(project.name, project.jobs, project.stage, project.light, project.lit_on) for project in one_by_one]
    assert [(each.name, each.jobs, each.stage, each.light, each.lit_on) for each in together] == told
    assert [play.last_line(each).after for each in together] == [play.last_line(each).after for each in one_by_one]
    assert [str(each.subject) for each in together] == [str(each.subject) for each in one_by_one]


def test_as_many_statements_for_thirty_as_for_three(play: Play, django_assert_max_num_queries: Any) -> None:
    counts = []
    for size in (3, 30):
        wanted = [services.Registration(play.draft(name=f"{size}-{number}")) for number in range(size)]
        with django_assert_max_num_queries(60) as counted:
            services.register_projects(play.office, wanted)
        counts.append(len(counted))

    assert counts[0] == counts[1]
