"""Where the operations of the planner are hung."""

from sushui.kernel.api import RoomRouter

router = RoomRouter(tags=["planner"])
