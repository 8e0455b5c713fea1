"""What every act on a project asks: the locked row, and the refusals that many share."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sushui.kernel.errors import DomainError
from sushui.kernel.requirements import LARGEST, require_amount, require_industry
from sushui.kernel.viewer import Viewer
from sushui.projects.models import Project
from sushui.projects.queries import visible_projects

__all__ = ["LARGEST", "locked", "name_for", "refuse_corrected", "require_amount", "require_industry"]


def locked(project: Project) -> Project:
    """The project as it is now, locked until the transaction ends."""
    return Project.objects.select_for_update(of=("self",)).get(pk=project.pk)


def name_for(viewer: Viewer, project: Project) -> object:
    """What a refusal calls a project: its name where the viewer may know of it."""
    is_known = visible_projects(viewer).filter(pk=project.pk).exists()
    return project.name if is_known else _("one that is not yours to see")


def refuse_corrected(is_corrected: bool) -> None:
    """Refuse to correct what was corrected: the newest row is the one to correct.

    Raises:
        DomainError: ``corrected_already``.
    """
    if is_corrected:
        raise DomainError(
            "corrected_already",
            _("This entry was corrected meanwhile."),
            _("Open the page again, and correct the entry that counts."),
        )
