"""A small house of the same shape as ours, to plant trespasses in."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
CONTRACTS = REPOSITORY / ".importlinter"
LINT = "from importlinter.cli import lint_imports_command as lint; lint()"

HEALTHY = {
    "cli": "import sushui.engines.readers\nfrom sushui.commands import plan",
    "commands.plan": "import sushui.engines.readers",
    "config.api": "from sushui.supervision import api",
    "config.settings": "",
    "config.urls": "from sushui.supervision import urls",
    "desk.forms": "",
    "desk.urls": "",
    "desk.views": "from sushui.supervision import queries\nfrom sushui.kernel import viewer",
    "supervision.api": "from sushui.supervision import queries, services",
    "supervision.apps": "def ready():\n    from sushui.supervision import subscribers",
    "supervision.subscribers": "from sushui.organizations import events\nfrom sushui.supervision import services",
    "supervision.urls": "from sushui.supervision import views",
    "supervision.views": "from sushui.supervision import forms, services",
    "supervision.forms": "from sushui.organizations import queries",
    "supervision.services.__init__": "from sushui.supervision.services.orders import assign",
    "supervision.services.orders": "from sushui.organizations import permissions\nfrom sushui.supervision import rules",
    "supervision.queries": "from sushui.supervision import models",
    "supervision.permissions": "",
    "supervision.models": "from sushui.kernel import models\nfrom sushui.supervision import enums",
    "supervision.rules": "from sushui.organizations import enums\nfrom sushui.supervision.enums import TaskState",
    "supervision.enums": "from sushui.kernel import words\nTaskState = words.Word",
    "notices.services": "",
    "notices.views": "from sushui.notices import services",
    "documents.services": "from sushui.documents import adapter",
    "documents.adapter": "from sushui.engines import readers",
    "organizations.services": "from sushui.organizations import models",
    "organizations.queries": "from sushui.organizations import models",
    "organizations.permissions": "",
    "organizations.models": "from django.db import models",
    "organizations.events": "",
    "organizations.enums": "",
    "kernel.clock": "from django.utils import timezone",
    "kernel.days": "from sushui.engines import calendar",
    "kernel.models": "from django.db import models",
    "kernel.viewer": "from sushui.kernel import words",
    "kernel.words": "Word = str",
    "engines.readers.sheets": "from sushui.engines.common import texts",
    "engines.calendar.clocks": "",
    "engines.common.texts": "",
}


def build_house(folder: Path) -> Path:
    """Write the healthy house under ``folder`` and return the folder that holds the package."""
    for module, source in HEALTHY.items():
        plant(folder, module, source)
    return folder


def copy_house(house: Path, folder: Path) -> Path:
    return Path(shutil.copytree(house, folder / "house"))


def plant(house: Path, module: str, source: str) -> None:
    """Add ``source`` at the end of ``sushui.<module>``, making packages on the way."""
    path = house.joinpath("sushui", *module.split(".")).with_suffix(".py")
    for package in reversed([parent for parent in path.parents if parent.is_relative_to(house / "sushui")]):
        package.mkdir(parents=True, exist_ok=True)
        (package / "__init__.py").touch()
    with path.open("a") as file:
        file.write(f"{source}\n")


def broken_contracts(house: Path) -> set[str]:
    """Names of the contracts, up to their colon, that import-linter finds broken in ``house``."""
    search_path = os.pathsep.join([str(house), str(REPOSITORY)])
    finished = subprocess.run(
        [sys.executable, "-c", LINT, "--no-logo", "--no-cache", "--config", str(CONTRACTS)],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": search_path, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    verdicts = dict(re.findall(r"^(.+?): .* (KEPT|BROKEN)", finished.stdout, flags=re.MULTILINE))
    if not verdicts:
        raise RuntimeError(f"import-linter gave no verdict:\n{finished.stdout}{finished.stderr}")
    return {name for name, verdict in verdicts.items() if verdict == "BROKEN"}
