"""Coming in and going out, the post in use, one's own password and language."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sushui.kernel import clock
from sushui.kernel.models import User
from sushui.organizations import services
from sushui.organizations.enums import DelegationReason
from sushui.organizations.queries import POST_IN_SESSION
from tests.cast import County

SIGN_IN = "/organizations/sign-in/"
NO_POST = "/organizations/no-post/"
PASSWORD = "/organizations/password/"
STRONG = "drum-lake-seven"


def sign_in(client: Client, account: str, password: str = "pw", **more: str):
    return client.post(SIGN_IN, {"username": account, "password": password, **more})


@pytest.fixture
def newcomer(county: County) -> User:
    return services.register_person(county.viewer("administrator"), username="newcomer", name="新任", password=STRONG)


# --- signing in ------------------------------------------------------------------------------------------------------
def test_sign_in_page_asks_for_account_and_password(client: Client, db) -> None:
    response = client.get(SIGN_IN)

    assert re.findall(r"<label[^>]*>([^<]*)</label>", response.content.decode()) == ["账号", "密码"]


def test_account_and_password_open_the_house(client: Client, county: County) -> None:
    response = sign_in(client, "office")

    assert (response.status_code, response["Location"]) == (302, "/landing/")
    assert client.get("/organizations/directory/").status_code == 200


@pytest.mark.parametrize(
    ("wanted", "given"), [("/supervision/mine/", "/supervision/mine/"), ("//evil.example/", "/landing/")]
)
def test_one_goes_on_to_where_one_wanted_but_never_abroad(
    client: Client, county: County, wanted: str, given: str
) -> None:
    assert sign_in(client, "office", next=wanted)["Location"] == given


@pytest.mark.parametrize(("account", "password"), [("office", "wrong"), ("nobody", "pw"), ("office", "")])
def test_wrong_account_or_password_is_refused_with_the_account_kept(
    client: Client, county: County, account: str, password: str
) -> None:
    response = sign_in(client, account, password)

    assert (response.status_code, response.context["user"].is_authenticated) == (422, False)
    assert f'value="{account}"' in response.content.decode()


def test_wrong_password_does_not_say_whether_the_account_exists(client: Client, county: County) -> None:
    known, unknown = sign_in(client, "office", "wrong"), sign_in(client, "nobody", "wrong")

    said = [response.context["form"].non_field_errors() for response in (known, unknown)]
    assert said[0] == said[1] == ["账号或密码不正确。"]


def test_sign_in_gives_a_new_session_key(client: Client, county: County) -> None:
    """A key that somebody planted before is worth nothing afterwards."""
    session = client.session
    session["planted"] = "x"
    session.save()
    planted = session.session_key

    sign_in(client, "office")

    assert client.session.session_key != planted


def test_account_is_locked_after_too_many_wrong_passwords(client: Client, county: County) -> None:
    tries = [sign_in(client, "office", "wrong").status_code for _try in range(5)]

    locked = sign_in(client, "office")

    assert (tries, locked.status_code) == ([422] * 4 + [429], 429)
    assert "30 分钟" in locked.content.decode()


def test_lock_of_one_account_leaves_the_others_open(client: Client, county: County) -> None:
    for _try in range(5):
        sign_in(client, "office", "wrong")

    assert sign_in(client, "leader").status_code == 302


def test_closed_account_does_not_come_in(client: Client, county: County, newcomer: User) -> None:
    services.deactivate_person(county.viewer("administrator"), newcomer)

    assert sign_in(client, "newcomer", STRONG).status_code == 422


def test_whoever_is_in_is_not_asked_again(client: Client, county: County) -> None:
    client.force_login(county.user("office"))

    assert client.get(SIGN_IN)["Location"] == "/landing/"


# --- signing out -----------------------------------------------------------------------------------------------------
def test_sign_out_ends_the_session(client: Client, county: County) -> None:
    client.force_login(county.user("office"))

    response = client.post("/organizations/sign-out/")

    assert response["Location"] == SIGN_IN
    assert client.get("/organizations/directory/").status_code == 302


def test_link_does_not_sign_out(client: Client, county: County) -> None:
    client.force_login(county.user("office"))

    assert client.get("/organizations/sign-out/").status_code == 405


# --- without a post --------------------------------------------------------------------------------------------------
def test_person_without_a_post_is_told_whom_to_ask(client: Client, county: County, newcomer: User) -> None:
    client.force_login(newcomer)

    response = client.get("/organizations/directory/", follow=True)

    assert [address for address, _status in response.redirect_chain][-1] == NO_POST
    assert (response.status_code, "您目前没有任职岗位" in response.content.decode()) == (200, True)


def test_person_without_a_post_can_sign_out(client: Client, county: County, newcomer: User) -> None:
    client.force_login(newcomer)

    assert reverse("organizations:sign-out") in client.get(NO_POST).content.decode()


@pytest.mark.parametrize(("account", "address"), [(None, SIGN_IN), ("office", "/")])
def test_page_for_those_without_a_post_is_for_nobody_else(
    client: Client, county: County, account: str | None, address: str
) -> None:
    if account:
        client.force_login(county.user(account))

    assert client.get(NO_POST)["Location"] == address


def test_whoever_loses_the_post_while_signed_in_sees_so(client: Client, county: County) -> None:
    client.force_login(county.user("works_handler"))
    services.hand_over_post(county.viewer("administrator"), county.posts["works_handler"], successor=None)

    response = client.get("/organizations/directory/", follow=True)

    assert response.redirect_chain[-1][0] == NO_POST


# --- the post in use -------------------------------------------------------------------------------------------------
def lend(county: County) -> None:
    services.delegate_post(
        county.viewer("works_head"),
        county.posts["works_head"],
        to_post=county.posts["works_handler"],
        from_on=clock.today(),
        to_on=clock.today() + timedelta(days=1),
        reason=DelegationReason.LEAVE,
    )


def test_one_goes_on_in_another_of_ones_posts(client: Client, county: County) -> None:
    lend(county)
    client.force_login(county.user("works_handler"))

    response = client.post("/organizations/switch-post/", {"post": county.posts["works_head"].pk})

    viewer = client.get("/organizations/directory/").wsgi_request.viewer
    assert (response["Location"], viewer.post_id, viewer.is_delegate) == ("/", county.posts["works_head"].pk, True)


@pytest.mark.parametrize("post", ["works_head", "neighbor_head"])
def test_post_of_somebody_else_is_refused(client: Client, county: County, post: str) -> None:
    client.force_login(county.user("works_handler"))

    response = client.post("/organizations/switch-post/", {"post": county.posts[post].pk})

    assert (response.status_code, client.session.get(POST_IN_SESSION)) == (403, None)


@pytest.mark.parametrize("post", ["", "x", "-1", "9" * 40])
def test_what_is_no_post_is_refused(client: Client, county: County, post: str) -> None:
    client.force_login(county.user("works_handler"))

    assert client.post("/organizations/switch-post/", {"post": post}).status_code == 403


def test_post_in_use_falls_back_to_ones_own_when_the_delegation_ends(client: Client, county: County) -> None:
    lend(county)
    client.force_login(county.user("works_handler"))
    client.post("/organizations/switch-post/", {"post": county.posts["works_head"].pk})

    with clock.frozen(clock.now() + timedelta(days=5)):
        viewer = client.get("/organizations/directory/").wsgi_request.viewer

    assert viewer.post_id == county.posts["works_handler"].pk


# --- the password ----------------------------------------------------------------------------------------------------
def change(client: Client, old: str = "pw", new: str = STRONG, again: str = STRONG):
    return client.post(PASSWORD, {"old": old, "new": new, "again": again})


def test_password_is_changed_and_the_session_goes_on(client: Client, county: County) -> None:
    client.force_login(county.user("office"))

    response = change(client)

    assert (response.status_code, client.get("/organizations/directory/").status_code) == (302, 200)
    assert sign_in(Client(), "office", STRONG).status_code == 302


def test_other_sessions_of_the_person_end(client: Client, county: County) -> None:
    elsewhere = Client()
    for each in (client, elsewhere):
        each.force_login(county.user("office"))

    change(client)

    assert elsewhere.get("/organizations/directory/").status_code == 302


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"old": "wrong"}, "现密码不正确。"),
        ({"again": "another-thing"}, "两次输入的新密码不一致。"),
        ({"new": "12345678", "again": "12345678"}, "新密码过于简单。"),
    ],
)
def test_password_that_cannot_be_is_refused_in_words(
    client: Client, county: County, typed: dict[str, str], sentence: str
) -> None:
    client.force_login(county.user("office"))

    response = change(client, **typed)

    assert (response.status_code, sentence in response.content.decode()) == (422, True)


@pytest.fixture
def seated(county: County, newcomer: User) -> User:
    services.hand_over_post(county.viewer("administrator"), county.posts["works_head"], successor=newcomer)
    return newcomer


@pytest.mark.parametrize("address", ["/organizations/directory/", "/supervision/mine/", "/"])
def test_password_set_by_somebody_else_is_changed_first(client: Client, seated: User, address: str) -> None:
    client.force_login(seated)

    assert client.get(address)["Location"] == PASSWORD


def test_program_too_waits_for_the_new_password(client: Client, seated: User) -> None:
    client.force_login(seated)

    response = client.get("/api/organizations/agencies")

    assert (response.status_code, response.json()["code"]) == (403, "forbidden")


def test_new_password_opens_the_house(client: Client, seated: User) -> None:
    client.force_login(seated)

    change(client, old=STRONG, new="lake-drum-nine", again="lake-drum-nine")

    assert client.get("/organizations/directory/").status_code == 200


def test_person_who_must_change_the_password_may_leave(client: Client, seated: User) -> None:
    client.force_login(seated)

    assert client.post("/organizations/sign-out/")["Location"] == SIGN_IN


# --- the language ----------------------------------------------------------------------------------------------------
def test_language_is_chosen_before_signing_in(client: Client, db) -> None:
    client.post("/language/", {"language": "en", "next": SIGN_IN})

    assert "Sign in" in client.get(SIGN_IN).content.decode()


def test_chosen_language_is_kept_with_the_person(client: Client, county: County) -> None:
    client.force_login(county.user("office"))

    client.post("/language/", {"language": "en", "next": "/"})

    assert User.objects.get(username="office").language == "en"


@pytest.mark.parametrize("language", ["", "xx", "de"])
def test_language_that_is_not_spoken_here_changes_nothing(client: Client, county: County, language: str) -> None:
    client.force_login(county.user("office"))

    client.post("/language/", {"language": language, "next": "/"})

    assert User.objects.get(username="office").language == "zh-hans"
