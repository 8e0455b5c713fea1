"""``python -m django export_projects``: write the ledger or a year's figures as a workbook that imports again."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from sushui.kernel import clock
from sushui.kernel.errors import DomainError, NotFound
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import viewer_of_account
from sushui.projects.enums import ListKind, ProjectStage
from sushui.projects.management.kinds import KINDS, told_kind
from sushui.projects.queries import ProjectFilter
from sushui.projects.queries.portfolios import EntryFilter, portfolio_for
from sushui.projects.rules.documents import to_text
from sushui.projects.services import exports
from sushui.projects.services.exchange import published_package
from sushui.projects.services.portfolio_books import export_version


class Command(BaseCommand):
    """Projects as the account's post may see them."""

    help = "Write the ledger or a year's monthly figures as a workbook that imports again unchanged."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("workbook", type=Path)
        parser.add_argument("--as", dest="username", required=True, help="Account in whose name it is done.")
        parser.add_argument("--what", required=True, type=told_kind, help=KINDS)
        parser.add_argument("--year", type=int, help="Of the figures or the yearly plan; else this year.")
        stages = [stage.value for stage in ProjectStage]
        parser.add_argument("--stage", default="", choices=["", *stages], help="Only projects in this stage.")

    def handle(self, *args: Any, **options: Any) -> None:
        viewer = viewer_of_account(options["username"])
        if viewer is None:
            told = _("“%(name)s” is no account, or one that holds no post.")
            raise CommandError(told % {"name": options["username"]})
        try:
            with options["workbook"].open("wb") as file:
                count = _written(viewer, options, file)
        except OSError as error:
            said = {"path": options["workbook"], "reason": error.strerror or ""}
            raise CommandError(_("%(path)s cannot be written: %(reason)s.") % said) from error
        except DomainError as refusal:
            options["workbook"].unlink(missing_ok=True)
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_("%(count)s projects written to %(path)s.") % {"count": count, "path": options["workbook"]})


def _written(viewer: Viewer, options: dict[str, Any], to: BinaryIO) -> int:
    narrowed = ProjectFilter(stage=options["stage"])
    year = options["year"] or clock.today().year
    kind, portfolio_id = options["what"]
    if kind is None:
        package = published_package(viewer, narrowed)
        to.write(to_text(package).encode())
        return len(package["projects"])
    if kind is ListKind.PORTFOLIO:
        newest = portfolio_for(viewer, portfolio_id).versions.order_by("-number").first()
        if newest is None:
            raise NotFound
        return export_version(viewer, newest, EntryFilter(), to)
    if kind is ListKind.LEDGER:
        return exports.export_ledger(viewer, narrowed, to, year=year)
    return exports.export_figures(viewer, narrowed, year, to)
