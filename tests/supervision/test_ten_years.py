"""The clock run through ten years of days, 2019 to 2028: six looks a day, each alarm exactly once and only by day.

What should be raised is worked out again here, tick by tick and day by day, from the notices as they were known then.
The notice of 2027 comes only on 20 January 2027, that of 2028 in November 2027.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from importlib.resources import files
from itertools import cycle

import pytest

from sushui.kernel import clock, days, jobs, outbox
from sushui.kernel.models import OutboxMessage
from sushui.notices.models import Notice
from sushui.supervision import services
from sushui.supervision.enums import ClockKind, NodeCycle, ReportKind, Rung, TaskKind
from sushui.supervision.models import Escalation, SupervisedTask, TaskClock
from tests.supervision.play import Play, at

FIRST, LAST = date(2019, 1, 1), date(2028, 12, 31)
LOOKS = ("07:00", "08:00", "12:00", "19:59", "20:00", "23:59")
OPEN = ("08:00", "12:00", "19:59")
ACTS_AT = "10:00"  # between the second look and the third
SPECIAL = ["2020-01-23", "2020-02-28", "2024-02-29", "2026-12-28", "2027-01-15", "2027-12-29", "2028-02-28"]
NOTICES = {
    "2027-01-20": {"2027": {"off": ["01-01", "02-05", "02-08", "02-09", "02-10", "02-11"], "on": ["01-30", "02-20"]}},
    "2027-11-10": {"2028": {"off": ["01-03", "01-26", "01-27", "01-28", "01-31", "02-01"], "on": ["01-23", "02-05"]}},
}
# What an office may set about how clocks count and when they stand still, set otherwise.
OTHERWISE = {
    "first_day_counts": False,
    "month_length": "thirty_days",
    "rest_day": "same",
    "stops_in_dispute": False,
    "stops_when_returned": True,
}
Act = Callable[[Play, SupervisedTask, date], object]


def later(days_on: int) -> timedelta:
    return timedelta(days=days_on)


CONTINUING = {"kind": TaskKind.CONTINUING, "node_cycle": NodeCycle.MONTHLY}
# What becomes of a task: how it begins, and what is done how many days later.
SCRIPTS: list[tuple[Callable[[Play, date], SupervisedTask], dict[int, Act]]] = [
    (lambda play, day: play.task(), {45: lambda play, task, day: play.withdraw(task)}),
    (
        lambda play, day: play.signed(),
        {
            2: lambda play, task, day: play.report(task, ReportKind.FEEDBACK),
            25: lambda play, task, day: play.apply(task),
            26: lambda play, task, day: play.close(task),
        },
    ),
    (
        lambda play, day: play.signed(),
        {
            0: lambda play, task, day: play.report(task, ReportKind.ARRANGEMENT),
            3: lambda play, task, day: play.apply(task),
            4: lambda play, task, day: play.close(task),
        },
    ),
    (
        lambda play, day: play.signed(supporting=("finance",)),
        {
            1: lambda play, task, day: services.extend_deadline(play.office, play.ask_later(task, day + later(40))),
            60: lambda play, task, day: play.apply(task),
            61: lambda play, task, day: play.close(task),
        },
    ),
    (
        lambda play, day: play.signed(kind=TaskKind.MAJOR),
        {
            3: lambda play, task, day: play.suspend(task, day + later(20), day + later(50)),
            21: lambda play, task, day: play.report(task, ReportKind.PLAN_STEP),
            70: lambda play, task, day: play.resume(task),
            120: lambda play, task, day: play.apply(task),
            121: lambda play, task, day: play.close(task),
        },
    ),
    (
        lambda play, day: play.signed(),
        {
            15: lambda play, task, day: play.suspend(task, day + later(60)),
            30: lambda play, task, day: play.resume(task),
            60: lambda play, task, day: play.withdraw(task),
        },
    ),
    (
        lambda play, day: play.signed(),
        {
            4: lambda play, task, day: play.apply(task),
            20: lambda play, task, day: play.send_back(task),
            40: lambda play, task, day: play.apply(task),
            41: lambda play, task, day: play.close(task),
        },
    ),
    (
        lambda play, day: play.signed(**CONTINUING, deadline_on=day + later(100)),
        {
            35: lambda play, task, day: play.report(task, ReportKind.NODE),
            66: lambda play, task, day: play.report(task, ReportKind.NODE),
            130: lambda play, task, day: play.apply(task),
            131: lambda play, task, day: play.close(task),
        },
    ),
    (
        lambda play, day: play.task(),
        {
            1: lambda play, task, day: play.dispute(task),
            8: lambda play, task, day: play.decide(play.request(task, "ownership"), "works"),
            50: lambda play, task, day: play.withdraw(task),
        },
    ),
]


# --- what is known of days -------------------------------------------------------------------------------------------
class Almanac:
    """Which days are worked, by the notices known so far; read from the notices themselves, day by day."""

    def __init__(self) -> None:
        text = (files("sushui.engines.calendar") / "data" / "holiday_cn.json").read_text(encoding="utf-8")
        self.off: dict[date, bool] = {}
        self.years: set[int] = set()
        for year, notice in json.loads(text).items():
            if notice["days"]:  # else it is not announced
                self.learn(int(year), notice["days"])

    def learn(self, year: int, entries: list[dict[str, object]]) -> None:
        self.years.add(year)
        self.off |= {date.fromisoformat(str(entry["date"])): bool(entry["isOffDay"]) for entry in entries}

    def is_working(self, day: date) -> bool:
        if day in self.off:
            return not self.off[day]
        by_law = day.year not in self.years and (day.month, day.day) in {
            (1, 1),
            (5, 1),
            (5, 2),
            (10, 1),
            (10, 2),
            (10, 3),
        }
        return day.weekday() < 5 and not by_law

    def count(self, after: date, through: date, pauses: list[list[str]]) -> int:
        """Working days in (after, through] that lie in no pause."""
        days_between = (after + later(n) for n in range(1, (through - after).days + 1))
        return sum(self.is_working(day) and not _is_paused(day, pauses) for day in days_between)


def _is_paused(day: date, pauses: list[list[str]]) -> bool:
    return any(first <= day.isoformat() < until for first, until in pauses)


# --- what should be raised -------------------------------------------------------------------------------------------
@dataclass
class Expected:
    """What should be raised, worked out at every look from the clocks that run then."""

    almanac: Almanac = field(default_factory=Almanac)
    running: list[TaskClock] = field(default_factory=list)
    raised: dict[tuple[int, date, Rung], datetime] = field(default_factory=dict)

    def look(self, day: date, time: str) -> None:
        if time not in OPEN or not self.almanac.is_working(day):
            return
        for each in self.running:
            for rung in self._reached(each, day):
                self.raised.setdefault((each.pk, each.due_on, rung), at(day.isoformat(), time))

    def _reached(self, each: TaskClock, day: date) -> list[Rung]:
        if day > each.due_on:
            over = self.almanac.count(each.due_on, day, each.pauses)
            return [rung for rung, least in ((Rung.OVERDUE, 1), (Rung.RED, 4), (Rung.LISTED, 6)) if over >= least]
        is_major = each.kind is ClockKind.RESULT and each.task.kind is not TaskKind.GENERAL
        left = self.almanac.count(day - later(1), each.due_on - later(1), [])
        return [Rung.DUE_SOON] if left <= (3 if is_major else 1) else []


# --- the ten years ---------------------------------------------------------------------------------------------------
class Decade:
    """Tasks of all kinds, begun on various days, and all that is done to them, by day."""

    def __init__(self, play: Play) -> None:
        self.play = play
        self.expected = Expected()
        self.agenda: dict[date, list[Callable[[], object]]] = {}
        scripts = cycle(SCRIPTS)
        for day in sorted([*_every(97), *map(date.fromisoformat, SPECIAL)]):
            self._plan(day, *next(scripts))
        for text, notice in NOTICES.items():
            self._at(date.fromisoformat(text), lambda notice=notice: self._load(notice))

    def _plan(self, day: date, begin: Callable[[Play, date], SupervisedTask], acts: dict[int, Act]) -> None:
        begun: list[SupervisedTask] = []
        self._at(day, lambda: begun.append(begin(self.play, day)))
        for days_on, act in acts.items():
            self._at(day + later(days_on), lambda act=act: act(self.play, begun[0], day))

    def _at(self, day: date, act: Callable[[], object]) -> None:
        self.agenda.setdefault(day, []).append(act)

    def _load(self, notice: dict[str, dict[str, list[str]]]) -> None:
        for year, named in notice.items():
            entries = [{"date": f"{year}-{day}", "isOffDay": off} for off, key in _KINDS for day in named[key]]
            self.expected.almanac.learn(int(year), entries)
            text = json.dumps({year: {"days": entries}})
            days.load_notice(self.play.viewer("administrator"), text, source="国办通知")
            jobs.run("supervision.recompute")

    def run(self) -> None:
        for day in _every(1):
            looks = list(LOOKS)
            if day in self.agenda:
                self._look(day, looks[:2])
                self._act(day)
                looks = looks[2:]
            self._look(day, looks)

    def _look(self, day: date, looks: list[str]) -> None:
        # The same question that the clockwork asks first: on most days nothing is due, and six looks are spared.
        is_due = TaskClock.objects.filter(next_rung_on__lte=day).exists()
        for time in looks:
            self.expected.look(day, time)
            if is_due:
                with clock.frozen(at(day.isoformat(), time)):
                    services.climb_ladder()

    def _act(self, day: date) -> None:
        with clock.frozen(at(day.isoformat(), ACTS_AT)):
            for act in self.agenda[day]:
                act()
        rows = TaskClock.objects.filter(met_on=None, stopped_on=None, canceled_on=None)
        self.expected.running = list(rows.select_related("task"))


_KINDS = ((True, "off"), (False, "on"))


def _every(step: int) -> Iterator[date]:
    return (FIRST + later(n) for n in range(0, (LAST - FIRST).days + 1, step))


@pytest.mark.parametrize("given", [{}, OTHERWISE], ids=["by default", "set otherwise"])
def test_ten_years_of_days_raise_each_alarm_once_and_only_by_day(play: Play, given: Mapping[str, object]) -> None:
    for key, value in given.items():
        play.set(key, value, since=FIRST)
    decade = Decade(play)

    decade.run()

    raised = {(row.clock_id, row.due_on, row.rung): clock.local(row.at) for row in Escalation.objects.all()}
    assert raised == decade.expected.raised
    assert {moment.strftime("%H:%M") for moment in raised.values()} == {"08:00", "12:00"}
    assert {rung for _clock, _due, rung in raised} == set(Rung)
    with clock.frozen(at("2028-12-31", "23:59")):
        while outbox.deliver():
            continue
    sent = OutboxMessage.objects.filter(key__startswith="supervision.clock:")
    assert sent.count() == len(raised)
    assert sent.exclude(done_at=None).count() == len(raised)
    notices = Notice.objects.filter(key__startswith="supervision.clock:")
    assert notices.count() == sum(len(message.payload["post_ids"]) for message in sent)
