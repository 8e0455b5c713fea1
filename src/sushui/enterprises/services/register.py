"""Entering and editing enterprises; how they stand; who is in the statistics bureau's list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.enterprises.enums import EnterpriseStatus, EnterpriseVerb
from sushui.enterprises.models import Enterprise
from sushui.enterprises.permissions import may_edit_enterprise, may_keep_register, may_list_enterprise
from sushui.enterprises.queries import ENTERPRISE_SUBJECT, enterprise_for
from sushui.enterprises.services.known import DRAFT_FIELDS, EnterpriseDraft, Known, checked, code_flaw
from sushui.enterprises.services.measuring import measure_enterprises
from sushui.kernel import clock
from sushui.kernel.audit import record_act, record_acts
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.official_codes import clean_code
from sushui.kernel.requirements import require_past
from sushui.kernel.subjects import SubjectFacts, keep_subjects
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer

__all__ = ["EnterpriseDraft", "code_flaw"]
BATCH = 1_000
EDITED = (*(name.removesuffix("_id") for name in DRAFT_FIELDS), "name_key", "code_flaw", "status", "status_on")


def register_enterprise(viewer: Viewer, draft: EnterpriseDraft) -> Enterprise:
    """Enter an enterprise into the register; see `register_enterprises`."""
    return register_enterprises(viewer, [draft])[0]


@transaction.atomic
def register_enterprises(viewer: Viewer, drafts: Sequence[EnterpriseDraft]) -> list[Enterprise]:
    """Enter enterprises into the register of the viewer's division, all or none; a few statements for a thousand.

    Raises:
        DomainError: ``code_taken``, ``day_in_future``, those of `known.checked`; ``place`` in ``params`` is the place
            of the refused one among the drafts, from 0.
    """
    if not may_keep_register(viewer):
        raise Forbidden
    known = Known(viewer)
    values = [_checked_at(place, known, draft) for place, draft in enumerate(drafts)]
    known.learn_codes({each["code"] for each in values})
    for place, each in enumerate(values):
        _taking(place, known, each)
    rows = [
        Enterprise(division_id=viewer.division_id, status=draft.status, status_on=draft.status_on, **each)
        for draft, each in zip(drafts, values, strict=True)
    ]
    Enterprise.objects.bulk_create(rows, BATCH)
    keep_enterprise_subjects(rows)
    pairs = zip(rows, drafts, strict=True)
    record_acts(viewer, EnterpriseVerb.REGISTER, [(row, {}, _entered(row, draft), "") for row, draft in pairs])
    return rows


def _checked_at(place: int, known: Known, draft: EnterpriseDraft) -> dict[str, Any]:
    try:
        for day in (draft.established_on, draft.status_on):
            if day is not None:
                require_past(day)
        return checked(known, draft)
    except DomainError as refusal:
        refusal.params["place"] = place
        raise


def _taking(place: int, known: Known, values: Mapping[str, Any]) -> None:
    try:
        known.take(values["code"], values["name"])
    except DomainError as refusal:
        refusal.params["place"] = place
        raise


def _entered(row: Enterprise, draft: EnterpriseDraft) -> dict[str, Any]:
    """What the audit line says of a new enterprise."""
    said = {name: value for name in DRAFT_FIELDS if (value := getattr(row, name)) not in (None, "", [])}
    return {**said, "status": row.status, **_confirmed(row)}


def _confirmed(row: Enterprise) -> dict[str, Any]:
    return {"confirmed": ["code"]} if row.code_flaw else {}


@transaction.atomic
def edit_enterprise(
    viewer: Viewer, enterprise: Enterprise, draft: EnterpriseDraft, *, seen_version: int | None = None
) -> Enterprise:
    """Let the register say something else of an enterprise; a name that changes becomes one of its former names.

    How it stands is said by `change_status`.

    Raises:
        StaleRecord: somebody else changed it meanwhile.
        DomainError: as `register_enterprises`.
    """
    if not may_edit_enterprise(viewer, enterprise):
        raise Forbidden
    row = locked(enterprise)
    check_version(row, seen_version)
    known = Known(viewer)
    values = _checked_at(0, known, draft)
    if values["code"] != row.code:
        known.learn_codes({values["code"]})
        known.take(values["code"], values["name"])
    if values["name"] != row.name and row.name not in values["former_names"]:
        values["former_names"] = [*values["former_names"], row.name]
    before = {name: getattr(row, name) for name in DRAFT_FIELDS if getattr(row, name) != values[name]}
    for name, value in values.items():
        setattr(row, name, value)
    save_changes(row, *values)
    keep_enterprise_subjects([row])
    after = {name: values[name] for name in before} | _confirmed(row)
    record_act(viewer, EnterpriseVerb.EDIT, row, before=before, after=after)
    if {"industry_code", "has_qualification"} & before.keys():
        measure_enterprises([row.pk])
    return enterprise_for(viewer, row.pk)


@transaction.atomic
def edit_enterprises(
    viewer: Viewer, wanted: Sequence[tuple[Enterprise, EnterpriseDraft]], *, note: str = ""
) -> list[Enterprise]:
    """Let the register say something else of many enterprises, all or none; how they stand too.

    Raises:
        StaleRecord: somebody else changed one of them meanwhile.
        DomainError: as `register_enterprises`; ``place`` in ``params`` is the place of the refused one, from 0.
    """
    numbers = [row.pk for row, _draft in wanted]
    rows = {row.pk: row for row in Enterprise.objects.select_for_update(of=("self",)).filter(pk__in=numbers)}
    known = Known(viewer)
    acts: list[tuple[Enterprise, dict[str, Any], dict[str, Any], str]] = []
    drafts = [draft for _row, draft in wanted]
    known.learn_codes({clean_code(draft.code) for draft in drafts})
    for place, (seen, draft) in enumerate(wanted):
        row = rows[seen.pk]
        check_version(row, seen.version)
        if not may_edit_enterprise(viewer, row):
            raise Forbidden
        values = _checked_at(place, known, draft)
        if values["code"] != row.code:
            _taking(place, known, values)
        acts.append((row, *_apply(row, values, draft), note))
    changed = [row for row, before, _after, _note in acts if before]
    for row in changed:
        row.version, row.updated_at = row.version + 1, clock.now()
    Enterprise.objects.bulk_update(changed, [*EDITED, "version", "updated_at"], BATCH)
    keep_enterprise_subjects(changed)
    record_acts(viewer, EnterpriseVerb.EDIT, [act for act in acts if act[1]])
    measure_enterprises(row.pk for row in changed)
    return [rows[number] for number in numbers]


def _apply(row: Enterprise, values: Mapping[str, Any], draft: EnterpriseDraft) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set what an edit says; what stood there before and what stands now."""
    said = {**values, "status": draft.status}
    if said["name"] != row.name and row.name not in said["former_names"]:
        said["former_names"] = [*said["former_names"], row.name]
    before = {name: getattr(row, name) for name in (*DRAFT_FIELDS, "status") if getattr(row, name) != said[name]}
    if "status" in before:
        row.status_on = draft.status_on or clock.today()
    for name, value in said.items():
        setattr(row, name, value)
    return before, {name: said[name] for name in before} | (_confirmed(row) if before else {})


@transaction.atomic
def change_status(
    viewer: Viewer,
    enterprise: Enterprise,
    *,
    status: EnterpriseStatus,
    on: date,
    reason: str = "",
    seen_version: int | None = None,
) -> Enterprise:
    """Note that an enterprise stands otherwise from a day on.

    Raises:
        DomainError: ``day_in_future``; ``status_stands`` where it stands so already.
    """
    if not may_edit_enterprise(viewer, enterprise):
        raise Forbidden
    row = locked(enterprise)
    check_version(row, seen_version)
    require_past(on)
    if row.status is status:
        raise DomainError(
            "status_stands",
            _("“%(name)s” stands so already."),
            _("Choose another state, or leave it."),
            name=row.name,
        )
    before = {"status": row.status, "on": row.status_on}
    row.status, row.status_on = status, on
    save_changes(row, "status", "status_on")
    after = {"status": status, "on": on}
    record_act(viewer, EnterpriseVerb.CHANGE_STATUS, row, before=before, after=after, note=reason.strip())
    return row


@transaction.atomic
def list_enterprise(viewer: Viewer, enterprise: Enterprise, *, on: date, seen_version: int | None = None) -> Enterprise:
    """Note the day on which the statistics bureau took an enterprise into its list.

    Raises:
        DomainError: ``day_in_future``.
    """
    return _set_listed(viewer, enterprise, EnterpriseVerb.LIST, require_past(on), "", seen_version)


@transaction.atomic
def unlist_enterprise(
    viewer: Viewer, enterprise: Enterprise, *, reason: str, seen_version: int | None = None
) -> Enterprise:
    """Note that an enterprise left the list, and why."""
    return _set_listed(viewer, enterprise, EnterpriseVerb.UNLIST, None, reason.strip(), seen_version)


def _set_listed(
    viewer: Viewer, enterprise: Enterprise, verb: EnterpriseVerb, on: date | None, note: str, seen: int | None
) -> Enterprise:
    if not may_list_enterprise(viewer, enterprise):
        raise Forbidden
    row = locked(enterprise)
    check_version(row, seen)
    before, row.listed_on = {"on": row.listed_on}, on
    save_changes(row, "listed_on")
    record_act(viewer, verb, row, before=before, after={"on": on}, note=note)
    return row


def locked(enterprise: Enterprise) -> Enterprise:
    """The enterprise as it is now, locked until the transaction ends."""
    return Enterprise.objects.select_for_update(of=("self",)).get(pk=enterprise.pk)


def names_like(viewer: Viewer, name: str, *, but: int | None = None) -> list[Enterprise]:
    """Enterprises of the own division whose name may be the same, written otherwise: a person looks before entering."""
    if not may_keep_register(viewer):
        return []
    rows = Enterprise.objects.filter(division_id=viewer.division_id, name_key=Known(viewer).key(name))
    return list((rows.exclude(pk=but) if but is not None else rows).order_by("pk")[:10])


def keep_enterprise_subjects(rows: Sequence[Enterprise]) -> None:
    """The rows by which the rooms below know the enterprises."""
    subjects = keep_subjects(ENTERPRISE_SUBJECT, [(row, _facts(row)) for row in rows])
    new = [row for row, subject in zip(rows, subjects, strict=True) if row.subject_id != subject.pk]
    for row, subject in zip(rows, subjects, strict=True):
        row.subject = subject
    Enterprise.objects.bulk_update(new, ["subject"], BATCH)


def _facts(row: Enterprise) -> SubjectFacts:
    return SubjectFacts(
        label=row.name,
        url=f"/enterprises/{row.pk}/",
        division_id=row.division_id,
        agency_id=row.agency_id,
        search_text=" ".join([row.code, *row.former_names, row.address]),
    )
