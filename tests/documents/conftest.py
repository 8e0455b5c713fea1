from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sushui.documents import targets
from sushui.documents.services import Target
from tests import cast
from tests.documents.files import AGENCIES


@pytest.fixture(autouse=True)
def files_folder(settings: Any, tmp_path: Path) -> Path:
    """A data folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def agencies_carry_files() -> Iterator[None]:
    """Agencies are what files hang on here: seen by their division, written to by their own people."""
    registered = dict(targets._kinds)
    targets.register_target(AGENCIES)
    yield
    targets._kinds.clear()
    targets._kinds.update(registered)


@pytest.fixture
def works(county: cast.County) -> Target:
    """The works bureau, on which its own people hang files."""
    return Target(AGENCIES.key, county.agencies["works"].pk)
