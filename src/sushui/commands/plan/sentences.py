"""Every refusal and every doubt of the planning engine as a sentence: what is wrong, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from sushui.engines.planning import Ref
from sushui.engines.planning.errors import Doubt, Doubted, PlanningError, Refusal

from .places import Places, where

R, D = Refusal, Doubt

# What is wrong, and how to mend it. {where} comes first in the sentence; the other names are facts as people say them.
SENTENCES: Mapping[Refusal, tuple[str, str]] = {
    R.NOT_JSON: (
        "this is not JSON (line {line}, column {column}).",
        "Mend it there: often a comma or a quote is missing.",
    ),
    R.TOO_LARGE_TEXT: ("the file is larger than {limit} bytes.", "Plan fewer projects or coarser slots."),
    R.MISSING: ("something must stand here, and nothing does.", "Fill it in."),
    R.UNKNOWN_FIELD: ("nobody knows this field.", "Known are: {known}. Correct its name or take it out."),
    R.BAD_VALUE: ("“{value}” cannot be read as {expected}.", "Write it as {expected}."),
    R.UNIT_DIFFERS: ("the unit is “{unit}”, and the factor is counted in “{expected}”.", "Convert it to {expected}."),
    R.TOO_FINE: ("{value} has more than {decimals} decimals.", "Round it, or give the factor more decimals."),
    R.WITHOUT_FIRST_DAY: ("a day ({value}) stands here, and the time has no first day.", "Say time.first_day."),
    R.MISSING_SHEET: ("there is no sheet “{sheet}”, or nothing stands in it.", "Add it."),
    R.UNKNOWN_SHEET: (
        "nobody knows the sheet “{sheet}”.",
        "Known are: {known}. Correct its name, or begin it with “notes” if it is for readers.",
    ),
    R.MISSING_COLUMN: ("sheet “{sheet}” has no column “{column}”.", "Add it to the first row."),
    R.BAD_LINE: ("line {line} is not what it should be: {expected}.", "Compare the file with its format."),
    R.HORIZON_OUT_OF_RANGE: ("a plan of {horizon} slots cannot be made.", "Take 1 to {limit} slots."),
    R.NOT_FIRST_OF_MONTH: (
        "slots are months, and {day} is not the first day of one.",
        "Begin with a first of a month.",
    ),
    R.DATE_OUTSIDE: ("{slot} is outside the time that is planned.", "Correct it, or plan a longer time."),
    R.KEY_TWICE: ("“{key}” stands here twice.", "Give each its own key."),
    R.UNKNOWN_NAME: ("there is no {kind} “{key}”.", "Correct the key, or add the {kind}."),
    R.WITHOUT_ACTIVITIES: ("the project has no activities.", "Give it at least one."),
    R.WITHOUT_MODES: ("nothing says how long it takes.", "Give it at least one mode."),
    R.NOBODY_PAYS: ("no source of money may pay for “{use}”.", "Let one pay for it, or leave the payment out."),
    R.NEGATIVE: ("{value} is below nought.", "Write an amount of nought or more."),
    R.NUMBER_TOO_LARGE: ("{value} is more than {limit}.", "Count in a larger unit."),
    R.LEVELS_OUT_OF_ORDER: (
        "its levels must begin with the first slot and be in order; one begins at {slot}.",
        "Sort them, and say what there is from the beginning.",
    ),
    R.CLOSES_BEFORE_IT_OPENS: ("what is released at {slot} is not open for a single slot.", "Correct its last day."),
    R.OVER_STATUTORY_LIMIT: (
        "it takes {duration} working slots, and the law gives {limit}.",
        "Shorten it, or correct the limit.",
    ),
    R.MILESTONE_PAYS: ("what lasts no slot cannot pay anything.", "Give it a duration, or let another one pay."),
    R.MOST_BELOW_LEAST: (
        "{after} must wait at least {least} and at most {most} slots after {before}.",
        "Correct one of the two.",
    ),
    R.CIRCLE: ("these wait for each other in a circle: {activities}.", "Take one of the lags between them out."),
    R.LAGS_CONTRADICT: (
        "the lags between these cannot be kept together: {activities}; {by} slots are missing.",
        "Loosen a greatest lag or shorten a least one by {by}.",
    ),
    R.MANDATORY_RIVALS: (
        "{project} and {other} must both be in the plan, and only one of their group may.",
        "Make one of them optional, or take it out of the group.",
    ),
    R.OPTIONAL_IN_MAKESPAN: (
        "the earliest end is asked for, and the project may be left out.",
        "Make it mandatory, or ask for the greatest value.",
    ),
    R.NEVER_ENOUGH: (
        "it must be in the plan and takes {amount} of {factor}; there is never more than {at_most}.",
        "Give more, take less, or make the project optional.",
    ),
    R.NEVER_IN_TIME: (
        "it must be in the plan and should end by {latest}; at the earliest it ends {earliest}.",
        "Move the deadline, shorten what comes before, or make the project optional.",
    ),
    R.DONE_OUTSIDE: ("what is done cannot have begun at {slot}.", "Correct the day, or its calendar."),
    R.DONE_AGAINST_LAG: (
        "{after} began {waited} slots after {before}, against the lag between them.",
        "Correct the days, or take the lag out.",
    ),
    R.DONE_BEFORE_ITS_TURN: (
        "it is done since {slot}, and what it waits for lets it begin only at {earliest}.",
        "Mark what comes before as done, or take the lag out.",
    ),
    R.DONE_TAKES_TOO_MUCH: (
        "what is done took {by} more than there was at {slot}.",
        "Correct the factor or the demands.",
    ),
}

DOUBTS: Mapping[Doubt, str] = {
    D.NEVER_ENOUGH: "{activity} takes {amount} of {factor}, and there is never more than {at_most}",
    D.NEVER_IN_TIME: "{activity} should end by {latest}, and at the earliest it ends {earliest}",
    D.DONE_BEFORE_ITS_TURN: "{activity} is done since {slot}, and what it waits for lets it begin only at {earliest}",
    D.RIVAL_OF_MANDATORY: "only one of its group may be in the plan, and {other} must",
    D.REQUIRES_RIVAL: "it requires what may not be in the plan together with it ({other})",
    D.REQUIRES_DOUBTED: "it requires {other}, which can be in no plan",
}


def refusal_sentence(error: PlanningError, places: Places) -> str:
    """What is wrong, where, and how to mend it."""
    what, mend = SENTENCES[error.code]
    said = _said(error.facts, places)
    place = _place(error.facts, places)
    return f"{place}: {what.format_map(said)} {mend.format_map(said)}"


def doubt_sentence(doubt: Doubted, places: Places) -> str:
    """Why a project can be in no plan."""
    project = places.project(str(doubt.facts["project"]))
    return f"{project} can be in no plan: {DOUBTS[doubt.code].format_map(_said(doubt.facts, places))}."


def _place(facts: Mapping[str, object], places: Places) -> str:
    if "place" in facts:
        return where(str(facts["place"]))
    if "activity" in facts:
        return places.activity(Ref(str(facts["project"]), str(facts["activity"])))
    if "project" in facts:
        return places.project(str(facts["project"]))
    return str(facts.get("factor", "the file"))


def _said(facts: Mapping[str, object], places: Places) -> dict[str, object]:
    """The facts as people say them; `earliest` and `latest` beside each other are ends, else starts."""
    return {name: _fact(name, value, facts, places) for name, value in facts.items()}


def _fact(name: str, value: object, facts: Mapping[str, object], places: Places) -> object:
    if name in ("slot", "expires"):
        return places.day(cast("int", value))
    if name in ("earliest", "latest") and "latest" in facts:
        return "after all that is planned" if value is None else places.last_day(cast("int", value))
    if name == "earliest":
        return places.day(cast("int", value))
    if name in ("amount", "at_most", "by") and "factor" in facts:
        return places.amount(str(facts["factor"]), cast("int", value))
    if name == "activities":
        return " → ".join(places.activity(ref) for ref in cast("Sequence[Ref]", value))
    if name in ("project", "other"):
        return places.project(str(value))
    return _plain(value, places)


def _plain(value: object, places: Places) -> object:
    if isinstance(value, Ref):
        return places.activity(value)
    return ", ".join(map(str, value)) if isinstance(value, tuple) else value
