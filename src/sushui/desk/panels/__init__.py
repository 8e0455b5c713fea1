"""What the desk shows: the fronts that rooms register for, and the figures of the cockpit with the rows behind them."""

from sushui.desk.panels.cockpit import CockpitSheet, county_table
from sushui.desk.panels.front import POST_COLUMNS, register
from sushui.desk.panels.wall import wall_screens

__all__ = ["POST_COLUMNS", "CockpitSheet", "county_table", "register", "wall_screens"]
