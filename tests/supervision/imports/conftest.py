"""Readers of the pages of lists."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cast import County
from tests.supervision.pages.reading import Reader, reader


@pytest.fixture
def sit(county: County) -> Callable[[str], Reader]:
    """``sit("office")``: the person in that post at their desk."""
    return lambda key: reader(county, key)
