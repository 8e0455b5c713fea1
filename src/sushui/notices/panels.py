"""Plain values that the pages of notices show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from sushui.kernel import clock
from sushui.kernel.labels import label_of
from sushui.notices import wording
from sushui.notices.enums import Channel, NoticeTone
from sushui.notices.models import Notice
from sushui.notices.queries import ChannelState
from sushui.notices.rules import is_ready


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice as the inbox shows it: its light (none for a plain one), what it says, when it came."""

    notice: Notice
    sentence: str

    @property
    def light(self) -> str:
        return "" if self.notice.tone is NoticeTone.PLAIN else self.notice.tone.value


@dataclass(frozen=True, slots=True)
class DayGroup:
    """Notices of one day, all unread or all read."""

    on: date
    is_unread: bool
    rows: list[NoticeRow] = field(default_factory=list)


def by_day(notices: Iterable[Notice]) -> list[DayGroup]:
    """Notices in groups of a day where the county is, in the order in which they come."""
    groups: list[DayGroup] = []
    for notice in notices:
        on, is_unread = clock.local(notice.at).date(), notice.read_at is None
        if not groups or (groups[-1].on, groups[-1].is_unread) != (on, is_unread):
            groups.append(DayGroup(on, is_unread))
        groups[-1].rows.append(NoticeRow(notice, wording.sentence(notice.msgid, notice.params)))
    return groups


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel as the list of channels shows it."""

    channel: Channel
    label: str
    state: str
    carries: str
    failures: int
    last_error: str


def channel_row(state: ChannelState) -> ChannelRow:
    row = state.setting
    ready = is_ready(state.channel, address=row.base_url, token=row.token)
    return ChannelRow(
        channel=state.channel,
        label=label_of(state.channel),
        state=_("on") if row.is_on else _("off") if ready and row.pk else _("not set up"),
        carries=label_of_least(row.least_tone) if row.is_on else "",
        failures=state.given_up,
        last_error=_(state.last_error) if state.last_error else "",
    )


def label_of_least(tone: NoticeTone) -> str:
    """From which notices on a channel carries them."""
    words = {
        NoticeTone.PLAIN: _("every notice"),
        NoticeTone.YELLOW: _("yellow and red notices"),
        NoticeTone.RED: _("red notices only"),
    }
    return words[tone]
