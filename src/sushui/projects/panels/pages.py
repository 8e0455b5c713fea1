"""The pages about one project, as links under its name. A topic with a page of its own gets its line here."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from sushui.kernel.components import Tab
from sushui.kernel.words import msg
from sushui.projects.models import Project

# The name of its address, and what it is called.
PAGES = (
    ("project", msg("Overview")),
    ("gates", msg("Stages and gates")),
    ("resources", msg("Resources")),
    ("permits", msg("Permits")),
)


def project_tabs(project: Project, current: str) -> list[Tab]:
    """The pages about a project; ``current`` is the name of the one that is open."""
    return [
        Tab(_(label), reverse(f"projects:{name}", args=[project.pk]), is_current=name == current)
        for name, label in PAGES
    ]
