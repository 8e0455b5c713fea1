"""Workbooks on their way in, whatever they hold: what rooms that read them share. Nothing here knows a register."""
