"""What a template says: the steps of a path, their order, their limits, and from where each of these is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

# What no text known to the author of a template says. It stands in a source, so that it can be told from a law.
NOT_STATED = "not stated"
AND = "；"  # between two sources of one thing


class Unit(StrEnum):
    """What a length is counted in."""

    DAY = "day"
    MONTH = "month"


class DayKind(StrEnum):
    """Which days a length of days counts."""

    WORKING = "working"
    CALENDAR = "calendar"


class RunsFrom(StrEnum):
    """What sets the clock of a limit going."""

    RECEIPT = "receipt"  # 自收到之日起
    ACCEPTANCE = "acceptance"  # 自受理之日起
    PREREQUISITES = "prerequisites"  # from the day on which the last prerequisite is met; nothing need be filed


class StepKind(StrEnum):
    """How a step is done."""

    REVIEW = "review"  # an agency examines and decides
    NOTIFICATION = "notification"  # 备案: the agency is told
    PROMISE = "promise"  # 企业信用承诺: the project unit promises, the agency checks afterwards
    GOVERNMENT_SERVICE = "government_service"  # 政府统一服务: the government has it done
    OWN_WORK = "own_work"  # the project unit's own work, or a contract
    MILESTONE = "milestone"  # takes no time


class StopKind(StrEnum):
    """For what a clock may stand still."""

    CORRECTIONS = "corrections"  # 补正
    EXPERT_REVIEW = "expert_review"  # 专家评审, 委托评估
    HEARING = "hearing"  # 听证
    TENDER = "tender"  # 招标, 拍卖
    TESTING = "testing"  # 检验, 检测, 检疫, 鉴定
    CONSULTATION = "consultation"  # 征求意见
    DISPUTE = "dispute"  # 争议, 诉讼


@dataclass(frozen=True)
class Length:
    """A length of time: `count` days of a kind, or months (to the same date; Civil Code, article 202)."""

    count: int
    unit: Unit = Unit.DAY
    day_kind: DayKind = DayKind.WORKING

    @property
    def is_working(self) -> bool:
        """Whether it counts working days."""
        return self.unit is Unit.DAY and self.day_kind is DayKind.WORKING


@dataclass(frozen=True)
class Limit:
    """How long a step may take at most, from what on, and who says so.

    `extension`: by how much the agency may prolong it in one case, in the same days.
    """

    length: Length
    source: str
    runs_from: RunsFrom = RunsFrom.ACCEPTANCE
    extension: Length | None = None
    extension_source: str = NOT_STATED


@dataclass(frozen=True)
class Validity:
    """How long what was granted stays good.

    `until_step`: the step that must be reached in that time, after which it does not run out any more (None: whatever
    happens). `extension` can be had `extensions` times; it is asked for at the latest `renew_before` the end.
    `renewal`: how long examining it anew takes once it has run out; None: the step is done again from the beginning.
    """

    length: Length
    source: str
    until_step: str | None = None
    extension: Length | None = None
    extensions: int = 0
    renew_before: Length | None = None
    renewal: Limit | None = None


@dataclass(frozen=True)
class Stop:
    """Something for which the step's clock stands still. `at_most`: how long the law lets that take."""

    kind: StopKind
    source: str
    at_most: Length | None = None


@dataclass(frozen=True)
class Requirement:
    """A prerequisite: the step `key` must be done before.

    `through`: the dropped steps over which the order is known, the nearest to this step first.
    """

    key: str
    source: str
    through: tuple[str, ...] = ()


@dataclass(frozen=True)
class Condition:
    """When a step applies: the project has every flag of `all_of`, none of `none_of` and, if there are any, one of
    `any_of`."""

    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()

    def holds(self, flags: frozenset[str]) -> bool:
        """Whether it holds for a project with these flags."""
        some = not self.any_of or any(flag in flags for flag in self.any_of)
        return some and flags.issuperset(self.all_of) and flags.isdisjoint(self.none_of)

    @property
    def flags(self) -> tuple[str, ...]:
        """Every flag that it names."""
        return self.all_of + self.any_of + self.none_of


@dataclass(frozen=True)
class Step:
    """One step of a path.

    `name`: the official Chinese name; `msgid`: the English one. `agency`: the kind of agency that holds it.
    `limit`: None where no text states one. `minimum`: how long it takes at least, where the law says that (公告不少于
    三十日). `promised`: the agency's own shorter limit. `basis`: the articles from which the step itself is known.
    """

    key: str
    name: str
    msgid: str
    agency: str
    kind: StepKind = StepKind.REVIEW
    kind_source: str = NOT_STATED
    requires: tuple[Requirement, ...] = ()
    condition: Condition = Condition()
    limit: Limit | None = None
    minimum: Limit | None = None
    promised: Length | None = None
    stops: tuple[Stop, ...] = ()
    validity: Validity | None = None
    documents: tuple[str, ...] = ()
    documents_source: str = NOT_STATED
    basis: tuple[str, ...] = ()
    note: str = ""

    @property
    def takes(self) -> Length | None:
        """How long it is reckoned with before anything is known of a project: promised, else at most; 0 for a
        milestone; None where nobody says."""
        if self.kind is StepKind.MILESTONE:
            return Length(0)
        return self.promised or (self.limit.length if self.limit else None)

    @property
    def sources(self) -> Iterator[str]:
        """Every source that it names, `NOT_STATED` included."""
        yield from (self.kind_source, self.documents_source, *self.basis)
        yield from (requirement.source for requirement in self.requires)
        yield from (stop.source for stop in self.stops)
        for limit in (self.limit, self.minimum, self.validity.renewal if self.validity else None):
            if limit:
                yield from (limit.source, limit.extension_source)
        if self.validity:
            yield self.validity.source


@dataclass(frozen=True)
class Word:
    """A word that templates use (an agency kind, a flag): Chinese name, English msgid, and what to know about it."""

    key: str
    name: str
    msgid: str
    note: str = ""


@dataclass(frozen=True)
class Template:
    """The steps of a path in the order in which they are written.

    `path`: what kind of project (enterprise_filing); `variant`: standard or commitment. `goal`: the step that the
    forecast is made for. `acceptance`: within which time a filed application is accepted, or corrections are asked for
    once; else it counts as accepted on the day it was filed (行政许可法, article 32). `choices`: flags of which a
    project has one.
    """

    path: str
    variant: str
    name: str
    msgid: str
    goal: str
    steps: tuple[Step, ...]
    acceptance: Limit | None = None
    agencies: tuple[Word, ...] = ()
    flags: tuple[Word, ...] = ()
    choices: tuple[tuple[str, ...], ...] = ()
    variant_source: str = NOT_STATED
    note: str = ""

    @property
    def sources(self) -> frozenset[str]:
        """Every source that the template names, each by itself, without `NOT_STATED`."""
        named = {self.variant_source, *(source for step in self.steps for source in step.sources)}
        if self.acceptance:
            named |= {self.acceptance.source, self.acceptance.extension_source}
        return frozenset(single for source in named for single in source.split(AND)) - {NOT_STATED}


@dataclass(frozen=True)
class Network:
    """What of a template applies to a project: the steps, each one after its prerequisites.

    `undecided`: choices of which the project has none yet, so that steps may be missing.
    """

    goal: str
    steps: tuple[Step, ...]
    acceptance: Limit | None = None
    undecided: tuple[tuple[str, ...], ...] = ()

    def step(self, key: str) -> Step:
        """The step of a key; raises `KeyError`."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)
