"""The lights as they were last read, and each turn of one."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from sushui.kernel.fields import WordField
from sushui.projects.enums import LightRule
from sushui.projects.models.ledger import Project
from sushui.supervision.enums import StatusLight


class ProjectLight(models.Model):
    """What one rule said when the project was last lit: the light, the sentence's key and its numbers."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="lights")
    rule = WordField(words=LightRule)
    light = WordField(words=StatusLight)
    why = models.CharField(max_length=32)
    numbers = models.JSONField(default=dict)
    since_on = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "rule"], name="light_of_rule_once")]


class LightTurn(models.Model):
    """A light that turned: of the project as a whole; ``rules`` are those that say the new one."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="turns")
    division = models.ForeignKey("organizations.Division", on_delete=models.PROTECT, related_name="+")
    before = WordField(words=StatusLight)
    after = WordField(words=StatusLight)
    rules = ArrayField(models.CharField(max_length=32), default=list)
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["division", "at"], name="light_turn_when")]
