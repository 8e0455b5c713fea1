"""The key that signs sessions, made once where none is given."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key(folder: Path) -> str:
    """The key kept in ``folder``; if there is none yet it is made, readable by its owner only."""
    path = folder / "secret-key"
    if not path.exists():
        _keep(path, secrets.token_urlsafe(64))
    return path.read_text()


def _keep(path: Path, key: str) -> None:
    """Write ``key`` whole or not at all: of two processes that begin together, the first one's key stays."""
    path.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(key)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
