"""The contracts bite: an import planted in a healthy house breaks exactly the contract that forbids it."""

from pathlib import Path

import pytest

from tests.architecture.house import broken_contracts, build_house, copy_house, plant

FORBIDDEN = {
    "a room that looks up": ("organizations.services", "from sushui.notices import services", "Floors"),
    "a room that looks sideways": ("notices.services", "from sushui.documents import services", "Floors"),
    "a room that has no floor": ("attic", "", "Floors"),
    "an import inside a function": (
        "organizations.services",
        "def assign():\n    from sushui.notices import services",
        "Floors",
    ),
    "two modules in a ring": ("kernel.words", "import sushui.kernel.viewer\n", "No circles"),
    "a service that knows a view": ("notices.queries", "from sushui.notices import views", "Inner floors"),
    "a migration that calls a service": (
        "notices.migrations.first",
        "from sushui.notices import services",
        "Inner floors",
    ),
    "a package of services that knows a form": (
        "desk.services.orders",
        "from sushui.desk import forms",
        "Inner floors",
    ),
    "another room's cupboard": ("supervision.queries", "from sushui.organizations import models", "Counters"),
    "the inside of a counter": ("desk.views", "from sushui.supervision.services import orders", "Counters"),
    "urls taken by a room": ("desk.urls", "from sushui.supervision import urls", "Counters"),
    "a router taken by a room": ("desk.views", "from sushui.supervision import api", "Counters"),
    "an engine on Django": ("engines.calendar.clocks", "import django.utils.timezone", "Pure engines"),
    "an engine on the database": ("engines.readers.sheets", "import psycopg", "Pure engines"),
    "an engine that leans on another": (
        "engines.calendar.clocks",
        "from sushui.engines.readers import sheets",
        "Engines apart",
    ),
    "a rule on Django": ("supervision.rules", "from django.utils import timezone", "Pure rules"),
    "a rule on Django by a go-between": ("supervision.rules", "import sushui.kernel.models", "Pure rules"),
    "a rule with a clock": ("notices.rules", "from sushui.kernel import clock", "Pure rules"),
    "an engine entered by a service": ("notices.services", "from sushui.engines import calendar", "Engine doors"),
    "an engine entered by the kernel": ("kernel.viewer", "from sushui.engines import readers", "Engine doors"),
}

ALLOWED = {
    "an import for types only": (
        "organizations.services",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from sushui.notices import services",
    ),
    "an adapter that opens an engine": ("notices.adapter", "from sushui.engines import calendar"),
    "configuration that takes the urls": ("config.urls", "from sushui.desk import urls"),
    "a room that opens its own cupboards": ("supervision.views", "from sushui.supervision import models, services"),
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_house(tmp_path_factory.mktemp("healthy"))


def test_contracts_keep_a_healthy_house(house):
    assert broken_contracts(house) == set()


@pytest.mark.parametrize(("module", "source", "contract"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_contracts_break_on_a_planted_trespass(house, tmp_path, module, source, contract):
    planted = copy_house(house, tmp_path)

    plant(planted, module, source)

    assert broken_contracts(planted) == {contract}


@pytest.mark.parametrize(("module", "source"), ALLOWED.values(), ids=ALLOWED)
def test_contracts_keep_what_the_house_allows(house, tmp_path, module, source):
    planted = copy_house(house, tmp_path)

    plant(planted, module, source)

    assert broken_contracts(planted) == set()
