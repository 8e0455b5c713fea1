"""Reads of the desk: what an administrator must look after, and the county on one page."""

from sushui.desk.queries.cockpit import (
    AgencyRate,
    Changes,
    Cockpit,
    CountyRow,
    ProjectChange,
    RedOwner,
    TaskChange,
    cockpit,
    counties,
    county_rows,
    month_of_money,
    project_change,
    reports_since,
    seen_in,
    task_change,
)
from sushui.desk.queries.house import ChainState, ChannelCount, chain_state, channels_on, idle_accounts, vacant_posts

__all__ = [
    "AgencyRate",
    "ChainState",
    "Changes",
    "ChannelCount",
    "Cockpit",
    "CountyRow",
    "ProjectChange",
    "RedOwner",
    "TaskChange",
    "chain_state",
    "channels_on",
    "cockpit",
    "counties",
    "county_rows",
    "idle_accounts",
    "month_of_money",
    "project_change",
    "reports_since",
    "seen_in",
    "task_change",
    "vacant_posts",
]
