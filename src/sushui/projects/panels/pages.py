"""The pages about one project, and the registers of all of them. A topic with a page of its own gets its line here."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from sushui.kernel.components import Tab
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import msg
from sushui.projects.models import Project
from sushui.projects.permissions import (
    may_keep_ledger,
    may_open_leads,
    may_open_portfolios,
    may_open_projects,
    may_see_all_projects,
)

# The name of its address, and what it is called.
PAGES = (
    ("project", msg("Overview")),
    ("gates", msg("Stages and gates")),
    ("resources", msg("Resources")),
    ("permits", msg("Permits")),
    ("reports", msg("Monthly reports")),
)


def project_tabs(project: Project, current: str) -> list[Tab]:
    """The pages about a project; ``current`` is the name of the one that is open."""
    return [
        Tab(_(label), reverse(f"projects:{name}", args=[project.pk]), is_current=name == current)
        for name, label in PAGES
    ]


# The name of its address, what it is called, and who may open it; in the order of a project's life.
REGISTERS: tuple[tuple[str, str, Callable[[Viewer], bool]], ...] = (
    ("lead-list", msg("Investment promotion"), may_open_leads),
    ("portfolios", msg("Portfolios"), may_open_portfolios),
    ("all-permits", msg("Permits of all projects"), may_open_projects),
    ("resource-list", msg("Resources of projects"), may_open_projects),
    ("bottlenecks", msg("Bottlenecks"), may_open_projects),
    ("report-list", msg("Monthly reports"), may_see_all_projects),
    ("gate-list", msg("Evidence owed and waived"), may_open_projects),
    ("clusters", msg("Clusters"), may_keep_ledger),
)


def register_tabs(viewer: Viewer, current: str) -> list[Tab]:
    """The registers that the viewer may open, after the ledger itself; ``current`` is the one that is open."""
    ledger = Tab(_("Ledger of projects"), reverse("projects:ledger"), is_current=current == "ledger")
    return [
        ledger,
        *[
            Tab(_(label), reverse(f"projects:{name}"), is_current=name == current)
            for name, label, may_open in REGISTERS
            if may_open(viewer)
        ],
    ]
