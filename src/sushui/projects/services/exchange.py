"""Publishing projects as OC4IDS, and taking them over from such documents: looked at first, then all or none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden, NotFound
from sushui.kernel.industries import industry
from sushui.kernel.labels import label_of
from sushui.kernel.settings_registry import settings_of
from sushui.kernel.sheets.previews import hold_preview, require_as_shown
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import msg
from sushui.organizations.queries import agencies, division_tree, post_for
from sushui.projects import queries
from sushui.projects.adapter.schema import Flaw, flaws_of
from sushui.projects.enums import CodeFlaw, ExchangeState, ExchangeVerb, ProjectStage
from sushui.projects.models import ExchangeDraft, ExchangeSource, PortfolioVersion, Project, ProjectFunding
from sushui.projects.permissions import may_keep_ledger, may_open_portfolios, may_open_projects
from sushui.projects.queries import ProjectFilter
from sushui.projects.queries.exchange import exchange_projects, projects_named, source_documents
from sushui.projects.rules.codes import clean_code
from sushui.projects.rules.documents import from_text, merged, to_text
from sushui.projects.rules.exchange import (
    FORECASTS,
    VERSION,
    ExchangeProject,
    from_document,
    step_names,
    to_document,
    with_step_names,
)
from sushui.projects.rules.stages import AT_REST
from sushui.projects.services.drafts import DRAFT_FIELDS, ProjectDraft, odd_codes
from sushui.projects.services.exchange_entries import enter_more, more_in_words
from sushui.projects.services.exchange_previews import ExchangeWording, preview_of
from sushui.projects.services.ledger import Registration, edit_project, register_projects

MOST = 2_000  # projects of a file
# What a flaw found by the schema says to people; the rest by its kind.
FLAWS = {
    "required": msg("%(where)s lacks %(wanted)s."),
    "type": msg("%(where)s is of another kind than %(wanted)s."),
    "enum": msg("%(where)s is none of: %(wanted)s."),
    "format": msg("%(where)s is not written as %(wanted)s."),
    "minLength": msg("%(where)s is empty."),
    "minItems": msg("%(where)s is an empty list."),
    "minProperties": msg("%(where)s holds nothing."),
    "uniqueItems": msg("%(where)s says the same twice."),
}
OTHER_FLAW = msg("%(where)s is not as the schema wants it (%(kind)s).")


@dataclass(frozen=True)
class ExchangeChange:
    """What the ledger would say otherwise: a field of the draft, before and after."""

    field: str
    before: Any
    after: Any


@dataclass
class ExchangeRow:
    """A project of a file: what becomes of it; ``refusals`` are sentences, and nothing of the file is then taken.

    ``odd``: by field the code that somebody has to confirm, and what is odd about it.
    """

    place: int
    identifier: str
    name: str
    state: ExchangeState
    project: Project | None = None
    changes: list[ExchangeChange] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    odd: dict[str, tuple[str, CodeFlaw]] = field(default_factory=dict)
    registration: Registration | None = None
    document: dict[str, Any] = field(default_factory=dict)
    said: ExchangeProject | None = None

    def refuse(self, sentence: str) -> None:
        """Say why nothing of the file is taken."""
        self.state = ExchangeState.REFUSED
        self.refusals.append(sentence)

    @property
    def doubts(self) -> list[str]:
        """What is odd about its codes, in sentences."""
        told = gettext("Code %(typed)s: %(flaw)s")
        return [told % {"typed": code, "flaw": label_of(flaw)} for code, flaw in self.odd.values()]


# --- out -------------------------------------------------------------------------------------------------------------
def published_package(viewer: Viewer, narrowed: ProjectFilter) -> dict[str, Any]:
    """A project package of all projects that a filter of the ledger leaves; leaves its line in the chain."""
    if not may_open_projects(viewer):
        raise Forbidden
    told = documents_of(viewer, queries.ledger(viewer, narrowed).order_by("pk"))
    record_act(viewer, ExchangeVerb.EXPORT, post_for(viewer, viewer.post_id), after={"count": len(told)})
    return _package(viewer, told)


def published_portfolio(viewer: Viewer, version: PortfolioVersion) -> dict[str, Any]:
    """A project package of the projects of one version of a year's portfolio, as the ledger tells them now."""
    if not may_open_portfolios(viewer):
        raise Forbidden
    told = documents_of(viewer, Project.objects.filter(pk__in=version.entries.values("project_id")).order_by("pk"))
    record_act(viewer, ExchangeVerb.EXPORT, version, after={"count": len(told)})
    return _package(viewer, told)


def published_project(viewer: Viewer, project: Project) -> dict[str, Any]:
    """A project package of one project."""
    told = documents_of(viewer, Project.objects.filter(pk=project.pk))
    record_act(viewer, ExchangeVerb.EXPORT, project, after={"count": 1})
    return _package(viewer, told)


def documents_of(viewer: Viewer, projects: Any) -> list[dict[str, Any]]:
    """Each project as a document: what it was received as, with what the ledger says otherwise since."""
    prefix = settings_of("oc4ids", viewer.division_id)["prefix"]
    plain = exchange_projects(projects, prefix)
    sources = source_documents(list(plain))
    return [_told(to_document(each), sources.get(number)) for number, each in plain.items()]


def _told(ours: dict[str, Any], source: tuple[Any, Any] | None) -> dict[str, Any]:
    if source is None:
        return ours
    understood, received = source
    if {**ours, "updated": understood.get("updated")} == understood:
        return dict(received)
    names = step_names(understood, received)
    return dict(merged(with_step_names(ours, names), with_step_names(understood, names), received))


def _package(viewer: Viewer, documents: Sequence[dict[str, Any]]) -> dict[str, Any]:
    said = settings_of("oc4ids", viewer.division_id)
    return {
        "version": VERSION,
        "uri": said["uri"],
        "publishedDate": clock.local(clock.now()).isoformat(timespec="seconds"),
        "publisher": {"name": said["publisher"] or viewer.agency_name},
        "projects": list(documents),
    }


# --- in --------------------------------------------------------------------------------------------------------------
@transaction.atomic
def stage_exchange(viewer: Viewer, *, file_name: str, data: bytes) -> ExchangeDraft:
    """Keep a file of projects to be looked at: a package, a list of projects, or one.

    Raises:
        DomainError: ``not_json``, ``no_projects``, ``too_many_projects``.
    """
    if not may_keep_ledger(viewer):
        raise Forbidden
    documents = _documents_in(data)
    made = ExchangeDraft.objects.create(
        division_id=viewer.division_id,
        post_id=viewer.post_id,
        file_name=file_name[:255],
        digest=hashlib.sha256(data).hexdigest(),
        text=to_text(documents),
    )
    record_act(viewer, ExchangeVerb.STAGE, made, after={"file_name": made.file_name, "count": len(documents)})
    return made


def _documents_in(data: bytes) -> list[Any]:
    try:
        said = from_text(data.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        raise DomainError(
            "not_json", _("The file is no JSON text."), _("Send an OC4IDS file as its publisher gave it out.")
        ) from error
    documents = said.get("projects", [said]) if isinstance(said, dict) else said
    if not isinstance(documents, list) or not documents:
        raise DomainError("no_projects", _("The file holds no project."), _("Send a package with “projects”."))
    if len(documents) > MOST:
        raise DomainError(
            "too_many_projects",
            _("%(count)s projects are more than are taken over at once (%(most)s)."),
            _("Send them in several files."),
            count=len(documents),
            most=MOST,
        )
    return documents


def understand_exchange(viewer: Viewer, draft: ExchangeDraft) -> list[ExchangeRow]:
    """What would become of each project of a file; nothing is written."""
    read = [(document, flaws_of(document)) for document in from_text(draft.text)]
    known = _Ground(viewer, [from_document(document) for document, flaws in read if not flaws])
    rows = [_understood(known, place, *each) for place, each in enumerate(read, start=1)]
    _refuse_twice(rows)
    return rows


def show_exchange(viewer: Viewer, draft: ExchangeDraft) -> list[ExchangeRow]:
    """What would become of each project, for somebody who looks: this, and nothing else, is what is taken over."""
    rows = understand_exchange(viewer, draft)
    hold_preview(draft, preview_of(rows))
    return rows


def _refuse_twice(rows: Iterable[ExchangeRow]) -> None:
    """One project is said by one document, whether it was found by its identifier or by its code."""
    seen: set[str] = set()
    names: dict[int, str] = {}
    for row in rows:
        if row.identifier in seen:
            row.refuse(gettext("The file names this project twice."))
        elif row.project is not None and row.project.pk in names:
            told = gettext("“%(earlier)s” and “%(name)s” of the file are both “%(project)s” of the ledger.")
            row.refuse(told % {"earlier": names[row.project.pk], "name": row.name, "project": row.project.name})
        seen.add(row.identifier)
        if row.project is not None:
            names.setdefault(row.project.pk, row.name)


@transaction.atomic
def commit_exchange(
    viewer: Viewer,
    draft: ExchangeDraft,
    *,
    seen_version: int | None = None,
    seen_preview: str | None = None,
    is_confirmed: bool = False,
) -> ExchangeDraft:
    """Take every project of a file over, or none: new ones are registered, others edited; the documents are kept.

    ``seen_preview`` is the digest of what was seen, None stands for what was shown last. ``is_confirmed``: a person
    compared the odd codes with the documents.

    Raises:
        NotFound: it was taken over already.
        StaleRecord: somebody else changed a project right now.
        DomainError: ``preview_outdated``, ``exchange_refused``, ``codes_odd``, those of `register_projects` and
            `edit_project`.
    """
    if not may_keep_ledger(viewer) or draft.division_id != viewer.division_id:
        raise Forbidden
    row = ExchangeDraft.objects.select_for_update().get(pk=draft.pk)
    if row.imported_at is not None:
        raise NotFound
    check_version(row, seen_version)
    rows = understand_exchange(viewer, row)
    require_as_shown(row, preview_of(rows), seen_preview, lambda: ExchangeWording(viewer))
    _require_sound(rows)
    if not is_confirmed:
        _require_no_odd_codes(rows)
    _write(viewer, rows, origin=row.file_name)
    row.imported_at = clock.now()
    row.new = sum(each.state is ExchangeState.NEW for each in rows)
    row.changed = sum(each.state is ExchangeState.CHANGED for each in rows)
    save_changes(row, "imported_at", "new", "changed")
    record_act(viewer, ExchangeVerb.IMPORT, row, after={"new": row.new, "changed": row.changed})
    return row


def _require_sound(rows: Sequence[ExchangeRow]) -> None:
    refused = [each for each in rows if each.state is ExchangeState.REFUSED]
    if refused:
        raise DomainError(
            "exchange_refused",
            _("%(count)s projects of the file cannot be taken over; the first: %(refusal)s"),
            _("Let the publisher mend the file, and send it in again."),
            count=len(refused),
            refusal=refused[0].refusals[0],
        )


def _require_no_odd_codes(rows: Sequence[ExchangeRow]) -> None:
    doubts = [doubt for each in rows for doubt in each.doubts]
    if doubts:
        raise DomainError(
            "codes_odd",
            _("%(count)s codes of the file look odd; the first: %(doubt)s"),
            _("Compare them with the documents. If they stand there so, confirm them."),
            count=len(doubts),
            doubt=doubts[0],
        )


def _write(viewer: Viewer, rows: Sequence[ExchangeRow], *, origin: str) -> None:
    new = [each for each in rows if each.registration is not None and each.project is None]
    made = register_projects(viewer, [each.registration for each in new if each.registration])
    for each, project in zip(new, made, strict=True):
        each.project = project
    enter_more(viewer, [(each.project, each.said) for each in new if each.project and each.said], origin=origin)
    for each in rows:
        if each.state is ExchangeState.CHANGED and each.project and each.registration:
            seen = each.project.version
            each.project = edit_project(viewer, each.project, each.registration.draft, seen_version=seen)
    _keep_sources(viewer, rows)


def _keep_sources(viewer: Viewer, rows: Sequence[ExchangeRow]) -> None:
    """What each project was received as, so that it can be told again in full."""
    numbers = [each.project.pk for each in rows if each.project]
    prefix = settings_of("oc4ids", viewer.division_id)["prefix"]
    plain = exchange_projects(Project.objects.filter(pk__in=numbers), prefix)
    ExchangeSource.objects.filter(project_id__in=numbers).delete()
    ExchangeSource.objects.bulk_create(
        ExchangeSource(
            division_id=viewer.division_id,
            project=each.project,
            identifier=each.identifier,
            received=to_text(each.document),
            understood=to_text(to_document(replace(plain[each.project.pk], id=each.identifier))),
            at=clock.now(),
        )
        for each in rows
        if each.project
    )


# --- understanding one document --------------------------------------------------------------------------------------
class _Ground:
    """What the division has, by which a document is understood: read once for a whole file, and only what it names."""

    def __init__(self, viewer: Viewer, said: Sequence[ExchangeProject]) -> None:
        self.viewer = viewer
        self.prefix = settings_of("oc4ids", viewer.division_id)["prefix"]
        own = viewer.division_id
        self.agencies = {name: each.pk for each in agencies(viewer).filter(division_id=own) for name in _names(each)}
        self.clusters = {each.name: each.pk for each in queries.clusters(own)}
        self.places = {row.division.code: row.division.pk for row in division_tree(viewer)}
        named = projects_named(own, self.prefix, {each.id for each in said}, {each.code for each in said} - {""})
        self.by_identifier, self.by_code = named
        numbers = {row.pk for rows in named for row in rows.values()}
        self.funding: dict[int, dict[tuple[int, Any], Decimal]] = {}
        for money in ProjectFunding.objects.filter(project_id__in=numbers):
            self.funding.setdefault(money.project_id, {})[money.year, money.source] = money.amount

    def project(self, said: ExchangeProject) -> Project | None:
        """The project that a document is about: by its identifier, else by its code."""
        return self.by_identifier.get(said.id) or (self.by_code.get(said.code) if said.code else None)


def _names(agency: Any) -> set[str]:
    return {agency.name, agency.short_name} - {""}


def _understood(known: _Ground, place: int, document: Any, flaws: Sequence[Flaw]) -> ExchangeRow:
    if flaws:
        identifier = str(document.get("id", "")) if isinstance(document, dict) else ""
        title = str(document.get("title", "")) if isinstance(document, dict) else ""
        return ExchangeRow(
            place, identifier, title, ExchangeState.REFUSED, refusals=[said_flaw(each) for each in flaws]
        )
    said = from_document(document)
    found = known.project(said)
    row = ExchangeRow(place, said.id, said.name, ExchangeState.NEW, found, document=document, said=said)
    row.refusals, row.notes = list(_refusals(said)), list(_notes(known, said))
    row.registration = _registration(known, said, found)
    row.odd = dict(_odd(found, row.registration.draft))
    if found is not None:
        row.changes = _changes(known, found, row.registration.draft)
        row.state = ExchangeState.CHANGED if row.changes else ExchangeState.UNCHANGED
    else:
        row.notes += more_in_words(said)
    row.state = ExchangeState.REFUSED if row.refusals else row.state
    return row


def said_flaw(flaw: Flaw) -> str:
    """What the schema refuses, as a sentence."""
    where = flaw.where or gettext("The project")
    return gettext(FLAWS.get(flaw.kind, OTHER_FLAW)) % {"where": where, "wanted": flaw.wanted, "kind": flaw.kind}


def _refusals(said: ExchangeProject) -> Iterator[str]:
    """What the ledger cannot hold though the schema allows it."""
    if not said.name.strip():
        yield gettext("The project has no title.")
    for name, most in (("name", 200), ("code", 32), ("owner_name", 128), ("owner_code", 18), ("place_text", 200)):
        if len(getattr(said, name)) > most:
            yield gettext("“%(text)s…” is longer than the ledger keeps (%(most)s).") % {
                "text": getattr(said, name)[:20],
                "most": most,
            }
    for amount in (said.total_investment, *(getattr(said, name) for name in FORECASTS), *said.funding.values()):
        if amount is not None and not 0 <= amount < Decimal(10) ** 12:
            yield gettext("%(amount)s cannot be an amount of the project.") % {"amount": amount}
    if len(said.id) > 255:
        yield gettext("The identifier is longer than 255 characters.")


def _notes(known: _Ground, said: ExchangeProject) -> Iterator[str]:
    """What is not taken into the ledger, and stays in the document that is kept."""
    named = (
        (said.agency, known.agencies, msg("No agency is called “%(text)s”: the project has none yet.")),
        (said.cluster, known.clusters, msg("No cluster is called “%(text)s”: the project has none yet.")),
        (said.place_code, known.places, msg("No place has the code “%(text)s”: the project has none yet.")),
    )
    for text, there, sentence in named:
        if text and text not in there:
            yield gettext(sentence) % {"text": text}
    if said.industry_code and industry(said.industry_code) is None:
        yield gettext("GB/T 4754-2017 has no industry %(text)s.") % {"text": said.industry_code}


def _registration(known: _Ground, said: ExchangeProject, found: Project | None) -> Registration:
    """What the ledger is to say; of a project that it has, what the document does not say stays as it is.

    Its odd codes count as confirmed: `commit_exchange` writes nothing before somebody confirmed them.
    """
    stands = {name: getattr(found, name) for name in DRAFT_FIELDS} if found else {}
    stands |= {"sector": stands.get("sector") or None} if found else {}
    values = stands | {name: value for name, value in _said(known, said).items() if value not in (None, "")}
    funding = dict(said.funding) or (known.funding.get(found.pk, {}) if found else {})
    odd = frozenset(odd_codes(values.get("code", ""), values.get("owner_code", "")))
    draft = ProjectDraft(**{"name": "", **values}, funding=funding, confirmed=odd)
    stage = said.stage if said.stage and said.stage not in AT_REST else ProjectStage.PLANNED
    return Registration(draft, stage, *_days(said, stage))


def _odd(found: Project | None, draft: ProjectDraft) -> Iterator[tuple[str, tuple[str, CodeFlaw]]]:
    """The odd codes that nobody has confirmed: one that the ledger has already was confirmed when it was entered."""
    for name, flaw in odd_codes(draft.code, draft.owner_code).items():
        code = clean_code(getattr(draft, name))
        if found is None or getattr(found, name) != code:
            yield name, (code, flaw)


def _days(said: ExchangeProject, stage: ProjectStage) -> tuple[date, date | None, date | None]:
    """Since when it is in its stage, and the days of start and completion, where the document says them."""
    today = clock.today()
    started, completed = (day if day and day <= today else None for day in (said.started_on, said.completed_on))
    if stage is ProjectStage.UNDER_CONSTRUCTION:
        return started or today, started, None
    if stage is ProjectStage.COMPLETED:
        return completed or today, started, completed
    order = list(ProjectStage)
    is_later = order.index(stage) > order.index(ProjectStage.COMPLETED)
    return (today, started, completed) if is_later else (today, None, None)


def _said(known: _Ground, said: ExchangeProject) -> dict[str, Any]:
    shared = {each.name for each in fields(said)} & set(DRAFT_FIELDS)
    values = {name: getattr(said, name) for name in shared}
    return {
        **values,
        "jobs": None if said.jobs is None else int(said.jobs),
        "industry_code": said.industry_code if industry(said.industry_code or "-") else "",
        "agency_id": known.agencies.get(said.agency),
        "cluster_id": known.clusters.get(said.cluster),
        "place_id": known.places.get(said.place_code),
    }


def _changes(known: _Ground, found: Project, draft: ProjectDraft) -> list[ExchangeChange]:
    pairs = [(name, getattr(found, name) or None, getattr(draft, name) or None) for name in DRAFT_FIELDS]
    changes = [ExchangeChange(name, before, after) for name, before, after in pairs if before != after]
    before, after = known.funding.get(found.pk, {}), dict(draft.funding)
    return changes + ([ExchangeChange("funding", before, after)] if before != after else [])


def counts_of(rows: Iterable[ExchangeRow]) -> Mapping[ExchangeState, int]:
    """How many projects of a file become what."""
    told = list(rows)
    return {state: sum(row.state is state for row in told) for state in ExchangeState}
