"""Where the operations of organizations are hung."""

from sushui.kernel.api import RoomRouter

router = RoomRouter(tags=["organizations"])
