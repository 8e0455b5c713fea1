"""A service for robots to speak to, and a morning on which people may be disturbed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sushui.kernel import clock
from tests.notices import exchange
from tests.notices.play import MONDAY_MORNING


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[exchange.Exchange]:
    """A service on this machine, reached without the proxy that the environment may name."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with exchange.running() as running:
        yield running


@pytest.fixture
def _monday_morning() -> Iterator[None]:
    with clock.frozen(MONDAY_MORNING):
        yield
