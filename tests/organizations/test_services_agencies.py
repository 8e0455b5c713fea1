"""Agencies, posts, roles and lines of charge."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from sushui.kernel import clock
from sushui.kernel.errors import DomainError, Forbidden, StaleRecord
from sushui.kernel.models import AuditLine
from sushui.organizations import queries, services
from sushui.organizations.enums import AgencyKind, Role
from sushui.organizations.models import Agency, LineOfCharge, Post, RoleGrant
from tests.cast import LONG_AGO, County

MONDAY = date(2026, 3, 2)
YESTERDAY = MONDAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def monday():
    with clock.frozen(datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai"))):
        yield


def create(county: County, by: str = "administrator", **more: object) -> Agency:
    said = {"division_id": county.county.pk, "name": "绛县水务局", "kind": AgencyKind.DEPARTMENT, **more}
    return services.create_agency(county.viewer(by), **said)  # type: ignore[arg-type]


def edit(county: County, by: str = "administrator", seen: int = 1, **more: object) -> Agency:
    agency = Agency.objects.get(pk=county.agencies["works"].pk)
    said = {"name": "绛县住建局", "short_name": "住建", "other_names": [], "groups": [], **more}
    return services.edit_agency(county.viewer(by), agency, seen_version=seen, **said)  # type: ignore[arg-type]


# --- agencies --------------------------------------------------------------------------------------------------------
def test_agency_is_founded_and_stands_in_the_order_of_the_dictionary(county: County) -> None:
    agency = create(county, short_name="县水务局", groups=["departments"])

    assert (str(agency), agency.sort_key, agency.version) == ("县水务局", "jiang4 xian4 shui3 wu4 ju2", 1)
    assert AuditLine.objects.get().after["name"] == "绛县水务局"


def test_name_is_taken_once_in_a_division(county: County) -> None:
    create(county)

    with pytest.raises(DomainError) as refusal:
        create(county)

    assert refusal.value.code == "agency_name_taken"


def test_same_name_may_stand_in_another_division(county: County) -> None:
    create(county, name="水务局")

    assert create(county, by="neighbor_administrator", name="水务局", division_id=county.neighbor.pk).pk is not None


def test_an_agency_gets_its_code_cleaned_and_keeps_it_where_nothing_is_said(county: County) -> None:
    coded = edit(county, code="91140826ma0gt3xq1a ")

    kept = edit(county, seen=2)

    assert (coded.code, kept.code) == ("91140826MA0GT3XQ1A", "91140826MA0GT3XQ1A")


def test_a_code_is_of_one_agency_of_the_division(county: County) -> None:
    create(county, code="91140826MA0GT3XQ1A")

    with pytest.raises(DomainError) as refusal:
        edit(county, code="91140826MA0GT3XQ1A")

    assert refusal.value.code == "agency_code_taken"


def test_parent_is_of_the_same_division(county: County) -> None:
    with pytest.raises(DomainError) as refusal:
        create(county, parent=county.agencies["city"])

    assert refusal.value.code == "parent_elsewhere"


@pytest.mark.parametrize("by", ["neighbor_administrator", "city_leader", "office", "leader", "works_head"])
def test_only_the_divisions_administrator_founds(county: County, by: str) -> None:
    with pytest.raises(Forbidden):
        create(county, by=by)


def test_edited_agency_keeps_its_former_name_among_the_others(county: County) -> None:
    agency = edit(county, other_names=["建设局"], groups=["departments"])

    assert (agency.name, agency.other_names, agency.version) == ("绛县住建局", ["建设局", "绛县住房和城乡建设局"], 2)


def test_editing_writes_what_was_and_what_is(county: County) -> None:
    edit(county, groups=["townships"])

    line = AuditLine.objects.get()
    assert (line.before["name"], line.before["groups"]) == ("绛县住房和城乡建设局", ["departments"])
    assert (line.after["name"], line.after["groups"]) == ("绛县住建局", ["townships"])


def test_second_of_two_editors_is_told(county: County) -> None:
    edit(county)

    with pytest.raises(StaleRecord):
        edit(county, name="别的名字")

    assert Agency.objects.get(pk=county.agencies["works"].pk).name == "绛县住建局"


def test_name_of_another_agency_is_refused(county: County) -> None:
    with pytest.raises(DomainError) as refusal:
        edit(county, name="绛县财政局")

    assert refusal.value.code == "agency_name_taken"


@pytest.mark.parametrize("by", ["neighbor_administrator", "works_head", "office"])
def test_only_the_divisions_administrator_edits(county: County, by: str) -> None:
    with pytest.raises(Forbidden):
        edit(county, by=by)


# --- posts and roles -------------------------------------------------------------------------------------------------
def create_post(county: County, by: str = "administrator", **more: object) -> Post:
    said = {"name": "副局长", "roles": [Role.AGENCY_HANDLER], **more}
    return services.create_post(county.viewer(by), county.agencies["works"], **said)  # type: ignore[arg-type]


def roles_on(post: Post, on: date) -> set[str]:
    return set(RoleGrant.objects.filter(queries.in_force(on), post=post).values_list("role", flat=True))


def test_new_post_carries_its_roles_from_today(county: County) -> None:
    post = create_post(county)

    assert [roles_on(post, day) for day in (YESTERDAY, MONDAY)] == [set(), {"agency_handler"}]


@pytest.mark.parametrize("more", [{"name": "局长"}, {"is_head": True}])
def test_post_of_the_same_name_or_a_second_head_is_refused(county: County, more: dict[str, object]) -> None:
    with pytest.raises(DomainError) as refusal:
        create_post(county, **more)

    assert refusal.value.code == "post_taken"


@pytest.mark.parametrize("by", ["neighbor_administrator", "works_head"])
def test_only_the_divisions_administrator_creates_posts(county: County, by: str) -> None:
    with pytest.raises(Forbidden):
        create_post(county, by=by)


def grant(county: County, *roles: Role, by: str = "administrator", **more: object) -> None:
    services.grant_roles(county.viewer(by), county.posts["works_head"], roles=roles, **more)  # type: ignore[arg-type]


def test_granted_roles_are_exactly_those_from_today(county: County) -> None:
    grant(county, Role.AGENCY_HANDLER, Role.STATISTICS)

    post = county.posts["works_head"]
    assert [roles_on(post, day) for day in (YESTERDAY, MONDAY)] == [{"agency_head"}, {"agency_handler", "statistics"}]


def test_role_that_stays_keeps_its_first_day(county: County) -> None:
    grant(county, Role.AGENCY_HEAD, Role.STATISTICS)

    row = RoleGrant.objects.get(post=county.posts["works_head"], role=Role.AGENCY_HEAD)
    assert (row.from_on, row.to_on) == (LONG_AGO, None)


def test_roles_granted_and_taken_on_one_day_leave_no_trace_but_the_lines(county: County) -> None:
    grant(county, Role.AGENCY_HEAD, Role.STATISTICS)
    grant(county, Role.AGENCY_HEAD)

    rows = RoleGrant.objects.filter(post=county.posts["works_head"])
    assert ([row.role for row in rows], AuditLine.objects.count()) == ([Role.AGENCY_HEAD], 2)


def test_viewer_may_do_what_the_roles_of_the_day_allow(county: County) -> None:
    grant(county, Role.STATISTICS)

    assert county.viewer("works_head").roles == frozenset({"statistics"})


def test_second_of_two_who_grant_is_told(county: County) -> None:
    grant(county, Role.STATISTICS, seen_version=1)

    with pytest.raises(StaleRecord):
        grant(county, Role.AGENCY_HEAD, seen_version=1)


@pytest.mark.parametrize("by", ["neighbor_administrator", "works_head", "leader"])
def test_only_the_divisions_administrator_grants(county: County, by: str) -> None:
    with pytest.raises(Forbidden):
        grant(county, Role.ADMINISTRATOR, by=by)


# --- lines of charge -------------------------------------------------------------------------------------------------
def test_leader_is_in_charge_from_today(county: County) -> None:
    services.put_in_charge(
        county.viewer("administrator"), county.posts["leader"], agencies=[county.agencies["statistics"]]
    )

    agency = county.agencies["statistics"].pk
    charged = [queries.leaders_in_charge([agency], day) for day in (YESTERDAY, MONDAY)]
    assert charged == [{}, {agency: county.posts["leader"].pk}]


def test_agency_has_one_leader_in_charge_and_the_former_stays_readable(county: County) -> None:
    agency, second = county.agencies["works"], county.posts["office"]

    services.put_in_charge(county.viewer("administrator"), second, agencies=[agency])

    charged = [queries.leaders_in_charge([agency.pk], day)[agency.pk] for day in (YESTERDAY, MONDAY)]
    assert charged == [county.posts["leader"].pk, second.pk]
    assert AuditLine.objects.get().before == {"leaders": {"县住建局": "县政府 常务副县长"}}


def test_correction_on_the_same_day_leaves_one_line_of_charge(county: County) -> None:
    administrator, agency = county.viewer("administrator"), county.agencies["statistics"]
    services.put_in_charge(administrator, county.posts["leader"], agencies=[agency])
    services.put_in_charge(administrator, county.posts["office"], agencies=[agency])

    lines = LineOfCharge.objects.filter(agency=agency)
    assert [line.leader_post for line in lines] == [county.posts["office"]]


def test_database_refuses_two_leaders_in_charge(county: County) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        LineOfCharge.objects.create(leader_post=county.posts["office"], agency=county.agencies["works"], from_on=MONDAY)


@pytest.mark.parametrize(("by", "agency"), [("administrator", "neighbor_head"), ("office", "works")])
def test_only_the_administrator_of_all_agencies_puts_in_charge(county: County, by: str, agency: str) -> None:
    with pytest.raises(Forbidden):
        services.put_in_charge(county.viewer(by), county.posts["leader"], agencies=[county.agencies[agency]])
