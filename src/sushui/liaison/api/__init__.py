"""The API of liaison: the same reads and acts as its pages, by the same queries and services."""

from sushui.liaison.api import liaisons, lists, visits
from sushui.liaison.api.root import router

__all__ = ["liaisons", "lists", "router", "visits"]
