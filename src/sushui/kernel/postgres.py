"""The embedded PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote


class EmbeddedPostgres:
    """A PostgreSQL of our own over a socket in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def url(self) -> str:
        return f"postgresql://sushui@/sushui?host={quote(str(self.folder / 'run'), safe='')}"
