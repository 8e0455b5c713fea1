"""What every act on a request does alike: lock, check, number, keep its subject row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock, locks
from sushui.kernel.errors import DomainError
from sushui.kernel.labels import label_of
from sushui.kernel.subjects import keep_subject
from sushui.kernel.versions import check_version
from sushui.relief.enums import ReliefVerb
from sushui.relief.models import CommonIssue, SupportRequest
from sushui.relief.queries import ISSUE_SUBJECT, REQUEST_SUBJECT
from sushui.relief.rules.life import may_move

Matter = TypeVar("Matter", SupportRequest, CommonIssue)
SHOWN = 80  # characters of a demand in a label
TOLD = 500


def lock_request(request: SupportRequest, verb: ReliefVerb, seen_version: int | None = None) -> SupportRequest:
    """The request, locked and current.

    Raises:
        StaleRecord: somebody acted on it after ``seen_version``.
        DomainError: ``wrong_state`` when the act is not possible now.
    """
    return lock_requests([request.pk], verb, seen_version)[0]


def lock_requests(numbers: Sequence[int], verb: ReliefVerb, seen_version: int | None = None) -> list[SupportRequest]:
    """The same for several, in one order for everybody."""
    rows = SupportRequest.objects.select_for_update(of=("self",)).select_related(
        "enterprise__division", "subject", "task__order", "issue__task__order", "lead_agency", "division"
    )
    found = list(rows.filter(pk__in=numbers).order_by("pk"))
    for row in found:
        check_version(row, seen_version)
        require_possible(verb, row)
    return found


def require_possible(verb: ReliefVerb, row: SupportRequest | CommonIssue) -> None:
    """Refuse what cannot be done to the request now.

    Raises:
        DomainError: ``wrong_state``.
    """
    if not may_move(verb, row.state):
        raise DomainError(
            "wrong_state",
            _("Request %(number)s is “%(state)s”: this cannot be done to it now."),
            _("Open it again to see what can be done."),
            number=row.code,
            state=label_of(row.state),
        )


def next_number(kind: type[Any], division_id: int, year: int) -> int:
    """The next number of the year, held until the transaction ends."""
    locks.hold(f"relief.{kind._meta.model_name}:{division_id}:{year}")
    taken = kind.objects.filter(division_id=division_id, year=year)
    return (taken.aggregate(last=Max("number"))["last"] or 0) + 1


def keep_request_subject(row: SupportRequest) -> None:
    """Write the subject row: the work of agencies, the search and the story hang on it."""
    row.subject = keep_subject(
        REQUEST_SUBJECT,
        row,
        label=f"{row.enterprise.name[:120]}：{row.content[:SHOWN]}",
        url=reverse("relief:request", args=[row.pk]),
        division_id=row.division_id,
        agency_id=row.lead_agency_id,
        search_text=f"{row.code} {row.content[:TOLD]} {row.location}",
    )
    SupportRequest.objects.filter(pk=row.pk).update(subject=row.subject)


def keep_issue_subject(row: CommonIssue) -> None:
    """The same for a common issue."""
    row.subject = keep_subject(
        ISSUE_SUBJECT,
        row,
        label=row.title,
        url=reverse("relief:issue", args=[row.pk]),
        division_id=row.division_id,
        agency_id=row.lead_agency_id,
        search_text=f"{row.code} {row.content[:TOLD]}",
    )
    CommonIssue.objects.filter(pk=row.pk).update(subject=row.subject)


def today_and_year() -> tuple[Any, int]:
    """Today, and the year in which numbers run."""
    today = clock.today()
    return today, today.year


def order_title(msgid: str, **said: str) -> str:
    """The title of an order, as long as one can be."""
    return (translate(msgid) % said)[:255]
