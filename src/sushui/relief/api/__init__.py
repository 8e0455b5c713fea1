"""The API of relief: the same reads and acts as its pages, by the same queries and services."""

from sushui.relief.api import requests
from sushui.relief.api.root import router

__all__ = ["requests", "router"]
