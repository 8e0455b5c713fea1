"""What time it is, and which days are worked.

Every reading of the time goes through here, so that tests and the ten-year run can turn the hands.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time

from django.utils import timezone

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """This moment, aware."""
    return _frozen.get() or timezone.now()


def today() -> date:
    """Today where the county is (`TIME_ZONE`)."""
    return local(now()).date()


def beginning_of(day: date) -> datetime:
    """The first moment of a day where the county is."""
    return timezone.make_aware(datetime.combine(day, time.min))


def local(moment: datetime) -> datetime:
    """``moment`` in the county's time zone."""
    return timezone.localtime(moment)


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Hold the hands at ``moment`` (aware) inside the block."""
    token = _frozen.set(moment)
    try:
        yield
    finally:
        _frozen.reset(token)
