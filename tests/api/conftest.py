"""A program's view of the house: JSON in, JSON out, with a personal token."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from sushui.kernel.tokens import issue_token
from tests.cast import County
from tests.walls.conftest import world

__all__ = ["Program", "Programs", "program", "world"]


@dataclass
class Program:
    """A client that carries a token; every method gives the response."""

    client: Client
    secret: str

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"}

    def get(self, path: str, **query: Any) -> HttpResponse:
        return self.client.get(f"/api{path}", query, headers=self.bearer)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        said, headers = json.dumps(body or {}), {**self.bearer, **headers}
        return self.client.generic(method, f"/api{path}", said, content_type="application/json", headers=headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return self.send("POST", path, body, **headers)

    def put(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return self.send("PUT", path, body, **headers)


Programs = Callable[[str], Program]


@pytest.fixture
def program(county: County) -> Programs:
    """``program("office")`` acts with a token of that post."""

    def made(key: str) -> Program:
        return Program(Client(), issue_token(county.viewer(key), name="test", days=1).secret)

    return made
