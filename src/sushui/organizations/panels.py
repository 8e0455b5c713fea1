"""Plain values that the pages of organizations show: lines of the chain and the words of a proof."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sushui.kernel.audit_check import Finding
from sushui.kernel.components import Change, StoryEntry
from sushui.kernel.labels import label_of, label_of_field, label_of_record, label_of_value
from sushui.kernel.models import AuditLine
from sushui.kernel.stories import entry_of
from sushui.kernel.viewer import Viewer
from sushui.organizations import queries
from sushui.organizations.models import Post
from sushui.organizations.permissions import may_delegate_post, may_hand_over_post, may_manage_agency
from sushui.organizations.services import open_items


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the chain: its number, the record it is about (its name in the chain, and in words), what it says."""

    number: int
    target: str
    record: str
    entry: StoryEntry


def audit_entries(lines: Iterable[AuditLine]) -> list[AuditEntry]:
    return [
        AuditEntry(line.pk, line.target, label_of_record(line.target), entry_of(line, _changes(line))) for line in lines
    ]


def _changes(line: AuditLine) -> Iterable[Change]:
    """What the line says was before and is after; what it only adds has no "before" to strike through."""
    for name in dict.fromkeys([*line.before, *line.after]):
        old, new = (_said(line.verb, name, values.get(name)) for values in (line.before, line.after))
        if old != new:
            yield Change(label_of_field(line.verb, name), old if name in line.before else None, new)


def _said(verb: str, name: str, value: Any) -> str:
    if isinstance(value, dict):
        return "、".join(f"{label_of_field(verb, key)} {_said(verb, key, item)}" for key, item in value.items())
    if isinstance(value, list):
        return "、".join(_said(verb, name, item) for item in value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return "" if value is None else label_of_value(verb, name, str(value))


def finding_in_words(finding: Finding) -> tuple[str, str]:
    """Where a flaw of the chain is, and what is wrong there."""
    kind, _colon, number = finding.where.partition(":")
    place = {
        "line": _("Line %(number)s"),
        "seal": _("Seal %(number)s (division/place in its chain)"),
        "head": _("Line %(number)s of the file of heads"),
    }[kind]
    return place % {"number": number}, label_of(finding.flaw)


def items_in_words(post: Post) -> list[tuple[str, int]]:
    """What hangs on the post and how many, labels in the reader's language."""
    return [(_(label), count) for label, count in open_items(post)]


def post_facts(viewer: Viewer, post: Post) -> dict[str, Any]:
    """What the page of a post says: who held it when, what it may do, what hangs on it, and what the viewer may do."""
    return {
        "post": post,
        "roles": queries.roles_of(post),
        "tenures": queries.tenures_of(viewer, post),
        "delegations": queries.delegations_of(viewer, post),
        "grants": queries.grants_of(viewer, post),
        "charged": queries.agencies_charged_to(viewer, post),
        "items": items_in_words(post),
        "may_manage": may_manage_agency(viewer, post.agency),
        "may_hand_over": may_hand_over_post(viewer, post),
        "may_delegate": may_delegate_post(viewer, post),
    }
