"""Requests of enterprises, answers, ratings, common issues and checks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sushui.kernel.fields import WordField
from sushui.kernel.models import Record
from sushui.relief.enums import (
    CheckVerdict,
    Satisfaction,
    SupportChannel,
    SupportKind,
    SupportLevel,
    SupportState,
)


class Matter(Record):
    """What a request and a common issue have in common: a subject of supervision with a task at a time.

    ``number`` runs by division and year. ``task`` is the newest; earlier ones hang on the subject too.
    """

    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    kind = WordField(words=SupportKind, default=SupportKind.OTHER)
    state = WordField(words=SupportState, default=SupportState.RECEIVED)
    content = models.TextField()
    subject = models.OneToOneField("kernel.Subject", null=True, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey("supervision.SupervisedTask", null=True, on_delete=models.PROTECT, related_name="+")
    lead_agency = models.ForeignKey("organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField()
    assigned_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        abstract = True

    @property
    def code(self) -> str:
        """The number by which people name it: 2026-0012."""
        return f"{self.year}-{self.number:04}"


class CommonIssue(Matter):
    """The same demand of many enterprises, worked on once and answered once to all."""

    title = models.CharField(max_length=120)
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["division", "year", "number"], name="issue_once")]

    def __str__(self) -> str:
        return self.title


class SupportRequest(Matter):
    """What an enterprise asks for. ``agency`` is whose post entered it; its own where it came by itself.

    ``alerted_agency`` was told at once and knows of the request. Unpaid bills say ``amount_owed`` in yuan, the last day
    on which it could be paid, and the contract's interest in % a year (None: not agreed). Gathered in an ``issue`` it
    has no task; one that is reopened afterwards is given a task of its own and stays a part of the issue's story.
    """

    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    channel = WordField(words=SupportChannel)
    contact_name = models.CharField(max_length=64, blank=True)
    contact_phone = models.CharField(max_length=32, blank=True)
    wished_on = models.DateField(null=True)
    location = models.CharField(max_length=200, blank=True)
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey("liaison.Visit", null=True, on_delete=models.PROTECT, related_name="+")
    issue = models.ForeignKey(CommonIssue, null=True, on_delete=models.PROTECT, related_name="requests")
    alerted_agency = models.ForeignKey("organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    level = WordField(words=SupportLevel, default=SupportLevel.AGENCIES)
    contacted_on = models.DateField(null=True)
    reopened_count = models.PositiveSmallIntegerField(default=0)
    rating = WordField(words=Satisfaction, blank=True, default="")
    amount_owed = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    owed_since_on = models.DateField(null=True)
    agreed_rate = models.DecimalField(max_digits=6, decimal_places=3, null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["division", "year", "number"], name="request_once"),
            models.CheckConstraint(condition=Q(amount_owed=None) | Q(amount_owed__gt=0), name="owed_more_than_nothing"),
            models.CheckConstraint(
                condition=~Q(state=SupportState.ASSIGNED) | Q(task__isnull=False) | Q(issue__isnull=False),
                name="assigned_to_somebody",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["division", "state", "received_on", "id"], name="request_by_state"),
            models.Index(fields=["division", "-id"], name="request_newest"),
            models.Index(fields=["enterprise", "-id"], name="request_by_enterprise"),
            models.Index(fields=["agency", "received_on"], name="request_by_enterer"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.code}"


class SupportAnswer(models.Model):
    """What was answered, to one enterprise or to all whose requests were gathered; never changed afterwards."""

    request = models.ForeignKey(SupportRequest, null=True, on_delete=models.PROTECT, related_name="answers")
    issue = models.ForeignKey(CommonIssue, null=True, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField()
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(request=None, issue__isnull=False) | Q(request__isnull=False, issue=None),
                name="answer_to_one",
            )
        ]


class SupportRating(models.Model):
    """What the enterprise thinks of an answer. ``is_by_phone``: an officer asked and wrote it down."""

    request = models.ForeignKey(SupportRequest, on_delete=models.PROTECT, related_name="ratings")
    answer = models.ForeignKey(SupportAnswer, on_delete=models.PROTECT, related_name="+")
    satisfaction = WordField(words=Satisfaction)
    words = models.TextField(blank=True)
    is_by_phone = models.BooleanField(default=False)
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["request", "answer"], name="rated_once")]


class CheckDraw(Record):
    """A draw of closed requests to be checked: anybody can draw the same again from ``seed`` (`rules.draws`)."""

    seed = models.CharField(max_length=64)
    closed_from_on = models.DateField()
    closed_until_on = models.DateField()
    population = models.PositiveIntegerField()
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    drawn_on = models.DateField()

    def __str__(self) -> str:
        return self.seed


class SpotCheck(models.Model):
    """A request that the office checks or checked: drawn, or reopened too often (no draw)."""

    request = models.ForeignKey(SupportRequest, on_delete=models.PROTECT, related_name="checks")
    draw = models.ForeignKey(CheckDraw, null=True, on_delete=models.PROTECT, related_name="checks")
    verdict = WordField(words=CheckVerdict, blank=True, default="")
    words = models.TextField(blank=True)
    post = models.ForeignKey("organizations.Post", null=True, on_delete=models.PROTECT, related_name="+")
    checked_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request"], condition=Q(verdict=""), name="one_open_check")
        ]
