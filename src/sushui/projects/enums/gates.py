"""Words of gates: what a stage asks for before a project may enter it, and how the project came in."""

from __future__ import annotations

from sushui.kernel.words import Word, msg


class EvidenceKind(Word):
    """What shows that a project reached a stage; `data/gates.toml` says which stage asks for which."""

    CONTRACT = "contract", msg("Investment contract")
    PROJECT_CODE = "project_code", msg("Project code")
    FILING = "filing", msg("Filing certificate")
    APPROVAL = "approval", msg("Approval document")
    CONSTRUCTION_PERMIT = "construction_permit", msg("Construction permit")
    WRITTEN_GROUND = "written_ground", msg("Written ground for starting without a permit")
    COMPLETION_RECORD = "completion_record", msg("Completion record")
    PRODUCTION_RECORD = "production_record", msg("Record of production")
    CAPACITY_FIGURES = "capacity_figures", msg("Figures of the capacity reached")
    RETURN_FIGURES = "return_figures", msg("Figures of the return reached")


class EvidencePart(Word):
    """What has to be said of a piece of evidence."""

    NUMBER = "number", msg("its number")
    DAY = "day", msg("its day")
    TEXT = "text", msg("what it says")
    AMOUNT = "amount", msg("the amount")


class GateState(Word):
    """How a gate stands for a project: ahead, or passed with evidence, by a waiver, or with the evidence owed."""

    AHEAD = "ahead", msg("not passed yet")
    OPENED = "opened", msg("opened by evidence")
    WAIVED = "waived", msg("waived")
    OWED = "owed", msg("evidence owed")


class GateVerb(Word):
    """Acts on gates, as the audit chain names them."""

    ADD_EVIDENCE = "add_evidence", msg("recorded evidence")
    WITHDRAW_EVIDENCE = "withdraw_evidence", msg("withdrew evidence")
    WAIVE_GATE = "waive_gate", msg("waived the evidence for a stage")
    CORRECT_DAYS = "correct_project_days", msg("corrected the days of start and completion")
