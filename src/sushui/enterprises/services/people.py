"""Who stands for an enterprise: added, changed, left. Lines of the audit chain hold no telephone and no number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.enterprises.enums import EnterpriseVerb, PersonRole
from sushui.enterprises.models import Enterprise, EnterprisePerson
from sushui.enterprises.permissions import may_keep_people, may_see_id_numbers
from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.requirements import require_past, require_text
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer


@dataclass(frozen=True)
class PersonDraft:
    """Who it is, and what they are to the enterprise. ``id_number`` None leaves what stands."""

    name: str
    role: PersonRole
    title: str = ""
    phone: str = ""
    id_number: str | None = None
    from_on: date | None = None


@transaction.atomic
def add_person(viewer: Viewer, enterprise: Enterprise, draft: PersonDraft) -> EnterprisePerson:
    """Add who stands for an enterprise from a day on (default: today).

    Raises:
        DomainError: ``text_missing``, ``day_in_future``.
    """
    _require_keeper(viewer, enterprise, draft)
    person = EnterprisePerson.objects.create(
        division_id=enterprise.division_id,
        enterprise=enterprise,
        role=draft.role,
        name=require_text(draft.name, "Person"),
        title=draft.title.strip(),
        phone=draft.phone.strip(),
        id_number=(draft.id_number or "").strip(),
        from_on=require_past(draft.from_on or clock.today()),
    )
    record_act(viewer, EnterpriseVerb.ADD_PERSON, enterprise, after={"person": person.name, "role": person.role})
    return person


@transaction.atomic
def edit_person(
    viewer: Viewer, person: EnterprisePerson, draft: PersonDraft, *, seen_version: int | None = None
) -> EnterprisePerson:
    """Correct what is said of a person.

    Raises:
        StaleRecord: somebody else changed it meanwhile.
        DomainError: ``text_missing``, ``day_in_future``.
    """
    _require_keeper(viewer, person.enterprise, draft)
    row = _locked(person)
    check_version(row, seen_version)
    before = {"person": row.name, "role": row.role}
    row.name, row.role = require_text(draft.name, "Person"), draft.role
    row.title, row.phone = draft.title.strip(), draft.phone.strip()
    row.from_on = require_past(draft.from_on or row.from_on)
    if draft.id_number is not None:
        row.id_number = draft.id_number.strip()
    save_changes(row, "name", "role", "title", "phone", "from_on", "id_number")
    after = {"person": row.name, "role": row.role}
    record_act(viewer, EnterpriseVerb.EDIT_PERSON, row.enterprise, before=before, after=after)
    return row


@transaction.atomic
def end_person(
    viewer: Viewer, person: EnterprisePerson, *, on: date, seen_version: int | None = None
) -> EnterprisePerson:
    """Note the last day on which a person stood for the enterprise; the history keeps them.

    Raises:
        DomainError: ``day_in_future``, ``ends_before_it_began``.
    """
    _require_keeper(viewer, person.enterprise)
    row = _locked(person)
    check_version(row, seen_version)
    if require_past(on) < row.from_on:
        raise DomainError(
            "ends_before_it_began",
            _("%(day)s lies before the first day, %(first)s."),
            _("Give the last day on which the person stood for the enterprise."),
            day=on.isoformat(),
            first=row.from_on.isoformat(),
        )
    row.to_on = on
    save_changes(row, "to_on")
    after = {"person": row.name, "role": row.role, "on": on}
    record_act(viewer, EnterpriseVerb.END_PERSON, row.enterprise, after=after)
    return row


def _require_keeper(viewer: Viewer, enterprise: Enterprise, draft: PersonDraft | None = None) -> None:
    if not may_keep_people(viewer, enterprise):
        raise Forbidden
    if draft is not None and draft.id_number is not None and not may_see_id_numbers(viewer, enterprise):
        raise Forbidden


def _locked(person: EnterprisePerson) -> EnterprisePerson:
    rows = EnterprisePerson.objects.select_for_update(of=("self",)).select_related("enterprise")
    return rows.get(pk=person.pk)
