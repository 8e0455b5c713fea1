"""Pools, changes, weeks and points as pages say them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sushui.kernel.labels import label_of
from sushui.kernel.wording import WAN, money_in_words, plain
from sushui.planner.enums import ActivityKind, ChangeKind, Missing, ValuePart
from sushui.planner.models import MoneyPool, ResourcePool, Run, ScenarioChange
from sushui.planner.rules.candidates import Lack
from sushui.projects.enums import UNITS, FundingSource, ProjectSector, ResourceFactor, ResourceUnit

MONEY_PARTS = frozenset({ValuePart.INVESTMENT, ValuePart.OUTPUT, ValuePart.TAX})


def factor_words(key: str) -> str:
    """A factor, a source of money or what it pays for, by its stored value."""
    words = {each.value: each for each in (*ProjectSector, *ResourceFactor, *FundingSource)}
    return label_of(words[key]) if key in words else key


def pool_words(pool: ResourcePool | MoneyPool) -> str:
    """What a pool is of: the source, the desks of an agency, or the factor and its place; with what it is exactly."""
    if isinstance(pool, MoneyPool):
        named = label_of(pool.source)
    elif pool.agency is not None:
        named = _("Desks of %(agency)s") % {"agency": pool.agency}
    else:
        named = f"{label_of(pool.factor)} · {pool.place}" if pool.place else label_of(pool.factor)
    return f"{named} · {pool.what}" if pool.what else named


def amount_words(pool: ResourcePool | MoneyPool) -> str:
    """How much there is of it, with its unit."""
    if isinstance(pool, MoneyPool):
        return money_in_words(pool.amount)
    return f"{plain(pool.amount)} {label_of(UNITS[pool.factor])}"


def change_words(change: ScenarioChange) -> str:
    """What a scenario says otherwise, as a sentence."""
    day = {"day": f"{change.on}", "project": str(change.project or ""), "other": str(change.other or "")}
    if change.pool is not None or change.money is not None:
        pool = change.pool or change.money
        return _("%(what)s: %(by)s") % {"what": pool_words(pool) if pool else "", "by": _by_words(change)}
    return {
        ChangeKind.PUT_IN: _("%(project)s is a candidate too"),
        ChangeKind.LEAVE_OUT: _("%(project)s is no candidate"),
        ChangeKind.MANDATORY: _("%(project)s is in the plan in any case"),
        ChangeKind.FIX_START: _("%(project)s: construction begins on %(day)s"),
        ChangeKind.PROMISE: _("%(project)s is promised to be completed by %(day)s"),
        ChangeKind.REQUIRE: _("%(project)s is built only together with %(other)s"),
        ChangeKind.RIVAL: _("%(project)s and %(other)s are never built together"),
    }[change.kind] % day


def _by_words(change: ScenarioChange) -> str:
    by = change.by or Decimal()
    sign = "+" if by > 0 else "-" if by < 0 else ""
    if change.money is not None:
        return f"{sign}{money_in_words(abs(by))}"
    unit = label_of(UNITS[change.pool.factor]) if change.pool else ""
    return f"{sign}{plain(abs(by))} {unit}".strip()


def lack_words(why: str, what: str, steps: dict[str, list[str]] | None = None) -> str:
    """Why a project cannot be planned, as a sentence."""
    named = factor_words(what) if why in {Missing.NEED, Missing.PAYER} else what
    return _(Missing(why).msgid) % {"what": named}


def lacks_words(lacks: Iterable[Lack]) -> list[str]:
    """The same of several."""
    return [lack_words(each.why.value, each.what) for each in lacks]


def activity_words(key: str, steps: dict[str, list[str]]) -> str:
    """What an activity of a plan is called: a permit step by its path's name, the rest by their kind."""
    kind, _colon, step = key.partition(":")
    if step in steps:
        name, english = steps[step]
        return name if (get_language() or "").startswith("zh") else english
    return label_of(ActivityKind(kind))


def part_words(part: ValuePart, amount: int) -> str:
    """An amount of a part of the value in its own unit."""
    if part in MONEY_PARTS:
        return money_in_words(amount * WAN)
    return f"{amount:,}"


def profile_unit(factor: str, *, is_money: bool) -> str:
    """The unit of a factor's profile."""
    if is_money:
        return _("ten thousand yuan")
    unit = UNITS.get(ResourceFactor(factor)) if factor in {each.value for each in ResourceFactor} else None
    return label_of(unit) if unit is not None and unit is not ResourceUnit.ITEM else _("at a time")


def gap_words(run: Run) -> str:
    """How far the plan may be from the best."""
    if run.gap is None:
        return _("no bound yet")
    if run.net == run.most:
        return _("proved: no plan is worth more")
    return _("at most %(percent)s%% from the best") % {"percent": f"{run.gap * 100:.1f}"}


def weeks_words(by: int) -> str:
    """How many weeks later or earlier."""
    if not by:
        return _("as it was")
    count = abs(by)
    later = ngettext("%(count)d week later", "%(count)d weeks later", count)
    earlier = ngettext("%(count)d week earlier", "%(count)d weeks earlier", count)
    return (later if by > 0 else earlier) % {"count": count}


def weeks_long(count: int) -> str:
    """So many weeks."""
    return ngettext("%(count)d week", "%(count)d weeks", count) % {"count": count}


def month_text(day: date) -> str:
    """``2026-08``, for tables."""
    return f"{day:%Y-%m}"
