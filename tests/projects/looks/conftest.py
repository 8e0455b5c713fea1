from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cast import County
from tests.projects.pages.reading import Desk, desk


@pytest.fixture
def sit(county: County) -> Callable[[str], Desk]:
    """``sit("project_office")``: the person in that post at their desk."""
    return lambda key: desk(county, key)
