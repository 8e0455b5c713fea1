"""``python -m django sample_county``: load the sample county, or say again which accounts it has."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from sushui.desk.sample import load_sample, sample_accounts
from sushui.kernel.errors import DomainError


class Command(BaseCommand):
    """Load the sample county into an empty database; on one that has it, only print its accounts."""

    help = "Load the sample county into an empty database and print one account for each role."

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(file=self.stdout, width=None if self.stdout.isatty() else 110, highlight=False)  # type: ignore[arg-type]
        if not sample_accounts():
            self._load(console)
        console.print(_table())

    def _load(self, console: Console) -> None:
        try:
            with Progress(console=console, disable=not self.stdout.isatty(), transient=True) as progress:
                days = progress.add_task(_("The sample county's months"), total=None)
                load_sample(lambda done, total: progress.update(days, completed=done, total=total))
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal


def _table() -> Table:
    table = Table(_("Post"), _("Account"), _("Password"), _("What to look at"), box=None)
    for account in sample_accounts():
        table.add_row(account.role, account.username, account.password, account.look)
    return table
