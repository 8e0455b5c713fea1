"""Who looks at the county as a whole."""

from __future__ import annotations

import rules

from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import DivisionLevel, Role
from sushui.organizations.queries import divisions

OVERSEEING_ROLES = (Role.COUNTY_LEADER, Role.SUPERVISION_OFFICE, Role.PROJECT_OFFICE)


@rules.predicate
def may_open_cockpit(viewer: Viewer, record: object = None) -> bool:
    """The leaders and the two offices: they open every list that stands behind its figures."""
    return viewer.has(*OVERSEEING_ROLES)


@rules.predicate
def lands_on_cockpit(viewer: Viewer, record: object = None) -> bool:
    """For whom the cockpit is the first page of the day."""
    return viewer.has(Role.COUNTY_LEADER)


@rules.predicate
def may_compare_counties(viewer: Viewer, record: object = None) -> bool:
    """Whoever oversees more than their own division: a county alone never sees its neighbors."""
    return may_open_cockpit(viewer) and len(viewer.division_ids) > 1 and has_counties(viewer)


def has_counties(viewer: Viewer) -> bool:
    """Whether counties lie below the viewer's division; a development zone is none."""
    return divisions(viewer).filter(level=DivisionLevel.COUNTY).exclude(pk=viewer.division_id).exists()
