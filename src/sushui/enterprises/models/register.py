"""Who the enterprises of a division are: the register, the clusters that part it, and the people of each."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sushui.enterprises.enums import EnterpriseSize, EnterpriseStatus, LegalForm, PersonRole, Reach
from sushui.kernel.fields import WordField
from sushui.kernel.models import Record
from sushui.kernel.official_codes import CodeFlaw


class Cluster(models.Model):
    """An industrial cluster by which a division parts its enterprises and projects."""

    division = models.ForeignKey("organizations.Division", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=64)
    rank = models.PositiveSmallIntegerField(default=50)

    class Meta:
        # Checked at the end of the transaction, so that two clusters can change names with each other.
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["division", "name"], name="enterprise_cluster_once", deferrable=models.Deferrable.DEFERRED
            )
        ]
        ordering: ClassVar = ["rank", "id"]

    def __str__(self) -> str:
        return self.name


class Enterprise(Record):
    """An enterprise in the register of a division. Every fact that nobody has said is empty, never 0.

    ``code_flaw`` is what is odd about a code that a person confirmed nevertheless. ``name_key`` is the name as
    `rules.names` compares it. ``agency`` is the agency that answers for it (主管单位), ``place`` the township, ``zone``
    the development zone in which it lies. ``size`` and ``reach`` are what `rules.size` and `rules.above_size` found of
    the figures of ``measured_year``; ``listed_on`` is the day on which the statistics bureau took it into its list.
    """

    subject = models.OneToOneField("kernel.Subject", null=True, on_delete=models.PROTECT, related_name="enterprise")
    code = models.CharField(max_length=18, blank=True)
    code_flaw = WordField(words=CodeFlaw, blank=True, default="")
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)
    former_names = ArrayField(models.CharField(max_length=200), default=list)
    legal_form = WordField(words=LegalForm, blank=True, default="")
    industry_code = models.CharField(max_length=4, blank=True)
    cluster = models.ForeignKey(Cluster, null=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("organizations.Division", null=True, on_delete=models.PROTECT, related_name="+")
    zone = models.ForeignKey("organizations.Division", null=True, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=200, blank=True)
    established_on = models.DateField(null=True)
    registered_capital = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    has_qualification = models.BooleanField(null=True)
    status = WordField(words=EnterpriseStatus, default=EnterpriseStatus.OPERATING)
    status_on = models.DateField(null=True)
    size = WordField(words=EnterpriseSize, default=EnterpriseSize.UNKNOWN)
    reach = WordField(words=Reach, default=Reach.UNKNOWN)
    measured_year = models.PositiveSmallIntegerField(null=True)
    listed_on = models.DateField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["division", "code"], condition=~Q(code=""), name="enterprise_code_once"),
            models.CheckConstraint(
                condition=Q(registered_capital=None) | Q(registered_capital__gte=0), name="capital_not_below_zero"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["division", "-id"], name="enterprise_newest"),
            models.Index(fields=["division", "name_key"], name="enterprise_by_name"),
            models.Index(fields=["division", "status", "-id"], name="enterprise_by_status"),
            models.Index(fields=["division", "size", "-id"], name="enterprise_by_size"),
            models.Index(fields=["division", "industry_code", "-id"], name="enterprise_by_industry"),
            models.Index(fields=["division", "listed_on"], condition=~Q(listed_on=None), name="enterprise_above_size"),
            models.Index(fields=["agency", "-id"], name="enterprise_by_agency"),
            models.Index(fields=["place", "-id"], name="enterprise_by_place"),
        ]

    def __str__(self) -> str:
        return self.name


class EnterprisePerson(Record):
    """Who stands for an enterprise, from a day to a day. Telephone and identity number are personal data.

    Who sees them whole is said in `permissions.may_see_contacts` and `permissions.may_see_id_numbers`.
    """

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="people")
    role = WordField(words=PersonRole)
    name = models.CharField(max_length=64)
    title = models.CharField(max_length=64, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    id_number = models.CharField(max_length=32, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="person_runs_forward")
        ]
        ordering: ClassVar = ["role", "id"]

    def __str__(self) -> str:
        return self.name
