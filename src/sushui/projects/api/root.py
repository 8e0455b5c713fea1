"""Where the operations of projects are hung."""

from sushui.kernel.api import RoomRouter

router = RoomRouter(tags=["projects"])
