"""`sushui minutes FILE`: what a page of minutes asks of whom by when, printed, without a database."""

from .command import minutes
from .refusals import MinutesRefused

__all__ = ["MinutesRefused", "minutes"]
