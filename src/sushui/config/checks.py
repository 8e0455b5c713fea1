"""What must be true of the machine before anything runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from sushui.config.database import refusal_of


@register(Tags.database)
def postgres_is_new_enough(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """An error for each of the ``databases`` whose server is too old."""
    majors = [connections[alias].pg_version // 10000 for alias in databases or ()]  # type: ignore[attr-defined]
    return [Error(refusal, id="sushui.E001") for major in majors if (refusal := refusal_of(major))]
