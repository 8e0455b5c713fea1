"""The wall between roles: every page and operation, for every role, with records of their own and of others.

Generated from the route table, so that a new route without a rule fails here. Expectations come from `table.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from tests.walls.requests import FORM, body_for, file_for, query_for, records_marked_in
from tests.walls.rights import ROLES, SEES
from tests.walls.routes import KINDS, QUERIES, WORDS, Route, all_routes
from tests.walls.table import PUBLIC, ROUTES, Rule
from tests.walls.world import World

pytestmark = pytest.mark.django_db

# Answers by which a route keeps its door shut.
CLOSED = {403, 404}
VIEWERS = sorted(ROLES)
# What a request may leave behind without having done anything.
TRACES = ("django_session", "axes_", "django_migrations", "procrastinate_", "kernel_receipt")


# --- the table and the code name the same routes ---------------------------------------------------------------------
def test_every_route_has_its_row_in_the_table() -> None:
    missing = [route.name for route in all_routes() if route.name not in ROUTES and route.name not in PUBLIC]

    assert missing == [], (
        f"No row for {missing}: add one to ROUTES in tests/walls/table.py, "
        f'for example "{missing[0] if missing else ""}": rule(<who may open it>, "<what its number is of>").'
    )


def test_every_row_of_the_table_has_its_route() -> None:
    names = {route.name for route in all_routes()}

    assert sorted((set(ROUTES) | set(PUBLIC)) - names) == []


def test_every_route_carries_its_rule_in_the_code() -> None:
    bare = [route.name for route in all_routes() if route.access is None and route.name not in PUBLIC]

    assert bare == [], f"{bare} let everybody in: put the view behind @page(...) or the operation on a RoomRouter."


def test_only_what_the_list_names_is_open_to_everybody() -> None:
    public = {route.name for route in all_routes() if route.access == "public"}

    assert public - set(PUBLIC) == set()


def test_every_parameter_is_known_to_the_wall() -> None:
    unknown = {parameter for route in all_routes() for parameter in route.parameters} - set(KINDS) - set(WORDS)

    assert unknown == set(), f"Say in tests/walls/routes.py what {sorted(unknown)} are numbers of, and plant some."


# --- nobody ----------------------------------------------------------------------------------------------------------
def test_whoever_is_not_signed_in_stays_outside(world: World) -> None:
    faults = []

    for route, address, _record in addresses(world, sorted(ROLES)[0]):
        response = send(Client(), route, address)
        if route.name not in PUBLIC and response.status_code not in ({401, 403} if route.is_api else {302, 405}):
            faults.append(f"{route.name}: {response.status_code}")
        faults += [f"{route.name} shows {record}" for record in records_marked_in(response)]

    assert faults == []


# --- reading ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_viewer_reads_what_the_table_says_and_nothing_else(world: World, viewer: str) -> None:
    client, faults = signed_in(world, viewer), []

    for route, address, record in addresses(world, viewer):
        if route.method not in ("ANY", "GET") or route.name not in ROUTES:
            continue
        response = client.get(address, query_for(route.operation) if route.is_api else QUERIES.get(route.name))
        expected = _answers_to_reading(route, ROUTES[route.name].opens(viewer, record))
        if response.status_code not in expected:
            faults.append(f"{route.name} {record}: {response.status_code}, expected {sorted(expected)}")
        faults += leaks(route, viewer, response)

    assert faults == []


def _answers_to_reading(route: Route, is_open: bool) -> set[int]:
    """A page that only acts answers 405; a form that has nothing to do says so."""
    if route.is_api:
        return {200} if is_open else CLOSED
    return {200, 302, 405, 409, 422} if is_open else {*CLOSED, 405}


# --- writing ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_viewer_changes_nothing_that_is_not_theirs(world: World, viewer: str) -> None:
    client, faults, before = signed_in(world, viewer), [], contents()

    for route, address, record in addresses(world, viewer):
        if route.method == "GET" or route.name not in ROUTES or ROUTES[route.name].opens(viewer, record):
            continue
        response = send(client, route, address)
        if response.status_code not in (CLOSED if route.is_api else {*CLOSED, 405, 409, 422}):
            faults.append(f"{route.name} {record}: {response.status_code}")
        faults += leaks(route, viewer, response)
    changed = [table for table, digest in contents().items() if before[table] != digest]

    assert (faults, changed) == ([], [])


# --- how it is walked ------------------------------------------------------------------------------------------------
def signed_in(world: World, viewer: str) -> Client:
    client = Client()
    client.force_login(world.user(viewer), backend="django.contrib.auth.backends.ModelBackend")
    return client


def addresses(world: World, viewer: str) -> Iterator[tuple[Route, str, str]]:
    """Every route, about some records that the viewer may open and some that not: route, address, record.

    Which ones changes from route to route and from viewer to viewer, so that together all of them are tried.
    """
    for turn, route in enumerate(all_routes(), start=VIEWERS.index(viewer)):
        kind = ROUTES[route.name].kind if route.name in ROUTES else ""
        for record in _some(sorted(world.numbers[kind]), route, viewer, turn) if kind else [""]:
            number = world.numbers[kind].get(record, 0)
            yield route, route.at(**{name: WORDS.get(name, number) for name in route.parameters}), record


def _some(records: list[str], route: Route, viewer: str, turn: int) -> list[str]:
    rule = ROUTES.get(route.name, Rule(frozenset()))
    own = [record for record in records if rule.opens(viewer, record)]
    others = [record for record in records if record not in own]
    return [*_in_turn(own, turn, 1), *_in_turn(others, turn, 2)]


def _in_turn(records: list[str], turn: int, most: int) -> list[str]:
    return [records[(turn + step) % len(records)] for step in range(min(most, len(records)))]


def send(client: Client, route: Route, address: str) -> HttpResponse:
    """The request that a program or a form would make."""
    if route.method == "POST" and route.is_api and (file := file_for(route.operation)):
        return client.post(address, file)
    if route.is_api and route.method != "GET":
        return client.generic(route.method, address, json.dumps(body_for(route.operation)), "application/json")
    if route.is_api:
        return client.get(address, query_for(route.operation))
    return client.post(address, FORM)


def leaks(route: Route, viewer: str, response: HttpResponse) -> Iterator[str]:
    """Records whose marks a response shows although the viewer may not know of them."""
    rule = ROUTES.get(route.name, Rule(frozenset()))
    may_know = {record for record, readers in SEES.items() if viewer in readers} | set(rule.shows.get(viewer, ()))
    for record in sorted(records_marked_in(response) - may_know):
        yield f"{route.name} shows {record}"


def contents() -> dict[str, str]:
    """A digest of each table's rows: equal before and after means that nothing was written."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        digests = {}
        for table in (table for table in tables if not table.startswith(TRACES)):
            cursor.execute(f"SELECT md5(string_agg(row::text, '' ORDER BY row::text)) FROM \"{table}\" AS row")
            digests[table] = cursor.fetchone()[0]
    return digests
