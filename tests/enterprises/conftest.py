from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cast import County
from tests.enterprises.play import Play, on


@pytest.fixture
def play(county: County) -> Iterator[Play]:
    """The county on a working day of 2026."""
    with on("2026-03-03"):
        yield Play(county)
