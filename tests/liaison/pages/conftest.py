"""Browsers of the county at play: each signed in at one post."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.liaison.play import LiaisonPlay

Browser = Callable[[str], Client]


@pytest.fixture
def browser_of(play: LiaisonPlay) -> Browser:
    """A browser in which the post's holder is signed in."""

    def signed_in(key: str) -> Client:
        client = Client()
        client.force_login(play.county.user(key), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in
