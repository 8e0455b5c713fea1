"""What counts as a counter, said without a graph."""

import pytest

from tools.house_contracts.counters import House

HOUSE = House(
    container="sushui",
    counters=frozenset({"services", "enums"}),
    open_to_all=frozenset({"kernel"}),
    also=frozenset({("config", "urls")}),
)


@pytest.mark.parametrize(
    ("importer", "imported", "allowed"),
    [
        ("sushui.desk.views", "sushui.supervision.services", True),
        ("sushui.desk.views", "sushui.supervision.enums", True),
        ("sushui.desk.views", "sushui.supervision.models", False),
        ("sushui.desk.views", "sushui.supervision", False),
        ("sushui.desk.views", "sushui.supervision.services.orders", False),
        ("sushui.supervision.views", "sushui.supervision.models", True),
        ("sushui.desk.views", "sushui.kernel.models", True),
        ("sushui.desk.views", "django.db.models", True),
        ("sushui.config.urls", "sushui.desk.urls", True),
        ("sushui.desk.urls", "sushui.supervision.urls", False),
        ("sushui.cli", "sushui.desk.models", False),
    ],
)
def test_house_allows_counters_only(importer, imported, allowed):
    assert HOUSE.allows(importer, imported) is allowed


@pytest.mark.parametrize(
    ("module", "room"),
    [
        ("sushui.desk.views", "desk"),
        ("sushui.desk", "desk"),
        ("sushui.kernel.models", None),
        ("sushui", None),
        ("django.db", None),
    ],
)
def test_room_of_module(module, room):
    assert HOUSE.room_of(module) == room
