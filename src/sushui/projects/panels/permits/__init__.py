"""What the room says about permits, and what it registers of them with the kernel."""

from __future__ import annotations

from sushui.projects.panels.permits.registering import register

__all__ = ["register"]
