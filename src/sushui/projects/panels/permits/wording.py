"""Permits in words: lengths, limits with their article, where a step stands, how far its day is."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sushui.kernel.labels import label_of
from sushui.kernel.templatetags.values import day_long
from sushui.projects.enums.permits import PermitState, PermitUnit
from sushui.projects.rules.permits import NOT_STATED, Forecast, Said, Span, StepLaw, StepReading

S = PermitState


class Called(Protocol):
    """Anything with a Chinese name and an English one."""

    @property
    def name(self) -> str: ...
    @property
    def english(self) -> str: ...


def called(what: Called) -> str:
    """What it is called in the reader's language; the names are data of the path, not of the catalogs."""
    return what.name if (get_language() or "").startswith("zh") else what.english


def source_in_words(source: str) -> str:
    return _("not stated") if source == NOT_STATED else source


def span_in_words(span: Span) -> str:
    """``20 working days``."""
    many = {
        PermitUnit.WORKING_DAY: ngettext("%(count)d working day", "%(count)d working days", span.count),
        PermitUnit.CALENDAR_DAY: ngettext("%(count)d calendar day", "%(count)d calendar days", span.count),
        PermitUnit.MONTH: ngettext("%(count)d month", "%(count)d months", span.count),
    }
    return many[span.unit] % {"count": span.count}


def limit_in_words(law: StepLaw) -> str:
    """``20 working days from acceptance``; empty where nobody states one."""
    if law.limit is None or law.limit_from is None:
        return ""
    if law.limit.count == 0:
        return _("at once")
    return _("%(span)s %(start)s") % {"span": span_in_words(law.limit), "start": label_of(law.limit_from)}


def validity_in_words(law: StepLaw) -> str:
    """How long it is good, and how often that can be extended; empty where nobody states it."""
    if law.validity is None:
        return ""
    said = span_in_words(law.validity)
    if law.extension is None:
        return said
    more = ngettext("%(times)d extension of %(span)s", "%(times)d extensions of %(span)s each", law.extensions)
    return f"{said}{_(', ')}{more % {'times': law.extensions, 'span': span_in_words(law.extension)}}"


def left_in_words(reading: StepReading, law: StepLaw) -> str:
    """How far the end of the limit is: "3 working days left", "5 days over"."""
    days = reading.days_left
    if days is None:
        return ""
    is_working = law.limit is not None and law.limit.unit is PermitUnit.WORKING_DAY
    if days < 0:
        over = (
            ngettext("%(days)d working day over", "%(days)d working days over", -days)
            if is_working
            else ngettext("%(days)d day over", "%(days)d days over", -days)
        )
        return over % {"days": -days}
    if days == 0:
        return _("ends today")
    left = (
        ngettext("%(days)d working day left", "%(days)d working days left", days)
        if is_working
        else ngettext("%(days)d day left", "%(days)d days left", days)
    )
    return left % {"days": days}


def standing_in_words(reading: StepReading, law: StepLaw, names: dict[str, str]) -> str:
    """Why a step shows its light: what it waits for, until when it is to be answered, when its limit ends."""
    if reading.state is S.WAITING:
        return _("after %(steps)s") % {"steps": _(", ").join(names[key] for key in reading.waiting_for)}
    if reading.state is S.EXPIRED:
        return _("ran out on %(day)s") % {"day": _day(reading.expires_on)}
    if reading.state is S.FILED and reading.answer_by is not None:
        return _("to be accepted or sent back by %(day)s") % {"day": _day(reading.answer_by)}
    if reading.state is S.STOPPED and reading.stopped_on is not None:
        return _("stands still since %(day)s") % {"day": _day(reading.stopped_on)}
    if reading.due_on is not None:
        said = _("limit ends on %(day)s") % {"day": _day(reading.due_on)}
        left = left_in_words(reading, law)
        deemed = _("counts as accepted, nobody answered in time") if reading.is_deemed_accepted else ""
        return _(", ").join(part for part in (left, said, deemed) if part)
    if reading.state is S.RUNNING:
        return _("no limit is stated")
    if reading.state is S.DONE and reading.expires_on is not None:
        return _("good until %(day)s") % {"day": _day(reading.expires_on)}
    return ""


def state_in_words(state: PermitState, *, is_own_work: bool) -> str:
    """What the unit does itself is begun, not filed."""
    return _("Can be begun today") if is_own_work and state is S.FILEABLE else label_of(state)


def forecast_in_words(reading: StepReading, *, is_after_start: bool) -> str:
    """A day, “≥” before it where something on the way is not known; where nobody says how long is built, no day."""
    if reading.state is S.DONE:
        return "—"
    if reading.earliest_finish is None or (reading.is_not_before and is_after_start):
        return _("not known")
    return f"{'≥ ' if reading.is_not_before else ''}{reading.earliest_finish.isoformat()}"


def version_in_words(number: int) -> str:
    """A version of a path; that which comes with the software has no number of its own."""
    if number == 0:
        return _("the version that comes with the software")
    return _("version %(number)s") % {"number": number}


def start_in_words(found: Forecast) -> str:
    """The answer: when construction began or can begin."""
    said = {"day": day_long(found.goal_on)}
    if found.is_reached:
        return _("Construction began on %(day)s.") % said
    if found.is_not_before:
        return _("Construction can begin on %(day)s at the earliest.") % said
    return _("Construction can begin on %(day)s.") % said


def slack_in_words(reading: StepReading) -> str:
    if reading.slack_days is None:
        return ""
    return ngettext("%(days)d working day", "%(days)d working days", reading.slack_days) % {"days": reading.slack_days}


def _day(value: date | None) -> str:
    return value.isoformat() if value else "—"


__all__ = [
    "Called",
    "Said",
    "called",
    "forecast_in_words",
    "left_in_words",
    "limit_in_words",
    "slack_in_words",
    "source_in_words",
    "span_in_words",
    "standing_in_words",
    "start_in_words",
    "state_in_words",
    "validity_in_words",
    "version_in_words",
]
