from __future__ import annotations

import pytest

from tests.projects.permits.playing import Permits
from tests.projects.play import Play


@pytest.fixture
def permits(play: Play) -> Permits:
    return Permits(play)
