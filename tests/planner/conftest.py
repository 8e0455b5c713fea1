from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cast import County
from tests.planner.play import Planning
from tests.projects.play import on


@pytest.fixture
def plan(county: County) -> Planning:
    return Planning(county)


@pytest.fixture
def _in_january(county: County) -> Iterator[None]:
    with on("2026-01-10"):
        yield
