from __future__ import annotations

from collections.abc import Callable

import pytest

from sushui.organizations.enums import DivisionLevel
from sushui.organizations.models import Division
from tests.cast import County
from tests.projects.pages.reading import Desk, desk


@pytest.fixture
def sit(county: County) -> Callable[[str], Desk]:
    """``sit("project_office")``: the person in that post at their desk."""
    return lambda key: desk(county, key)


@pytest.fixture
def towns(county: County) -> None:
    """Two townships in the county."""
    for code, name in (("140826100", "古绛镇"), ("140826101", "横水镇")):
        path = f"{county.county.path}/{code}"
        Division.objects.create(code=code, name=name, level=DivisionLevel.TOWNSHIP, parent=county.county, path=path)
