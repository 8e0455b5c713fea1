"""The county at play, for every test of supervision."""

from __future__ import annotations

import pytest

from tests.cast import County
from tests.supervision.play import Play


@pytest.fixture
def play(county: County) -> Play:
    return Play(county)
