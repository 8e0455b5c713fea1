"""The API of supervision: the same reads and acts as its pages, by the same queries and services."""

from sushui.kernel.api import RoomRouter

router = RoomRouter(tags=["supervision"])
