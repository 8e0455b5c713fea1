"""In whose name a command acts."""

from __future__ import annotations

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from sushui.kernel.models import User
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import viewer_for


def viewer_named(username: str) -> Viewer:
    """The person with this account in the first of their posts; a command may do what they may.

    Raises:
        CommandError: nobody has it, or the person holds no post.
    """
    user = User.objects.filter(username=username, is_active=True).first()
    viewer = viewer_for(user) if user is not None else None
    if viewer is None:
        raise CommandError(_("“%(name)s” is no account, or one that holds no post.") % {"name": username})
    return viewer
