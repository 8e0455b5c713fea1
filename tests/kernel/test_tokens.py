"""Personal tokens: made once, shown once, good for one post until a day, ended at any time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sushui.kernel import clock
from sushui.kernel.errors import DomainError, Forbidden, NotFound
from sushui.kernel.models import ApiToken, AuditLine
from sushui.kernel.tokens import issue_token, revoke_token, token_by_secret, tokens_of
from tests.cast import County

NOW = datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_a_token_is_found_by_its_secret_and_no_other(county: County) -> None:
    issued = issue_token(county.viewer("office"), name="集成平台", days=30)

    assert token_by_secret(issued.secret) == issued.token
    assert token_by_secret(issued.secret + "x") is None


def test_the_secret_itself_is_kept_nowhere(county: County) -> None:
    issued = issue_token(county.viewer("office"), name="集成平台", days=30)

    kept = ApiToken.objects.values_list("name", "digest").get(pk=issued.token.pk)
    assert issued.secret.startswith("sushui_")
    assert issued.secret not in kept


def test_a_token_is_good_through_its_last_day(county: County) -> None:
    with clock.frozen(NOW):
        issued = issue_token(county.viewer("office"), name="集成平台", days=3)

    found = {}
    for days in (2, 3):
        with clock.frozen(NOW + timedelta(days=days)):
            found[days] = token_by_secret(issued.secret) is not None

    assert issued.token.expires_on == date(2026, 3, 4)
    assert found == {2: True, 3: False}


def test_the_day_of_use_is_noted(county: County) -> None:
    issued = issue_token(county.viewer("office"), name="集成平台", days=3)

    with clock.frozen(NOW):
        ApiToken.objects.update(expires_on=date(2026, 3, 9))
        token_by_secret(issued.secret)

    assert ApiToken.objects.get().used_on == date(2026, 3, 2)


def test_a_revoked_token_is_found_no_more(county: County) -> None:
    office = county.viewer("office")
    issued = issue_token(office, name="集成平台", days=30)

    revoke_token(office, issued.token.pk)

    assert token_by_secret(issued.secret) is None
    assert list(tokens_of(office)) == []


def test_the_token_of_an_account_that_is_closed_is_found_no_more(county: County) -> None:
    issued = issue_token(county.viewer("office"), name="集成平台", days=30)
    county.user("office").is_active = False

    county.user("office").save()

    assert token_by_secret(issued.secret) is None


def test_another_persons_token_is_not_there_to_revoke(county: County) -> None:
    issued = issue_token(county.viewer("office"), name="集成平台", days=30)

    with pytest.raises(NotFound):
        revoke_token(county.viewer("office_second"), issued.token.pk)

    assert token_by_secret(issued.secret) == issued.token


@pytest.mark.parametrize(("name", "days", "code"), [(" ", 1, "token_unnamed"), ("x", 0, "token_days")])
def test_a_token_needs_a_name_and_a_term(county: County, name: str, days: int, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        issue_token(county.viewer("office"), name=name, days=days)

    assert refused.value.code == code


def test_no_token_outlives_a_year(county: County) -> None:
    with pytest.raises(DomainError) as refused:
        issue_token(county.viewer("office"), name="x", days=366)

    assert refused.value.code == "token_days"


def test_a_post_that_is_lent_gives_no_tokens(county: County) -> None:
    with pytest.raises(Forbidden):
        issue_token(replace(county.viewer("office"), is_delegate=True), name="x", days=1)


def test_making_and_ending_a_token_are_lines_in_the_chain(county: County) -> None:
    office = county.viewer("office")

    revoke_token(office, issue_token(office, name="集成平台", days=30).token.pk)

    assert list(AuditLine.objects.order_by("pk").values_list("verb", flat=True)) == ["issue_token", "revoke_token"]
