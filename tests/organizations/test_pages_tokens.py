"""The pages on which people make and end tokens for programs."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from sushui.kernel.models import ApiToken
from sushui.kernel.tokens import issue_token, token_by_secret
from tests.cast import County

TOKENS = "/organizations/tokens/"


@pytest.fixture
def handler(county: County) -> Client:
    client = Client()
    client.force_login(county.user("works_handler"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_token_is_shown_once_and_kept_by_no_cache(county: County, handler: Client) -> None:
    answer = handler.post(f"{TOKENS}new/", {"name": "集成平台", "days": "30"})

    (secret,) = re.findall(r"<code>(sushui_[\w-]+)</code>", answer.content.decode())
    token = token_by_secret(secret)
    assert token is not None
    assert (token.name, token.post_id) == ("集成平台", county.posts["works_handler"].pk)
    assert "no-store" in answer["Cache-Control"]
    assert secret not in handler.get(TOKENS).content.decode()


@pytest.mark.parametrize("said", [{"name": "", "days": "30"}, {"name": "x", "days": "0"}, {"name": "x", "days": "366"}])
def test_what_cannot_be_taken_is_shown_again(handler: Client, said: dict[str, str]) -> None:
    answer = handler.post(f"{TOKENS}new/", said)

    assert answer.status_code == 422
    assert ApiToken.objects.count() == 0


def test_a_token_is_ended(county: County, handler: Client) -> None:
    issued = issue_token(county.viewer("works_handler"), name="集成平台", days=30)

    answer = handler.post(f"{TOKENS}{issued.token.pk}/revoke/")

    assert answer.status_code == 302
    assert token_by_secret(issued.secret) is None


def test_the_list_shows_ones_own_tokens_only(county: County, handler: Client) -> None:
    for key in ("works_handler", "office"):
        issue_token(county.viewer(key), name=f"token of {key}", days=30)

    page = handler.get(TOKENS).content.decode()

    assert re.findall(r"token of \w+", page) == ["token of works_handler"]


def test_without_tokens_the_page_says_what_they_are_for(handler: Client) -> None:
    assert "您还没有生成令牌。" in handler.get(TOKENS).content.decode()
