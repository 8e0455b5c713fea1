"""Who may do what with files: whoever may see the target sees them, whoever works on it attaches them."""

from __future__ import annotations

from typing import Any

import rules

from sushui.documents.models import Attachment
from sushui.documents.targets import TargetKind
from sushui.kernel.viewer import Viewer


@rules.predicate
def may_open_files(viewer: Viewer, record: object = None) -> bool:
    """Everybody who is signed in; which files there are for them is said by the rooms whose records they hang on."""
    return bool(viewer.post_id)


def may_attach_to(viewer: Viewer, kind: TargetKind, record: Any) -> bool:
    """Whether the viewer may attach to, replace on and withdraw from a record now: the owning room says."""
    return bool(kind.may_attach(viewer, record))


def may_change_file(viewer: Viewer, kind: TargetKind, record: Any, attachment: Attachment) -> bool:
    """Whether the viewer may replace and withdraw one file of a record now."""
    sender = attachment.current.post.agency_id
    return may_attach_to(viewer, kind, record) and bool(kind.may_change(viewer, record, sender))
