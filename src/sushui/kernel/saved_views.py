"""Filters of a list kept under a name: a post's own, on the page where they were kept."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sushui.kernel.errors import DomainError, NotFound
from sushui.kernel.models import SavedView
from sushui.kernel.viewer import Viewer


def views_of(viewer: Viewer, page: str) -> list[SavedView]:
    """The views that the viewer's post keeps of a page, oldest first."""
    return list(SavedView.objects.filter(post_id=viewer.post_id, page=page).order_by("pk"))


def keep_view(viewer: Viewer, page: str, *, name: str, query: str) -> SavedView:
    """Keep the filters ``query`` (``state=assigned&sort=due_on``) under a name; the same name again replaces them.

    Raises:
        DomainError: ``name_missing``, ``view_too_long``.
    """
    kept, length = name.strip(), SavedView._meta.get_field("query").max_length or 0
    if not kept:
        raise DomainError("name_missing", _("The view has no name."), _("Give it one that you will know again."))
    if len(query) > length:
        raise DomainError("view_too_long", _("These filters are too many to keep."), _("Take some of them off."))
    view, _is_new = SavedView.objects.update_or_create(
        post_id=viewer.post_id, page=page, name=kept[:64], defaults={"query": query}
    )
    return view


def drop_view(viewer: Viewer, view_id: int) -> None:
    """Drop one of the viewer's own views.

    Raises:
        NotFound: none such, or another post's.
    """
    deleted, _by_model = SavedView.objects.filter(post_id=viewer.post_id, pk=view_id).delete()
    if not deleted:
        raise NotFound
