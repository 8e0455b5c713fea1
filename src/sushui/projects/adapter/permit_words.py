"""What the engine of permit networks refuses, as sentences: what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

from sushui.engines.network import NetworkError, Refusal
from sushui.kernel.errors import DomainError
from sushui.kernel.words import msg

R = Refusal
_MEND_TEXT = _("Correct the text, then send it again; the path stays as it was until then.")
# The sentences take the facts that travel with the code (`sushui.engines.network.Refusal`).
_SENTENCES: Mapping[Refusal, str] = {
    R.NOT_YAML: msg("Line %(line)s is not written as YAML."),
    R.TOO_LONG: msg("The text has more than %(limit)s characters."),
    R.ALIAS: msg("Line %(line)s points to another line: write it out."),
    R.TWICE_IN_MAPPING: msg("Line %(line)s says “%(name)s” a second time."),
    R.NOT_A_MAPPING: msg("“%(place)s” has no fields of its own."),
    R.MISSING: msg("“%(place)s” is missing."),
    R.UNKNOWN_FIELD: msg("“%(place)s” is no field of a permit path."),
    R.BAD_VALUE: msg("“%(place)s” cannot be “%(value)s”."),
    R.LENGTH_WITHOUT_UNIT: msg("“%(place)s” does not say whether it counts days or months."),
    R.LENGTH_WITHOUT_DAY_KIND: msg("“%(place)s” does not say whether its days are working or calendar days."),
    R.LENGTH_OUT_OF_RANGE: msg("“%(place)s” is %(value)s: no permit takes so long."),
    R.WITHOUT_SOURCE: msg("“%(place)s” has no source: name the article, or write “not stated”."),
    R.TWO_STEPS_ONE_KEY: msg("Two steps are called “%(step)s”."),
    R.UNKNOWN_PREREQUISITE: msg("“%(step)s” waits for “%(prerequisite)s”, which is no step of this path."),
    R.UNKNOWN_GOAL: msg("The goal “%(step)s” is no step of this path."),
    R.UNKNOWN_STEP: msg("“%(step)s” is no step of this path."),
    R.UNKNOWN_AGENCY: msg("“%(step)s” is held by “%(agency)s”, which is no agency of this path."),
    R.UNKNOWN_FLAG: msg("“%(flag)s” is no circumstance of this path."),
    R.CHOOSE_ONE: msg("Only one of these can hold: %(flags)s."),
    R.GOAL_DROPPED: msg("Under these circumstances the path has no “%(step)s”."),
    R.DATE_AFTER_TODAY: msg("%(date)s has not come yet."),
    R.DATES_OUT_OF_ORDER: msg("The days of “%(step)s” are out of order: filed, accepted, granted."),
    R.NUMBER_USED_TWICE: msg("The number “%(number)s” stands at two steps of this project."),
    R.EXTENDED_TOO_FAR: msg("The limit of “%(step)s” can be prolonged by at most %(at_most)s days."),
    R.PLANNED_OUT_OF_RANGE: msg("“%(step)s” cannot be planned with %(value)s days."),
    R.STEP_DONE: msg("“%(step)s” is done: it can no longer be late."),
    R.NOT_A_SLIP: msg("A delay of %(days)s working days cannot be reckoned with."),
}
_OF_A_PROJECT = frozenset(
    {R.CHOOSE_ONE, R.GOAL_DROPPED, R.DATE_AFTER_TODAY, R.DATES_OUT_OF_ORDER, R.NUMBER_USED_TWICE}
    | {R.EXTENDED_TOO_FAR, R.PLANNED_OUT_OF_RANGE, R.STEP_DONE, R.NOT_A_SLIP}
)


def refused(error: NetworkError | None, text: str = "") -> DomainError:
    """The refusal in words. ``text`` is the template that was read, for the names of a circle's steps; without an
    error it says which other path the text is of."""
    if error is None:
        return DomainError(
            "permit_other_path",
            _("This text is of another path: %(path)s."),
            _("Leave “path” and “variant” as they are."),
            path=text,
        )
    if error.code is R.CIRCLE:
        return _circle(error, text)
    code = f"permit_{error.code}"
    mend = _("Correct what was typed.") if error.code in _OF_A_PROJECT else _MEND_TEXT
    return DomainError(code, _(_SENTENCES[error.code]), mend, **_plain(error.params))


def _circle(error: NetworkError, text: str) -> DomainError:
    keys, names = [str(key) for key in _listed(error.params["steps"])], _names(text)
    shown = " → ".join(names.get(key, key) for key in [*keys, keys[0]])
    return DomainError(
        "permit_circle",
        _("The steps wait for one another in a circle: %(circle)s."),
        _("Take one of these prerequisites away, then send it again; the path stays as it was until then."),
        circle=shown,
        steps=keys,
    )


def _names(text: str) -> dict[str, str]:
    """The names of the steps in a text that the engine has already read as plain data."""
    written = yaml.safe_load(text) if text else {}
    steps = written.get("steps", []) if isinstance(written, dict) else []
    return {str(step["key"]): str(step.get("name", step["key"])) for step in steps if "key" in step}


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, tuple | list) else [value]


def _plain(params: Mapping[str, object]) -> dict[str, Any]:
    """The facts as a sentence takes them: lists joined."""
    return {name: "、".join(map(str, value)) if isinstance(value, tuple) else value for name, value in params.items()}
