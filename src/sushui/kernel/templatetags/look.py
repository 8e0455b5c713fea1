"""The page frame and its components. Each is shown in every state on ``/look/``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.db.models import Model
from django.forms import BaseForm, BoundField
from django.http import HttpRequest, QueryDict
from django.template.context import Context
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext_lazy

from sushui.kernel import clock
from sushui.kernel.components import Column, Columns, Pager, Step, StoryEntry, Tab, ViewLink
from sushui.kernel.nav import MOST_ENTRIES, frame
from sushui.kernel.panels import panels_of

register = template.Library()

COMPONENTS = "kernel/components"
CURSORS = ("after", "before", "print")  # which rows of a list stand here; they fall when the list is asked anew
KEPT = ("sort", "view", "columns", "by", "year")  # how a list is shown; it stays when the list is narrowed anew
LIGHTS = {
    "green": ("●", pgettext_lazy("status light", "Green")),
    "yellow": ("▲", pgettext_lazy("status light", "Yellow")),
    "red": ("■", pgettext_lazy("status light", "Red")),
    "none": ("○", pgettext_lazy("status light", "No light")),
}


# --- the frame -------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def again(context: Context, name: str) -> str:
    """The block ``name`` once more: a page says its title once, the tab and the head both show it."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return mark_safe(block.render(context).strip()) if block else ""


@register.inclusion_tag("kernel/rail.html", takes_context=True)
def rail(context: Context, is_counted: bool = True) -> dict[str, Any]:
    """The rooms that the viewer may enter: a rail at the left, a bar at the bottom of a phone.

    Those beyond the ninth are folded, unless one of them is open.
    """
    viewer, request = _viewer(context), context.get("request")
    if not viewer or not request:
        return {"entries": []}
    found = frame.entries_for(viewer, request.path, is_counted=is_counted)
    more = found[MOST_ENTRIES:]
    return {"entries": found[:MOST_ENTRIES], "more": more, "is_more_open": any(entry.is_current for entry in more)}


@register.inclusion_tag("kernel/top.html", takes_context=True)
def top_bar(context: Context) -> dict[str, Any]:
    """Search, inbox, the post in use, language and the way out."""
    viewer, request = _viewer(context), context.get("request")
    address, unread = frame.inbox_for(viewer) if viewer else ("", 0)
    return {
        "request": request,
        "viewer": viewer,
        "csrf_token": context.get("csrf_token"),
        "search_url": frame.search_address() if viewer else "",
        "suggest_url": frame.suggest_address() if viewer else "",
        "query": request.GET.get("q", "") if request else "",
        "inbox_url": address,
        "unread": unread,
    }


@register.inclusion_tag(f"{COMPONENTS}/print_head.html", takes_context=True)
def print_head(context: Context) -> dict[str, Any]:
    """What a printed page says about itself: whose it is, as of when, who printed it, whether rows are missing."""
    page = context.get("page")
    return {"viewer": _viewer(context), "now": clock.now(), "page": page if isinstance(page, Pager) else None}


@register.inclusion_tag(f"{COMPONENTS}/print_button.html", takes_context=True)
def print_button(context: Context, page: Pager | None = None) -> dict[str, Any]:
    """Prints what stands here; a list that shows only a stretch first opens with all its rows, then prints."""
    is_stretch = page is not None and page.is_part and not page.is_for_paper
    return {"url": changed_query(_query(context), print="1") if is_stretch else ""}


def _viewer(context: Context) -> Any:
    return getattr(context.get("request"), "viewer", None)


# --- what a record says ----------------------------------------------------------------------------------------------


@register.inclusion_tag(f"{COMPONENTS}/light.html")
def light(status: str, reason: str = "") -> dict[str, Any]:
    """A status light: shape, word and the reason in words; ``status`` is green, yellow, red or anything else."""
    name = status if status in LIGHTS else "none"
    shape, word = LIGHTS[name]
    return {"name": name, "shape": shape, "word": word, "reason": reason}


@register.inclusion_tag(f"{COMPONENTS}/figure.html")
def figure(label: str, value: object, **more: object) -> dict[str, Any]:
    """A figure that opens its rows. ``more``: unit, change, url, note, status (a light's name)."""
    return {"label": label, "value": value, **more}


@register.inclusion_tag(f"{COMPONENTS}/story.html")
def story(entries: Iterable[StoryEntry]) -> dict[str, Any]:
    """What happened to a record, newest first as given."""
    return {"entries": list(entries)}


@register.inclusion_tag(f"{COMPONENTS}/steps.html")
def steps(stages: Iterable[Step]) -> dict[str, Any]:
    """The stages of a record's way and where it stands."""
    return {"stages": list(stages)}


@register.inclusion_tag(f"{COMPONENTS}/tabs.html")
def tabs(pages: Iterable[Tab]) -> dict[str, Any]:
    """Links to the pages about one record."""
    return {"pages": list(pages)}


@register.inclusion_tag(f"{COMPONENTS}/empty.html")
def empty(what: str, how: str = "", url: str = "", action: str = "") -> dict[str, Any]:
    """A page without rows: what would be here, how it comes, and the way to make it come."""
    return {"what": what, "how": how, "url": url, "action": action}


@register.inclusion_tag(f"{COMPONENTS}/not_yet.html")
def not_yet(act: str, reason: str) -> dict[str, Any]:
    """Something that the viewer will be able to do, and why not now. What they may never do is not shown at all."""
    return {"act": act, "reason": reason}


@register.inclusion_tag(f"{COMPONENTS}/conflict.html")
def conflict(error: object, **more: object) -> dict[str, Any]:
    """Somebody changed the record meanwhile. ``more``: who, at, changes (of `Change`), url of the record as it is."""
    return {"error": error, **more}


@register.inclusion_tag(f"{COMPONENTS}/record_panels.html", takes_context=True)
def record_panels(context: Context, record: Model) -> dict[str, Any]:
    """What the rooms above say about a record (`kernel.panels`)."""
    viewer = _viewer(context)
    return {"blocks": panels_of(viewer, record) if viewer else []}


# --- lists -----------------------------------------------------------------------------------------------------------


@register.inclusion_tag(f"{COMPONENTS}/table_head.html", takes_context=True)
def table_head(context: Context, columns: Columns, sort: str = "", selectable: bool = False) -> dict[str, Any]:
    """The sticky head of a list; ``sort`` is the order in use (``due_on`` or ``-due_on``)."""
    query = _query(context)
    heads = [{"column": column, **_sorting(column, sort, query)} for column in columns]
    return {"heads": heads, "selectable": selectable}


def _sorting(column: Column, sort: str, query: QueryDict) -> dict[str, str]:
    if not column.sortable:
        return {"url": "", "order": "", "mark": ""}
    order, mark = {column.key: ("ascending", "↑"), f"-{column.key}": ("descending", "↓")}.get(sort, ("", ""))
    turned = f"-{column.key}" if order == "ascending" else column.key
    return {"url": changed_query(query, sort=turned), "order": order, "mark": mark}


@register.inclusion_tag(f"{COMPONENTS}/row_check.html")
def row_check(value: object, label: object) -> dict[str, Any]:
    """The first cell of a row that can be ticked; posts ``row=value``."""
    return {"value": value, "label": label}


@register.inclusion_tag(f"{COMPONENTS}/filters.html", takes_context=True)
def filters(context: Context, form: BaseForm) -> dict[str, Any]:
    """A list's filters as chips in one line; each one set can be taken off by itself."""
    query = _query(context)
    chips = [_chip(field, query) for field in form.visible_fields()]
    kept = [(key, value) for key in KEPT for value in query.getlist(key)]
    return {"chips": chips, "kept": kept, "any_set": any(chip["is_set"] for chip in chips)}


def _chip(field: BoundField, query: QueryDict) -> dict[str, Any]:
    names = [name for name in query if name == field.html_name or name.startswith(f"{field.html_name}_")]
    is_set = any(value for name in names for value in query.getlist(name))
    return {"field": field, "is_set": is_set, "off_url": changed_query(query, **dict.fromkeys(names))}


@register.inclusion_tag(f"{COMPONENTS}/saved_views.html", takes_context=True)
def saved_views(context: Context, views: Iterable[ViewLink], save_url: str = "") -> dict[str, Any]:
    """A strip of filters under a name; ``save_url`` (POST ``name``, ``query``) keeps the one in use."""
    request = context.get("request")
    query = request.GET.urlencode() if request else ""
    return {"views": list(views), "save_url": save_url, "query": query, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag(f"{COMPONENTS}/pager.html", takes_context=True)
def pager(context: Context, page: Pager) -> dict[str, Any]:
    """Rows shown of how many, and the ways to the neighbors; back to the beginning where the list only goes on."""
    query = _query(context)
    if page.is_for_paper:
        return {"page": page, "list_url": changed_query(query)}
    first_url = changed_query(query) if "after" in query and not page.before else ""
    before_url = changed_query(query, before=page.before, after=None) if page.before else ""
    after_url = changed_query(query, after=page.after, before=None) if page.after else ""
    return {"page": page, "first_url": first_url, "before_url": before_url, "after_url": after_url}


def _query(context: Context) -> QueryDict:
    request: HttpRequest | None = context.get("request")
    return request.GET if request else QueryDict()


def changed_query(query: QueryDict, **changes: str | None) -> str:
    """``?...`` with ``changes`` made (None takes a key away); cursors fall unless they are what is changed."""
    result = query.copy()
    for key in (*CURSORS, *changes):
        result.pop(key, None)
    result.update({key: value for key, value in changes.items() if value is not None})
    return f"?{result.urlencode()}"


# --- forms -----------------------------------------------------------------------------------------------------------


@register.inclusion_tag(f"{COMPONENTS}/form_row.html")
def form_row(field: BoundField) -> dict[str, Any]:
    """Label, field, help and errors of one field."""
    return {"field": field}


@register.inclusion_tag(f"{COMPONENTS}/form_rows.html")
def form_rows(form: BaseForm) -> dict[str, Any]:
    """Every field of ``form`` in its order, after the errors that belong to none."""
    return {"form": form, "errors": form.non_field_errors()}


# --- blocks ----------------------------------------------------------------------------------------------------------


@register.simple_block_tag
def callout(content: SafeString, title: str = "", kind: str = "note") -> SafeString:
    """Something to be read before going on; ``kind`` is note, warning or stop."""
    return _block("callout", content, title=title, kind=kind)


@register.simple_block_tag
def dialog(content: SafeString, id: str, title: str) -> SafeString:
    """A dialog opened by ``<a href="..." data-dialog="id">``; without script the link leads to the page itself."""
    return _block("dialog", content, id=id, title=title)


@register.simple_block_tag
def bulk_bar(content: SafeString) -> SafeString:
    """The actions for the rows that are ticked; stands inside the list's form."""
    return _block("bulk_bar", content)


def _block(name: str, content: SafeString, **values: object) -> SafeString:
    return render_to_string(f"{COMPONENTS}/{name}.html", {"content": content, **values})


@register.simple_tag
def draft(key: str, is_bound: bool = False) -> SafeString:
    """The attributes of a form whose typing is kept until it is sent: ``<form {% draft "report-7" %}>``."""
    return format_html('data-draft-key="{}"{}', key, mark_safe(" data-draft-bound") if is_bound else "")
