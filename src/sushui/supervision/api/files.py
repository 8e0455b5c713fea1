"""The files of reports and applications, as lists of them show them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from sushui.documents.queries import TargetFiles, files_by_target
from sushui.kernel.viewer import Viewer
from sushui.supervision.enums import Paper

Row = TypeVar("Row", bound=Any)


def with_files(viewer: Viewer, kind: Paper, rows: Sequence[Row]) -> Sequence[Row]:
    """``rows``, each with ``files``: the current versions of what hangs on it and was not withdrawn."""
    found = files_by_target(viewer, kind, rows)
    for row in rows:
        row.files = _current(found[row.pk])
    return rows


def _current(files: TargetFiles) -> list[dict[str, object]]:
    current = [each.current for each in files.attachments if not each.is_withdrawn]
    return [{"id": version.pk, "name": version.name, "size": version.file.size} for version in current]
