"""Build the page's assets and compile the messages whenever the package is installed or packed."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsBuildHook(BuildHookInterface):
    """Runs before hatchling collects files: for a wheel and for an editable install alike."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what changed since the last time, then say what a page weighs."""
        root = Path(self.root)
        runpy.run_path(str(root / "tools/build_assets.py"))["build"](root)
        subprocess.run([sys.executable, "tools/messages.py", "compile"], cwd=root, check=True)
