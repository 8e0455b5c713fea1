"""What many acts ask of what was typed, refused in one sentence everywhere."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.errors import DomainError
from sushui.kernel.industries import industry

LARGEST = Decimal("9999999999999999")  # what a column of 18 digits with fen holds


def require_text(text: str, field_name: str) -> str:
    """The text, trimmed. ``field_name`` is a msgid.

    Raises:
        DomainError: ``text_missing`` when nothing is left.
    """
    trimmed = text.strip()
    if not trimmed:
        raise DomainError(
            "text_missing", _("“%(field)s” is empty."), _("Say it in a sentence."), field=translate(field_name)
        )
    return trimmed


def require_past(day: date) -> date:
    """A day on which something happened.

    Raises:
        DomainError: ``day_in_future`` when it is after today.
    """
    if day > clock.today():
        raise DomainError(
            "day_in_future",
            _("%(day)s has not come yet."),
            _("Give the day on which it happened."),
            day=day.isoformat(),
        )
    return day


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
