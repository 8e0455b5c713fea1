"""The OpenAPI description is true: whatever is sent, the API answers as it says, and never with an error of its own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)

from sushui.config.api import api
from sushui.config.wsgi import application
from sushui.kernel.tokens import issue_token
from tests.walls.routes import KINDS
from tests.walls.table import ROUTES
from tests.walls.world import World

pytestmark = [
    pytest.mark.django_db,
    # The client of schemathesis does not close what it has read; a server does.
    pytest.mark.filterwarnings("ignore:Exception ignored in.*SpooledTemporaryFile"),
]

TRUE = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
VIEWERS = ("office", "works_head", "project_office", "administrator", "city_leader")
DESCRIBED = schemathesis.openapi.from_dict(api.get_openapi_schema())


def served(environ: dict[str, Any], start: Any) -> list[bytes]:
    """The answer read and closed, as every server does (PEP 3333): a file that is sent is open until then."""
    answer = application(environ, start)
    try:
        return list(answer)
    finally:
        answer.close()
        environ["wsgi.input"].close()  # what was sent lies in a temporary file of the client


DESCRIBED.app = served
OPERATIONS = {found.ok().label: found.ok() for found in DESCRIBED.get_all_operations()}
FEW = settings(
    max_examples=10,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def connection_kept() -> Iterator[None]:
    """A server closes connections between requests; here the world lives in the transaction of this one."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("label", sorted(OPERATIONS))
def test_an_operation_answers_as_it_is_described(world: World, label: str) -> None:
    viewer = next(key for key in VIEWERS if ROUTES[label].admits(key))
    headers = {"Authorization": f"Bearer {issue_token(world.viewer(viewer), name='program', days=1).secret}"}
    numbers = {name: cycle(world.numbers[kind].values()) for name, kind in KINDS.items()}
    statuses: set[int] = set()

    @FEW
    @given(case=OPERATIONS[label].as_strategy())
    def holds(case: Case) -> None:
        """Every other case is about a record that there is."""
        for name in numbers.keys() & case.path_parameters.keys():
            case.path_parameters[name] = next(numbers[name], 1)
        answer = case.call(headers=headers)
        case.validate_response(answer, checks=TRUE)
        statuses.add(answer.status_code)

    holds()

    assert statuses
    assert {status for status in statuses if status >= 500} == set()
