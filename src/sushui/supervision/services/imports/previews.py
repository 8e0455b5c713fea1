"""What the rows of a list were shown to become, as plain facts, so that nothing else is drafted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from sushui.kernel.labels import label_of
from sushui.kernel.sheets.previews import STATE, Preview, PreviewRow, hold_preview, read_otherwise
from sushui.kernel.viewer import Viewer
from sushui.supervision.enums import NodeCycle, TaskKind
from sushui.supervision.models import ImportDraft
from sushui.supervision.services.imports.reading import ListUnderstanding, understand_import
from sushui.supervision.services.imports.settling import SettledRow

ASKED, LEFT_OUT, CLEAR = "asked", "left_out", "clear"
TITLE, KIND, LEAD, SUPPORTING, LEADER = "title", "kind", "lead", "supporting", "leader"
DEADLINE, CYCLE = "deadline", "cycle"


def preview_of(understood: ListUnderstanding) -> Preview:
    """What the rows of a list become."""
    return Preview.of(PreviewRow(each.row.number, each.row.title, dict(_facts(each))) for each in understood.rows)


def _facts(settled: SettledRow) -> Iterator[tuple[str, str]]:
    """A row's tasks differ in nothing but who leads."""
    yield STATE, ASKED if settled.questions else LEFT_OUT if settled.is_left_out else CLEAR
    if settled.drafts:
        first = settled.drafts[0]
        yield TITLE, first.title
        yield KIND, first.kind.value
        yield LEAD, _numbers(draft.lead_agency_id for draft in settled.drafts)
        yield SUPPORTING, _numbers(first.supporting_agency_ids)
        yield LEADER, str(first.leader_post_id or "")
        yield DEADLINE, first.deadline_on.isoformat() if first.deadline_on else ""
        yield CYCLE, first.node_cycle.value if first.node_cycle else ""


def _numbers(found: Iterator[int | None] | tuple[int, ...]) -> str:
    return " ".join(str(number) for number in found if number is not None)


class PreviewWording:
    """The facts of rows in the viewer's words."""

    def __init__(self, agency_names: Mapping[int, str]) -> None:
        self._names = agency_names

    def label(self, field: str) -> str:
        return {
            STATE: _("Becomes"),
            TITLE: _("Task"),
            KIND: _("Kind"),
            LEAD: _("Lead agency"),
            SUPPORTING: _("Supporting agencies"),
            LEADER: _("Leader"),
            DEADLINE: _("Deadline"),
            CYCLE: _("Cycle of its nodes"),
        }[field]

    def value(self, field: str, text: str) -> str:
        match field:
            case "state":
                return {ASKED: _("waits for an answer"), LEFT_OUT: _("Left out"), CLEAR: _("Clear")}[text]
            case "kind":
                return label_of(TaskKind(text))
            case "cycle":
                return label_of(NodeCycle(text))
            case "lead" | "supporting":
                return "、".join(self._names.get(int(number), number) for number in text.split())
            case _:
                return text


def show_import(viewer: Viewer, draft: ImportDraft) -> ListUnderstanding:
    """A list for somebody who looks at its rows: this, and nothing else, is what its import drafts."""
    understood = understand_import(viewer, draft)
    hold_shown(draft, understood)
    return understood


def hold_shown(draft: ImportDraft, understood: ListUnderstanding) -> None:
    """Hold what somebody is being shown of a list."""
    hold_preview(draft, preview_of(understood))


def changed_since_shown(draft: ImportDraft, understood: ListUnderstanding) -> list[str]:
    """The rows that read otherwise now than they were shown, in sentences."""
    return read_otherwise(draft, preview_of(understood), lambda: PreviewWording(understood.agency_names))
