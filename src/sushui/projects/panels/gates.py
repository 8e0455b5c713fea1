"""Gates of a project in words: what each asks, what is there, and what can be done about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sushui.documents.queries import TargetFiles, files_by_target
from sushui.documents.services import TargetKind, register_target
from sushui.kernel.labels import label_of, register_verbs
from sushui.kernel.settings_registry import SettingDefinition, register_setting
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import msg
from sushui.projects import queries
from sushui.projects.enums import FIELDS, EvidenceKind, GateState, GateVerb, ProjectStage
from sushui.projects.models import GatePassage, PermitStep, Project, StageEvidence
from sushui.projects.panels.permits.wording import called
from sushui.projects.permissions import OFFICE_WAIVES, may_report_on_project, may_waive_gates
from sushui.projects.queries.gates import GateFacts, permits_shown
from sushui.projects.rules.days import DayLimits
from sushui.projects.rules.gates import Opening, gates, is_ahead, shortfalls
from sushui.projects.services.days import DAY_SETTINGS
from sushui.projects.services.gates import shortfall_in_words

FILES = "evidence"  # under which kind of target documents knows evidence
SENTENCES: Mapping[EvidenceKind, str] = {
    EvidenceKind.CONTRACT: msg("Whether an investment contract shows that a project is signed"),
    EvidenceKind.PROJECT_CODE: msg("Whether the project code shows that a project is established"),
    EvidenceKind.FILING: msg("Whether a filing certificate shows that a project is established"),
    EvidenceKind.APPROVAL: msg("Whether an approval document shows that a project is established"),
    EvidenceKind.CONSTRUCTION_PERMIT: msg("Whether a construction permit lets a project be under construction"),
    EvidenceKind.WRITTEN_GROUND: msg("Whether a written ground lets a project start without a construction permit"),
    EvidenceKind.COMPLETION_RECORD: msg("Whether a completion record shows that a project is completed"),
    EvidenceKind.PRODUCTION_RECORD: msg("Whether a record of production shows that a project is in production"),
    EvidenceKind.CAPACITY_FIGURES: msg("Whether figures of the capacity show that it is at design capacity"),
    EvidenceKind.RETURN_FIGURES: msg("Whether figures of the return show that it is at target return"),
}
# The sentence of each bound of days, and between what it can be set.
DAYS = {
    "earliest_year": (msg("Year before which nothing of a project can have happened"), 1949, 2100),
    "years_ahead": (msg("Years from now on within which days of projects are planned"), 1, 100),
}
# Where `data/gates.toml` says that an opening is stated.
SOURCES = (
    msg("State Council orders 673, article 4, and 712, article 10"),
    msg("State Council order 673, article 13"),
    msg("State Council orders 673, article 6, and 712, article 9"),
    msg("Construction Law, article 7"),
    msg("Construction Law, article 61"),
)


def register() -> None:
    """A setting for each opening, the verbs, and the files that hang on evidence."""
    for stage, openings in gates().items():
        for each in openings:
            key = f"{queries.GATE_SETTINGS}.{stage}_{each.kind}"
            register_setting(SettingDefinition(key, True, SENTENCES[each.kind], each.source))
    said = msg("Whether the head of the project office may waive evidence, as the county leader may")
    register_setting(SettingDefinition(OFFICE_WAIVES, False, said))
    limits = DayLimits()
    for name, (sentence, least, most) in DAYS.items():
        key = f"{DAY_SETTINGS}.{name}"
        register_setting(SettingDefinition(key, getattr(limits, name), sentence, least=least, most=most))
    register_verbs(GateVerb, FIELDS, {"stage": (ProjectStage,), "evidence_kind": (EvidenceKind,)})
    register_target(
        TargetKind(
            FILES,
            msg("Evidence"),
            queries.visible_evidence,
            lambda viewer, evidence: bool(may_report_on_project(viewer, evidence.project)),
            page=lambda evidence: reverse("projects:gates", args=[evidence.project_id]),
            story=lambda evidence: evidence.project,
        )
    )


@dataclass(frozen=True)
class EvidenceLine:
    """A piece of evidence with its files; ``withdraw_url`` where the viewer may take it back."""

    evidence: StageEvidence
    files: TargetFiles
    withdraw_url: str = ""


@dataclass(frozen=True)
class GateLine:
    """A gate as a project stands at it. ``asked``: its openings in words; ``missing``: what is missing, in words.

    ``permits``: those granted that are its evidence, with what they are called.
    """

    stage: ProjectStage
    state: GateState
    passage: GatePassage | None
    asked: str
    missing: str
    evidence: list[EvidenceLine]
    permits: list[tuple[str, PermitStep]]
    add_url: str = ""
    waive_url: str = ""
    is_behind: bool = False

    @property
    def state_in_words(self) -> str:
        if self.is_behind and self.state is GateState.AHEAD:
            return _("behind the project; nothing was asked for then")
        return label_of(self.state)

    @property
    def is_owed(self) -> bool:
        return self.state is GateState.OWED


def opening_in_words(opening: Opening) -> str:
    """ "Investment contract (its number, its day)"."""
    said = {"kind": label_of(opening.kind), "parts": _(", ").join(map(label_of, opening.parts))}
    return _("%(kind)s (%(parts)s)") % said


def gate_lines(viewer: Viewer, project: Project) -> list[GateLine]:
    """Every gate in the order of the life; a fixed number of queries."""
    openings, passages = queries.openings_of(project.division_id), queries.passages_of(project)
    evidence, permits = queries.evidence_of(project), permits_shown([project.pk]).get(project.pk, [])
    files = files_by_target(viewer, FILES, evidence)
    reached = queries.stage_before_rest(project)
    may_add, may_waive = bool(may_report_on_project(viewer, project)), bool(may_waive_gates(viewer, project))
    lines = []
    for stage, asked in openings.items():
        passage = passages.get(stage)
        state = GateState(passage.state) if passage else GateState.AHEAD
        missing = shortfalls(asked, queries.pieces_of(project, stage, evidence, permits))
        own = [each for each in evidence if each.stage == stage]
        lines.append(
            GateLine(
                stage=stage,
                state=state,
                passage=passage,
                asked=_(" or ").join(map(opening_in_words, asked)),
                missing=shortfall_in_words(missing) if missing else "",
                evidence=_evidence_lines(own, files, may_add=may_add),
                permits=[(called(step), step) for step in permits if any(step.key in each.permits for each in asked)],
                add_url=_url("add-evidence", project, stage) if may_add and asked else "",
                waive_url=_url("waive-gate", project, stage) if may_waive and missing and _is_open(state) else "",
                is_behind=not is_ahead(stage, reached),
            )
        )
    return lines


def _is_open(state: GateState) -> bool:
    return state in {GateState.AHEAD, GateState.OWED}


def _url(verb: str, project: Project, stage: ProjectStage) -> str:
    return f"{reverse(f'projects:{verb}', args=[project.pk])}?stage={stage}"


def _evidence_lines(
    rows: Iterable[StageEvidence], files: Mapping[int, TargetFiles], *, may_add: bool
) -> list[EvidenceLine]:
    return [
        EvidenceLine(
            each,
            files[each.pk],
            reverse("projects:evidence-withdraw", args=[each.pk]) if may_add and each.withdrawn_at is None else "",
        )
        for each in rows
    ]


@dataclass(frozen=True)
class PassageLine:
    """A gate in the county's list, and which papers are still missing there, in words."""

    passage: GatePassage
    missing: str


def passage_lines(rows: Sequence[GatePassage]) -> list[PassageLine]:
    """Rows of the list; as many queries for many as for one, for each division that they are of."""
    found = {
        division: queries.gate_facts(division, [row.project_id for row in rows if row.division_id == division])
        for division in {row.division_id for row in rows}
    }
    return [PassageLine(row, _missing(row, found[row.division_id])) for row in rows]


def _missing(row: GatePassage, facts: GateFacts) -> str:
    stage = ProjectStage(row.stage)
    known = [*facts.pieces.get((row.project_id, stage), ()), *queries.coded(row.project)]
    missing = shortfalls(facts.openings.get(stage, ()), known)
    return shortfall_in_words(missing) if missing else ""


def owed_in_words(count: int) -> str:
    """ "Evidence for 2 stages is owed"; nothing for none."""
    if not count:
        return ""
    said = ngettext("Evidence for %(count)d stage is owed", "Evidence for %(count)d stages is owed", count)
    return said % {"count": count}
