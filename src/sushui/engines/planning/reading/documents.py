"""A problem out of nested fields, as a JSON file has them; docs/recipes/plan-a-year.md shows one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ..errors import PlanningError, Refusal
from ..factors import Arrival, Consumable, Level, MoneySource, Release, Renewable
from ..problem import Activity, Demand, Done, From, Goal, Lag, Mode, Payment, Problem, Project, Ref, When
from ..timeline import Pause, SlotKind, TimeLine, WorkCalendar
from ..values import Earning, IfChosen, IfLate, IfMoved, Part, SinceFinished, WhenFinishedBy, WhileWorked
from .fields import Fields
from .measures import WHOLE, Measure


class FactorKind(StrEnum):
    """What becomes of a factor by being taken."""

    RENEWABLE = "renewable"
    CONSUMABLE = "consumable"


class EarningKind(StrEnum):
    """When something is earned."""

    WHILE_WORKED = "while_worked"
    WHEN_FINISHED_BY = "when_finished_by"
    SINCE_FINISHED = "since_finished"
    IF_LATE = "if_late"
    IF_MOVED = "if_moved"


@dataclass(frozen=True)
class PlanningFile:
    """A problem as somebody wrote it down. `money`: what its payments and arrivals are counted in."""

    problem: Problem
    money: Measure = WHOLE


Measures = dict[str, Measure]


def problem_of(document: object) -> PlanningFile:
    """The problem that a document describes; whether it can be meant is for `check` to say.

    Raises `PlanningError`: MISSING, UNKNOWN_FIELD, BAD_VALUE, UNIT_DIFFERS, TOO_FINE, WITHOUT_FIRST_DAY, UNKNOWN_NAME.
    """
    fields = Fields(document, "")
    timeline = _timeline(fields.nested("time"))
    fields.timed(timeline)
    money = _measure(fields.nested("money"))
    factors = fields.listed("factors")
    measures = {each.text("key"): Measure(each.text("unit", ""), each.whole("decimals", 0)) for each in factors}
    kinds = [each.word("kind", FactorKind) for each in factors]
    problem = Problem(
        timeline,
        tuple(_project(each, measures, money) for each in fields.listed("projects")),
        tuple(_renewable(e, measures) for e, kind in zip(factors, kinds, strict=True) if kind is FactorKind.RENEWABLE),
        tuple(
            _consumable(e, measures) for e, kind in zip(factors, kinds, strict=True) if kind is FactorKind.CONSUMABLE
        ),
        tuple(_source(each, money) for each in fields.listed("sources")),
        tuple(_lag(each) for each in fields.listed("lags")),
        tuple(_group(each) for each in fields.listed("groups")),
        tuple(_calendar(each) for each in fields.listed("calendars")),
        _weights(fields.nested("weights")),
        fields.word("goal", Goal, Goal.VALUE),
    )
    fields.end()
    return PlanningFile(problem, money)


# --- time and factors ------------------------------------------------------------------------------------------------


def _timeline(fields: Fields) -> TimeLine:
    made = TimeLine(fields.whole("slots"), fields.day("first_day"), fields.word("slot", SlotKind, SlotKind.DAY))
    fields.end()
    return made


def _calendar(fields: Fields) -> WorkCalendar:
    made = WorkCalendar(fields.text("key"), tuple(_pause(each) for each in fields.listed("pauses")))
    fields.end()
    return made


def _pause(fields: Fields) -> Pause:
    made = Pause(fields.slot("from"), fields.slot_after("until"))
    fields.end()
    return made


def _measure(fields: Fields) -> Measure:
    made = Measure(fields.text("unit", ""), fields.whole("decimals", 0))
    fields.end()
    return made


def _renewable(fields: Fields, measures: Measures) -> Renewable:
    key = fields.text("key")
    measure = measures[key]
    levels = []
    for each in fields.listed("levels"):
        levels.append(Level(each.slot("from", 0), each.amount("amount", measure)))
        each.end()
    name = fields.text("name", "")
    fields.end()
    return Renewable(key, tuple(levels), name, measure.unit, measure.decimals)


def _consumable(fields: Fields, measures: Measures) -> Consumable:
    key = fields.text("key")
    measure = measures[key]
    releases = []
    for each in fields.listed("releases"):
        expires = each.slot_after("until") if each.has("until") else None
        releases.append(Release(each.slot("from", 0), each.amount("amount", measure), expires))
        each.end()
    name = fields.text("name", "")
    fields.end()
    return Consumable(key, tuple(releases), name, measure.unit, measure.decimals)


def _source(fields: Fields, money: Measure) -> MoneySource:
    arrivals = []
    for each in fields.listed("arrivals"):
        arrivals.append(Arrival(each.slot("from", 0), each.amount("amount", money)))
        each.end()
    uses = frozenset(fields.names("pays_for")) if fields.has("pays_for") else None
    made = MoneySource(fields.text("key"), tuple(arrivals), uses, fields.text("name", ""))
    fields.end()
    return made


# --- projects --------------------------------------------------------------------------------------------------------


def _project(fields: Fields, measures: Measures, money: Measure) -> Project:
    made = Project(
        fields.text("key"),
        tuple(_activity(each, measures, money) for each in fields.listed("activities")),
        fields.flag("mandatory"),
        fields.names("requires"),
        tuple(_chosen(each) for each in fields.listed("earnings")),
        fields.text("name", ""),
    )
    fields.end()
    return made


def _chosen(fields: Fields) -> IfChosen:
    made = IfChosen(fields.word("part", Part), fields.whole("amount"))
    fields.end()
    return made


def _activity(fields: Fields, measures: Measures, money: Measure) -> Activity:
    made = Activity(
        fields.text("key"),
        tuple(_mode(each, measures, money) for each in fields.listed("modes")),
        fields.slot("from", 0),
        fields.slot_after("by") if fields.has("by") else None,
        fields.text("calendar") if fields.has("calendar") else None,
        fields.whole("statutory_limit") if fields.has("statutory_limit") else None,
        tuple(_earning(each) for each in fields.listed("earnings")),
        _done(fields.nested("done")) if fields.has("done") else None,
        fields.text("name", ""),
    )
    fields.end()
    return made


def _done(fields: Fields) -> Done:
    """Modes are counted from 1."""
    made = Done(fields.slot("from"), fields.whole("mode", 1) - 1)
    fields.end()
    return made


def _mode(fields: Fields, measures: Measures, money: Measure) -> Mode:
    made = Mode(
        fields.whole("duration"),
        tuple(_demands(fields, measures)),
        tuple(_payment(each, money) for each in fields.listed("payments")),
        fields.text("name", ""),
    )
    fields.end()
    return made


def _demands(fields: Fields, measures: Measures) -> Iterator[Demand]:
    """Written as `{factor: amount}`, or one after the other with both named."""
    if fields.is_listed("demands"):
        for each in fields.listed("demands"):
            yield _demand(each, "amount", each.text("factor"), measures)
            each.end()
    else:
        named = fields.nested("demands")
        for key in named.every():
            yield _demand(named, key, key, measures)


def _demand(fields: Fields, name: str, key: str, measures: Measures) -> Demand:
    if key not in measures:
        raise PlanningError(Refusal.UNKNOWN_NAME, place=fields.place, kind="factor", key=key)
    return Demand(key, fields.amount(name, measures[key]))


def _payment(fields: Fields, money: Measure) -> Payment:
    made = Payment(fields.text("use"), fields.amount("amount", money), fields.word("when", When, When.WHILE_WORKED))
    fields.end()
    return made


def _earning(fields: Fields) -> Earning:
    part, amount = fields.word("part", Part), fields.whole("amount")
    made: Earning
    match fields.word("kind", EarningKind):
        case EarningKind.WHILE_WORKED:
            made = WhileWorked(part, amount, fields.slot("from"), fields.slot_after("until"))
        case EarningKind.WHEN_FINISHED_BY:
            made = WhenFinishedBy(part, amount, fields.slot_after("by"))
        case EarningKind.SINCE_FINISHED:
            made = SinceFinished(part, amount, fields.slot_after("until"))
        case EarningKind.IF_LATE:
            made = IfLate(part, amount, fields.slot_after("by"), fields.whole("once", 0))
        case EarningKind.IF_MOVED:
            made = IfMoved(part, amount, fields.slot("from"), fields.whole("once", 0))
    fields.end()
    return made


# --- what lies between them ------------------------------------------------------------------------------------------


def _lag(fields: Fields) -> Lag:
    made = Lag(
        _ref(fields, "before"),
        _ref(fields, "after"),
        fields.whole("least", 0),
        fields.whole("most") if fields.has("most") else None,
        fields.word("counted_from", From, From.FINISH),
    )
    fields.end()
    return made


def _ref(fields: Fields, name: str) -> Ref:
    names = fields.names(name)
    if len(names) != 2:
        raise PlanningError(
            Refusal.BAD_VALUE, place=fields.at(name), value=", ".join(names), expected="project and activity"
        )
    return Ref(*names)


def _group(fields: Fields) -> tuple[str, ...]:
    projects = fields.names("projects")
    fields.end()
    return projects


def _weights(fields: Fields) -> dict[Part, int]:
    weights = {part: fields.whole(part) for part in Part if fields.has(part)}
    fields.end()
    return weights
