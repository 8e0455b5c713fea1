"""What the engine refuses, in words: which project or factor, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sushui.engines.planning import Problem, Ref
from sushui.engines.planning.errors import PlanningError, Refusal
from sushui.kernel.errors import DomainError
from sushui.kernel.labels import label_of
from sushui.projects.enums import FundingSource

_SENTENCES: Mapping[Refusal, tuple[Promise, Promise]] = {
    Refusal.NEVER_ENOUGH: (
        _("“%(project)s” must be in the plan, and there is never as much of “%(factor)s” as it needs."),
        _("Enter more of it, or let the project be chosen freely."),
    ),
    Refusal.NEVER_IN_TIME: (
        _("“%(project)s” must be in the plan, and cannot be ended in time."),
        _("Give a later day, plan more years, or let the project be chosen freely."),
    ),
    Refusal.CIRCLE: (
        _("The permit steps of “%(project)s” wait for each other in a circle."),
        _("Mend the permit path first."),
    ),
    Refusal.LAGS_CONTRADICT: (
        _("The permit steps of “%(project)s” cannot follow each other as they should."),
        _("Mend the permit path first."),
    ),
    Refusal.DONE_TAKES_TOO_MUCH: (
        _("What has been begun already takes more of “%(factor)s” than there is."),
        _("Enter how much of it there really is."),
    ),
    Refusal.DONE_OUTSIDE: (
        _("What “%(project)s” has begun does not end within the years that are planned."),
        _("Plan more years, or leave the project out of the candidates."),
    ),
    Refusal.DONE_BEFORE_ITS_TURN: (
        _("“%(project)s” has begun something before what must come first."),
        _("Correct the days of its permits, or leave it out of the candidates."),
    ),
    Refusal.DONE_AGAINST_LAG: (
        _("“%(project)s” has begun something before what must come first."),
        _("Correct the days of its permits, or leave it out of the candidates."),
    ),
    Refusal.MANDATORY_RIVALS: (
        _("“%(project)s” and “%(other)s” must both be in the plan, and are never to be in it together."),
        _("Let one of them be chosen freely, or take back that they exclude each other."),
    ),
    Refusal.DATE_OUTSIDE: (
        _("A day lies outside the years that are planned: %(place)s."),
        _("Give a day within them, or plan more years."),
    ),
}
_OTHERWISE = (
    _("The registers hold something that cannot be planned with (%(kind)s): %(place)s."),
    _("Correct it there, or leave the project out of the candidates."),
)


def refused(error: PlanningError, problem: Problem) -> DomainError:
    """The refusal as the page says it."""
    sentence, mend = _SENTENCES.get(error.code, _OTHERWISE)
    return DomainError("plan_refused", sentence, mend, **_named(error, problem))


def _named(error: PlanningError, problem: Problem) -> dict[str, str]:
    facts = error.facts
    refs = [*_refs(facts.get("activities")), *_refs([facts.get("before")])]
    key = str(facts.get("project") or (refs[0].project if refs else ""))
    project = problem.project.get(key)
    factors = {each.key: each.name for each in problem.renewables}
    factors |= {each.key: each.name for each in problem.consumables}
    factor = str(facts.get("factor", ""))
    other = problem.project.get(str(facts.get("other") or ""))
    return {
        "kind": error.code.value,
        "other": other.name if other else "",
        "project": project.name if project else key,
        "factor": factors.get(factor) or _source(factor),
        "place": _place(str(facts.get("place", "")), problem),
    }


def _source(use: str) -> str:
    """The source of money that a use is to be paid by."""
    word = use.partition("/")[0]
    return next((label_of(source) for source in FundingSource if source.value == word), word)


def _place(path: str, problem: Problem) -> str:
    """The path to a field with the project's name in it instead of its number."""
    return ".".join(problem.project[part].name if part in problem.project else part for part in path.split("."))


def _refs(said: object) -> list[Ref]:
    return [each for each in said if isinstance(each, Ref)] if isinstance(said, list | tuple) else []
