"""The directory: who is responsible, who is above, and what may be done about it."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from sushui.kernel import clock
from sushui.organizations import services
from sushui.organizations.models import Agency, Delegation, Post, RoleGrant, Tenure
from tests.cast import County

DIRECTORY = "/organizations/directory/"
OFFICIALS = ["administrator", "leader", "office", "project_office", "works_head", "works_handler", "township"]
OUTSIDERS = ["enterprise", "bank", "hospital"]


def signed_in(county: County, account: str) -> Client:
    client = Client()
    client.force_login(county.user(account))
    return client


def text_of(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(response.content.decode())).split())


def cells(response: HttpResponse, label: str) -> list[str]:
    found = re.findall(rf'data-label="{label}">(.*?)</td>', response.content.decode(), re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in found]


def links(response: HttpResponse, part: str) -> list[str]:
    return re.findall(rf'href="([^"]*{part}[^"]*)"', response.content.decode())


# --- the list --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("account", OFFICIALS)
def test_officials_open_the_directory(county: County, account: str) -> None:
    assert signed_in(county, account).get(DIRECTORY).status_code == 200


@pytest.mark.parametrize("account", OUTSIDERS)
def test_enterprises_banks_and_hospitals_do_not(county: County, account: str) -> None:
    assert signed_in(county, account).get(DIRECTORY).status_code == 403


def test_directory_shows_ones_own_division_only(county: County) -> None:
    names = cells(signed_in(county, "office").get(DIRECTORY), "单位")

    assert (len(names), [name for name in names if name.startswith("闻喜")]) == (11, [])


def test_directory_says_head_and_leader_in_charge(county: County) -> None:
    response = signed_in(county, "office").get(f"{DIRECTORY}?q=住建")

    assert [cells(response, label) for label in ("单位", "主要负责人", "分管领导", "岗位")] == [
        ["县住建局"],
        ["局长 县住建局局长"],
        ["常务副县长 县政府常务副县长"],
        ["2"],
    ]


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("住房和城乡", ["县住建局"]),
        ("xzjj", ["县住建局"]),
        ("统计员", ["县统计局"]),
        ("镇长", ["古绛镇", "横水镇"]),
        ("没有的", []),
    ],
)
def test_agency_is_found_by_its_names_posts_and_people(county: County, sought: str, found: list[str]) -> None:
    assert cells(signed_in(county, "office").get(DIRECTORY, {"q": sought}), "单位") == found


def test_nothing_found_says_how_to_look(county: County) -> None:
    assert "拼音首字母" in text_of(signed_in(county, "office").get(DIRECTORY, {"q": "没有的"}))


def test_child_stands_below_its_parent(county: County) -> None:
    child = county.agencies["finance"]
    Agency.objects.filter(pk=child.pk).update(parent=county.agencies["works"])

    names = cells(signed_in(county, "office").get(DIRECTORY), "单位")

    assert names[names.index("县住建局") + 1] == "县财政局"


def test_city_chooses_among_the_counties_below(county: County) -> None:
    client = signed_in(county, "city_leader")

    own, neighbor = client.get(DIRECTORY), client.get(DIRECTORY, {"division": county.neighbor.pk})

    assert cells(own, "单位") == ["运城市人民政府"]
    assert sorted(cells(neighbor, "单位")) == ["闻喜人民政府", "闻喜住建局", "闻喜督查室"]


def test_division_of_somebody_else_cannot_be_chosen(county: County) -> None:
    response = signed_in(county, "office").get(DIRECTORY, {"division": county.neighbor.pk})

    assert [name for name in cells(response, "单位") if "闻喜" in name] == []


def test_directory_costs_the_same_for_any_number_of_agencies(county: County, django_assert_max_num_queries) -> None:
    client = signed_in(county, "office")
    for number in range(30):
        agency = Agency.objects.create(division=county.county, name=f"新单位{number}", kind="department")
        Post.objects.create(division=county.county, agency=agency, name="负责人", is_head=True)

    with django_assert_max_num_queries(21):
        client.get(DIRECTORY)


# --- one agency, one post --------------------------------------------------------------------------------------------
def test_agency_page_says_posts_holders_and_line_of_charge(county: County) -> None:
    response = signed_in(county, "office").get(f"{DIRECTORY}agencies/{county.agencies['works'].pk}/")

    assert cells(response, "岗位") == ["局长 主要负责人", "经办人"]
    assert cells(response, "任职人员") == ["县住建局局长", "县住建局经办人"]
    assert cells(response, "分管领导") == ["县政府 常务副县长"]


def test_agency_without_posts_says_what_is_missing(county: County) -> None:
    agency = Agency.objects.create(division=county.county, name="空单位", kind="department")

    assert "还没有岗位" in text_of(signed_in(county, "office").get(f"{DIRECTORY}agencies/{agency.pk}/"))


def test_post_page_shows_tenures_newest_first(county: County) -> None:
    administrator, post = county.viewer("administrator"), county.posts["works_head"]
    services.hand_over_post(administrator, post, successor=county.user("finance_head"))

    response = signed_in(county, "office").get(f"{DIRECTORY}posts/{post.pk}/")

    assert cells(response, "人员") == ["县财政局局长", "县住建局局长"]


def test_post_page_shows_roles_delegations_and_agencies_in_charge(county: County) -> None:
    response = signed_in(county, "office").get(f"{DIRECTORY}posts/{county.posts['leader'].pk}/")

    assert cells(response, "角色") == ["县领导"]
    assert "分管单位" in text_of(response)


@pytest.mark.parametrize(("kind", "key"), [("agencies", "neighbor_head"), ("posts", "neighbor_head"), ("agencies", "")])
def test_what_is_not_ones_own_is_not_there(county: County, kind: str, key: str) -> None:
    number = getattr(county, kind)[key].pk if key else 10**9

    assert signed_in(county, "office").get(f"{DIRECTORY}{kind}/{number}/").status_code == 404


@pytest.mark.parametrize(
    ("account", "acts"),
    [
        ("administrator", ["roles", "charge", "delegate", "hand-over"]),
        ("works_head", ["delegate", "hand-over"]),
        ("works_handler", ["delegate"]),
        ("finance_head", []),
        ("office", []),
    ],
)
def test_post_page_offers_only_what_one_may_do(county: County, account: str, acts: list[str]) -> None:
    post = county.posts["works_handler"].pk
    response = signed_in(county, account).get(f"{DIRECTORY}posts/{post}/")

    offered = [act for act in ("roles", "charge", "delegate", "hand-over") if links(response, f"posts/{post}/{act}/")]

    assert offered == acts


# --- acts ------------------------------------------------------------------------------------------------------------
def test_agency_is_founded_from_the_page(county: County) -> None:
    typed = {"division": county.county.pk, "name": "绛县水务局", "kind": "department", "groups": ["departments"]}

    response = signed_in(county, "administrator").post(f"{DIRECTORY}agencies/new/", typed)

    agency = Agency.objects.get(name="绛县水务局")
    assert response["Location"] == f"{DIRECTORY}agencies/{agency.pk}/"
    assert agency.groups == ["departments"]


def test_group_that_no_list_names_cannot_be_typed(county: County) -> None:
    typed = {"division": county.county.pk, "name": "绛县水务局", "kind": "department", "groups": ["各部门"]}

    response = signed_in(county, "administrator").post(f"{DIRECTORY}agencies/new/", typed)

    assert (response.status_code, Agency.objects.filter(name="绛县水务局").exists()) == (422, False)


def test_agency_page_says_its_groups_in_words(county: County) -> None:
    Agency.objects.filter(pk=county.agencies["works"].pk).update(groups=["departments", "townships"])

    response = signed_in(county, "administrator").get(f"{DIRECTORY}agencies/{county.agencies['works'].pk}/")

    assert "统称 政府各部门、各乡镇" in text_of(response)


def test_name_that_is_taken_is_said_and_what_was_typed_stays(county: County) -> None:
    typed = {"division": county.county.pk, "name": "绛县财政局", "kind": "department", "short_name": "第二财政局"}

    response = signed_in(county, "administrator").post(f"{DIRECTORY}agencies/new/", typed)

    assert (response.status_code, "第二财政局" in response.content.decode()) == (422, True)
    assert "已有名为“绛县财政局”的单位" in text_of(response)


def edit(client: Client, agency: Agency, version: int, name: str) -> HttpResponse:
    return client.post(f"{DIRECTORY}agencies/{agency.pk}/edit/", {"name": name, "version": version})


def test_second_editor_is_told_who_was_first_and_keeps_what_was_typed(county: County) -> None:
    client, agency = signed_in(county, "administrator"), county.agencies["works"]
    edit(client, agency, 1, "甲局")

    response = edit(client, agency, 1, "乙局")

    html = response.content.decode()
    assert (response.status_code, 'value="乙局"' in html, 'name="version" value="2"' in html) == (409, True, True)
    assert "县政府系统管理员" in text_of(response)
    assert Agency.objects.get(pk=agency.pk).name == "甲局"


def test_second_editor_may_send_it_again_after_looking(county: County) -> None:
    client, agency = signed_in(county, "administrator"), county.agencies["works"]
    edit(client, agency, 1, "甲局")

    response = edit(client, agency, 2, "乙局")

    assert (response.status_code, Agency.objects.get(pk=agency.pk).name) == (302, "乙局")


def test_post_is_created_with_its_roles(county: County) -> None:
    typed = {"name": "副局长", "roles": ["agency_handler", "statistics"]}

    signed_in(county, "administrator").post(f"{DIRECTORY}agencies/{county.agencies['works'].pk}/posts/new/", typed)

    grants = RoleGrant.objects.filter(post__name="副局长").values_list("role", flat=True)
    assert sorted(grants) == ["agency_handler", "statistics"]


def test_roles_are_granted_from_the_page(county: County) -> None:
    post = county.posts["works_handler"]
    client = signed_in(county, "administrator")

    client.post(f"{DIRECTORY}posts/{post.pk}/roles/", {"roles": ["statistics"], "version": post.version})

    assert county.viewer("works_handler").roles == frozenset({"statistics"})


def test_leader_is_put_in_charge_from_the_page(county: County) -> None:
    agency = county.agencies["statistics"]
    client = signed_in(county, "administrator")

    client.post(f"{DIRECTORY}posts/{county.posts['leader'].pk}/charge/", {"agencies": [agency.pk]})

    assert set(county.viewer("leader").charge_agency_ids) >= {agency.pk}


def test_hand_over_page_says_what_goes_over(county: County) -> None:
    services.register_open_items("Trial", lambda post: 7)

    response = signed_in(county, "works_head").get(f"{DIRECTORY}posts/{county.posts['works_handler'].pk}/hand-over/")
    services.register_open_items("Trial", lambda post: 0)

    assert "Trial 7" in text_of(response)


def hand_over(county: County, by: str, post: str, **typed: object) -> HttpResponse:
    said = {"from_on": clock.today().isoformat(), "version": 1, **typed}
    return signed_in(county, by).post(f"{DIRECTORY}posts/{county.posts[post].pk}/hand-over/", said)


def test_head_hands_a_post_of_the_agency_over_in_one_action(county: County) -> None:
    hand_over(county, "works_head", "works_handler", successor=county.user("finance_handler").pk)

    holder = Tenure.objects.get(post=county.posts["works_handler"], to_on=None).user
    assert holder == county.user("finance_handler")


def test_post_is_left_vacant_from_the_page(county: County) -> None:
    hand_over(county, "administrator", "works_handler", is_vacant="on")

    assert not Tenure.objects.filter(post=county.posts["works_handler"], to_on=None).exists()


@pytest.mark.parametrize("is_both", [False, True])
def test_a_vacancy_is_said_and_never_guessed(county: County, is_both: bool) -> None:
    typed = {"successor": county.user("finance_handler").pk, "is_vacant": "on"} if is_both else {}

    response = hand_over(county, "administrator", "works_handler", **typed)

    assert response.status_code == 422
    assert Tenure.objects.get(post=county.posts["works_handler"], to_on=None).user == county.user("works_handler")


def test_stranger_is_no_successor(county: County) -> None:
    response = hand_over(county, "administrator", "works_handler", successor=county.user("neighbor_head").pk)

    assert response.status_code == 422


@pytest.mark.parametrize("by", ["office", "finance_head", "works_handler", "enterprise"])
def test_nobody_else_opens_the_hand_over(county: County, by: str) -> None:
    assert hand_over(county, by, "works_handler").status_code == 403


def delegate(county: County, by: str, post: str, to: str) -> HttpResponse:
    today = clock.today()
    typed = {"to_post": county.posts[to].pk, "reason": "leave", "from_on": today, "to_on": today + timedelta(days=3)}
    return signed_in(county, by).post(f"{DIRECTORY}posts/{county.posts[post].pk}/delegate/", typed)


def test_handler_lends_the_own_post(county: County) -> None:
    delegate(county, "works_handler", "works_handler", "finance_handler")

    assert Delegation.objects.get().to_post == county.posts["finance_handler"]


def test_enterprise_lends_within_itself_only_and_sees_no_other_posts(county: County) -> None:
    second = Post.objects.create(division=county.county, agency=county.agencies["enterprise"], name="副手")
    client = signed_in(county, "enterprise")
    page = client.get(f"{DIRECTORY}posts/{county.posts['enterprise'].pk}/delegate/")

    response = delegate(county, "enterprise", "enterprise", "works_head")

    assert re.findall(r'<option value="(\d+)"', page.content.decode()) == [str(second.pk)]
    assert (response.status_code, Delegation.objects.count()) == (422, 0)


def test_delegation_is_revoked_from_the_page(county: County) -> None:
    delegate(county, "works_handler", "works_handler", "finance_handler")
    number = Delegation.objects.get().pk

    signed_in(county, "works_head").post(f"{DIRECTORY}delegations/{number}/revoke/")

    assert Delegation.objects.filter(revoked_at=None).count() == 0


def test_delegation_of_somebody_else_is_not_revoked(county: County) -> None:
    delegate(county, "works_handler", "works_handler", "finance_handler")
    number = Delegation.objects.get().pk

    answers = [
        signed_in(county, by).post(f"{DIRECTORY}delegations/{number}/revoke/").status_code
        for by in ("finance_handler", "neighbor_administrator")
    ]

    assert (answers, Delegation.objects.filter(revoked_at=None).count()) == ([403, 404], 1)
