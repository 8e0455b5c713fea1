"""The path of a project, who holds which permits, and new versions of a path."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from sushui.kernel.errors import DomainError, Forbidden, NotFound
from sushui.projects.adapter.permits import packaged_text, template_of
from sushui.projects.enums.permits import PermitDoubt, PermitPath, PermitState, PermitVariant
from sushui.projects.models import PermitPlan, PermitStep, PermitTemplateVersion
from sushui.projects.services import permits as services
from tests.projects.permits.playing import OWN_LAND, Permits
from tests.projects.play import on

FILING, STANDARD = PermitPath.ENTERPRISE_FILING, PermitVariant.STANDARD
TEXT = packaged_text(FILING, STANDARD)
TODAY = "2026-03-20"


def write(permits: Permits, text: str, note: str = "县政务服务中心承诺时限", **more: int) -> PermitTemplateVersion:
    return services.edit_permit_template(
        permits.play.office, path=FILING, variant=STANDARD, text=text, note=note, **more
    )


# --- many at once ----------------------------------------------------------------------------------------------------
def bring_in(permits: Permits, count: int) -> int:
    """Bring in the permits of new projects; gives how many statements that took."""
    projects = [permits.play.project(name=f"批量项目{count}·{number}") for number in range(count)]
    known = [services.KnownPermits(each.pk, FILING, STANDARD, OWN_LAND) for each in projects]
    with CaptureQueriesContext(connection) as captured:
        services.bring_in_permits(permits.play.office, known)
    return len(captured)


def test_many_projects_are_brought_in_by_as_many_statements_as_few(permits: Permits) -> None:
    with on(TODAY):
        assert bring_in(permits, 6) == bring_in(permits, 2)


def test_projects_are_brought_in_on_the_newest_version_of_their_path(permits: Permits) -> None:
    with on(TODAY):
        version = write(permits, TEXT.replace("length: 20", "length: 15", 1))
        bring_in(permits, 2)

    assert set(PermitPlan.objects.values_list("template_id", flat=True)) == {version.pk}


# --- choosing --------------------------------------------------------------------------------------------------------
def test_a_path_gives_a_project_its_steps_in_order_with_their_holders(permits: Permits) -> None:
    with on(TODAY):
        project = permits.planned()

    rows = PermitStep.objects.filter(project=project).order_by("place")[:4]

    assert [(row.name, str(row.agency) if row.agency else "") for row in rows] == [
        ("企业投资项目备案", "县财政局"),
        ("环境影响报告表审批", ""),
        ("确定建筑施工企业", ""),
        ("建设工程规划许可证", "县财政局"),
    ]


def test_other_circumstances_keep_the_facts_of_every_step(permits: Permits) -> None:
    with on(TODAY):
        project = permits.planned()
        permits.grant(project, "eia_form", TODAY)
        permits.choose(project, frozenset({"land_in_hand", "eia_report"}))
        without = PermitStep.objects.get(project=project, key="eia_form")
        permits.choose(project, OWN_LAND)

    again = PermitStep.objects.get(project=project, key="eia_form")

    assert (without.applies, without.granted_on) == (False, date(2026, 3, 20))
    assert (again.applies, again.state) == (True, PermitState.DONE)


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        ({"land_in_hand", "land_granted"}, "permit_choose_one"),
        ({"castle"}, "permit_unknown_flag"),
    ],
)
def test_circumstances_that_cannot_be_are_refused(permits: Permits, flags: set[str], code: str) -> None:
    with on(TODAY):
        project = permits.play.project()

        with pytest.raises(DomainError) as caught:
            permits.choose(project, frozenset(flags))

    assert caught.value.code == code


def test_only_the_project_office_chooses_a_path(permits: Permits) -> None:
    with on(TODAY):
        project = permits.play.project()

        with pytest.raises(Forbidden):
            services.choose_permit_path(
                permits.play.viewer("works_head"), project, path=FILING, variant=STANDARD, flags=OWN_LAND
            )


def test_the_other_variant_takes_the_facts_over(permits: Permits) -> None:
    with on(TODAY):
        project = permits.planned()
        permits.grant(project, "filing", TODAY)
        permits.choose(project, OWN_LAND, variant=PermitVariant.COMMITMENT)

    assert permits.step(project, "filing").granted_on == date(2026, 3, 20)
    assert permits.play.last_line(project).before["variant"] == "standard"


# --- holders ---------------------------------------------------------------------------------------------------------
def test_steps_that_nobody_held_are_given_to_the_agency_that_is_named(permits: Permits) -> None:
    with on(TODAY):
        project = permits.planned()
        services.name_permit_holders(permits.play.office, {"ecology": permits.play.agency_id("works")})

    assert permits.step(project, "eia_form").agency_id == permits.play.agency_id("works")


def test_who_granted_a_permit_stays_with_it(permits: Permits) -> None:
    with on(TODAY):
        project = permits.planned()
        permits.grant(project, "filing", TODAY, confirmed=set(PermitDoubt))
        services.name_permit_holders(permits.play.office, {"approval_service": permits.play.agency_id("works")})

    assert permits.step(project, "filing").agency_id == permits.play.agency_id("finance")


def test_no_agency_of_another_county_is_named(permits: Permits) -> None:
    with on(TODAY), pytest.raises(NotFound):
        services.name_permit_holders(permits.play.office, {"water": permits.play.agency_id("neighbor_head")})


# --- versions --------------------------------------------------------------------------------------------------------
def test_the_packages_text_is_whole_and_reads_as_itself() -> None:
    packaged = template_of(FILING, STANDARD, None)

    written = template_of(FILING, STANDARD, PermitTemplateVersion(pk=1, number=1, text=TEXT))

    assert written == packaged


def test_a_new_version_is_numbered_after_the_last(permits: Permits) -> None:
    with on(TODAY):
        first = write(permits, TEXT.replace("length: 20", "length: 15", 1))
        second = write(permits, TEXT.replace("length: 20", "length: 12", 1))

    assert (first.number, second.number) == (1, 2)


def test_projects_stay_on_their_version_until_somebody_chooses_anew(permits: Permits) -> None:
    with on(TODAY):
        project = permits.planned()
        write(permits, TEXT.replace("name: 环境影响报告表审批", "name: 环评报告表审批"))
        seen = [permits.step(project, "eia_form").name]
        permits.choose(project)
        seen.append(permits.step(project, "eia_form").name)

    assert seen == ["环境影响报告表审批", "环评报告表审批"]


def test_a_circle_is_refused_and_shown_by_the_names_of_its_steps(permits: Permits) -> None:
    circle = TEXT.replace("- key: filing\n", "- key: filing\n  requires:\n    construction_permit: not stated\n", 1)
    with on(TODAY), pytest.raises(DomainError) as caught:
        write(permits, circle)

    shown = caught.value.params["circle"].split(" → ")
    assert (caught.value.code, shown[0]) == ("permit_circle", shown[-1])
    assert {"建筑工程施工许可证", "企业投资项目备案"} < set(shown)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("goal: construction_start", "goal: nowhere", "permit_unknown_goal"),
        ("variant: standard", "variant: commitment", "permit_other_path"),
        ("msgid: Filing", "english: Filing", "permit_missing"),
        ("steps:", "steps: [", "permit_not_yaml"),
        ("length: 20", "length: 99999", "permit_length_out_of_range"),
    ],
)
def test_what_no_project_could_follow_is_refused(permits: Permits, old: str, new: str, code: str) -> None:
    with on(TODAY), pytest.raises(DomainError) as caught:
        write(permits, TEXT.replace(old, new, 1))

    assert caught.value.code in {code, "permit_unknown_field"}
    assert PermitTemplateVersion.objects.count() == 0


def test_a_version_that_changes_nothing_is_none(permits: Permits) -> None:
    with on(TODAY), pytest.raises(DomainError) as caught:
        write(permits, TEXT)

    assert caught.value.code == "permit_template_unchanged"


def test_whoever_began_from_an_older_version_is_told(permits: Permits) -> None:
    with on(TODAY):
        write(permits, TEXT.replace("length: 20", "length: 15", 1))

        with pytest.raises(DomainError) as caught:
            write(permits, TEXT.replace("length: 20", "length: 12", 1), seen_number=0)

    assert caught.value.code == "permit_template_moved"


def test_the_database_refuses_to_change_a_version(permits: Permits) -> None:
    with on(TODAY):
        made = write(permits, TEXT.replace("length: 20", "length: 15", 1))

        with pytest.raises(ProgrammingError), transaction.atomic():
            PermitTemplateVersion.objects.filter(pk=made.pk).update(text="")
