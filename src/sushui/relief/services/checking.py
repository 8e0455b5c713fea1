"""The office's spot checks: drawn so that the draw can be repeated, and made by asking the enterprise."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.requirements import require_text
from sushui.kernel.versions import save_changes
from sushui.kernel.viewer import Viewer
from sushui.relief.enums import CheckVerdict, ReliefVerb, SupportState
from sushui.relief.models import CheckDraw, SpotCheck, SupportRequest
from sushui.relief.permissions import may_keep_desk, may_manage_request
from sushui.relief.queries import to_draw_from
from sushui.relief.rules.draws import drawn
from sushui.relief.rules.life import state_after_check
from sushui.relief.services.notify import tell_of_reopening
from sushui.relief.services.steps import lock_request


@transaction.atomic
def draw_checks(viewer: Viewer, *, since: date, until: date, count: int, seed: str = "") -> CheckDraw:
    """Draw closed requests to be checked; without a ``seed`` one is thrown, and it is written down either way.

    Raises:
        DomainError: ``nothing_to_draw``.
    """
    if not may_keep_desk(viewer):
        raise Forbidden
    numbers = list(to_draw_from(viewer, since=since, until=until).values_list("pk", flat=True))
    if not numbers or count < 1:
        raise DomainError(
            "nothing_to_draw",
            _("No request that nobody checked was closed in these days."),
            _("Choose other days."),
        )
    thrown = seed.strip() or secrets.token_hex(8)
    draw = CheckDraw.objects.create(
        division_id=viewer.division_id,
        seed=thrown,
        closed_from_on=since,
        closed_until_on=until,
        population=len(numbers),
        post_id=viewer.post_id,
        drawn_on=clock.today(),
    )
    chosen = drawn(numbers, seed=thrown, count=count)
    SpotCheck.objects.bulk_create([SpotCheck(request_id=number, draw=draw) for number in chosen])
    said = {"seed": thrown, "population": len(numbers), "count": len(chosen)}
    record_act(viewer, ReliefVerb.DRAW, draw, after=said)
    return draw


@transaction.atomic
def check_request(
    viewer: Viewer,
    request: SupportRequest,
    *,
    verdict: CheckVerdict,
    words: str,
    seen_version: int | None = None,
) -> SupportRequest:
    """Say what asking the enterprise showed: settled indeed, or not, and then the request is open again.

    Raises:
        Forbidden: also for the agency that answered: nobody checks the own work.
        StaleRecord, DomainError: ``wrong_state``, ``text_missing``.
    """
    if not may_manage_request(viewer, request) or request.lead_agency_id in viewer.agency_ids:
        raise Forbidden
    row = lock_request(request, ReliefVerb.CHECK, seen_version)
    said = require_text(words, "What the check showed")
    check, _is_new = SpotCheck.objects.get_or_create(request=row, verdict="")
    check.verdict, check.words, check.post_id, check.checked_on = verdict, said, viewer.post_id, clock.today()
    check.save()
    row.state = state_after_check(verdict)
    row.closed_on = (row.closed_on or clock.today()) if row.state is SupportState.CLOSED else None
    save_changes(row, "state", "closed_on")
    record_act(viewer, ReliefVerb.CHECK, row, after={"verdict": verdict, "state": row.state}, note=said)
    if row.state is not SupportState.CLOSED:
        tell_of_reopening(viewer, row, is_to_check=False)
    return row
