"""Why projects are left out and what cannot hold together, in words, each with what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sushui.kernel.wording import WAN, money_in_words, plain
from sushui.planner import queries
from sushui.planner.adapter.building import HUNDREDTHS
from sushui.planner.enums import ChangeKind, InquiryKind, ScenarioState, ValuePart
from sushui.planner.models import Inquiry, MoneyPool, ResourcePool, Run, ScenarioChange
from sushui.planner.panels.wording import (
    activity_words,
    amount_words,
    factor_words,
    pool_words,
    profile_unit,
    weeks_long,
)
from sushui.planner.permissions import may_keep_planned
from sushui.planner.rules.weeks import DAYS, Weeks
from sushui.projects.enums import FundingSource

SOURCES = frozenset(each.value for each in FundingSource)
SHOWN = 3  # ways into a plan


@dataclass(frozen=True)
class Button:
    """A change of the scenario that is one press away: what is sent where."""

    label: str
    url: str
    sent: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """A sentence with what can be done about it."""

    words: str
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Why:
    """Why a project is left out: in one sentence, and the ways in. ``ask``: nobody has worked it out yet."""

    words: str
    ways: tuple[Line, ...] = ()
    ask: Button | None = None


@dataclass
class Reasons:
    """What is known of why a run's plan is as it is. ``names``: of its projects by key."""

    viewer: Any
    run: Run
    names: Mapping[str, str]

    @cached_property
    def inquiries(self) -> list[Inquiry]:
        return queries.inquiries_of(self.run)

    @cached_property
    def open_ones(self) -> list[Inquiry]:
        """Those that the worker is at, or will be."""
        return [each for each in self.inquiries if not each.is_final]

    def asked(self, kind: InquiryKind) -> Inquiry | None:
        """The inquiry of that kind about all."""
        return next((each for each in self.inquiries if each.kind is kind and not each.about), None)

    @cached_property
    def may_ask(self) -> bool:
        return self.run.is_final and bool(may_keep_planned(self.viewer, self.run))

    @cached_property
    def may_change(self) -> bool:
        is_open = self.run.scenario.state is not ScenarioState.ADOPTED
        return is_open and bool(may_keep_planned(self.viewer, self.run.scenario))

    def ask(self, kind: InquiryKind, label: str, about: str = "") -> Button | None:
        """A button that asks; none for who may not."""
        if not self.may_ask:
            return None
        sent = {"kind": kind.value} | ({"about": about} if about else {})
        return Button(label, reverse("planner:run-inquire", args=[self.run.pk]), sent)

    # --- left out ----------------------------------------------------------------------------------------------------
    @cached_property
    def _left_out(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for each in self.inquiries:
            if each.kind is InquiryKind.LEFT_OUT:
                found |= each.answers
        return found

    @cached_property
    def _coming(self) -> set[str]:
        """The projects whose reason is being worked out; an empty key: those of all."""
        return {each.about for each in self.open_ones if each.kind is InquiryKind.LEFT_OUT}

    def why(self, key: str) -> Why:
        """Why a project is left out, as far as it is known."""
        found = self._left_out.get(key)
        if found is not None:
            return self._why(found, self._kept({key, *found["with"]}))
        if self._coming & {"", key}:
            return Why(_("Being worked out."))
        return Why(_("Not worked out yet."), ask=self.ask(InquiryKind.LEFT_OUT, _("Explain this one"), key))

    def _kept(self, keys: set[str]) -> int:
        """What a new plan is paid for keeping these projects, which no project is worth by itself."""
        rows = [project for project in self.run.problem["projects"] if project["key"] in keys]
        earnings = [each for row in rows for each in row.get("earnings", [])]
        return sum(each["amount"] for each in earnings if each["part"] == ValuePart.CHANGES.value)

    def _why(self, found: Mapping[str, Any], kept: int) -> Why:
        others = [self.named(key) for key in (*found["with"], *found["rivals"])]
        gain = (found["gain"] or 0) - kept
        match found["because"]:
            case "nothing" if gain > 0:
                return Why(_("It fits beside the others and would bring %(points)s: search longer.") % _points(gain))
            case "nothing":
                return Why(_("It fits, and would bring less than it costs."))
            case "rival":
                return Why(_("Never together with %(others)s, which is in the plan.") % {"others": _listed(others)})
            case "time":
                return Why(_("It could not be built within the years planned, however much there were of everything."))
        factors = _listed([self.factor(key) for key in found["factors"]])
        with_others = [self.named(key) for key in found["with"]]
        words = _("Kept out by: %(factors)s.") % {"factors": factors}
        if with_others:
            words += _("It comes only with %(others)s.") % {"others": _listed(with_others)}
        return Why(words, tuple(self._way(way, kept) for way in found["ways"][:SHOWN]))

    def _way(self, way: Mapping[str, Any], kept: int) -> Line:
        more = _listed([f"{self._piece_words(key, part)} +{self.amount(key, by)}" for key, part, by in way["more"]])
        words = _("%(more)s lets it in, worth %(points)s") % {"more": more, **_points(int(way["gain"]) - kept)}
        return Line(words, tuple(self._raise_buttons(way["more"])))

    # --- what cannot hold together -----------------------------------------------------------------------------------
    @cached_property
    def conflict(self) -> Inquiry | None:
        return self.asked(InquiryKind.CONFLICT)

    @cached_property
    def _found(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = (self.conflict.answers if self.conflict else {}).get("conflict", {})
        return found

    @cached_property
    def ask_conflict(self) -> Button | None:
        """Asks it where nobody has."""
        return None if self.conflict else self.ask(InquiryKind.CONFLICT, _("Work it out"))

    @property
    def is_minimal(self) -> bool:
        return bool(self._found.get("is_minimal"))

    @cached_property
    def promises(self) -> list[str]:
        """What contradicts each other."""
        return [self._promise(each) for each in self._found.get("promises", [])]

    def _promise(self, said: Mapping[str, Any]) -> str:
        if said["kind"] == "enough":
            return _("There is only %(amount)s of %(factor)s.") % {
                "factor": self.factor(said["factor"]),
                "amount": self._there(said["factor"]),
            }
        named = {"project": self.named(said["project"])}
        if said["kind"] == "must":
            return _("“%(project)s” must be in the plan.") % named
        if said["kind"] == "ends_by":
            what = activity_words(said["activity"], self.run.facts["steps"])
            day = self.weeks.last_day_before(said["deadline"])
            return _("“%(project)s”: %(what)s is to end by %(day)s.") % {**named, "what": what, "day": day.isoformat()}
        return _("“%(project)s” has steps that may not lie further apart.") % named

    @cached_property
    def reliefs(self) -> list[Line]:
        """What would end it, each by itself."""
        return [line for each in self._found.get("reliefs", []) for line in self._relief(each)]

    def _relief(self, said: Mapping[str, Any]) -> Iterator[Line]:
        if said["kind"] == "enough":
            for part, by in said["pieces"]:
                words = f"{self._piece_words(said['factor'], part)} +{self.amount(said['factor'], by)}"
                yield Line(words, tuple(self._raise_buttons([(said["factor"], part, by)])))
        elif said["kind"] == "must":
            yield self._spared(said["project"])
        elif said["kind"] == "ends_by":
            yield self._later(said["project"], said["by"])

    def _spared(self, key: str) -> Line:
        """A project that is left out, or at least chosen freely."""
        words = _("Do without “%(project)s”") % {"project": self.named(key)}
        return Line(
            words,
            (*self._undo(key, ChangeKind.MANDATORY, _("Let it be chosen freely")),
             *self._project_button(key, "leave-out", _("Leave it out of the candidates"))),
        )  # fmt: skip

    def _later(self, key: str, by: int) -> Line:
        words = _("“%(project)s” %(weeks)s later") % {"project": self.named(key), "weeks": weeks_long(by)}
        fixed = self._change(key, ChangeKind.FIX_START)
        later = fixed.on + timedelta(days=by * DAYS) if fixed is not None and fixed.on is not None else None
        moved = (
            self._project_button(key, "fix-start", _("Begin on %(day)s") % {"day": later}, on=later) if later else ()
        )
        return Line(words, (*moved, *self._undo(key, ChangeKind.FIX_START, _("Drop the date"))))

    # --- changes of the scenario -------------------------------------------------------------------------------------
    @cached_property
    def _changes(self) -> list[ScenarioChange]:
        return list(queries.changes_of(self.run.scenario)) if self.may_change else []

    def _change(self, key: str, kind: ChangeKind) -> ScenarioChange | None:
        return next((each for each in self._changes if each.kind is kind and str(each.project_id) == key), None)

    def _undo(self, key: str, kind: ChangeKind, label: str) -> Iterable[Button]:
        change = self._change(key, kind)
        return (Button(label, reverse("planner:undo-change", args=[change.pk])),) if change is not None else ()

    def _project_button(self, key: str, verb: str, label: str, **more: object) -> Iterable[Button]:
        return (self._change_button(verb, label, project=key, **more),) if self.may_change else ()

    def _change_button(self, verb: str, label: str, **sent: object) -> Button:
        said = {name: str(value) for name, value in sent.items()}
        said |= {
            "version": str(self.run.scenario.version),
            "note": _("As run %(number)s says") % {"number": self.run.number},
        }
        return Button(label, reverse(f"planner:scenario-{verb}", args=[self.run.scenario_id]), said)

    def _raise_buttons(self, more: Iterable[tuple[str, int | None, int]]) -> Iterator[Button]:
        """A button for each pool that is to be raised, if it still stands and the scenario can be changed."""
        for key, part, by in more:
            pool = self._pool(key, part)
            if pool is None or not self.may_change:
                continue
            label = _("Raise it by %(amount)s") % {"amount": self.amount(key, by)}
            if isinstance(pool, MoneyPool):
                yield self._change_button("change-money", label, money=pool.pk, by=plain(self._more(pool) / WAN + by))
            else:
                amount = self._more(pool) + Decimal(by).scaleb(-HUNDREDTHS)
                yield self._change_button("change-pool", label, pool=pool.pk, by=plain(amount))

    def _more(self, pool: ResourcePool | MoneyPool) -> Decimal:
        """By how much the scenario says otherwise of a pool already."""
        name = "money_id" if isinstance(pool, MoneyPool) else "pool_id"
        return next((each.by or Decimal() for each in self._changes if getattr(each, name) == pool.pk), Decimal())

    # --- words -------------------------------------------------------------------------------------------------------
    @cached_property
    def weeks(self) -> Weeks:
        return Weeks(self.run.scenario.year, self.run.scenario.years)

    def named(self, key: str) -> str:
        return self.names.get(key, key)

    def factor(self, key: str) -> str:
        """A factor, or a source of money with what it pays for."""
        said = self.run.facts["factors"].get(key, {})
        if said.get("name"):
            return str(said["name"])
        source, _plus, uses = key.partition("+")
        named = factor_words(source)
        return _beside(named, _listed([factor_words(use) for use in uses.split("+")])) if uses else named

    def amount(self, key: str, amount: int) -> str:
        """So much of a factor, with its unit."""
        if is_money(key):
            return money_in_words(amount * WAN)
        factor = self.run.facts["factors"].get(key, {}).get("factor", key)
        return f"{plain(Decimal(amount).scaleb(-HUNDREDTHS))} {profile_unit(factor, is_money=False)}"

    def _there(self, key: str) -> str:
        """How much there is of a factor: the sum of a quota, the most of a capacity."""
        rows = [*self.run.problem.get("factors", []), *self.run.problem.get("sources", [])]
        said: Mapping[str, Any] = next((row for row in rows if row["key"] == key), {})
        parts = [Decimal(str(each["amount"])) for each in said.get("releases", said.get("arrivals", []))]
        levels = [Decimal(str(each["amount"])) for each in said.get("levels", [])]
        total = max(levels, default=sum(parts, Decimal()))
        return self.amount(key, int(total if is_money(key) else total.scaleb(HUNDREDTHS)))

    @cached_property
    def _pools(self) -> dict[int, ResourcePool]:
        return queries.pools_numbered(self.run.division_id, self._numbers(is_of_money=False))

    @cached_property
    def _money(self) -> dict[int, MoneyPool]:
        return queries.money_numbered(self.run.division_id, self._numbers(is_of_money=True))

    def _numbers(self, *, is_of_money: bool) -> set[int]:
        pieces = self.run.facts.get("pieces", {})
        return {number for key, found in pieces.items() if is_money(key) is is_of_money for number in found}

    def _pool(self, key: str, part: int | None) -> ResourcePool | MoneyPool | None:
        """The pool that a piece of a factor is: of a capacity the first of its pools."""
        numbers = self.run.facts.get("pieces", {}).get(key, [])
        rows: Mapping[int, ResourcePool | MoneyPool] = self._money if is_money(key) else self._pools
        is_capacity = any(each["key"] == key and "levels" in each for each in self.run.problem.get("factors", []))
        if part is not None and not is_capacity:
            numbers = numbers[part : part + 1]
        return next((rows[number] for number in numbers if number in rows), None)

    def _piece_words(self, key: str, part: int | None) -> str:
        """A piece as its pool says it: which quota, which money from when on."""
        pool = self._pool(key, part)
        if pool is None:
            return self.factor(key)
        if isinstance(pool, MoneyPool):
            return f"{pool_words(pool)} {pool.arrives_on.isoformat()}"
        return _beside(pool_words(pool), amount_words(pool))


def is_money(key: str) -> bool:
    """Whether a factor's key is that of a source of money."""
    return key.partition("+")[0] in SOURCES


def _points(points: int) -> dict[str, str]:
    return {"points": _("%(points)s points") % {"points": f"{points:,}"}}


def _beside(name: str, more: str) -> str:
    return _("%(name)s (%(more)s)") % {"name": name, "more": more}


def _listed(words: Iterable[str]) -> str:
    return _(", ").join(words)
