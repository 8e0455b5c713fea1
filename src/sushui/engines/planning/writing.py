"""A problem as nested fields that `reading.documents` reads back unchanged, and as a text of JSON."""

from __future__ import annotations

import json
from datetime import date, timedelta

from .factors import Consumable, MoneySource, Renewable
from .problem import Activity, Demand, Lag, Mode, Payment, Problem, Project, Ref
from .reading.documents import EarningKind, FactorKind
from .reading.measures import WHOLE, Measure
from .timeline import TimeLine, WorkCalendar
from .values import Earning, IfLate, IfMoved, SinceFinished, WhenFinishedBy, WhileWorked

Document = dict[str, object]
KINDS = {
    WhileWorked: EarningKind.WHILE_WORKED,
    WhenFinishedBy: EarningKind.WHEN_FINISHED_BY,
    SinceFinished: EarningKind.SINCE_FINISHED,
    IfLate: EarningKind.IF_LATE,
    IfMoved: EarningKind.IF_MOVED,
}


def json_of(problem: Problem, money: Measure = WHOLE) -> str:
    """The problem as a text that `reading.texts.read_json` reads back."""
    return json.dumps(document_of(problem, money), ensure_ascii=False, indent=1)


def document_of(problem: Problem, money: Measure = WHOLE) -> Document:
    """The problem as nested fields. `money`: what its payments are counted in. What stands by itself is left out."""
    return _Writer(problem, money).document()


class _Writer:
    """One problem being written down."""

    def __init__(self, problem: Problem, money: Measure) -> None:
        self._problem = problem
        self._money = money
        self._measures = {factor.key: Measure(factor.unit, factor.decimals) for factor in problem.renewables}
        self._measures |= {factor.key: Measure(factor.unit, factor.decimals) for factor in problem.consumables}

    def document(self) -> Document:
        problem = self._problem
        return _said(
            time=self._time(problem.timeline),
            goal=str(problem.goal),
            weights={str(part): weight for part, weight in problem.weights.items()},
            money=_said(unit=self._money.unit, decimals=self._money.decimals),
            calendars=[self._calendar(each) for each in problem.calendars],
            factors=[
                *(self._renewable(each) for each in problem.renewables),
                *(self._consumable(each) for each in problem.consumables),
            ],
            sources=[self._source(each) for each in problem.sources],
            projects=[self._project(each) for each in problem.projects],
            lags=[self._lag(each) for each in problem.lags],
            groups=[{"projects": list(group)} for group in problem.groups],
        )

    # --- time

    def _time(self, timeline: TimeLine) -> Document:
        return _said(first_day=_iso(timeline.first_day), slot=str(timeline.slot)) | {"slots": timeline.horizon}

    def _slot(self, slot: int) -> object:
        """A slot as the day on which it begins, or as its number."""
        return _iso(self._problem.timeline.day_of(slot)) or slot

    def _before(self, slot: int) -> object:
        """The last day before a slot, or the number of the slot before it."""
        day = self._problem.timeline.day_of(slot)
        return _iso(day - timedelta(days=1)) if day else slot - 1

    def _calendar(self, calendar: WorkCalendar) -> Document:
        pauses = [{"from": self._slot(pause.start), "until": self._before(pause.end)} for pause in calendar.pauses]
        return {"key": calendar.key} | _said(pauses=pauses)

    # --- factors

    def _renewable(self, factor: Renewable) -> Document:
        levels = [{"from": self._slot(e.start), "amount": self._amount(factor.key, e.amount)} for e in factor.levels]
        return self._factor(factor, FactorKind.RENEWABLE) | _said(levels=levels)

    def _consumable(self, factor: Consumable) -> Document:
        releases = [
            {"from": self._slot(each.start), "amount": self._amount(factor.key, each.amount)}
            | _given("until", None if each.expires is None else self._before(each.expires))
            for each in factor.releases
        ]
        return self._factor(factor, FactorKind.CONSUMABLE) | _said(releases=releases)

    def _factor(self, factor: Renewable | Consumable, kind: FactorKind) -> Document:
        said = _said(name=factor.name, unit=factor.unit, decimals=factor.decimals)
        return {"key": factor.key, "kind": str(kind)} | said

    def _source(self, source: MoneySource) -> Document:
        arrivals = [{"from": self._slot(e.start), "amount": self._money.written(e.amount)} for e in source.arrivals]
        uses = None if source.pays_for is None else {"pays_for": sorted(source.pays_for)}
        return {"key": source.key} | _said(name=source.name) | (uses or {}) | _said(arrivals=arrivals)

    def _amount(self, factor: str, amount: int) -> str:
        return self._measures[factor].written(amount)

    # --- projects

    def _project(self, project: Project) -> Document:
        return {"key": project.key} | _said(
            name=project.name,
            mandatory=project.is_mandatory,
            requires=list(project.requires),
            earnings=[{"part": str(each.part), "amount": each.amount} for each in project.earnings],
            activities=[self._activity(each) for each in project.activities],
        )

    def _activity(self, activity: Activity) -> Document:
        done, deadline = activity.done, activity.deadline
        given = {
            "from": self._slot(activity.release) if activity.release else None,
            "by": None if deadline is None else self._before(deadline),
            "calendar": activity.calendar,
            "statutory_limit": activity.statutory_limit,
            "done": None if done is None else {"from": self._slot(done.start), "mode": done.mode + 1},
        }
        return (
            {"key": activity.key}
            | _said(name=activity.name)
            | {name: value for name, value in given.items() if value is not None}
            | _said(
                modes=[self._mode(each) for each in activity.modes],
                earnings=[self._earning(each) for each in activity.earnings],
            )
        )

    def _mode(self, mode: Mode) -> Document:
        demands = {demand.factor: self._demand(demand) for demand in mode.demands}
        payments = [self._payment(each) for each in mode.payments]
        return {"duration": mode.duration} | _said(name=mode.name, demands=demands, payments=payments)

    def _demand(self, demand: Demand) -> str:
        return self._amount(demand.factor, demand.amount)

    def _payment(self, payment: Payment) -> Document:
        return {"use": payment.use, "amount": self._money.written(payment.amount), "when": str(payment.when)}

    def _earning(self, earning: Earning) -> Document:
        said: Document = {"kind": str(KINDS[type(earning)]), "part": str(earning.part), "amount": earning.amount}
        match earning:
            case WhileWorked():
                return said | {"from": self._slot(earning.start), "until": self._before(earning.end)}
            case WhenFinishedBy():
                return said | {"by": self._before(earning.by)}
            case SinceFinished():
                return said | {"until": self._before(earning.until)}
            case IfLate():
                return said | {"by": self._before(earning.due), "once": earning.once}
            case IfMoved():
                return said | {"from": self._slot(earning.start), "once": earning.once}

    def _lag(self, lag: Lag) -> Document:
        said = {"before": _pair(lag.before), "after": _pair(lag.after), "least": lag.least}
        return said | _given("most", lag.most) | {"counted_from": str(lag.counted_from)}


def _pair(ref: Ref) -> list[str]:
    return [ref.project, ref.activity]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _said(**fields: object) -> Document:
    """The fields that say anything."""
    return {name: value for name, value in fields.items() if value not in (None, "", 0, [], {})}


def _given(name: str, value: object) -> Document:
    return {} if value is None else {name: value}
