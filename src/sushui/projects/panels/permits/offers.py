"""What this viewer can do to a permit step now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from sushui.kernel.viewer import Viewer
from sushui.kernel.words import msg
from sushui.projects.enums.permits import PermitKind, PermitState, PermitVerb
from sushui.projects.models import PermitStep
from sushui.projects.permissions import may_file_permit, may_plan_permits, may_record_permit
from sushui.projects.rules.permits import StepLaw, StepReading, may_follow

S, V = PermitState, PermitVerb
# The place of an act in the address, what it is called on a button, and the verb that it is.
ACTS = {
    "file": (msg("Record the application"), V.FILE),
    "accept": (msg("Record the acceptance"), V.ACCEPT),
    "send-back": (msg("Sent back"), V.SEND_BACK),
    "stop": (msg("Stop the clock"), V.STOP),
    "resume": (msg("Goes on"), V.RESUME),
    "grant": (msg("Record the grant"), V.GRANT),
    "prolong": (msg("Prolong the limit"), V.PROLONG),
    "extend": (msg("Extend the permit"), V.EXTEND),
    "plan": (msg("Plan the step"), V.PLAN_STEP),
    "take-back": (msg("Take back"), V.TAKE_BACK),
}
# What comes next from where a step stands: these acts stand in its row.
NEXT = {
    S.FILEABLE: ("file", "grant"),
    S.FILED: ("accept", "send-back", "grant"),
    S.CORRECTIONS: ("resume",),
    S.RUNNING: ("grant", "stop"),
    S.STOPPED: ("resume", "grant"),
    S.EXPIRED: ("grant",),
}
DONE_AT_ONCE = frozenset({PermitKind.OWN_WORK, PermitKind.MILESTONE})  # nothing is filed


@dataclass(frozen=True)
class PermitOffer:
    """An act that is offered on a step."""

    verb: str
    step_id: int
    is_done: bool = False

    @property
    def url(self) -> str:
        return reverse(f"projects:permit-{self.verb}", args=[self.step_id])

    @property
    def label(self) -> str:
        return _("Record as done") if self.is_done and self.verb == "grant" else _(ACTS[self.verb][0])


def step_offers(viewer: Viewer, step: PermitStep, law: StepLaw, reading: StepReading) -> list[PermitOffer]:
    """Every act that the viewer may do to the step as it stands."""
    is_work = law.kind in DONE_AT_ONCE
    found = [
        verb for verb, (_label, word) in ACTS.items() if may_follow(word, reading.state) and _may(verb)(viewer, step)
    ]
    left_out = {"file", "accept", "send-back"} if is_work else set()
    if not _has_facts(step):
        left_out.add("take-back")
    if law.prolongable is None:
        left_out.add("prolong")
    if not law.stops:
        left_out.add("stop")
    if reading.expires_on is None:
        left_out.add("extend")
    return [PermitOffer(verb, step.pk, is_work) for verb in found if verb not in left_out]


def next_offers(offers: list[PermitOffer], reading: StepReading) -> list[PermitOffer]:
    """Those that come next, for the row."""
    wanted = NEXT.get(reading.state, ())
    has_filing = any(offer.verb == "file" for offer in offers)
    skipped = {"grant"} if reading.state is S.FILEABLE and has_filing else set()
    return [offer for offer in offers if offer.verb in wanted and offer.verb not in skipped]


def _has_facts(step: PermitStep) -> bool:
    return any(day is not None for day in (step.filed_on, step.accepted_on, step.granted_on))


def _may(verb: str) -> Callable[[Viewer, PermitStep], bool]:
    if verb in {"file", "resume"}:
        return lambda viewer, step: bool(may_file_permit(viewer, step))
    if verb == "plan":
        return lambda viewer, step: bool(may_plan_permits(viewer, step.project))
    return lambda viewer, step: bool(may_record_permit(viewer, step))
