"""The sample county: made up, the same each time for the same day, built by the services that people use."""

from __future__ import annotations

from .loading import Account, load_sample, sample_accounts

__all__ = ["Account", "load_sample", "sample_accounts"]
