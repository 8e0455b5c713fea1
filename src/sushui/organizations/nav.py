"""Where organizations stand in the rail, and what may be asked of their pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sushui.kernel.nav import NavEntry, register_entry
from sushui.organizations.permissions import may_administer, may_see_directory


def register() -> None:
    """The directory for every official; administration for those who keep the house."""
    register_entry(
        NavEntry("directory", _("Directory"), "organizations:directory", order=80, allowed=may_see_directory)
    )
    register_entry(
        NavEntry("administration", _("Administration"), "organizations:people", order=90, allowed=may_administer)
    )
