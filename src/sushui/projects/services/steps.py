"""What every act on a project asks: the locked row, and the refusals that many share."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from sushui.kernel.errors import DomainError
from sushui.kernel.industries import industry
from sushui.kernel.viewer import Viewer
from sushui.projects.models import Project
from sushui.projects.queries import visible_projects

LARGEST = Decimal("9999999999999999")  # what a column of 18 digits with fen holds


def locked(project: Project) -> Project:
    """The project as it is now, locked until the transaction ends."""
    return Project.objects.select_for_update(of=("self",)).get(pk=project.pk)


def name_for(viewer: Viewer, project: Project) -> object:
    """What a refusal calls a project: its name where the viewer may know of it."""
    is_known = visible_projects(viewer).filter(pk=project.pk).exists()
    return project.name if is_known else _("one that is not yours to see")


def require_industry(code: str) -> None:
    """An industry of GB/T 4754-2017; an empty code is none and can be.

    Raises:
        DomainError: ``no_such_industry``.
    """
    if code and industry(code) is None:
        raise DomainError(
            "no_such_industry",
            _("GB/T 4754-2017 has no industry %(typed)s."),
            _("Choose one by its code of 2 to 4 digits, such as 3217."),
            typed=code,
        )


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


def require_amount(amount: Decimal | int | None) -> None:
    """A quantity that can be: not below zero, and not larger than can be kept. None is unknown and can be."""
    if amount is None:
        return
    if amount < 0:
        raise DomainError(
            "amount_below_zero",
            _("%(amount)s is less than nothing."),
            _("Give 0 or more; leave it empty if it is not known."),
            amount=amount,
        )
    if amount > LARGEST:
        raise DomainError(
            "amount_too_large", _("%(amount)s is too large."), _("Look at the unit of the figure."), amount=amount
        )
