"""The search for the earliest end: schedules bred from schedules, in machine code that leaves the interpreter free."""

from .breeding import Search
from .net import can_search

__all__ = ["Search", "can_search"]
