"""Gates: what each asks of a division's projects, what is there, what was waived and what is owed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from sushui.kernel import clock
from sushui.kernel.errors import NotFound
from sushui.kernel.settings_registry import settings_of
from sushui.kernel.viewer import Viewer
from sushui.projects.enums import EvidenceKind, GateState, ProjectStage
from sushui.projects.enums.permits import PermitState
from sushui.projects.models import GatePassage, PermitStep, Project, StageChange, StageEvidence
from sushui.projects.queries.ledger import visible_projects
from sushui.projects.rules.gates import Opening, Paper, Piece, Shortfall, gates, is_ahead, shortfalls, shown_by
from sushui.projects.rules.stages import AT_REST, LIFE

GATE_SETTINGS = "project_gates"


def openings_of(division_id: int, on: date | None = None) -> Mapping[ProjectStage, tuple[Opening, ...]]:
    """The openings in force for a division on a day (default: today); a gate without any asks for nothing."""
    said = settings_of(GATE_SETTINGS, division_id, on or clock.today())
    return {
        stage: tuple(each for each in openings if said[f"{stage}_{each.kind}"]) for stage, openings in gates().items()
    }


def pieces_of(
    project: Project, stage: ProjectStage, evidence: Iterable[StageEvidence], permits: Iterable[PermitStep]
) -> list[Piece]:
    """What is known for a gate: the evidence that stands, the permits, and the code that the ledger holds."""
    found = [
        Piece(each.kind, each.number, each.day, each.text, each.amount)
        for each in evidence
        if each.stage == stage and each.withdrawn_at is None
    ]
    return [*found, *shown_by(map(_paper, permits), stage), *coded(project)]


def permits_shown(project_ids: Iterable[int]) -> dict[int, list[PermitStep]]:
    """Permits of projects that gates ask for and that are granted and good, in the order of their path; one query."""
    keys = {key for openings in gates().values() for each in openings for key in each.permits}
    rows = PermitStep.objects.filter(project_id__in=list(project_ids), key__in=keys, granted_on__isnull=False)
    found: dict[int, list[PermitStep]] = {}
    for step in rows.filter(applies=True).exclude(state=PermitState.EXPIRED).order_by("project_id", "place"):
        found.setdefault(step.project_id, []).append(step)
    return found


def _paper(step: PermitStep) -> Paper:
    assert step.granted_on is not None, "what shows something was granted"
    return Paper(step.key, step.number, step.granted_on, step.name)


def coded(project: Project) -> list[Piece]:
    """The project code that the ledger holds, as a piece of evidence."""
    return [Piece(EvidenceKind.PROJECT_CODE, project.code)] if project.code else []


def gate_shortfalls(project: Project, stage: ProjectStage, more: Iterable[Piece] = ()) -> list[Shortfall]:
    """What the gate of a stage misses for a project, with ``more`` beside what is recorded; empty: it is open."""
    openings = openings_of(project.division_id).get(stage, ())
    return shortfalls(openings, [*pieces_at(project, stage), *more]) if openings else []


def pieces_at(project: Project, stage: ProjectStage) -> list[Piece]:
    """All that is known for the gate of a stage."""
    permits = permits_shown([project.pk]).get(project.pk, [])
    return pieces_of(project, stage, project.evidence.filter(stage=stage, withdrawn_at=None), permits)


def evidence_of(project: Project) -> list[StageEvidence]:
    """All evidence of a project in the order in which it was recorded; what was withdrawn too."""
    return list(project.evidence.select_related("post__agency").order_by("at", "pk"))


def passages_of(project: Project) -> dict[ProjectStage, GatePassage]:
    """How the project stands at each gate that it passed or that was waived."""
    rows = project.passages.select_related("post__agency", "user")
    return {ProjectStage(each.stage): each for each in rows}


def visible_evidence(viewer: Viewer) -> QuerySet[StageEvidence]:
    """Evidence of the projects that the viewer may know of."""
    return StageEvidence.objects.filter(project__in=visible_projects(viewer).order_by().values("pk"))


def evidence_for(viewer: Viewer, evidence_id: int) -> StageEvidence:
    """One piece of evidence that stands.

    Raises:
        NotFound: none such, withdrawn, or not the viewer's to see.
    """
    rows = visible_evidence(viewer).filter(withdrawn_at=None).select_related("project__agency", "project__subject")
    found = rows.filter(pk=evidence_id).first()
    if found is None:
        raise NotFound
    return found


def gate_passages(viewer: Viewer, state: GateState) -> QuerySet[GatePassage]:
    """Gates of the viewer's projects that were waived or whose evidence is owed; nobody owes for what was ended."""
    shown = visible_projects(viewer).exclude(stage=ProjectStage.TERMINATED)
    rows = GatePassage.objects.filter(state=state, division_id__in=viewer.division_ids)
    rows = rows.filter(project__in=shown.order_by().values("pk"))
    return rows.select_related("project__agency", "project__division", "post__agency", "user")


def stage_before_rest(project: Project) -> ProjectStage:
    """The last stage of the life in which the project stood; its own while it is not at rest."""
    if project.stage not in AT_REST:
        return ProjectStage(project.stage)
    rows = project.stage_changes.exclude(before__in=["", *AT_REST]).order_by("-at", "-pk")
    last = rows.values_list("before", flat=True).first()
    return ProjectStage(last) if last else ProjectStage.PLANNED


def others_with_number(project: Project, kind: EvidenceKind, number: str) -> QuerySet[StageEvidence]:
    """Evidence of other projects of the division that names the same number."""
    rows = StageEvidence.objects.filter(division_id=project.division_id, kind=kind, number=number, withdrawn_at=None)
    return rows.exclude(project=project).select_related("project")


# --- many projects at once -------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class GateFacts:
    """What is known at the gates of some projects of a division: enough to say what each stage would owe."""

    openings: Mapping[ProjectStage, tuple[Opening, ...]]
    pieces: Mapping[tuple[int, ProjectStage], Sequence[Piece]]
    waived: frozenset[tuple[int, ProjectStage]]
    before_rest: Mapping[int, ProjectStage]

    def reached(self, project: Project | None) -> ProjectStage:
        """The last stage of the life in which a project stood; a new one has been in none but the first."""
        if project is None:
            return ProjectStage.PLANNED
        return self.before_rest.get(project.pk, ProjectStage.PLANNED) if project.stage in AT_REST else project.stage

    def owed(self, project: Project | None, stage: ProjectStage, code: str) -> list[Shortfall]:
        """What a project with a code would owe in a stage that it is moved to or entered in; nothing where none."""
        if project is not None and (not is_ahead(stage, self.reached(project)) or (project.pk, stage) in self.waived):
            return []
        known = self.pieces.get((project.pk, stage), ()) if project is not None else ()
        given = [Piece(EvidenceKind.PROJECT_CODE, code)] if code else []
        return shortfalls(self.openings.get(stage, ()), [*known, *given])


def gate_facts(division_id: int, numbers: Iterable[int]) -> GateFacts:
    """The gates of these projects; as many queries for many as for one."""
    known = set(numbers)
    pieces: dict[tuple[int, ProjectStage], list[Piece]] = {}
    for each in StageEvidence.objects.filter(project_id__in=known, withdrawn_at=None):
        said = Piece(each.kind, each.number, each.day, each.text, each.amount)
        pieces.setdefault((each.project_id, each.stage), []).append(said)
    for number, steps in permits_shown(known).items():
        for stage in gates():
            pieces.setdefault((number, stage), []).extend(shown_by(map(_paper, steps), stage))
    waived = GatePassage.objects.filter(project_id__in=known, state=GateState.WAIVED)
    moved = StageChange.objects.filter(project_id__in=known, before__in=LIFE, after__in=AT_REST).order_by("at", "pk")
    return GateFacts(
        openings_of(division_id),
        pieces,
        frozenset((number, ProjectStage(stage)) for number, stage in waived.values_list("project_id", "stage")),
        {number: ProjectStage(before) for number, before in moved.values_list("project_id", "before")},
    )
