"""Which rooms the frame shows to whom, and which is the current one."""

import pytest

from sushui.kernel.nav import Frame, Inbox, NavEntry, NavItem, current_key
from sushui.kernel.viewer import Viewer

pytestmark = pytest.mark.urls("tests.kernel.look_urls")

HANDLER = Viewer(
    user_id=1,
    user_name="Handler",
    post_id=1,
    post_name="Housing bureau, handler",
    agency_id=1,
    agency_name="Housing bureau",
    division_id=1,
    roles=frozenset({"agency_handler"}),
)


def room(key: str, order: int = 1, role: str = "agency_handler", badge: int | None = None) -> NavEntry:
    count = None if badge is None else (lambda viewer: badge)
    return NavEntry(key, key.title(), f"{key}", order, lambda viewer: viewer.has(role), count)


def frame_of(*entries: NavEntry) -> Frame:
    frame = Frame()
    for entry in entries:
        frame.register_entry(entry)
    return frame


def test_entries_come_in_the_order_of_the_day():
    frame = frame_of(room("files", 2), room("tasks", 1))

    entries = frame.entries_for(HANDLER, "/")

    assert [entry.key for entry in entries] == ["tasks", "files"]


def test_entry_not_allowed_is_not_shown():
    frame = frame_of(room("tasks"), room("files", role="administrator"))

    entries = frame.entries_for(HANDLER, "/")

    assert [entry.key for entry in entries] == ["tasks"]


def test_entry_shows_label_address_and_badge():
    frame = frame_of(room("tasks", badge=3))

    entries = frame.entries_for(HANDLER, "/tasks/7/")

    assert entries == [NavItem("tasks", "Tasks", "/tasks/", is_current=True, badge=3)]


def test_entry_registered_again_replaces_the_first():
    frame = frame_of(room("tasks", badge=1), room("tasks", badge=2))

    entries = frame.entries_for(HANDLER, "/")

    assert [entry.badge for entry in entries] == [2]


def test_what_waits_is_counted_in_the_first_nine_rooms():
    rooms = [NavEntry(f"room{n}", "Room", "tasks", n, lambda viewer: True, lambda viewer: 1) for n in range(11)]

    entries = frame_of(*rooms).entries_for(HANDLER, "/")

    assert [(entry.key, entry.badge) for entry in entries] == [(f"room{n}", int(n < 9)) for n in range(11)]


def test_badge_of_a_forbidden_room_is_not_counted():
    counted = []
    frame = frame_of(
        NavEntry("files", "Files", "files", 1, lambda viewer: False, lambda viewer: counted.append(1) or 1)
    )

    frame.entries_for(HANDLER, "/")

    assert counted == []


def test_nothing_is_counted_where_that_is_not_wanted():
    frame = frame_of(room("tasks", badge=3))

    entries = frame.entries_for(HANDLER, "/", is_counted=False)

    assert entries == [NavItem("tasks", "Tasks", "/tasks/", is_current=False, badge=0)]


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/", "home"),
        ("/tasks/", "tasks"),
        ("/tasks/7/", "tasks"),
        ("/tasks/red/", "red"),
        ("/elsewhere/", ""),
    ],
)
def test_current_entry_is_the_nearest_above_the_page(path: str, key: str):
    addresses = {"home": "/", "tasks": "/tasks/", "red": "/tasks/red/"}

    assert current_key(addresses, path) == key


def test_inbox_without_a_room_has_no_address():
    assert Frame().inbox_for(HANDLER) == ("", 0)


def test_inbox_counts_for_the_viewer():
    frame = Frame()
    frame.register_inbox(Inbox("inbox", lambda viewer: len(viewer.user_name)))

    assert frame.inbox_for(HANDLER) == ("/inbox/", 7)


def test_search_without_a_room_has_no_address():
    assert Frame().search_address() == ""


def test_search_leads_to_the_registered_page():
    frame = Frame()
    frame.register_search("search")

    assert frame.search_address() == "/search/"
