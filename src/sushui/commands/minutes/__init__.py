"""`sushui minutes FILE`: what a page of minutes asks of whom by when, printed, without a database."""

from .command import MinutesRefused, minutes

__all__ = ["MinutesRefused", "minutes"]
