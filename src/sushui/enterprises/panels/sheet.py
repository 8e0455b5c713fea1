"""One enterprise as its page tells it: how it stands, what can be done, figures, people, tasks, files, the story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from sushui.documents.queries import TargetFiles, files_by_target
from sushui.enterprises import queries
from sushui.enterprises.enums import FIELDS, EnterpriseFigureKind, EnterpriseVerb, PersonRole
from sushui.enterprises.models import Enterprise, EnterprisePerson
from sushui.enterprises.panels.figures import FigureSheet, figure_sheet
from sushui.enterprises.panels.offers import Offer, enterprise_offers
from sushui.enterprises.permissions import may_keep_people, may_see_contacts, may_see_id_numbers
from sushui.enterprises.rules.masks import masked_id_number, masked_phone
from sushui.kernel.components import Change, StoryEntry
from sushui.kernel.industries import Industry, industry, lineage
from sushui.kernel.labels import label_of_field, label_of_value, said
from sushui.kernel.models import AuditLine
from sushui.kernel.stories import entry_of
from sushui.kernel.viewer import Viewer
from sushui.liaison.queries import SubjectLiaison, subject_liaison
from sushui.supervision import queries as supervision

if TYPE_CHECKING:
    from sushui.supervision.models import SupervisedTask

FILES = "enterprise"
FEW_TASKS = 8
UNSAID = frozenset({"cluster_id", "agency_id", "place_id", "zone_id", "confirmed", "has_qualification"})


@dataclass(frozen=True)
class PersonLine:
    """A person as this viewer may see them: telephone and number whole or masked."""

    person: EnterprisePerson
    phone: str
    id_number: str
    is_masked: bool
    may_keep: bool


@dataclass(frozen=True)
class EnterpriseSheet:
    """Everything that the page of an enterprise shows to one viewer."""

    enterprise: Enterprise
    offers: list[Offer]
    figures: FigureSheet
    people: list[PersonLine]
    tasks: list[SupervisedTask]
    liaison: SubjectLiaison | None
    files: TargetFiles
    industry: list[Industry]
    story: list[StoryEntry]


def enterprise_sheet(viewer: Viewer, enterprise: Enterprise) -> EnterpriseSheet:
    """Read everything about an enterprise once; as many queries for much as for little."""
    subject = enterprise.subject
    return EnterpriseSheet(
        enterprise=enterprise,
        offers=enterprise_offers(viewer, enterprise),
        figures=figure_sheet(viewer, enterprise),
        people=person_lines(viewer, enterprise),
        tasks=tasks_about(viewer, enterprise),
        liaison=subject_liaison(viewer, subject) if subject is not None else None,
        files=files_by_target(viewer, FILES, [enterprise])[enterprise.pk],
        industry=lineage(enterprise.industry_code) if enterprise.industry_code else [],
        story=story_of(queries.story(enterprise)),
    )


def person_lines(viewer: Viewer, enterprise: Enterprise) -> list[PersonLine]:
    """Who stands for the enterprise today, the legal representative first."""
    in_order = {role: place for place, role in enumerate(PersonRole)}
    sees_phone, sees_number = may_see_contacts(viewer, enterprise), may_see_id_numbers(viewer, enterprise)
    people = sorted(queries.people_of(enterprise), key=lambda each: (in_order[each.role], each.pk))
    may_keep = bool(may_keep_people(viewer, enterprise))
    return [
        PersonLine(
            each,
            each.phone if sees_phone else masked_phone(each.phone),
            each.id_number if sees_number else masked_id_number(each.id_number),
            is_masked=not sees_phone,
            may_keep=may_keep,
        )
        for each in people
    ]


def tasks_about(viewer: Viewer, enterprise: Enterprise) -> list[SupervisedTask]:
    """Supervised tasks about the enterprise that the viewer may know of: open ones first, the newest first."""
    if enterprise.subject_id is None:
        return []
    rows = supervision.register(viewer).filter(subject_id=enterprise.subject_id)
    return list(rows.order_by("-is_open", "due_on", "-pk")[:FEW_TASKS])


# --- the story -------------------------------------------------------------------------------------------------------
def story_of(lines: Iterable[AuditLine]) -> list[StoryEntry]:
    """What was done, newest first."""
    return [entry_of(line, _changes(line)) for line in reversed(list(lines))]


def _changes(line: AuditLine) -> Iterator[Change]:
    """What is said now, beside what stood there before; an entry says what it names and no more."""
    if line.verb == EnterpriseVerb.REGISTER:
        return
    for name, value in line.after.items():
        if name in UNSAID or name not in FIELDS:
            continue
        if isinstance(value, Mapping):
            kinds = dict.fromkeys(key.partition(" ")[0] for key in value)
            yield Change(_("Figures"), None, _(", ").join(said(kind, EnterpriseFigureKind) for kind in kinds))
            continue
        before, after = (_said(line.verb, name, each) for each in (line.before.get(name), value))
        if before != after:
            yield Change(label_of_field(line.verb, name), before or None, after)


def _said(verb: str, name: str, value: Any) -> str:
    """A stored value as people read it."""
    if value in (None, "", []):
        return ""
    if isinstance(value, list):
        return _(", ").join(map(str, value))
    if name == "industry_code":
        return str(industry(str(value)) or value)
    return label_of_value(verb, name, str(value))
