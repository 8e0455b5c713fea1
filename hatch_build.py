"""Build the page's assets and compile the messages whenever the package is installed or packed."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsBuildHook(BuildHookInterface):
    """Runs before hatchling collects files: for a wheel and for an editable install alike."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what changed since the last time; a step that fails says why and ends the build."""
        for step in (["tools/build_assets.py"], ["tools/messages.py", "compile"]):
            subprocess.run([sys.executable, *step], cwd=self.root, check=True)
