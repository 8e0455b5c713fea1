"""The document shows every dated setting as it is: its default, what it can be, what it says and who states it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sushui.kernel.settings_registry import SettingDefinition, SettingKind, definitions

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "settings.md"
ROOMS = ("documents", "liaison", "notices", "oc4ids", "project_gates", "projects", "relief", "supervision")


def shown(value: object) -> str:
    """A default as the document writes it."""
    if isinstance(value, bool):
        return "`yes`" if value else "`no`"
    return f"`{value}`" if value != "" else ""


def possible(definition: SettingDefinition) -> str:
    """What the value can be."""
    match definition.kind:
        case SettingKind.NUMBER:
            return f"{definition.least} to {definition.most}"
        case SettingKind.CHOICE:
            return "; ".join(f"`{word}` {word.msgid}" for word in definition.choices)
        case _:
            return definition.kind.replace("_", " ")


def row(definition: SettingDefinition) -> str:
    source = definition.source if definition.is_stated else "Sushui default"
    cells = (f"`{definition.key}`", shown(definition.default), possible(definition), definition.sentence, source)
    return f"| {' | '.join(cells)} |"


@pytest.mark.parametrize("room", ROOMS)
def test_document_shows_every_dated_setting_as_it_is(room: str) -> None:
    rows = [line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith(f"| `{room}.")]

    assert rows == [row(definition) for definition in definitions() if definition.key.startswith(f"{room}.")]
