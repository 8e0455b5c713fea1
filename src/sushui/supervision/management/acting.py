"""In whose name a command acts."""

from __future__ import annotations

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import viewer_of_account


def viewer_named(username: str) -> Viewer:
    """The person with this account in the first of their posts; a command may do what they may.

    Raises:
        CommandError: nobody has it, or the person holds no post.
    """
    viewer = viewer_of_account(username)
    if viewer is None:
        raise CommandError(_("“%(name)s” is no account, or one that holds no post.") % {"name": username})
    return viewer
