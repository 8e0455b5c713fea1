"""The API of organizations: the reads and acts of the pages, for programs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from sushui.kernel import clock
from sushui.kernel.models import AuditLine, DatedSetting, User
from sushui.organizations import services
from sushui.organizations.models import Agency, Delegation, Division, LineOfCharge, Post, RoleGrant, Tenure
from tests.cast import County

API = "/api/organizations"
STRONG = "drum-lake-seven"


@pytest.fixture(autouse=True)
def heads(tmp_path, settings) -> None:
    settings.SUSHUI_AUDIT_HEADS = str(tmp_path / "heads.jsonl")


class Caller:
    """Somebody's browser that speaks JSON."""

    def __init__(self, county: County, account: str) -> None:
        self.client = Client()
        self.client.force_login(county.user(account))

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(API + path, query)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        send = getattr(self.client, method)
        return send(API + path, body or {}, content_type="application/json", headers=headers)


@pytest.fixture
def administrator(county: County) -> Caller:
    return Caller(county, "administrator")


@pytest.fixture
def office(county: County) -> Caller:
    return Caller(county, "office")


# --- reads -----------------------------------------------------------------------------------------------------------
def test_divisions_are_ones_own(office: Caller) -> None:
    (row,) = office.get("/divisions").json()

    assert (row["code"], row["name"], row["level"], row["is_in_standard"]) == ("140826", "绛县", "county", True)


def test_agencies_come_in_stretches(office: Caller) -> None:
    first = office.get("/agencies", limit=8).json()
    rest = office.get("/agencies", limit=8, cursor=first["next"]).json()

    names = [row["short_name"] for row in [*first["items"], *rest["items"]]]
    assert (len(first["items"]), len(set(names)), rest["next"]) == (8, 11, "")


def test_agencies_of_one_division(county: County) -> None:
    found = Caller(county, "city_leader").get("/agencies", division_id=county.neighbor.pk).json()

    assert {row["division_id"] for row in found["items"]} == {county.neighbor.pk}


def test_agency_comes_with_its_version(office: Caller, county: County) -> None:
    response = office.get(f"/agencies/{county.agencies['works'].pk}")

    assert (response["ETag"], response.json()["groups"]) == ('"1"', ["departments"])


def test_posts_say_who_holds_them(office: Caller, county: County) -> None:
    found = office.get("/posts", agency_id=county.agencies["works"].pk).json()

    assert [(row["name"], row["holder"]["name"]) for row in found["items"]] == [
        ("局长", "县住建局局长"),
        ("经办人", "县住建局经办人"),
    ]


def test_post_tells_its_story(office: Caller, county: County) -> None:
    post = office.get(f"/posts/{county.posts['leader'].pk}").json()

    agencies = {county.agencies[key].pk for key in ("works", "finance", "gujiang", "hengshui")}
    assert (post["roles"], set(post["charged_agency_ids"])) == (["county_leader"], agencies)
    assert post["tenures"] == [
        {
            "person": {"id": county.user("leader").pk, "name": "县政府常务副县长"},
            "from_on": "2015-01-01",
            "to_on": None,
        }
    ]


@pytest.mark.parametrize("kind", ["agencies", "posts"])
def test_what_is_not_ones_own_is_not_found(office: Caller, county: County, kind: str) -> None:
    response = office.get(f"/{kind}/{getattr(county, kind)['neighbor_head'].pk}")

    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_people_are_for_administrators(administrator: Caller, office: Caller, county: County) -> None:
    found = administrator.get("/people", limit=200).json()["items"]

    head = next(row for row in found if row["username"] == "works_head")
    assert (head["post_ids"], "password" in head) == ([county.posts["works_head"].pk], False)
    assert office.get("/people").status_code == 403


def test_settings_say_value_default_and_source(administrator: Caller) -> None:
    found = {row["key"]: row for row in administrator.get("/settings").json()}

    row = found["supervision.general_days"]
    assert (row["value"], row["default"], row["is_default"], row["values"]) == (7, 7, True, [])
    assert found["supervision.support_days"]["stated_in"] == ""


def test_calendar_says_the_announced_years(administrator: Caller) -> None:
    newest = administrator.get("/calendar").json()[0]

    assert (newest["year"], newest["holidays"][0]) == (2026, "2026-01-01")


def test_audit_says_lines_newest_first(administrator: Caller, county: County) -> None:
    for key in ("works_handler", "finance_handler"):
        services.hand_over_post(county.viewer("administrator"), county.posts[key], successor=None)

    lines = administrator.get("/audit").json()["items"]

    assert [line["target"] for line in lines] == [
        f"organizations.post:{county.posts[key].pk}" for key in ("finance_handler", "works_handler")
    ]


def test_proof_says_that_the_chain_holds(administrator: Caller) -> None:
    assert administrator.get("/audit/proof").json() == {"lines": 0, "seals": 0, "pending": 0, "findings": []}


# --- acts ------------------------------------------------------------------------------------------------------------
def test_agency_is_founded(administrator: Caller, county: County) -> None:
    body = {"division_id": county.county.pk, "name": "绛县水务局", "kind": "department", "groups": ["departments"]}

    response = administrator.send("post", "/agencies", body)

    agency = Agency.objects.get(name="绛县水务局")
    assert (response.status_code, response.json()["id"], agency.groups) == (201, agency.pk, ["departments"])


def test_refusal_has_code_sentence_and_mend(administrator: Caller, county: County) -> None:
    body = {"division_id": county.county.pk, "name": "绛县财政局", "kind": "department"}

    response = administrator.send("post", "/agencies", body)

    said = response.json()
    assert (response.status_code, said["code"], said["sentence"]) == (
        422,
        "agency_name_taken",
        "本区划已有名为“绛县财政局”的单位。",
    )


def test_agency_is_edited_at_the_version_that_was_seen(administrator: Caller, county: County) -> None:
    path = f"/agencies/{county.agencies['works'].pk}"

    answers = [
        administrator.send("put", path, {"name": "甲局"}, **{"If-Match": '"1"'}).status_code,
        administrator.send("put", path, {"name": "乙局"}, **{"If-Match": '"1"'}).status_code,
        administrator.send("put", path, {"name": "丙局"}).status_code,
    ]

    assert (answers, Agency.objects.get(pk=county.agencies["works"].pk).name) == ([200, 409, 422], "甲局")


def test_post_is_created_given_roles_and_put_in_charge(administrator: Caller, county: County) -> None:
    made = administrator.send(
        "post", f"/agencies/{county.agencies['government'].pk}/posts", {"name": "副县长", "roles": ["county_leader"]}
    ).json()
    administrator.send("put", f"/posts/{made['id']}/roles", {"roles": ["county_leader", "statistics"]})
    administrator.send("put", f"/posts/{made['id']}/charges", {"agency_ids": [county.agencies["works"].pk]})

    post = Post.objects.get(pk=made["id"])
    assert sorted(RoleGrant.objects.filter(post=post).values_list("role", flat=True)) == ["county_leader", "statistics"]
    assert LineOfCharge.objects.get(agency=county.agencies["works"], to_on=None).leader_post == post


def test_post_is_handed_over(county: County) -> None:
    successor = county.user("finance_handler")

    response = Caller(county, "works_head").send(
        "post", f"/posts/{county.posts['works_handler'].pk}/hand-over", {"successor_id": successor.pk}
    )

    assert response.json()["holder"] == {"id": successor.pk, "name": "县财政局经办人"}
    assert Tenure.objects.get(post=county.posts["works_handler"], to_on=None).user == successor


def test_stranger_is_no_successor(administrator: Caller, county: County) -> None:
    body = {"successor_id": county.user("neighbor_head").pk}

    response = administrator.send("post", f"/posts/{county.posts['works_handler'].pk}/hand-over", body)

    assert response.status_code == 404


def test_post_is_lent_and_taken_back(county: County) -> None:
    handler, today = Caller(county, "works_handler"), clock.today()
    body = {
        "to_post_id": county.posts["finance_handler"].pk,
        "reason": "leave",
        "from_on": today.isoformat(),
        "to_on": (today + timedelta(days=2)).isoformat(),
    }

    lent = handler.send("post", f"/posts/{county.posts['works_handler'].pk}/delegations", body).json()
    taken = handler.send("delete", f"/delegations/{lent['id']}").json()

    assert (lent["revoked_at"], taken["revoked_at"] is None) == (None, False)
    assert Delegation.objects.filter(revoked_at=None).count() == 0


def test_person_is_registered_and_the_password_is_in_no_answer(administrator: Caller) -> None:
    body = {"username": "newcomer", "name": "新任", "password": STRONG}

    response = administrator.send("post", "/people", body, **{"Idempotency-Key": "once"})

    person = User.objects.get(username="newcomer")
    assert (response.status_code, person.check_password(STRONG), person.must_change_password) == (201, True, True)
    assert STRONG not in response.content.decode()


def test_password_is_set_and_the_account_closed_and_opened(administrator: Caller, county: County) -> None:
    person = services.register_person(county.viewer("administrator"), username="n", name="n", password=None)
    path = f"/people/{person.pk}"

    administrator.send("put", f"{path}/password", {"password": STRONG})
    states = [administrator.send("post", f"{path}/{act}").json()["is_active"] for act in ("deactivate", "reactivate")]

    person.refresh_from_db()
    assert (person.check_password(STRONG), states) == (True, [False, True])


def test_county_is_loaded_and_a_zone_added(administrator: Caller, county: County) -> None:
    administrator.send("post", "/divisions", {"code": "140826"})
    zone = administrator.send(
        "post", "/zones", {"code": "141161", "name": "开发区", "parent_id": county.county.pk}
    ).json()

    assert Division.objects.filter(parent=county.county).count() == 12
    assert (zone["level"], zone["is_in_standard"]) == ("zone", False)


@pytest.mark.parametrize(("key", "value"), [("general_days", 9), ("basis", "calendar")])
def test_setting_is_changed(administrator: Caller, key: str, value: object) -> None:
    body = {"value": value, "from_on": clock.today().isoformat(), "source": "a paper"}

    said = administrator.send("put", f"/settings/supervision.{key}", body).json()

    assert (said["value"], said["is_default"], DatedSetting.objects.get().source) == (value, False, "a paper")


@pytest.mark.parametrize("value", ["9", True, -1, 10**30])
def test_value_of_another_kind_is_refused(administrator: Caller, value: object) -> None:
    body = {"value": value, "from_on": clock.today().isoformat()}

    response = administrator.send("put", "/settings/supervision.general_days", body)

    assert (response.status_code, DatedSetting.objects.count()) == (422, 0)


def test_notice_is_loaded_and_a_day_changed(administrator: Caller) -> None:
    text = '{"year": 2031, "days": [{"date": "2031-01-01", "isOffDay": true}]}'

    loaded = administrator.send("post", "/calendar/notices", {"text": text, "source": "n"}).json()["items"]
    changed = administrator.send("put", "/calendar/days/2031-01-02", {"is_working": False}).json()

    assert [row["holidays"] for row in (loaded[0], changed)] == [["2031-01-01"], ["2031-01-01", "2031-01-02"]]


READS = ["/people", "/settings", "/calendar", "/audit", "/audit/proof"]


@pytest.mark.parametrize("account", ["office", "leader", "works_head", "enterprise"])
def test_what_administrators_keep_is_nobody_elses(county: County, account: str) -> None:
    caller = Caller(county, account)

    assert {caller.get(path).status_code for path in READS} == {403}


@pytest.mark.parametrize("account", ["enterprise", "bank", "hospital"])
def test_directory_is_for_officials(county: County, account: str) -> None:
    caller = Caller(county, account)

    assert {caller.get(path).status_code for path in ("/divisions", "/agencies", "/posts")} == {403}


def test_refused_acts_leave_no_line(office: Caller, county: County) -> None:
    answers = {
        office.send("post", "/agencies", {"division_id": county.county.pk, "name": "x", "kind": "bank"}).status_code,
        office.send("post", "/people", {"username": "x", "name": "x", "password": STRONG}).status_code,
        office.send("put", "/calendar/days/2026-10-08", {"is_working": False}).status_code,
        office.send("post", f"/posts/{county.posts['works_head'].pk}/hand-over", {}).status_code,
    }

    assert (answers, AuditLine.objects.count()) == ({403}, 0)
