"""Whether a template hangs together: every name it names is there, and no step waits for itself."""

from __future__ import annotations

from collections import Counter

from .errors import NetworkError, Refusal
from .order import circle
from .template import Template


def check_template(template: Template) -> None:
    """Refuse a template that no project could follow.

    Raises `NetworkError`: TWO_STEPS_ONE_KEY, UNKNOWN_GOAL, UNKNOWN_PREREQUISITE, UNKNOWN_STEP, UNKNOWN_AGENCY,
    UNKNOWN_FLAG, CIRCLE; the first that is found, in this order and that of the steps.
    """
    _check_keys(template)
    for check in (_check_prerequisites, _check_validity, _check_agencies, _check_flags, _check_circle):
        check(template)


def _check_keys(template: Template) -> None:
    counted = Counter(step.key for step in template.steps)
    for key, count in counted.items():
        if count > 1:
            raise NetworkError(Refusal.TWO_STEPS_ONE_KEY, step=key)
    if template.goal not in counted:
        raise NetworkError(Refusal.UNKNOWN_GOAL, step=template.goal)


def _check_prerequisites(template: Template) -> None:
    keys = {step.key for step in template.steps}
    for step in template.steps:
        for requirement in step.requires:
            if requirement.key not in keys:
                raise NetworkError(Refusal.UNKNOWN_PREREQUISITE, step=step.key, prerequisite=requirement.key)


def _check_validity(template: Template) -> None:
    keys = {step.key for step in template.steps}
    for step in template.steps:
        until = step.validity.until_step if step.validity else None
        if until is not None and until not in keys:
            raise NetworkError(Refusal.UNKNOWN_STEP, step=until)


def _check_agencies(template: Template) -> None:
    known = {word.key for word in template.agencies}
    for step in template.steps:
        if step.agency not in known:
            raise NetworkError(Refusal.UNKNOWN_AGENCY, step=step.key, agency=step.agency)


def _check_flags(template: Template) -> None:
    known = {word.key for word in template.flags}
    named = [(step.key, flag) for step in template.steps for flag in step.condition.flags]
    for key, flag in [*named, *(("", flag) for choice in template.choices for flag in choice)]:
        if flag not in known:
            raise NetworkError(Refusal.UNKNOWN_FLAG, step=key, flag=flag)


def _check_circle(template: Template) -> None:
    found = circle({step.key: [requirement.key for requirement in step.requires] for step in template.steps})
    if found:
        raise NetworkError(Refusal.CIRCLE, steps=tuple(found))
