"""What the tests of the kernel share."""

from __future__ import annotations

import pytest

from sushui.kernel import nav
from sushui.kernel.templatetags import look


@pytest.fixture
def bare_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page frame of the kernel alone, without what the rooms above have put into it."""
    monkeypatch.setattr(look, "frame", nav.Frame())
