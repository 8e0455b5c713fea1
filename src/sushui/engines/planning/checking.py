"""The door: whether a problem can be meant. What it lets pass, solvers may rely on.

`check` refuses the first thing that is wrong; `doubts` lists the optional projects that can be in no plan: they are no
error (nobody has promised them), and nobody should have to find out by their absence.
"""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable, Iterator
from itertools import pairwise

from .errors import Doubt, Doubted, PlanningError, Refusal
from .factors import Renewable
from .fitting import Misfit, Shortage, Windows, shortage
from .lagging import contradiction
from .order import circle
from .plan import Placement, Plan
from .problem import Activity, From, Goal, Lag, Mode, Problem, Project, Ref
from .timeline import SlotKind
from .verifying import ViolationKind, verify

MOST_SLOTS = 20_000
MOST_AMOUNT = 10**12  # so that any sum a solver makes stays within 64 bits


def check(problem: Problem) -> None:
    """Refuse a problem that cannot be meant, by a `PlanningError`: the first that is found, in this order.

    Two projects may require each other: they are in the plan together or not at all.
    """
    for look in (_time, _keys, _names, _numbers, _factors, _activities, _lags, _choices, _done, _fits):
        look(problem)


def doubts(problem: Problem) -> tuple[Doubted, ...]:
    """The optional projects of a checked problem that can be in no plan, each with the first reason found."""
    must = _must(problem)
    windows = Windows(problem, must)
    found: dict[str, Doubted] = {}
    for project in problem.projects:
        if project.key not in must:
            doubt = _rival(problem, project, must) or _impossible(problem, project, windows)
            if doubt is not None:
                found[project.key] = doubt
    _spread(problem, found)
    return tuple(found[project.key] for project in problem.projects if project.key in found)


def _refuse(code: Refusal, **facts: object) -> None:
    raise PlanningError(code, **facts)


# --- time, keys and names --------------------------------------------------------------------------------------------


def _time(problem: Problem) -> None:
    timeline = problem.timeline
    if not 1 <= timeline.horizon <= MOST_SLOTS:
        _refuse(Refusal.HORIZON_OUT_OF_RANGE, horizon=timeline.horizon, limit=MOST_SLOTS)
    if timeline.slot is SlotKind.MONTH and timeline.first_day is not None and timeline.first_day.day != 1:
        _refuse(Refusal.NOT_FIRST_OF_MONTH, day=timeline.first_day)


def _keys(problem: Problem) -> None:
    _once("projects", [project.key for project in problem.projects])
    for project in problem.projects:
        _once(f"projects.{project.key}.activities", [activity.key for activity in project.activities])
    _once("factors", _factor_keys(problem))
    _once("sources", [source.key for source in problem.sources])
    _once("calendars", [calendar.key for calendar in problem.calendars])
    for number, group in enumerate(problem.groups):
        _once(f"groups.{number}", group)
    for place, mode in _modes(problem):
        _once(f"{place}.demands", [demand.factor for demand in mode.demands])


def _factor_keys(problem: Problem) -> list[str]:
    return [*(factor.key for factor in problem.renewables), *(factor.key for factor in problem.consumables)]


def _once(place: str, keys: Iterable[Hashable]) -> None:
    seen: set[Hashable] = set()
    for key in keys:
        if key in seen:
            _refuse(Refusal.KEY_TWICE, place=place, key=key)
        seen.add(key)


def _modes(problem: Problem) -> Iterator[tuple[str, Mode]]:
    for project, activity in problem.every():
        for number, mode in enumerate(activity.modes):
            yield f"{_place(project, activity)}.modes.{number}", mode


def _place(project: Project, activity: Activity) -> str:
    return f"projects.{project.key}.activities.{activity.key}"


def _names(problem: Problem) -> None:
    factors = set(_factor_keys(problem))
    calendars = {None, *(calendar.key for calendar in problem.calendars)}
    for place, mode in _modes(problem):
        for demand in mode.demands:
            _known(demand.factor, factors, f"{place}.demands", "factor")
    for project, activity in problem.every():
        _known(activity.calendar, calendars, _place(project, activity), "calendar")
    for number, lag in enumerate(problem.lags):
        for ref in (lag.before, lag.after):
            _known(ref.project, problem.project, f"lags.{number}", "project")
            _known(ref, problem.activity, f"lags.{number}", "activity")
    for project in problem.projects:
        for key in project.requires:
            _known(key, problem.project, f"projects.{project.key}.requires", "project")
    for number, group in enumerate(problem.groups):
        for key in group:
            _known(key, problem.project, f"groups.{number}", "project")


def _known(key: Hashable, keys: Container[Hashable], place: str, kind: str) -> None:
    if key not in keys:
        _refuse(Refusal.UNKNOWN_NAME, place=place, kind=kind, key=key)


# --- numbers ---------------------------------------------------------------------------------------------------------


def _numbers(problem: Problem) -> None:
    """No amount below nought, none beyond what can be summed up."""
    for place, amount in _amounts(problem):
        if amount < 0:
            _refuse(Refusal.NEGATIVE, place=place, value=amount)
        if amount > MOST_AMOUNT:
            _refuse(Refusal.NUMBER_TOO_LARGE, place=place, value=amount, limit=MOST_AMOUNT)
    for place, amount in _values(problem):
        if abs(amount) > MOST_AMOUNT:
            _refuse(Refusal.NUMBER_TOO_LARGE, place=place, value=amount, limit=MOST_AMOUNT)


def _amounts(problem: Problem) -> Iterator[tuple[str, int]]:
    for factor in problem.renewables:
        yield from ((f"factors.{factor.key}.levels", level.amount) for level in factor.levels)
    for quota in problem.consumables:
        yield from ((f"factors.{quota.key}.releases", release.amount) for release in quota.releases)
    for source in problem.sources:
        yield from ((f"sources.{source.key}.arrivals", arrival.amount) for arrival in source.arrivals)
    for place, mode in _modes(problem):
        yield f"{place}.duration", mode.duration
        yield from ((f"{place}.demands.{demand.factor}", demand.amount) for demand in mode.demands)
        yield from ((f"{place}.payments.{payment.use}", payment.amount) for payment in mode.payments)
    yield from ((f"weights.{part}", weight) for part, weight in problem.weights.items())


def _values(problem: Problem) -> Iterator[tuple[str, int]]:
    for project in problem.projects:
        for earning in project.earnings:
            yield f"projects.{project.key}.earnings", problem.weights.get(earning.part, 0) * earning.amount
    for project, activity in problem.every():
        for each in activity.earnings:
            yield f"{_place(project, activity)}.earnings", problem.weights.get(each.part, 0) * each.amount


def _factors(problem: Problem) -> None:
    horizon = problem.timeline.horizon
    for factor in problem.renewables:
        _levels(factor, horizon)
    for quota in problem.consumables:
        for release in quota.releases:
            _inside(f"factors.{quota.key}.releases", release.start, horizon - 1, horizon)
            if release.expires is not None and release.expires <= release.start:
                _refuse(Refusal.CLOSES_BEFORE_IT_OPENS, factor=quota.key, slot=release.start, expires=release.expires)
    for source in problem.sources:
        for arrival in source.arrivals:
            _inside(f"sources.{source.key}.arrivals", arrival.start, horizon - 1, horizon)


def _levels(factor: Renewable, horizon: int) -> None:
    starts = [level.start for level in factor.levels]
    if not starts or starts[0] != 0:
        _refuse(Refusal.LEVELS_OUT_OF_ORDER, factor=factor.key, slot=starts[0] if starts else 0)
    for earlier, later in pairwise(starts):
        if later <= earlier:
            _refuse(Refusal.LEVELS_OUT_OF_ORDER, factor=factor.key, slot=later)
    _inside(f"factors.{factor.key}.levels", starts[-1], horizon - 1, horizon)


def _inside(place: str, slot: int, last: int, horizon: int) -> None:
    if not 0 <= slot <= last:
        _refuse(Refusal.DATE_OUTSIDE, place=place, slot=slot, horizon=horizon)


# --- activities and lags ---------------------------------------------------------------------------------------------


def _activities(problem: Problem) -> None:
    for project in problem.projects:
        if not project.activities:
            _refuse(Refusal.WITHOUT_ACTIVITIES, project=project.key)
        for activity in project.activities:
            _activity(problem, project, activity)


def _activity(problem: Problem, project: Project, activity: Activity) -> None:
    horizon, place = problem.timeline.horizon, _place(project, activity)
    if not activity.modes:
        _refuse(Refusal.WITHOUT_MODES, project=project.key, activity=activity.key)
    _inside(f"{place}.release", activity.release, horizon, horizon)
    if activity.deadline is not None:
        _inside(f"{place}.deadline", activity.deadline, horizon, horizon)
    limit = activity.statutory_limit
    if limit is not None:
        _inside_limit(project, activity, limit)
    for mode in activity.modes:
        _payments(problem, project, activity, mode)


def _inside_limit(project: Project, activity: Activity, limit: int) -> None:
    """What already happened may have taken longer than it should have."""
    longest = max(mode.duration for mode in activity.modes)
    if longest > limit and activity.done is None:
        _refuse(Refusal.OVER_STATUTORY_LIMIT, project=project.key, activity=activity.key, duration=longest, limit=limit)


def _payments(problem: Problem, project: Project, activity: Activity, mode: Mode) -> None:
    if mode.duration == 0 and any(payment.amount for payment in mode.payments):
        _refuse(Refusal.MILESTONE_PAYS, project=project.key, activity=activity.key)
    for payment in mode.payments:
        if not any(source.may_pay(payment.use) for source in problem.sources):
            _refuse(Refusal.NOBODY_PAYS, project=project.key, activity=activity.key, use=payment.use)


def _lags(problem: Problem) -> None:
    for lag in problem.lags:
        if lag.most is not None and lag.most < lag.least:
            _refuse(Refusal.MOST_BELOW_LEAST, before=lag.before, after=lag.after, least=lag.least, most=lag.most)
    waits: dict[Ref, list[Ref]] = {ref: [] for ref in problem.activity}
    for lag in problem.lags:
        waits[lag.after].append(lag.before)
    found = circle(waits)
    if found:
        _refuse(Refusal.CIRCLE, activities=tuple(found))
    must = _must(problem)
    _contradiction(problem, [lag for lag in problem.lags if {lag.before.project, lag.after.project} <= must])
    _contradiction(problem, [lag for lag in problem.lags if lag.before.project == lag.after.project])


def _contradiction(problem: Problem, lags: list[Lag]) -> None:
    found = contradiction(problem, lags)
    if found is not None:
        _refuse(Refusal.LAGS_CONTRADICT, activities=found.activities, by=found.by)


# --- choices ---------------------------------------------------------------------------------------------------------


def _must(problem: Problem) -> frozenset[str]:
    """The projects of every plan: those that are mandatory, and what they require."""
    return _with_required(problem, [project.key for project in problem.projects if project.is_mandatory])


def _with_required(problem: Problem, keys: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting.extend(problem.project[key].requires)
    return frozenset(found)


def _choices(problem: Problem) -> None:
    must = _must(problem)
    if problem.goal is Goal.MAKESPAN:
        for project in problem.projects:
            if project.key not in must:
                _refuse(Refusal.OPTIONAL_IN_MAKESPAN, project=project.key)
    for group in problem.groups:
        rivals = [key for key in group if key in must]
        if len(rivals) > 1:
            _refuse(Refusal.MANDATORY_RIVALS, project=rivals[0], other=rivals[1])


# --- what already happened -------------------------------------------------------------------------------------------


def _done(problem: Problem) -> None:
    for ref, activity in problem.activity.items():
        if activity.done is not None:
            _known(activity.done.mode, range(len(activity.modes)), f"{_at(ref)}.done", "mode")
            duration = activity.modes[activity.done.mode].duration
            if problem.working[activity.calendar].end(activity.done.start, duration) is None:
                _refuse(Refusal.DONE_OUTSIDE, project=ref.project, activity=ref.activity, slot=activity.done.start)
    for lag in problem.lags:
        _done_lag(problem, lag)
    _done_amounts(problem)


def _at(ref: Ref) -> str:
    return f"projects.{ref.project}.activities.{ref.activity}"


def _done_lag(problem: Problem, lag: Lag) -> None:
    before, after = problem.activity[lag.before], problem.activity[lag.after]
    if before.done is None or after.done is None:
        return
    duration = before.modes[before.done.mode].duration
    end = problem.working[before.calendar].end(before.done.start, duration)
    origin = before.done.start if lag.counted_from is From.START or end is None else end
    waited = after.done.start - origin
    if waited < lag.least or (lag.most is not None and waited > lag.most):
        _refuse(
            Refusal.DONE_AGAINST_LAG,
            before=lag.before,
            after=lag.after,
            waited=waited,
            least=lag.least,
            most=lag.most,
        )


def _done_amounts(problem: Problem) -> None:
    """What already happened in the projects of every plan cannot have taken more than there was."""
    must = _must(problem)
    done = {ref: each.done for ref, each in problem.activity.items() if each.done is not None and ref.project in must}
    kinds = (ViolationKind.OVER_CAPACITY, ViolationKind.QUOTA_SHORT, ViolationKind.MONEY_SHORT)
    for found in verify(problem, Plan({ref: Placement(at.start, at.mode) for ref, at in done.items()})):
        if found.kind in kinds:
            _refuse(Refusal.DONE_TAKES_TOO_MUCH, factor=found.factor, slot=found.slot, by=found.by)


# --- what can never be -----------------------------------------------------------------------------------------------


def _fits(problem: Problem) -> None:
    """Refuse where something that must be in the plan cannot be."""
    must = _must(problem)
    windows = Windows(problem, must)
    for project in problem.projects:
        key = project.key
        if key not in must:
            continue
        if (lacking := _shortage(problem, project)) is not None:
            _refuse(Refusal.NEVER_ENOUGH, project=key, **lacking._asdict())
        if (late := windows.misfit(project)) is not None:
            code = Refusal.NEVER_IN_TIME if late.done is None else Refusal.DONE_BEFORE_ITS_TURN
            _refuse(code, **_late(late, key))


def _shortage(problem: Problem, project: Project) -> Shortage | None:
    return next((lacking for each in project.activities if (lacking := shortage(problem, each)) is not None), None)


def _late(misfit: Misfit, key: str) -> dict[str, object]:
    if misfit.done is not None:
        return {
            "project": key,
            "activity": misfit.activity,
            "slot": misfit.done.start,
            "earliest": misfit.earliest,
        }
    return {"project": key, "activity": misfit.activity, "earliest": misfit.earliest, "latest": misfit.latest}


def _impossible(problem: Problem, project: Project, windows: Windows) -> Doubted | None:
    if (lacking := _shortage(problem, project)) is not None:
        return Doubted(Doubt.NEVER_ENOUGH, {"project": project.key, **lacking._asdict()})
    if (late := windows.misfit(project)) is not None:
        code = Doubt.NEVER_IN_TIME if late.done is None else Doubt.DONE_BEFORE_ITS_TURN
        return Doubted(code, _late(late, project.key))
    return None


def _rival(problem: Problem, project: Project, must: frozenset[str]) -> Doubted | None:
    """Whether it brings two of one group into the plan, by what is there anyhow and by what it requires."""
    together = _with_required(problem, [project.key])
    for group in problem.groups:
        rivals = [key for key in group if key in together or key in must]
        if len(rivals) > 1 and together & set(rivals):
            other = next(key for key in rivals if key != project.key)
            code = Doubt.RIVAL_OF_MANDATORY if other in must else Doubt.REQUIRES_RIVAL
            return Doubted(code, {"project": project.key, "other": other})
    return None


def _spread(problem: Problem, found: dict[str, Doubted]) -> None:
    """What requires a project that can be in no plan can be in none either."""
    doubted = set(found)
    for project in problem.projects:
        for other in sorted(_with_required(problem, [project.key]) & doubted - {project.key}):
            found.setdefault(project.key, Doubted(Doubt.REQUIRES_DOUBTED, {"project": project.key, "other": other}))
