"""Somebody must be left who keeps the house."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.errors import DomainError
from sushui.organizations.enums import Role
from sushui.organizations.models import Post, Tenure
from sushui.organizations.queries import in_force, lineage


def require_administrator(post: Post) -> None:
    """Refuse a change of ``post``, already made in this transaction, that leaves nobody to keep its division.

    Administrators of the divisions above count: they can appoint a new one.

    Raises:
        DomainError: ``last_administrator``.
    """
    today = clock.today()
    seated = Tenure.objects.filter(in_force(today), in_force(today, "post__grants__"), user__is_active=True)
    kept = seated.filter(post__division_id__in=lineage(post.division_id), post__grants__role=Role.ADMINISTRATOR)
    if not kept.exists():
        raise DomainError(
            "last_administrator",
            _("Nobody would be left to administer %(division)s."),
            _("Seat another administrator first."),
            division=post.division.name,
        )
