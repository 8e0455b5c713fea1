"""Who stands by which subject, and the visits."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value

from sushui.kernel.fields import WordField
from sushui.kernel.models import Record
from sushui.kernel.search import words_index
from sushui.kernel.sheets.records import ListUnderWay
from sushui.liaison.enums import LiaisonRole, VisitWay


def _one_at_a_time(role: LiaisonRole) -> ExclusionConstraint:
    """One of a role stands by a subject on a day; ranges alone, which GiST compares without an extension."""
    same = Func(F("subject_id"), F("subject_id"), Value("[]"), function="int8range")
    days = Func(F("from_on"), F("to_on"), Value("[]"), function="daterange")
    return ExclusionConstraint(
        name=f"one_liaison_{role}_at_a_time",
        expressions=[(same, RangeOperators.OVERLAPS), (days, RangeOperators.OVERLAPS)],
        condition=Q(role=role.value, voided_at=None),
    )


class Liaison(Record):
    """A leader's post, an agency or an officer's post stands by a subject from a day to a day (both included).

    It sticks to the post: whoever holds the post stands by the subject. ``last_visit_on`` and ``waits_since_on`` (the
    last visit, else the appointment) are kept with the visits, so that a light is a comparison with today, in SQL, on
    any number of rows. A voided row was taken back before it took effect.
    """

    subject = models.ForeignKey("kernel.Subject", on_delete=models.PROTECT, related_name="+")
    role = WordField(words=LiaisonRole)
    post = models.ForeignKey("organizations.Post", null=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    source = models.CharField(max_length=255, blank=True)
    last_visit_on = models.DateField(null=True)
    waits_since_on = models.DateField()
    reminded_on = models.DateField(null=True)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="liaison_runs_forward"),
            models.CheckConstraint(
                condition=(Q(role="agency") & ~Q(agency=None) & Q(post=None))
                | (~Q(role="agency") & ~Q(post=None) & Q(agency=None)),
                name="liaison_names_one",
            ),
            *[_one_at_a_time(role) for role in LiaisonRole],
        ]
        indexes: ClassVar = [
            models.Index(fields=["division", "waits_since_on", "id"], name="liaison_waiting"),
            models.Index(fields=["post", "to_on"], name="liaison_by_post"),
            models.Index(fields=["agency", "to_on"], name="liaison_by_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.post or self.agency}"


class Visit(Record):
    """One visit to a subject: by which post and which person, when and how, what was seen.

    ``leader_post`` is the leader who made it or took part in it. ``latitude`` and ``longitude`` are WGS-84 degrees as
    the browser gives them, ``accuracy_m`` their accuracy in meters. Never edited after the day it was logged.
    """

    subject = models.ForeignKey("kernel.Subject", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("kernel.User", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    leader_post = models.ForeignKey("organizations.Post", null=True, on_delete=models.PROTECT, related_name="+")
    visited_on = models.DateField()
    way = WordField(words=VisitWay, default=VisitWay.ON_SITE)
    place = models.CharField(max_length=255, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    accuracy_m = models.PositiveIntegerField(null=True)
    companions = models.CharField(max_length=255, blank=True)
    seen = models.TextField()
    logged_on = models.DateField()
    order = models.ForeignKey("supervision.SupervisionOrder", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("organizations.Post", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_reason = models.TextField(blank=True)
    search = SearchVectorField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(visited_on__lte=F("logged_on")), name="visit_is_no_plan"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None) | (~Q(latitude=None) & ~Q(longitude=None)),
                name="visit_place_is_whole",
            ),
            models.UniqueConstraint(fields=["order"], name="one_order_a_visit"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["division", "-visited_on", "-id"], name="visit_newest"),
            models.Index(fields=["subject", "-visited_on"], name="visit_by_subject"),
            models.Index(fields=["leader_post", "-visited_on"], name="visit_by_leader"),
            models.Index(fields=["agency", "-visited_on"], name="visit_by_agency"),
            words_index("visit_search"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.visited_on}"


class Finding(models.Model):
    """A problem that a visit found, as it was written down there, and the task that it became."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="findings")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    agency = models.ForeignKey("organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    wanted_on = models.DateField(null=True)
    task = models.OneToOneField("supervision.SupervisedTask", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["visit", "number"], name="finding_number_once")]
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return self.text


class LiaisonList(ListUnderWay):
    """A sheet of liaisons that is being read in: its rows as they were, and what was said about them so far.

    ``rows`` is ``[{"row", "subject", "leader", ...}]`` with texts as in the cells, ``answers`` maps a question's key to
    the number chosen, 0 to leave it out. ``imported_at`` is when it became liaisons.
    """

    rows = models.JSONField()
    imported_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.file_name
