from __future__ import annotations

import pytest

from tests.cast import County
from tests.projects.play import Play


@pytest.fixture
def play(county: County) -> Play:
    return Play(county)
