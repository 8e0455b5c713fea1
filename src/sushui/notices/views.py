"""Pages of notices: fetch by queries, act by services."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.errors import DomainError, NotFound
from sushui.kernel.keyset import asked_stretch
from sushui.kernel.labels import label_of
from sushui.kernel.pages import ViewerRequest, page
from sushui.kernel.record_numbers import record_numbers
from sushui.notices import queries, services
from sushui.notices.enums import Channel
from sushui.notices.forms import ChannelForm
from sushui.notices.panels import by_day, channel_row
from sushui.notices.permissions import may_keep_channels, may_read_inbox

NOTICES = Columns(
    Column("sentence", gettext_lazy("Notice"), Kind.TITLE),
    Column("light", pgettext_lazy("column", "Light"), Kind.LIGHT),
    Column("at", pgettext_lazy("column", "Came at"), Kind.DATE),
    Column("act", "", Kind.ACTION),
)
CHANNELS = Columns(
    Column("channel", gettext_lazy("Channel"), Kind.TITLE),
    Column("state", pgettext_lazy("column", "State")),
    Column("carries", gettext_lazy("Carries")),
    Column("failures", gettext_lazy("Not sent")),
)


# --- the inbox -------------------------------------------------------------------------------------------------------
@require_safe
@page(may_read_inbox)
def inbox(request: ViewerRequest) -> HttpResponse:
    """Notices of the post in use, unread first."""
    shown = asked_stretch(queries.own_notices(request.viewer), queries.UNREAD_FIRST, request.GET)
    context = {
        "columns": NOTICES,
        "groups": by_day(shown.rows),
        "page": shown.pager(),
        "unread": queries.unread_count(request.viewer),
        "up_to": max((notice.pk for notice in shown.rows), default=0),
        "elsewhere": queries.unread_elsewhere(request.viewer),
    }
    return render(request, "notices/inbox.html", context)


@require_safe
@page(may_read_inbox)
def open_notice(request: ViewerRequest, notice_id: int) -> HttpResponse:
    """Read a notice and go to what it is about."""
    notice = queries.notice_for(request.viewer, notice_id)
    services.mark_read(request.viewer, [notice.pk])
    is_ours = url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None) and notice.url.startswith("/")
    return redirect(notice.url if is_ours else "notices:inbox")


@require_POST
@page(may_read_inbox)
def mark_read(request: ViewerRequest) -> HttpResponse:
    """Mark those ticked, or all that were there when the page was shown."""
    up_to = request.POST.get("up_to", "")
    if latest := record_numbers([up_to]):
        count = services.mark_all_read(request.viewer, up_to=latest[0])
    else:
        count = services.mark_read(request.viewer, record_numbers(request.POST.getlist("row")))
    said = ngettext("%(count)s notice is marked as read.", "%(count)s notices are marked as read.", count)
    messages.success(request, said % {"count": count})
    return redirect("notices:inbox")


# --- channels --------------------------------------------------------------------------------------------------------
@require_safe
@page(may_keep_channels)
def channels(request: ViewerRequest) -> HttpResponse:
    """By which ways messages leave the house."""
    rows = [channel_row(state) for state in queries.channels(request.viewer)]
    return render(request, "notices/channels.html", {"columns": CHANNELS, "rows": rows})


@page(may_keep_channels)
def channel(request: ViewerRequest, channel: str) -> HttpResponse:
    """Set one channel."""
    row = queries.channel_for(request.viewer, _channel(channel))
    form = ChannelForm(request.POST or None, viewer=request.viewer, record=row)
    if request.method == "POST" and form.is_done():
        messages.success(request, str(form.done))
        return redirect("notices:channel", channel=channel)
    return _channel_page(request, form)


@require_POST
@page(may_keep_channels)
def send_test(request: ViewerRequest, channel: str) -> HttpResponse:
    """Send a test message as the channel is set now; a failure says why."""
    kind = _channel(channel)
    try:
        services.send_test(request.viewer, kind)
    except DomainError as refusal:
        form = ChannelForm(viewer=request.viewer, record=queries.channel_for(request.viewer, kind))
        return _channel_page(request, form, refusal)
    messages.success(request, _("The test message was sent."))
    return redirect("notices:channel", channel=channel)


def _channel(value: str) -> Channel:
    """The channel that an address names.

    Raises:
        NotFound: there is none of this name.
    """
    if value not in set(Channel):
        raise NotFound
    return Channel(value)


def _channel_page(request: ViewerRequest, form: ChannelForm, refusal: DomainError | None = None) -> HttpResponse:
    context = {"form": form, "title": label_of(form.channel), "refusal": refusal, "row": form.record}
    return render(request, "notices/channel.html", context, status=refusal.status if refusal else form.status)
