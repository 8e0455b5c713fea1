"""What many acts ask of what was typed, refused in one sentence everywhere."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.errors import DomainError


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
