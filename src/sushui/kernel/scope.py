"""Rows a viewer may know of at all: the wall between divisions, kept in SQL by every query."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from sushui.kernel.viewer import Viewer

Row = TypeVar("Row", bound=Model)


def in_divisions(rows: QuerySet[Row], viewer: Viewer, field: str = "division") -> QuerySet[Row]:
    """``rows`` of the viewer's division and of those below it."""
    return rows.filter(**{f"{field}_id__in": viewer.division_ids})
