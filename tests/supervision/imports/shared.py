"""Where the real lists lie, on machines that have them; they are not part of the project."""

from __future__ import annotations

import os
from pathlib import Path

SHARED = Path(os.environ.get("SUSHUI_SHARED", Path(__file__).resolve().parents[4] / "shared"))
REAL_LISTS = SHARED / "input" / "work-lists-2025.xlsx"
