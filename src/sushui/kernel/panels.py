"""What upper rooms show on the page of a lower room's record, registered by the kind of the record.

A room calls `register_panel` from its ``AppConfig.ready``; the page shows ``{% record_panels record %}`` and
knows only plain blocks. What a viewer may not know of, a room leaves out by giving None.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db.models import Model

from sushui.kernel.front import Block
from sushui.kernel.viewer import Viewer

Find = Callable[[Viewer, Any], Block | None]
_panels: dict[str, dict[str, Find]] = defaultdict(dict)


def register_panel(kind: str, key: str, find: Find) -> None:
    """Let ``find`` add a block to the page of each record of ``kind`` (``supervision.supervisedtask``).

    The same key again replaces it; blocks stand in the order of their keys.
    """
    _panels[kind][key] = find


def panels_of(viewer: Viewer, record: Model) -> list[Block]:
    """The blocks that the rooms above have for a record and that this viewer may see."""
    finders = _panels.get(record._meta.label_lower, {})
    blocks = (finders[key](viewer, record) for key in sorted(finders))
    return [block for block in blocks if block is not None]
