"""Investors with whom the county talks, and how far each is."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sushui.kernel.fields import WordField
from sushui.kernel.models import Record
from sushui.projects.enums import ProjectSector, PromotionNode
from sushui.projects.models.ledger import Project, ProjectCluster, money


class PromotionLead(Record):
    """An investor and what they may build here. ``agency`` and ``caretaker`` (a post) look after them.

    The contact's name and phone are personal: only those who look after the lead see them
    (`permissions.may_see_contacts`). ``project`` is what it became at the contract.
    """

    name = models.CharField(max_length=200)
    content = models.TextField(blank=True)
    investor = models.CharField(max_length=128)
    investor_code = models.CharField(max_length=18, blank=True)
    contact_name = models.CharField(max_length=64, blank=True)
    contact_title = models.CharField(max_length=64, blank=True)
    contact_phone = models.CharField(max_length=32, blank=True)
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    caretaker = models.ForeignKey("organizations.Post", null=True, on_delete=models.PROTECT, related_name="+")
    industry_code = models.CharField(max_length=4, blank=True)
    cluster = models.ForeignKey(ProjectCluster, null=True, on_delete=models.PROTECT, related_name="+")
    sector = WordField(words=ProjectSector, blank=True, default="")
    intended_investment = money()
    node = WordField(words=PromotionNode, default=PromotionNode.TALKS)
    node_on = models.DateField()
    dropped_on = models.DateField(null=True)
    dropped_reason = models.TextField(blank=True)
    project = models.OneToOneField(Project, null=True, on_delete=models.PROTECT, related_name="lead")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(intended_investment=None) | Q(intended_investment__gte=0), name="intended_not_below_zero"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["division", "node"], name="lead_by_node")]

    def __str__(self) -> str:
        return self.name


class LeadStep(models.Model):
    """A node that a lead reached: on which day, by which paper, and who noted it."""

    lead = models.ForeignKey(PromotionLead, on_delete=models.PROTECT, related_name="steps")
    node = WordField(words=PromotionNode)
    on = models.DateField()
    number = models.CharField(max_length=64, blank=True)
    text = models.TextField(blank=True)
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["on", "id"]
