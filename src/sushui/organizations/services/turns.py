"""One at a time on a post: of two who change it, the second sees what the first did."""

from __future__ import annotations

from sushui.kernel.versions import check_version, save_changes
from sushui.organizations.models import Post


def take_turn(post: Post, seen_version: int | None) -> None:
    """Hold the post to the end of the transaction and count its version up.

    Raises:
        StaleRecord: it is no longer the version that was seen (None: whatever it is).
    """
    held = Post.objects.select_for_update().get(pk=post.pk)
    check_version(held, seen_version)
    save_changes(held)
    post.version = held.version
