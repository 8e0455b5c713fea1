"""Questions written to a file and answers read from it, so that a list can be imported without a page.

The file is JSON: for each sheet its ``answers`` (and, for single rows, ``rows``) by the key of the question. Each says
its ``choice`` among ``choices`` and, where it needs them, ``agencies`` by any of their names, ``day`` or ``text``;
``rows_asking`` only tells where. ``columns`` may say the ``header_row`` and the ``meanings`` of columns from zero.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from sushui.supervision.enums import ListAnswer
from sushui.supervision.services.imports import Answer, ListUnderstanding

AgencyNames = Mapping[str, int]


def questions_as_json(understood: Mapping[str, ListUnderstanding]) -> str:
    """What is open in each sheet, to be filled in and given back."""
    told = {
        sheet: {
            "answers": {
                each.question.key: {
                    "choice": "",
                    "choices": [choice.value for choice in each.question.choices],
                    "agencies": [],
                    "day": "",
                    "text": "",
                    "rows_asking": list(each.rows),
                }
                for each in one.questions
            }
        }
        for sheet, one in understood.items()
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def read_answers(path: Path) -> dict[str, dict[str, Any]]:
    """What a file says about each sheet.

    Raises:
        CommandError: it is no JSON.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(_("%(path)s cannot be read: %(why)s") % {"path": path, "why": error}) from error
    return {sheet: dict(said) for sheet, said in dict(told).items()}


def answers_in(told: Mapping[str, Mapping[str, Any]], names: AgencyNames) -> dict[str, Answer]:
    """The answers that were filled in.

    Raises:
        CommandError: a choice, an agency or a day that does not exist.
    """
    return {key: _answer(key, said, names) for key, said in told.items() if said.get("choice")}


def _answer(key: str, said: Mapping[str, Any], names: AgencyNames) -> Answer:
    try:
        return Answer(
            choice=ListAnswer(said["choice"]),
            agency_ids=tuple(names[name] for name in said.get("agencies", ())),
            day=date.fromisoformat(said["day"]) if said.get("day") else None,
            text=said.get("text", ""),
        )
    except (KeyError, ValueError) as error:
        raise CommandError(_("The answer to “%(key)s” cannot be used: %(why)s") % {"key": key, "why": error}) from error
