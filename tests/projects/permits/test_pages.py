"""What people read and send on the pages of permits."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qsl

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sushui.projects.adapter.permits import packaged_text
from sushui.projects.enums import ProjectStage
from sushui.projects.enums.permits import PermitDoubt, PermitPath, PermitState, PermitVariant
from sushui.projects.models import PermitPlan, PermitTemplateVersion
from sushui.projects.services import permits as services
from tests.projects.pages.reading import desk
from tests.projects.permits.playing import Permits
from tests.projects.play import on
from tests.supervision.pages.reading import said

TODAY = "2026-03-20"
PATH = ("enterprise_filing", "standard")
FIGURE = r'class="figure" href="\?([^"]*)">\s*<span[^>]*>[^<]*</span>\s*<span[^>]*>(\d+)<'


@pytest.fixture
def sit(permits: Permits):
    return lambda key: desk(permits.play.county, key)


# --- a project's page ------------------------------------------------------------------------------------------------
def test_the_page_says_first_when_construction_can_begin(permits, sit):
    with on(TODAY):
        project = permits.planned()
        sight = sit("leader").open("permits", project.pk)

    assert "Construction can begin on" in sight.html or "最早" in sight.html
    assert sight.html.index("环境影响报告表审批") > 0


def test_before_a_path_is_chosen_the_page_says_how_one_comes(permits, sit):
    with on(TODAY):
        project = permits.play.project()
        office, leader = sit("project_office").open("permits", project.pk), sit("leader").open("permits", project.pk)

    assert ("permits/path/" in office.html, "permits/path/" in leader.html) == (True, False)


def test_a_step_over_its_limit_leads_to_its_task(permits, sit):
    with on("2026-03-02"):
        project = permits.planned()
        permits.file(project, "eia_form", "2026-03-02")
    with on("2026-04-02"):
        services.read_permits_due()
        sight = sit("project_office").open("permits", project.pk)

    assert re.search(r'href="/supervision/tasks/\d+/"', sight.html)


def test_the_graph_has_a_box_for_each_step_up_to_the_start(permits, sit):
    with on(TODAY):
        project = permits.planned()
        few = sit("leader").open("permits", project.pk).html
        all_of_them = sit("leader").open("permits", project.pk, whole="1").html

    assert (few.count("<rect"), all_of_them.count("<rect")) == (7, 14)


def test_an_agency_that_only_holds_a_step_sees_the_permits_and_no_more(permits, sit):
    with on(TODAY):
        project = permits.planned()
        finance = sit("finance_handler")
        statuses = [finance.open(name, project.pk).status for name in ("permits", "project")]

    assert statuses == [200, 404]


@pytest.mark.parametrize(("key", "status"), [("township", 404), ("neighbor_head", 404), ("city_leader", 200)])
def test_who_may_see_the_permits(permits, sit, key, status):
    with on(TODAY):
        project = permits.planned()

        assert sit(key).open("permits", project.pk).status == status


def test_a_page_of_many_steps_asks_no_more_than_one_of_few(permits, sit):
    with on(TODAY):
        few, many = permits.planned(), permits.planned(flags=frozenset({"land_granted", "eia_form", "soil_water"}))
        office = sit("project_office")

        assert asked(office, many.pk) == asked(office, few.pk)


def asked(office, number: int) -> int:
    office.open("permits", number)
    with CaptureQueriesContext(connection) as queries:
        office.open("permits", number)
    return len(queries)


# --- acts ------------------------------------------------------------------------------------------------------------
def version(permits, project, key):
    return permits.step(project, key).version


def test_a_grant_is_recorded_and_leads_back_to_the_permits(permits, sit):
    with on(TODAY):
        project = permits.planned()
        step = permits.step(project, "filing")
        sight = sit("finance_handler").send("permit-grant", step.pk, on=TODAY, number="1", version=step.version)

    assert sight.response.redirect_chain[-1][0] == f"/projects/{project.pk}/permits/"
    assert permits.state(project, "filing") is PermitState.DONE


def test_what_is_odd_is_asked_about_with_a_box_to_confirm_it(permits, sit):
    with on(TODAY):
        project = permits.planned()
        step = permits.step(project, "works_planning_permit")
        office = sit("project_office")
        typed = {"on": TODAY, "version": step.version, "number": "绛规建〔2026〕3号"}
        first = office.send("permit-grant", step.pk, **typed)
        box = f"confirm_{PermitDoubt.BEFORE_PREREQUISITES}"
        has_box = f'name="{box}"' in first.html
        office.send("permit-grant", step.pk, **typed, **{box: "on"})

    assert (first.status, has_box) == (422, True)
    assert permits.step(project, "works_planning_permit").granted_on == date(2026, 3, 20)


def test_a_grant_without_a_number_is_asked_about(permits, sit):
    with on(TODAY):
        project = permits.planned()
        step, office = permits.step(project, "works_planning_permit"), sit("project_office")
        typed = {"on": TODAY, "version": step.version, "confirm_before_prerequisites": "on"}
        first = office.send("permit-grant", step.pk, **typed)
        done = office.send("permit-grant", step.pk, **typed, confirm_without_number="on")

    assert (first.status, 'name="confirm_without_number"' in first.html) == (422, True)
    assert (done.status, permits.play.last_line(project).after["odd"]) == (
        200,
        ["before_prerequisites", "without_number"],
    )


@pytest.mark.parametrize("verb", ["file", "accept", "send-back", "stop", "resume", "grant", "prolong", "plan"])
def test_every_act_has_a_form(permits, sit, verb):
    with on(TODAY):
        project = permits.planned()
        step = permits.step(project, "works_planning_permit")

        assert sit("project_office").open(f"permit-{verb}", step.pk).status == 200


def test_whoever_may_not_is_told_so(permits, sit):
    with on(TODAY):
        project = permits.planned()
        step = permits.step(project, "filing")

        assert sit("works_handler").open("permit-grant", step.pk).status == 403


def test_the_path_is_chosen_with_its_circumstances(permits, sit):
    with on(TODAY):
        project = permits.play.project()
        given = {"path": PATH[0], "variant": PATH[1], "choice_0": "land_in_hand", "flags": ["soil_water"]}
        sit("project_office").send("permit-path", project.pk, **given)

    assert PermitPlan.objects.get().flags == ["land_in_hand", "soil_water"]


def test_the_page_of_a_step_shows_its_articles(permits, sit):
    with on(TODAY):
        project = permits.planned()
        sight = sit("leader").open("permit-step", permits.step(project, "construction_permit").pk)

    assert "建筑法 第8条" in sight.html


# --- what if ---------------------------------------------------------------------------------------------------------
def test_what_if_says_how_far_the_start_moves(permits, sit):
    with on(TODAY):
        project = permits.planned()
        sight = sit("leader").open("permit-slip", project.pk, step="works_planning_permit", days="40")

    assert sight.html.count("<tr>") >= 3


@pytest.mark.parametrize("query", [{"step": "nowhere"}, {"step": "filing", "days": "0"}, {"days": "x"}])
def test_what_if_bears_whatever_is_asked(permits, sit, query):
    with on(TODAY):
        project = permits.planned()

        assert sit("leader").open("permit-slip", project.pk, **query).status == 200


# --- the county ------------------------------------------------------------------------------------------------------
def test_the_county_counts_what_can_be_filed(permits, sit):
    with on(TODAY):
        permits.planned()
        sight = sit("leader").open("all-permits", state="fileable")

    assert sight.html.count("data-row") == 2


def test_each_figure_leads_to_the_rows_that_it_counts(permits, sit):
    with on(TODAY):
        project = permits.planned()
        permits.file(project, "eia_form", TODAY)
        permits.file(project, "works_planning_permit", TODAY, confirmed={PermitDoubt.BEFORE_PREREQUISITES})
        leader = sit("leader")
        figures = re.findall(FIGURE, leader.open("all-permits").html)
        rows = [
            leader.open("all-permits", **dict(parse_qsl(query))).html.count("data-row") for query, _count in figures
        ]

    assert rows == [int(count) for _query, count in figures] == [1, 2, 0, 0]


def test_an_agency_head_sees_the_steps_that_the_agency_holds(permits, sit):
    with on(TODAY):
        project = permits.planned(agency_id=permits.play.agency_id("hospital"))
        sight = sit("works_head").open("all-permits", mine="on")

    held = project.permit_steps.filter(agency_id=permits.play.agency_id("works"))
    assert sight.html.count("data-row") == held.count() > 0


def test_the_list_asks_no_more_for_many_rows(permits, sit):
    with on(TODAY):
        permits.planned()
        leader = sit("leader")
        few = _asked_list(leader)
        for number in range(4):
            permits.planned(name=f"项目{number}")

        assert _asked_list(leader) == few


def _asked_list(leader) -> int:
    leader.open("all-permits")
    with CaptureQueriesContext(connection) as queries:
        leader.open("all-permits")
    return len(queries)


def test_the_list_is_exported_as_it_is_narrowed(permits, sit):
    with on(TODAY):
        permits.planned()
        sight = sit("leader").open("export-permits", state="fileable")

    written = b"".join(sight.response.streaming_content)
    sight.response.close()
    assert (sight.status, written[:2]) == (200, b"PK")


# --- paths -----------------------------------------------------------------------------------------------------------
def test_every_path_stands_on_the_page_with_its_versions(permits, sit):
    with on(TODAY):
        sight = sit("leader").open("permit-paths")

    assert sight.html.count("/paths/") >= 6


def test_a_new_version_shows_what_changed(permits, sit):
    text = packaged_text(PermitPath(PATH[0]), PermitVariant(PATH[1])).replace("length: 20", "length: 15", 1)
    with on(TODAY):
        sight = sit("project_office").send("permit-template-edit", *PATH, text=text, note="承诺时限", seen_number=0)

    assert "+   " in sight.html
    assert PermitTemplateVersion.objects.get().note == "承诺时限"


def test_a_circle_is_shown_where_it_was_typed(permits, sit):
    text = packaged_text(PermitPath(PATH[0]), PermitVariant(PATH[1]))
    circle = text.replace("- key: filing\n", "- key: filing\n  requires:\n    construction_permit: not stated\n", 1)
    with on(TODAY):
        sight = sit("project_office").send("permit-template-edit", *PATH, text=circle, note="x", seen_number=0)

    assert (sight.status, "→" in sight.html, PermitTemplateVersion.objects.count()) == (422, True, 0)


def test_an_office_states_what_the_law_does_not(permits, sit):
    given = {"step": "drawing_review", "what": "limit", "count": 10, "unit": "working_day", "runs_from": "receipt"}
    with on(TODAY):
        refused = sit("project_office").send("permit-template-length", *PATH, **given, note="x", seen_number=0)
        sit("project_office").send(
            "permit-template-length", *PATH, **given, source="县图审时限规定", note="图审限时", seen_number=0
        )
        project = permits.planned()

    assert refused.status == 422
    assert permits.forecast(project).steps["drawing_review"].unknown is None


def test_holders_are_named_on_a_page(permits, sit):
    with on(TODAY):
        project = permits.planned()
        works = permits.play.agency_id("works")
        sit("project_office").send("permit-holders", ecology=works, housing_construction=works)

    assert permits.step(project, "eia_form").agency_id == works


def test_work_of_the_unit_itself_is_begun_not_filed(permits, sit):
    with on(TODAY):
        project = permits.planned(stage=ProjectStage.UNDER_CONSTRUCTION, on=date(2026, 3, 2))
        html = sit("project_office").open("permits", project.pk).html
        listed = sit("project_office").open("all-permits", state="fileable").html

    assert "今日可着手施工建设至竣工" in said(html)
    assert "施工建设至竣工" not in said(listed).split("按单位")[0]


def test_after_the_start_nobody_knows_a_day_where_nobody_knows_how_long_is_built(permits, sit):
    with on(TODAY):
        project = permits.planned(stage=ProjectStage.UNDER_CONSTRUCTION, on=date(2026, 3, 2))
        permits.file(project, "contractor", TODAY, confirmed=set(PermitDoubt))
        text = said(sit("project_office").open("permits", project.pk).html)

    assert "不明" in text
    assert permits.step(project, "construction").forecast_on is None


def test_finished_steps_stand_apart_until_they_are_asked_for(permits, sit):
    with on(TODAY):
        project, office = permits.planned(), sit("project_office")
        permits.grant(project, "filing", TODAY)
        usual, asked = office.open("all-permits").html, office.open("all-permits", state="done").html

    assert ("已办结 " in said(usual.split("<tbody>")[1]), "企业投资项目备案" in said(asked)) == (False, True)


def test_a_slip_below_one_day_is_refused_in_words(permits, sit):
    with on(TODAY):
        project = permits.planned()
        html = sit("project_office").open("permit-slip", project.pk, step="filing", days="-5").html

    assert "-5个工作日" in said(html).replace(" ", "")


def test_a_version_of_a_path_is_a_table_with_the_text_behind_a_fold(sit):
    html = sit("project_office").open("permit-template", "enterprise_filing", "standard", 0).html

    assert "软件自带版本" in said(html)
    assert html.index("<table") < html.index("建筑工程施工许可证") < html.index("<details>") < html.index("<pre>")
