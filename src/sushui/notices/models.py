"""What people are told."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sushui.kernel.fields import WordField
from sushui.kernel.models import Record
from sushui.notices.enums import Channel, NoticeTone


class Notice(models.Model):
    """One line in a post's inbox. ``key`` makes it once, however often it is sent.

    ``msgid`` and ``params`` are said in the reader's language by `wording.sentence`.
    """

    division = models.ForeignKey("organizations.Division", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    tone = WordField(words=NoticeTone, default=NoticeTone.PLAIN)
    msgid = models.CharField(max_length=255)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=255, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    is_unread = models.GeneratedField(
        expression=Q(read_at=None),  # type: ignore[arg-type]  # the stubs do not know that a Q is an expression
        output_field=models.BooleanField(),
        db_persist=True,
    )

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "key"], name="notice_once")]
        indexes: ClassVar = [
            models.Index(fields=["post", "-is_unread", "-id"], name="notice_unread_first"),
            models.Index(fields=["post"], condition=Q(read_at=None), name="notice_unread"),
        ]


class ChannelSetting(Record):
    """A way out of the house for a division: where to, and for which tones.

    ``base_url`` is the service's address without the path that belongs to the vendor, for a webhook the whole address.
    ``token`` names the robot; ``secret`` signs what is sent. Both are sealed (`kernel.seals`).
    """

    channel = WordField(words=Channel)
    base_url = models.URLField(blank=True)
    token = models.TextField(blank=True)
    secret = models.TextField(blank=True)
    is_on = models.BooleanField(default=False)
    least_tone = WordField(words=NoticeTone, default=NoticeTone.YELLOW)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["division", "channel"], name="channel_once")]
