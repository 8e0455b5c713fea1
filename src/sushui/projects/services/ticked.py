"""What is done to many projects at once, as they were ticked in the ledger: all of them, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel.errors import DomainError
from sushui.kernel.viewer import Viewer
from sushui.projects import queries
from sushui.projects.models import Project
from sushui.projects.services.drafts import DRAFT_FIELDS, ProjectDraft, odd_codes
from sushui.projects.services.ledger import edit_project


@transaction.atomic
def change_ticked(
    viewer: Viewer, projects: Sequence[Project], *, agency_id: int | None = None, cluster_id: int | None = None
) -> list[Project]:
    """Give every project the responsible agency, the cluster, or both; what is not given stays. Gives those changed.

    Each is an edit of the ledger with its own line; a project that says so already is left as it is.

    Raises:
        Forbidden: one of them is not the viewer's to edit.
        DomainError: ``nothing_to_change``, those of `edit_project`.
    """
    given: dict[str, Any] = {
        name: value for name, value in (("agency_id", agency_id), ("cluster_id", cluster_id)) if value
    }
    if not given:
        raise DomainError("nothing_to_change", _("Nothing is chosen."), _("Choose an agency or a cluster."))
    funding = queries.funding_by_project(project.pk for project in projects)
    changed = []
    for project in projects:
        if any(getattr(project, name) != value for name, value in given.items()):
            sums = {(each.year, each.source): each.amount for each in funding.get(project.pk, [])}
            draft = replace(_as_it_stands(project), funding=sums, **given)
            changed.append(edit_project(viewer, project, draft, seen_version=project.version))
    return changed


def _as_it_stands(project: Project) -> ProjectDraft:
    """A draft that changes nothing; codes that are odd were confirmed when they were given."""
    values = {name: getattr(project, name) for name in DRAFT_FIELDS}
    values["sector"] = values["sector"] or None
    return ProjectDraft(**values, confirmed=frozenset(odd_codes(project.code, project.owner_code)))
