"""Notices in words: a msgid with its params, said in the language of whoever reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from sushui.kernel.words import Word

MSGID = "msgid"


def kept(params: Mapping[str, Any]) -> dict[str, Any]:
    """``params`` as JSON keeps them: a `Word` stays one that is translated when it is read, all else is text."""
    return {name: {MSGID: value.msgid} if isinstance(value, Word) else value for name, value in params.items()}


def sentence(msgid: str, params: Mapping[str, Any]) -> str:
    """What a notice says, in the language in use. A place that no param fills is shown as it is, never an error."""
    said = gettext(msgid)
    try:
        return said % {name: _in_words(value) for name, value in params.items()}
    except (KeyError, TypeError, ValueError):
        return said


def _in_words(value: Any) -> Any:
    return gettext(value[MSGID]) if isinstance(value, dict) else value
