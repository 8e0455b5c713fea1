"""Each act of a course, done by the service that a person would use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from sushui.kernel.viewer import Viewer
from sushui.supervision import queries, services
from sushui.supervision.enums import ClockKind, Grade, ReportKind

from .county import SampleCounty
from .plan import TaskPlan

if TYPE_CHECKING:
    from sushui.supervision.models import SupervisedTask, TaskPart, TaskRequest

EXTENDABLE = (ClockKind.RESULT, ClockKind.NODE)
# The head of the supervision office sits in both of these: another decides about their work.
IMPARTIAL = {"general_office": "office.inspector", "office": "government.magistrate"}


class Sentences:
    """What people write: the next sentence of each act's list, round and round."""

    def __init__(self, lists: Mapping[str, list[str]]) -> None:
        self._lists = lists
        self._used: Counter[str] = Counter()

    def next(self, act: str) -> str:
        sentences = self._lists[act]
        self._used[act] += 1
        return sentences[(self._used[act] - 1) % len(sentences)]


@dataclass
class Track:
    """A task on its course: its parts by agency, and the request that waits for a decision."""

    county: SampleCounty
    sentences: Sentences
    plan: TaskPlan
    issuer: str
    task: SupervisedTask
    lead: str
    parts: dict[str, TaskPart]
    day: Callable[[int], date]
    request: TaskRequest | None = field(default=None)

    @property
    def office(self) -> Viewer:
        """Who decides about the task: whoever issued it, but nobody about the work of an agency of their own."""
        if self.lead in IMPARTIAL:
            return self.county.viewer(IMPARTIAL[self.lead])
        is_own = self.issuer.split(".")[0] == self.lead
        return self.county.viewer("office.head" if is_own else self.issuer)

    @property
    def worker(self) -> Viewer:
        return self.county.viewer(self.county.worker(self.lead))

    @property
    def part(self) -> TaskPart:
        return self.parts[self.lead]

    @property
    def asked(self) -> TaskRequest:
        assert self.request is not None, f"nothing was asked about “{self.plan.title}”"
        return self.request


def _sign(track: Track, detail: str) -> None:
    said = "" if detail == "bare" else track.sentences.next("arrangement")
    services.sign_for_task(track.worker, track.part, arrangement=said)


def _report(kind: ReportKind) -> Callable[[Track, str], None]:
    def report(track: Track, detail: str) -> None:
        services.report_progress(track.worker, track.part, kind=kind, text=track.sentences.next(kind))

    return report


def _answer(track: Track, detail: str) -> None:
    """A supporting agency signs for its part and answers the lead in one go."""
    viewer = track.county.viewer(track.county.worker(detail))
    part = services.sign_for_task(viewer, track.parts[detail])
    services.report_progress(viewer, part, kind=ReportKind.ANSWER, text=track.sentences.next("answer"))


def _apply(track: Track, detail: str) -> None:
    track.request = services.apply_for_closing(track.worker, track.part, text=track.sentences.next("apply"))


def _close(track: Track, detail: str) -> None:
    services.close_task(track.office, track.asked, grade=Grade(detail), note=track.sentences.next("close"))


def _return(track: Track, detail: str) -> None:
    services.return_task(track.office, track.asked, note=track.sentences.next("return"))


def _ask_extension(track: Track, detail: str) -> None:
    running = next(clock for clock in queries.running_clocks(track.part) if clock.kind in EXTENDABLE)
    track.request = services.ask_extension(
        track.worker,
        track.part,
        running=running,
        new_due_on=track.day(int(detail)),
        reason=track.sentences.next("ask_extension"),
    )


def _extend(track: Track, detail: str) -> None:
    services.extend_deadline(track.office, track.asked, note=track.sentences.next("extend"))


def _refuse_extension(track: Track, detail: str) -> None:
    services.refuse_extension(track.office, track.asked, note=track.sentences.next("refuse_extension"))


def _ask_suspension(track: Track, detail: str) -> None:
    steps = [services.PlanStep(track.day(int(number)), track.sentences.next("plan")) for number in detail.split()]
    reason = track.sentences.next("ask_suspension")
    track.request = services.ask_suspension(track.worker, track.part, reason=reason, plan=steps)


def _suspend(track: Track, detail: str) -> None:
    services.grant_suspension(track.office, track.asked, note=track.sentences.next("suspend"))


def _refuse_suspension(track: Track, detail: str) -> None:
    services.refuse_suspension(track.office, track.asked, note=track.sentences.next("refuse_suspension"))


def _resume(track: Track, detail: str) -> None:
    services.resume_task(track.office, track.task, note=track.sentences.next("resume"))


def _dispute(track: Track, detail: str) -> None:
    named = next(iter(track.plan.supporting), "general_office")
    track.request = services.dispute_ownership(
        track.worker,
        track.part,
        named_agency_id=track.county.agencies[named].pk,
        reason=track.sentences.next("dispute"),
    )


def _decide_keep(track: Track, detail: str) -> None:
    note = track.sentences.next("decide_keep")
    services.decide_ownership(track.office, track.asked, agency_id=track.part.agency_id, note=note)


def _decide_move(track: Track, detail: str) -> None:
    named = track.asked.named_agency_id
    assert named is not None, "a dispute names an agency"
    part = services.decide_ownership(
        track.office, track.asked, agency_id=named, note=track.sentences.next("decide_move")
    )
    track.lead = track.county.key_of(named)
    track.parts[track.lead] = part


def _withdraw(track: Track, detail: str) -> None:
    services.withdraw_task(track.office, track.task, reason=track.sentences.next("withdraw"))


def _remind(track: Track, detail: str) -> None:
    services.remind(track.office, track.task, note=track.sentences.next("remind"))


ACTS: Mapping[str, Callable[[Track, str], None]] = {
    "sign": _sign,
    "feedback": _report(ReportKind.FEEDBACK),
    "progress": _report(ReportKind.PROGRESS),
    "node": _report(ReportKind.NODE),
    "plan_step": _report(ReportKind.PLAN_STEP),
    "answer": _answer,
    "apply": _apply,
    "close": _close,
    "return": _return,
    "ask_extension": _ask_extension,
    "extend": _extend,
    "refuse_extension": _refuse_extension,
    "ask_suspension": _ask_suspension,
    "suspend": _suspend,
    "refuse_suspension": _refuse_suspension,
    "resume": _resume,
    "dispute": _dispute,
    "decide_keep": _decide_keep,
    "decide_move": _decide_move,
    "withdraw": _withdraw,
    "remind": _remind,
}
