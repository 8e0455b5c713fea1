from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cast import County
from tests.enterprises.play import on
from tests.relief.play import Play, begin


@pytest.fixture
def play(county: County) -> Iterator[Play]:
    """The county with three enterprises, on a working day."""
    with on("2026-03-03"):
        yield begin(county)
