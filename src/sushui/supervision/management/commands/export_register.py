"""``python -m django export_register``: write the register as a workbook that imports again unchanged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from sushui.kernel.errors import DomainError
from sushui.supervision.enums import TaskState
from sushui.supervision.management.acting import viewer_named
from sushui.supervision.queries import TaskFilter
from sushui.supervision.services.exports import export_register


class Command(BaseCommand):
    """The register as the account's post may see it."""

    help = "Write the register as a workbook that imports again unchanged."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("workbook", type=Path)
        parser.add_argument("--as", dest="username", required=True, help="Account in whose name it is done.")
        states = [state.value for state in TaskState]
        parser.add_argument("--state", default="", choices=["", *states], help="Only tasks in this state.")

    def handle(self, *args: Any, **options: Any) -> None:
        viewer = viewer_named(options["username"])
        try:
            with options["workbook"].open("wb") as file:
                count = export_register(viewer, TaskFilter(state=options["state"]), file)
        except OSError as error:
            said = {"path": options["workbook"], "reason": error.strerror or ""}
            raise CommandError(_("%(path)s cannot be written: %(reason)s.") % said) from error
        except DomainError as refusal:
            options["workbook"].unlink(missing_ok=True)
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_("%(count)s tasks written to %(path)s.") % {"count": count, "path": options["workbook"]})
