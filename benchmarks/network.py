"""How long the permit networks of a county take: 1,000 projects of 20 steps, each with its states and critical path.

    python -m benchmarks.network            # 1,000 projects
    python -m benchmarks.network 10000

Beside it, in the same run, the longest path of the same graphs with whole numbers for durations (no calendar, no
states, no latest days, no unknowns): by networkx where it is installed, and by a plain pass over the steps in order.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

from benchmarks.world import machine
from sushui.engines.calendar import WorkingCalendar, official_table
from sushui.engines.network import (
    DayKind,
    Length,
    Limit,
    Network,
    Requirement,
    Step,
    StepFacts,
    Template,
    schedule,
    select,
    slip,
)

STEPS = 20
PREREQUISITES = 3
ROUNDS = 5
TODAY = date(2026, 3, 2)


class Project(NamedTuple):
    """A project's network, and what is known of its first steps."""

    network: Network
    facts: dict[str, StepFacts]


def main() -> None:
    """Print a table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    calendar = WorkingCalendar(official_table())
    templates = [_template(random.Random(number)) for number in range(count)]
    projects = [Project(select(each, ()), _facts(random.Random(-number))) for number, each in enumerate(templates)]
    print(f"{machine()}\n\n{count:,} projects of {STEPS} steps\n{'':<44}{'s':>8}{'us each':>9}{'x plain':>9}")
    plain = _best(lambda: [_plain_longest(each.network) for each in projects])
    for name, seconds in _timed(templates, projects, calendar):
        print(_row(name, seconds, count, plain))
    print(_row("longest path, a plain pass in order", plain, count, plain))
    if find_spec("networkx"):
        print(_row("longest path, networkx", _best(_networkx(projects)), count, plain))


def _timed(
    templates: list[Template], projects: list[Project], calendar: WorkingCalendar
) -> Iterator[tuple[str, float]]:
    yield "from template to network", _best(lambda: [select(each, ()) for each in templates])
    yield (
        "states, both passes, critical path",
        _best(lambda: [schedule(each.network, each.facts, TODAY, calendar) for each in projects]),
    )
    yield (
        "what a slip moves",
        _best(lambda: [slip(each.network, each.facts, TODAY, calendar, "10", 5) for each in projects]),
    )


def _row(name: str, seconds: float, count: int, plain: float) -> str:
    return f"{name:<44}{seconds:>8.3f}{seconds / count * 1e6:>9.0f}{seconds / plain:>9.1f}"


def _best(work: Callable[[], object]) -> float:
    """Seconds of the fastest of some rounds: the machine is not ours alone."""
    taken = []
    for _round in range(ROUNDS):
        before = time.perf_counter()
        work()
        taken.append(time.perf_counter() - before)
    return min(taken)


def _template(dice: random.Random) -> Template:
    steps = tuple(_step(number, dice) for number in range(STEPS))
    return Template("benchmark", "standard", "", "", str(STEPS - 1), steps)


def _step(number: int, dice: random.Random) -> Step:
    before = dice.sample(range(number), min(number, dice.randint(1, PREREQUISITES)))
    kind = dice.choice(list(DayKind))
    return Step(
        key=str(number),
        name="",
        msgid="",
        agency="",
        requires=tuple(Requirement(str(other), "") for other in before),
        limit=Limit(Length(dice.randint(5, 60), day_kind=kind), ""),
    )


def _facts(dice: random.Random) -> dict[str, StepFacts]:
    """Some steps are done, some run."""
    done_on, accepted_on = (TODAY - timedelta(days=dice.randint(1, 60)) for _fact in range(2))
    return {"0": StepFacts(granted_on=done_on), "1": StepFacts(filed_on=accepted_on, accepted_on=accepted_on)}


def _plain_longest(network: Network) -> int:
    ends: dict[str, int] = {}
    for step in network.steps:
        start = max([ends[requirement.key] for requirement in step.requires], default=0)
        ends[step.key] = start + _days(step)
    return ends[network.goal]


def _days(step: Step) -> int:
    return step.limit.length.count if step.limit else 0


def _networkx(projects: list[Project]) -> Callable[[], object]:
    peer = import_module("networkx")
    graphs = []
    for project in projects:
        graph = peer.DiGraph()
        for step in project.network.steps:
            graph.add_node(step.key)
            for requirement in step.requires:
                graph.add_edge(requirement.key, step.key, weight=_days(project.network.step(requirement.key)))
        graphs.append(graph)
    return lambda: [peer.dag_longest_path(graph) for graph in graphs]


if __name__ == "__main__":
    main()
