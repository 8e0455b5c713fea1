"""A page and the operation beside it show the same records to every role."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.walls.rights import ROLES
from tests.walls.table import ROUTES
from tests.walls.test_walls import signed_in
from tests.walls.world import World

pytestmark = pytest.mark.django_db

TASK, ORDER, CONCLUSION = (re.compile(rf"/supervision/{name}/(\d+)/") for name in ("tasks", "orders", "conclusions"))
LISTS = [
    ("supervision:register", "/supervision/register/?scope=all", TASK, "/tasks", "id"),
    ("supervision:orders", "/supervision/orders/", ORDER, "/orders", "id"),
    ("supervision:conclusions", "/supervision/conclusions/", CONCLUSION, "/conclusions", "id"),
    ("supervision:mine", "/supervision/mine/", TASK, "/parts/mine", "task_id"),
    ("supervision:agency", "/supervision/agency/", TASK, "/parts/agency", "task_id"),
    ("supervision:decisions", "/supervision/decisions/", TASK, "/requests", "task_id"),
]


def on_page(client: Client, address: str, link: re.Pattern[str]) -> set[int]:
    """The records that the rows of a page lead to."""
    page = client.get(address).content.decode()
    rows = re.findall(r"<tr data-row.*?</tr>", page, flags=re.DOTALL)
    return {int(number) for row in rows for number in link.findall(row)}


@pytest.mark.parametrize(("route", "address", "link", "operation", "key"), LISTS, ids=[each[0] for each in LISTS])
def test_a_page_lists_what_the_operation_lists(
    world: World, route: str, address: str, link: re.Pattern[str], operation: str, key: str
) -> None:
    faults = []

    for viewer in sorted(key for key in ROLES if ROUTES[route].admits(key)):
        client = signed_in(world, viewer)
        told = {row[key] for row in client.get(f"/api/supervision{operation}?limit=200").json()["items"]}
        if on_page(client, address, link) != told:
            faults.append((viewer, on_page(client, address, link), told))

    assert faults == []
