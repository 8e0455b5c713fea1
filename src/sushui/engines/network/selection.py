"""From a template to the network of one project: what does not apply is left out, the order stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from .errors import NetworkError, Refusal
from .order import ordered
from .template import Network, Requirement, Step, Template


def select(template: Template, flags: Iterable[str]) -> Network:
    """The steps that apply to a project with these flags.

    If B is left out of A -> B -> C, C comes after A (`Requirement.through` names B). A choice of which the project has
    no flag yet stands in `Network.undecided`.

    Raises `NetworkError`: UNKNOWN_FLAG, CHOOSE_ONE, GOAL_DROPPED.
    """
    given = frozenset(flags)
    _check_flags(template, given)
    steps = {step.key: step for step in template.steps}
    kept = _kept(steps, given)
    if template.goal not in kept:
        raise NetworkError(Refusal.GOAL_DROPPED, step=template.goal)
    undecided = tuple(choice for choice in template.choices if given.isdisjoint(choice))
    return Network(template.goal, tuple(kept.values()), template.acceptance, undecided)


def _check_flags(template: Template, given: frozenset[str]) -> None:
    for flag in sorted(given - {word.key for word in template.flags}):
        raise NetworkError(Refusal.UNKNOWN_FLAG, step="", flag=flag)
    for choice in template.choices:
        chosen = tuple(flag for flag in choice if flag in given)
        if len(chosen) > 1:
            raise NetworkError(Refusal.CHOOSE_ONE, flags=chosen)


def _kept(steps: dict[str, Step], given: frozenset[str]) -> dict[str, Step]:
    """The steps that apply, each after its prerequisites; dropped ones are handed on to those after them."""
    kept: dict[str, Step] = {}
    stands_for: dict[str, tuple[Requirement, ...]] = {}
    for key in ordered({key: [requirement.key for requirement in step.requires] for key, step in steps.items()}):
        step = steps[key]
        requires = tuple(_without_repeats(_handed_on(step, stands_for)))
        if step.condition.holds(given):
            kept[key] = replace(step, requires=requires)
        else:
            stands_for[key] = requires
    return kept


def _handed_on(step: Step, stands_for: dict[str, tuple[Requirement, ...]]) -> Iterator[Requirement]:
    for requirement in step.requires:
        if requirement.key not in stands_for:
            yield requirement
        for farther in stands_for.get(requirement.key, ()):
            yield Requirement(farther.key, requirement.source, (requirement.key, *farther.through))


def _without_repeats(requirements: Iterator[Requirement]) -> Iterator[Requirement]:
    """Each prerequisite once, as said directly where it is, else over the fewest dropped steps."""
    best: dict[str, Requirement] = {}
    for requirement in requirements:
        known = best.get(requirement.key)
        if known is None or len(requirement.through) < len(known.through):
            best[requirement.key] = requirement
    return iter(best.values())
