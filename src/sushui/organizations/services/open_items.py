"""What goes over with a post: each room says how many open items hang on it."""

from __future__ import annotations

from collections.abc import Callable

from sushui.organizations.models import Post

_counts: dict[str, Callable[[Post], int]] = {}


def register_open_items(label: str, count: Callable[[Post], int]) -> None:
    """Let a room count the open items of a post; ``label`` is a msgid, the same label again replaces."""
    _counts[label] = count


def open_items(post: Post) -> list[tuple[str, int]]:
    """Label (msgid) and number of open items that hang on the post."""
    return [(label, count(post)) for label, count in _counts.items()]
