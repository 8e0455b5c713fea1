"""Accounts: registered, given new passwords, closed, and kept by one administrator only."""

from __future__ import annotations

import pytest

from sushui.kernel.errors import DomainError, Forbidden, NotFound
from sushui.kernel.models import AuditLine, User
from sushui.kernel.tokens import issue_token, tokens_of
from sushui.organizations import queries, services
from sushui.organizations.permissions import may_manage_person
from tests.cast import County

STRONG = "drum-lake-seven"


def register(county: County, by: str = "administrator", username: str = "newcomer", **more: object) -> User:
    return services.register_person(
        county.viewer(by),
        username=username,
        name="新任",
        password=STRONG,
        **more,  # type: ignore[arg-type]
    )


# --- registering -----------------------------------------------------------------------------------------------------
def test_new_account_holds_no_post_and_must_change_its_password(county: County) -> None:
    person = register(county)

    assert queries.viewer_for(person) is None
    assert (person.check_password(STRONG), person.must_change_password, person.registered_in) == (
        True,
        True,
        county.county,
    )


def test_registering_writes_a_line_without_the_password(county: County) -> None:
    register(county)

    line = AuditLine.objects.get()
    assert (line.verb, line.after) == ("register_person", {"username": "newcomer", "name": "新任"})


def test_account_is_registered_once(county: County) -> None:
    register(county)

    with pytest.raises(DomainError) as refusal:
        register(county)

    assert (refusal.value.code, User.objects.filter(username="newcomer").count()) == ("username_taken", 1)


@pytest.mark.parametrize("by", ["office", "leader", "works_head", "city_leader", "enterprise"])
def test_only_administrators_register(county: County, by: str) -> None:
    with pytest.raises(Forbidden):
        register(county, by=by)


def test_made_up_passwords_are_long_and_never_the_same() -> None:
    made = {services.new_password() for _time in range(100)}

    assert ({len(password) for password in made}, len(made)) == ({14}, 100)


# --- whose account it is ---------------------------------------------------------------------------------------------
def test_administrator_keeps_whoever_holds_a_post_in_the_county(county: County) -> None:
    assert may_manage_person(county.viewer("administrator"), county.user("works_head"))
    assert not may_manage_person(county.viewer("neighbor_administrator"), county.user("works_head"))


def test_account_without_a_post_is_kept_where_it_was_registered(county: County) -> None:
    person = register(county)

    kept = [may_manage_person(county.viewer(by), person) for by in ("administrator", "neighbor_administrator")]

    assert kept == [True, False]


def test_administrator_loses_an_account_that_acts_elsewhere(county: County) -> None:
    """Else a county's administrator could take over whoever was promoted to the city."""
    person = register(county)
    services.hand_over_post(county.viewer("neighbor_administrator"), county.posts["neighbor_head"], successor=person)

    with pytest.raises(Forbidden):
        services.reset_password(county.viewer("administrator"), person)


@pytest.mark.parametrize("by", ["office", "leader", "works_head"])
def test_nobody_but_an_administrator_keeps_accounts(county: County, by: str) -> None:
    assert not may_manage_person(county.viewer(by), county.user("works_handler"))


def test_accounts_of_other_counties_are_not_known(county: County) -> None:
    register(county, by="neighbor_administrator", username="stranger")

    known = set(queries.accounts(county.viewer("administrator")).values_list("username", flat=True))

    assert known.isdisjoint({"stranger", "neighbor_head", "city_leader"})
    with pytest.raises(NotFound):
        queries.account_for(county.viewer("administrator"), county.user("neighbor_head").pk)


def test_account_says_only_what_it_holds_in_ones_own_divisions(county: County) -> None:
    neighbor = county.viewer("neighbor_administrator")
    services.hand_over_post(neighbor, county.posts["neighbor_head"], successor=county.user("works_head"))

    person = queries.account_for(county.viewer("administrator"), county.user("works_head").pk)

    assert [tenure.post for tenure in person.held_now] == [county.posts["works_head"]]


@pytest.mark.parametrize(
    ("text", "state", "names"),
    [("督查", "", ["office_second", "office"]), ("works_", "", ["works_head", "works_handler"]), ("", "vacant", [])],
)
def test_accounts_are_found_by_name_or_account(county: County, text: str, state: str, names: list[str]) -> None:
    found = queries.accounts_like(county.viewer("administrator"), text=text, state=state)

    assert sorted(person.username for person in found) == sorted(names)


def test_accounts_without_a_post_and_closed_ones_are_found(county: County) -> None:
    administrator = county.viewer("administrator")
    register(county, username="idle")
    services.deactivate_person(administrator, register(county, username="gone"))

    found = [
        [person.username for person in queries.accounts_like(administrator, state=state)]
        for state in ("vacant", "closed")
    ]

    assert found == [["idle"], ["gone"]]


# --- passwords -------------------------------------------------------------------------------------------------------
def test_new_password_is_given_once_and_must_be_changed(county: County) -> None:
    person = county.user("works_head")

    password = services.reset_password(county.viewer("administrator"), person)

    person.refresh_from_db()
    assert (person.check_password(password), person.must_change_password) == (True, True)
    assert AuditLine.objects.get().after == {"username": "works_head"}


def test_new_password_ends_every_token_of_the_person(county: County) -> None:
    issue_token(county.viewer("works_head"), name="报表程序", days=30)

    services.reset_password(county.viewer("administrator"), county.user("works_head"))

    assert list(tokens_of(county.viewer("works_head"))) == []


def test_given_password_must_not_be_weak(county: County) -> None:
    with pytest.raises(DomainError) as refusal:
        services.reset_password(county.viewer("administrator"), county.user("works_head"), password="12345678")

    assert refusal.value.code == "password_weak"


def test_own_password_is_changed_and_no_longer_to_be_changed(county: County) -> None:
    person = county.user("works_head")
    person.must_change_password = True
    person.save()

    services.change_password(county.viewer("works_head"), old="pw", new=STRONG)

    person.refresh_from_db()
    assert (person.check_password(STRONG), person.must_change_password) == (True, False)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("wrong", STRONG, "password_wrong"),
        ("pw", "pw", "password_weak"),
        ("pw", "short", "password_weak"),
        ("pw", "password", "password_weak"),
        ("pw", "20260302", "password_weak"),
        ("pw", "works_head", "password_weak"),
    ],
)
def test_wrong_or_weak_password_is_refused_and_changes_nothing(county: County, old: str, new: str, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        services.change_password(county.viewer("works_head"), old=old, new=new)

    county.user("works_head").refresh_from_db()
    assert (refusal.value.code, county.user("works_head").check_password("pw")) == (code, True)


# --- closing ---------------------------------------------------------------------------------------------------------
def test_account_is_closed_and_opened_again(county: County) -> None:
    administrator, person = county.viewer("administrator"), register(county)

    services.deactivate_person(administrator, person)
    closed = User.objects.get(pk=person.pk).is_active
    services.reactivate_person(administrator, person)

    assert (closed, User.objects.get(pk=person.pk).is_active) == (False, True)


def test_account_that_holds_a_post_is_not_closed(county: County) -> None:
    with pytest.raises(DomainError) as refusal:
        services.deactivate_person(county.viewer("administrator"), county.user("works_head"))

    assert (refusal.value.code, refusal.value.sentence) == ("holds_posts", "“县住建局局长”仍任“县住建局 局长”。")


def test_administrator_does_not_close_the_own_account(county: County) -> None:
    with pytest.raises(Forbidden):
        services.deactivate_person(county.viewer("administrator"), county.user("administrator"))


def test_account_of_another_county_is_not_closed(county: County) -> None:
    person = register(county)

    with pytest.raises(Forbidden):
        services.deactivate_person(county.viewer("neighbor_administrator"), person)


# --- language --------------------------------------------------------------------------------------------------------
def test_language_is_kept_and_the_chain_has_no_line_of_it(county: County) -> None:
    services.choose_language(county.user("works_head"), "en")

    county.user("works_head").refresh_from_db()
    assert (county.user("works_head").language, AuditLine.objects.count()) == ("en", 0)
