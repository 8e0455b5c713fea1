"""Reading the lights of projects anew: after every act, and when days alone have changed them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from sushui.kernel import clock
from sushui.projects.enums import LightRule
from sushui.projects.models import LightTurn, Project, ProjectLight
from sushui.projects.queries import facts_of, light_limits, to_light
from sushui.projects.rules.lights import LightLimits, Reading, next_turn, overall, readings
from sushui.projects.services.notify import tell_of_red
from sushui.supervision.enums import StatusLight

BATCH = 500
LIT = ("light", "light_since_on", "lit_on", "turns_on")


@transaction.atomic
def light_projects(numbers: Iterable[int]) -> int:
    """Read the lights of these projects and write down which turned; gives how many turned.

    The version of a project stays: nobody's typing is stale because a light turned.
    """
    rows = Project.objects.filter(pk__in=list(numbers)).order_by("pk").select_for_update(of=("self",))
    projects = list(rows.prefetch_related("lights"))
    today, facts = clock.today(), facts_of(projects)
    limits = {number: light_limits(number, today) for number in {each.division_id for each in projects}}
    lights: list[ProjectLight] = []
    turns: list[LightTurn] = []
    for project in projects:
        read = readings(facts[project.pk], today, limits[project.division_id])
        lights += _lights(project, read, today)
        turns += _turn(project, read, limits[project.division_id], today)
    ProjectLight.objects.bulk_create(
        lights,
        BATCH,
        update_conflicts=True,
        unique_fields=["project", "rule"],
        update_fields=["light", "why", "numbers", "since_on"],
    )
    Project.objects.bulk_update(projects, LIT, BATCH)
    tell_of_red(LightTurn.objects.bulk_create(turns, BATCH))
    return len(turns)


def _lights(project: Project, read: Sequence[Reading], today: date) -> list[ProjectLight]:
    before = {each.rule: each for each in project.lights.all()}
    return [
        ProjectLight(
            project=project,
            rule=each.rule,
            light=each.light,
            why=each.why,
            numbers=dict(each.numbers),
            since_on=_since(each, before.get(each.rule), today),
        )
        for each in read
    ]


def _since(read: Reading, before: ProjectLight | None, today: date) -> date:
    """Since when: as the facts say, else since the light was first seen so."""
    if read.since_on is not None:
        return read.since_on
    return before.since_on if before is not None and before.light is read.light else today


def _turn(project: Project, read: Sequence[Reading], limits: LightLimits, today: date) -> list[LightTurn]:
    """Carry the reading over to the project; what turned, if it did. The first reading is no turn."""
    light, was = overall(read, limits), project.light
    first = project.lit_on is None
    project.lit_on, project.turns_on = today, next_turn(read)
    if not first and light is was:
        return []
    project.light, project.light_since_on = light, _light_since(read, light, limits, today)
    if first:
        return []
    return [
        LightTurn(
            project=project,
            division_id=project.division_id,
            before=was,
            after=light,
            rules=[each.rule.value for each in _saying(read, light, limits)],
            on=today,
            at=clock.now(),
        )
    ]


def _saying(read: Sequence[Reading], light: StatusLight, limits: LightLimits) -> list[Reading]:
    counted = (each for each in read if limits.months_count or each.rule is not LightRule.MONTHS)
    return [each for each in counted if each.light is light]


def _light_since(read: Sequence[Reading], light: StatusLight, limits: LightLimits, today: date) -> date:
    days = [each.since_on for each in _saying(read, light, limits) if each.since_on is not None]
    return min(days, default=today)


def light_due() -> int:
    """Read anew what the passing of days may have changed; gives how many lights turned. Safe to run at any time."""
    turned = 0
    while numbers := list(to_light(clock.today()).values_list("pk", flat=True)[:BATCH]):
        turned += light_projects(numbers)
    return turned


def light_all(division_ids: Sequence[int] | None = None) -> int:
    """Read every light anew, after settings changed; gives how many turned."""
    rows = Project.objects.order_by("pk")
    if division_ids is not None:
        rows = rows.filter(division_id__in=division_ids)
    numbers = list(rows.values_list("pk", flat=True))
    return sum(light_projects(numbers[start : start + BATCH]) for start in range(0, len(numbers), BATCH))
