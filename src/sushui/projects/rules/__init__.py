"""Decisions about projects over plain values: no Django, no clock."""
