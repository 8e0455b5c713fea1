"""The shapes of a division's townships, as its administrator uploaded them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sushui.kernel.fields import WordField
from sushui.kernel.models import Record
from sushui.projects.enums.ground import Datum


class TownshipShapes(Record):
    """The shapes of one division: ``shapes`` holds by the number of a township its rings of [longitude, latitude].

    They stay in the ``datum`` in which they came. ``review_number`` is the number under which the map was reviewed
    (审图号, Regulations on the Administration of Maps of 2015, article 15), ``source`` whoever made it.
    """

    datum = WordField(words=Datum)
    file_name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    source = models.CharField(max_length=200)
    review_number = models.CharField(max_length=64, blank=True)
    shapes = models.JSONField()
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["division"], name="township_shapes_once")]

    def __str__(self) -> str:
        return self.file_name
