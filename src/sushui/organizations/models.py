"""Divisions, agencies, posts, and who holds which post from when to when."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from sushui.kernel.fields import WordField
from sushui.kernel.models import Record
from sushui.organizations.enums import AgencyKind, DelegationReason, DivisionLevel, Role


class Division(models.Model):
    """A place with a government or committee; ``path`` holds the codes from the top, for whole subtrees in one look."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=64)
    level = WordField(words=DivisionLevel)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=128, unique=True)
    is_in_standard = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name


class Agency(Record):
    """An organization that can be responsible; a tree inside its division."""

    name = models.CharField(max_length=128)
    short_name = models.CharField(max_length=64, blank=True)
    other_names = ArrayField(models.CharField(max_length=128), default=list)
    groups = ArrayField(models.CharField(max_length=64), default=list)
    kind = WordField(words=AgencyKind)
    code = models.CharField(max_length=18, blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    place = models.ForeignKey(Division, null=True, on_delete=models.PROTECT, related_name="+")
    sort_key = models.CharField(max_length=128, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["division", "name"], name="agency_name_once")]
        ordering: ClassVar = ["sort_key", "id"]

    def __str__(self) -> str:
        return self.short_name or self.name


class Post(Record):
    """A seat to which responsibility sticks, whoever sits on it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    name = models.CharField(max_length=64)
    is_head = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    rank = models.PositiveSmallIntegerField(default=50)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "name"], name="post_name_once"),
            models.UniqueConstraint(fields=["agency"], condition=Q(is_head=True, is_active=True), name="one_head"),
        ]
        ordering: ClassVar = ["rank", "id"]

    def __str__(self) -> str:
        return f"{self.agency} {self.name}"


def _same(column: str) -> Func:
    """``column`` as a range of one number, which GiST compares without an extension."""
    return Func(F(column), F(column), Value("[]"), function="int8range")


def _days() -> Func:
    return Func(F("from_on"), F("to_on"), Value("[]"), function="daterange")


class Tenure(models.Model):
    """A person holds a post from a day to a day (both included; open when ``to_on`` is empty)."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="tenures")
    user = models.ForeignKey("kernel.User", on_delete=models.PROTECT, related_name="tenures")
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="tenure_runs_forward"),
            ExclusionConstraint(
                name="one_holder_at_a_time",
                expressions=[(_same("post_id"), RangeOperators.OVERLAPS), (_days(), RangeOperators.OVERLAPS)],
            ),
        ]


class RoleGrant(models.Model):
    """A post carries a role from a day to a day."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="grants")
    role = WordField(words=Role)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "role"], condition=Q(to_on=None), name="open_grant_once")
        ]


class Delegation(models.Model):
    """Another post acts for this one while its holder is away; what is done says for whom."""

    from_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations_given")
    to_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations_taken")
    reason = WordField(words=DelegationReason)
    from_on = models.DateField()
    to_on = models.DateField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(from_post=F("to_post")), name="delegates_to_another"),
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="delegation_runs_forward"),
        ]


class LineOfCharge(models.Model):
    """A leader's post is in charge of an agency from a day to a day."""

    leader_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="charges")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="charges")
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency"], condition=Q(to_on=None), name="one_leader_in_charge")
        ]
