from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.cast import County
from tests.projects.pages.reading import Desk, desk
from tests.projects.play import on


@pytest.fixture
def sit(county: County) -> Callable[[str], Desk]:
    """``sit("project_office")``: the person in that post at their desk."""
    return lambda key: desk(county, key)


@pytest.fixture
def _in_june() -> Iterator[None]:
    with on("2026-06-15"):
        yield
