"""A project's story from its audit lines, its turned lights and whatever other rooms say of it: newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sushui.kernel import clock
from sushui.kernel.components import Change, StoryEntry
from sushui.kernel.industries import industry
from sushui.kernel.labels import label_of, label_of_field, label_of_value, said
from sushui.kernel.models import AuditLine
from sushui.kernel.stories import entry_of
from sushui.kernel.templatetags.values import day_long
from sushui.kernel.words import msg
from sushui.liaison.enums import VisitWay
from sushui.projects.enums import FIELDS, FigureKind, FundingSource, LightRule, ProjectVerb
from sushui.projects.enums.permits import PERMIT_FIELDS, PermitVerb
from sushui.projects.models import LightTurn
from sushui.projects.panels.wording import money_in_words, month_in_words
from sushui.supervision.enums import StatusLight

if TYPE_CHECKING:
    from sushui.liaison.models import Visit
    from sushui.supervision.models import SupervisedTask

BY_RULE = msg("By the rules")
MONEY = frozenset({"amount", "total_investment", "expected_output", "expected_tax"})
MONTHS = frozenset({"planned_start_month", "planned_completion_month"})
# Numbers of other records, which say nothing to a reader.
UNSAID = frozenset({"cluster_id", "agency_id", "place_id", "required", "confirmed", "year", "on", "origin"})

# Of permits: which step, and what of it; circumstances and versions stand on the page of permits.
PERMIT_VERBS = frozenset(PermitVerb)
PERMITS_SAID = frozenset(PERMIT_FIELDS) - {"flags", "odd", "template"}


def story_of(
    lines: Iterable[AuditLine],
    turns: Iterable[LightTurn],
    visits: Iterable[Visit] = (),
    tasks: Iterable[SupervisedTask] = (),
) -> list[StoryEntry]:
    """What was done, who came, what was tasked and which lights turned, newest first.

    A light turns after the act that turned it.
    """
    tasked = [entry for task in tasks for entry in _tasked(task)]
    acts = [entry_of(line, _changes(line)) for line in reversed(list(lines))]
    entries = [*map(_turned, turns), *tasked, *map(_visited, visits), *acts]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _turned(turn: LightTurn) -> StoryEntry:
    before, after = (label_of(StatusLight(light)) for light in (turn.before, turn.after))
    values = {"before": before, "after": after, "rules": _(", ").join(said(rule, LightRule) for rule in turn.rules)}
    act = _("light turned: %(before)s → %(after)s (%(rules)s)") % values
    return StoryEntry(at=turn.at, act=act, who="", post=_(BY_RULE))


def _visited(visit: Visit) -> StoryEntry:
    """A visit with what was seen and how many problems it found; ``findings_count`` comes with the query."""
    way, count = said(visit.way, VisitWay), getattr(visit, "findings_count", 0)
    act = _("visited on %(day)s (%(way)s)") % {"day": day_long(visit.visited_on), "way": way}
    return StoryEntry(
        at=visit.created_at,
        act=act,
        who=visit.user.name,
        post=str(visit.post),
        quote=visit.seen,
        changes=(Change(_("Problems found"), None, str(count)),) if count else (),
        url=reverse("liaison:visit", args=[visit.pk]),
    )


def _tasked(task: SupervisedTask) -> Iterator[StoryEntry]:
    """A task about the project as it was raised, and as it was closed; drafts are nobody's task yet."""
    if task.assigned_on is None:
        return
    url, said_title = reverse("supervision:task", args=[task.pk]), {"title": task.title}
    lead = (Change(_("Lead agency"), None, str(task.lead_agency)),) if task.lead_agency else ()
    yield StoryEntry(task.created_at, _("task raised: %(title)s") % said_title, "", changes=lead, url=url)
    if task.closed_on is not None:
        closed_at = max(clock.beginning_of(task.closed_on), task.created_at)
        yield StoryEntry(closed_at, _("task closed: %(title)s") % said_title, "", changes=lead, url=url)


def _changes(line: AuditLine) -> Iterator[Change]:
    """What is said now, beside what stood there before; a registration says what it names and no more."""
    if line.verb == ProjectVerb.REGISTER:
        return
    if line.after.get("files"):
        yield Change(_("Files"), None, _(", ").join(map(str, line.after["files"])))
    for name, value in line.after.items():
        if name in UNSAID or name not in (PERMITS_SAID if line.verb in PERMIT_VERBS else FIELDS):
            continue
        if isinstance(value, Mapping):
            yield from (Change(_named(key), None, _money(amount)) for key, amount in value.items())
            continue
        before, after = (_said(line.verb, name, each) for each in (line.before.get(name), value))
        if before != after:
            yield Change(label_of_field(line.verb, name), before or None, after)


def _said(verb: str, name: str, value: Any) -> str:
    """A stored value as people read it."""
    if value in (None, "", []):
        return ""
    text = str(value)
    if name in MONEY:
        return _money(text)
    if name in MONTHS:
        return month_in_words(date.fromisoformat(text))
    if name == "industry_code":
        return str(industry(text) or text)
    return label_of_value(verb, name, text)


def _money(text: Any) -> str:
    try:
        return money_in_words(Decimal(str(text)))
    except InvalidOperation:
        return str(text)


def _named(key: str) -> str:
    """What a figure or a sum of the plan is called: ``2026-03 actual``, ``0 bank_loans``."""
    first, _blank, second = key.partition(" ")
    when = month_in_words(date.fromisoformat(f"{first}-01")) if "-" in first else first
    whole = _("whole project") if first == "0" else when
    return f"{whole} · {said(second, FigureKind, FundingSource)}"
