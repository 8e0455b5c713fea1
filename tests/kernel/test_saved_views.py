"""Filters kept under a name."""

from __future__ import annotations

import pytest

from sushui.kernel.errors import DomainError, NotFound
from sushui.kernel.models import SavedView
from sushui.kernel.saved_views import drop_view, keep_view, views_of
from tests.cast import County

PAGE = "supervision.register"


def test_views_are_a_posts_own_and_a_pages_own(county: County) -> None:
    office, second = county.viewer("office"), county.viewer("office_second")
    keep_view(office, PAGE, name="红灯", query="light=red")
    keep_view(office, "other.page", name="别页", query="")
    keep_view(second, PAGE, name="黄灯", query="light=yellow")

    assert [(view.name, view.query) for view in views_of(office, PAGE)] == [("红灯", "light=red")]


def test_same_name_again_replaces_the_filters(county: County) -> None:
    office = county.viewer("office")
    for query in ("light=red", "light=red&state=assigned"):
        keep_view(office, PAGE, name=" 红灯 ", query=query)

    assert [view.query for view in views_of(office, PAGE)] == ["light=red&state=assigned"]


@pytest.mark.parametrize(
    ("name", "query", "code"), [("  ", "light=red", "name_missing"), ("红灯", "a" * 1025, "view_too_long")]
)
def test_view_that_cannot_be_kept_is_refused(county: County, name: str, query: str, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        keep_view(county.viewer("office"), PAGE, name=name, query=query)

    assert (refusal.value.code, SavedView.objects.count()) == (code, 0)


def test_own_view_is_dropped(county: County) -> None:
    office = county.viewer("office")
    drop_view(office, keep_view(office, PAGE, name="红灯", query="light=red").pk)

    assert views_of(office, PAGE) == []


def test_view_of_another_post_stays(county: County) -> None:
    view = keep_view(county.viewer("office"), PAGE, name="红灯", query="light=red")

    with pytest.raises(NotFound):
        drop_view(county.viewer("office_second"), view.pk)

    assert SavedView.objects.count() == 1
