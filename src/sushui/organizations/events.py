"""What the rooms above may need to hear of organizations."""

from __future__ import annotations

from dataclasses import dataclass

from sushui.kernel.viewer import Viewer


@dataclass(frozen=True)
class PostHandedOver:
    """The holder of a post changed; every open item of the post is now the successor's."""

    viewer: Viewer
    post_id: int
    post_name: str
    from_name: str
    to_name: str
