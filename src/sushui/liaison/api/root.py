"""Where the operations of liaison are hung."""

from sushui.kernel.api import RoomRouter

router = RoomRouter(tags=["liaison"])
