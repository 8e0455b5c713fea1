"""Who may do what with notices."""

from __future__ import annotations

import rules

from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import Role


@rules.predicate
def may_read_inbox(viewer: Viewer, record: object = None) -> bool:
    """Every post has an inbox; whoever acts for a post reads it."""
    return True


@rules.predicate
def may_keep_channels(viewer: Viewer, record: object = None) -> bool:
    """Administrators decide by which ways messages of their division leave the house."""
    return viewer.has(Role.ADMINISTRATOR)
