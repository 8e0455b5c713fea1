"""Where the operations of relief are hung."""

from sushui.kernel.api import RoomRouter

router = RoomRouter(tags=["relief"])
