"""The API of organizations: the same reads and acts as its pages, by the same queries and services."""

from sushui.organizations.api import directory, house, people, seats
from sushui.organizations.api.root import router

__all__ = ["directory", "house", "people", "router", "seats"]
