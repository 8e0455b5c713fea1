"""Gates as projects passed them, and the evidence that opened them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sushui.kernel.fields import WordField
from sushui.kernel.models import Record
from sushui.projects.enums import EvidenceKind, GateState, ProjectStage
from sushui.projects.models.ledger import Project, money


class StageEvidence(Record):
    """What shows that a project reached a stage: a paper's number and day, what it says, an amount in yuan, files.

    It may be recorded before the stage is. What was recorded wrongly is withdrawn with its reason and stays in sight.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="evidence")
    stage = WordField(words=ProjectStage)
    kind = WordField(words=EvidenceKind)
    number = models.CharField(max_length=64, blank=True)
    day = models.DateField(null=True)
    text = models.TextField(blank=True)
    amount = money()
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        indexes: ClassVar = [models.Index(fields=["division", "kind", "number"], name="evidence_by_number")]

    def __str__(self) -> str:
        return self.number or self.text[:40]


class GatePassage(Record):
    """How a project stands at the gate of a stage: opened by evidence, waived by a post, or passed with evidence owed.

    A waiver may come before the stage. ``reason`` and ``post`` are the waiver's, else whoever moved the project.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="passages")
    stage = WordField(words=ProjectStage)
    state = WordField(words=GateState)
    reason = models.TextField(blank=True)
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("kernel.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "stage"], name="gate_passed_once")]
        indexes: ClassVar = [
            models.Index(
                fields=["division", "at"], include=["project"], condition=~Q(state="opened"), name="gate_not_opened"
            )
        ]
