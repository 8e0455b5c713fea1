"""Where the operations of supervision are hung."""

from sushui.kernel.api import RoomRouter

router = RoomRouter(tags=["supervision"])
