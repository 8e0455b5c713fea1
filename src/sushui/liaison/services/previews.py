"""What the rows of a list were shown to become, as plain facts, so that nothing else is appointed or ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from sushui.kernel.labels import label_of
from sushui.kernel.sheets.previews import STATE, VERSION, Preview, PreviewRow, hold_preview, read_otherwise
from sushui.kernel.viewer import Viewer
from sushui.liaison.enums import LiaisonRole
from sushui.liaison.models import LiaisonList
from sushui.liaison.queries.names import names_known
from sushui.liaison.services.list_reading import ListReading, RowReading

SUBJECT, DAYS, INSTEAD = "subject", "days", "instead"
OPEN, LEFT_OUT, STANDS, APPOINTED = "open", "left_out", "stands", "appointed"


def preview_of(reading: ListReading) -> Preview:
    """What the rows of a list become, and in whose place."""
    return Preview.of(
        PreviewRow(each.row.number, each.row.texts.get("subject", ""), dict(_facts(each))) for each in reading.rows
    )


def _facts(read: RowReading) -> Iterator[tuple[str, str]]:
    yield STATE, OPEN if read.open_keys else LEFT_OUT if read.is_left_out else APPOINTED if read.drafts else STANDS
    for draft in read.drafts:
        yield SUBJECT, str(draft.subject_id)
        yield draft.role.value, str(draft.post_id or draft.agency_id)
        yield DAYS, f"{draft.from_on} – {draft.to_on or ''}".strip()
    if read.drafts:
        yield INSTEAD, "、".join(str(each.post or each.agency) for each in read.replaced)
        yield VERSION, " ".join(f"{each.pk}.{each.version}" for each in read.replaced)


class PreviewWording:
    """The facts of rows in the viewer's words."""

    def __init__(self, viewer: Viewer) -> None:
        names = names_known(viewer)
        posts = {str(number): label for number, label in names.post_choices(LiaisonRole.OFFICER)}
        self._names: Mapping[str, Mapping[str, str]] = {
            LiaisonRole.LEADER.value: posts,
            LiaisonRole.OFFICER.value: posts,
            LiaisonRole.AGENCY.value: {str(number): label for number, label in names.agency_choices()},
            SUBJECT: names.subject_labels(),
            STATE: {
                OPEN: _("Not answered yet"),
                LEFT_OUT: _("left out"),
                STANDS: _("stands already"),
                APPOINTED: _("is appointed"),
            },
        }

    def label(self, field: str) -> str:
        said = {STATE: _("What it becomes"), SUBJECT: _("Subject"), DAYS: _("Days"), INSTEAD: _("In the place of")}
        return said.get(field) or label_of(LiaisonRole(field))

    def value(self, field: str, text: str) -> str:
        return self._names.get(field, {}).get(text, text)


def hold_shown(staged: LiaisonList, reading: ListReading) -> None:
    """Hold what somebody is being shown of a list."""
    hold_preview(staged, preview_of(reading))


def changed_since_shown(viewer: Viewer, staged: LiaisonList, reading: ListReading) -> list[str]:
    """The rows that read otherwise now than they were shown, in sentences."""
    return read_otherwise(staged, preview_of(reading), lambda: PreviewWording(viewer))
