"""What there is to be shared out, as it is typed: money in 万元, the rest in the factor's unit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel import clock
from sushui.kernel.acts import ActForm, VersionedActForm, day_field, offer, record_field, text_area
from sushui.kernel.labels import choices_of
from sushui.kernel.typed import MoneyField
from sushui.kernel.wording import plain
from sushui.organizations.queries import division_tree, responsible_agencies
from sushui.planner import services
from sushui.planner.enums import PoolKind
from sushui.planner.models import MoneyPool, ResourcePool
from sushui.planner.permissions import may_keep_planned, may_plan
from sushui.planner.services import MoneyDraft, PoolDraft
from sushui.projects.enums import FundingSource, ProjectSector, ResourceFactor

POOLED = [choice for choice in choices_of(ResourceFactor) if choice[0] != ResourceFactor.FUNDS.value]


class AddPoolForm(ActForm):
    title = button = _("Enter a resource pool")
    done = _("The pool is entered; new runs share it out.")
    factor = forms.ChoiceField(label=_("Factor"), choices=POOLED)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=choices_of(PoolKind),
        help_text=_("Quotas are used up; desks, crews and capacities are offered anew every week."),
    )
    amount = forms.DecimalField(
        label=_("How much there is"),
        min_value=0,
        max_digits=16,
        decimal_places=6,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
        help_text=_("Land in mu, energy in tons of standard coal; for desks: how many cases at a time."),
    )
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    from_on = day_field(label=_("From"), required=False, help_text=_("From 1 January of the year if left empty."))
    until_on = day_field(label=_("Until"), required=False, help_text=_("The last good day; empty: it stays good."))
    agency = record_field(_("Whose desks"), required=False, empty_label="—")
    place = forms.TypedChoiceField(label=_("Only in"), required=False, coerce=int, empty_value=None)
    what = forms.CharField(label=_("What exactly"), max_length=128, required=False)
    document = forms.CharField(label=_("Document"), max_length=200, required=False)

    def prepare(self) -> None:
        self.initial.setdefault("year", clock.today().year)
        offer(self, "agency", responsible_agencies(self.viewer))
        own = [row.division for row in division_tree(self.viewer) if row.division.pk != self.viewer.division_id]
        self.fields["place"].choices = [("", "—"), *((each.pk, each.name) for each in own)]  # type: ignore[attr-defined]

    def may(self) -> bool:
        return bool(may_plan(self.viewer))

    def draft(self) -> PoolDraft:
        """What was typed."""
        said = dict(self.cleaned_data)
        said.pop("version", None)
        agency, place = said.pop("agency"), said.pop("place")
        factor, kind = ResourceFactor(said.pop("factor")), PoolKind(said.pop("kind"))
        return PoolDraft(factor, kind, agency_id=agency.pk if agency else None, place_id=place or None, **said)

    def act(self) -> ResourcePool:
        return services.add_pool(self.viewer, self.draft())


class EditPoolForm(AddPoolForm, VersionedActForm):
    title = _("Change the resource pool")
    button = pgettext_lazy("button", "Save")
    done = _("The pool is changed; runs that were made before stay as they are.")
    record: ResourcePool

    def prepare(self) -> None:
        pool = self.record
        for name in ("factor", "kind", "year", "from_on", "until_on", "what", "document"):
            self.initial.setdefault(name, getattr(pool, name))
        self.initial.update(amount=plain(pool.amount), agency=pool.agency_id, place=pool.place_id)
        super().prepare()

    def may(self) -> bool:
        return bool(may_keep_planned(self.viewer, self.record))

    def act(self) -> ResourcePool:
        return services.edit_pool(self.viewer, self.record, self.draft(), seen_version=self.seen_version)


class DropPoolForm(VersionedActForm):
    title = button = _("Take the pool away")
    done = _("The pool is taken away; runs that were made with it stay as they are.")
    record: ResourcePool
    reason = forms.CharField(label=_("Reason"), widget=text_area(2))

    def may(self) -> bool:
        return bool(may_keep_planned(self.viewer, self.record))

    def act(self) -> Any:
        reason = self.cleaned_data["reason"]
        return services.drop_pool(self.viewer, self.record, reason=reason, seen_version=self.seen_version)


class AddMoneyForm(ActForm):
    title = button = _("Enter money")
    done = _("The money is entered; new runs share it out.")
    source = forms.ChoiceField(label=_("Source of money"), choices=choices_of(FundingSource))
    amount = MoneyField(label=_("Amount"), min_value=0, help_text=_("In ten thousand yuan."))
    arrives_on = day_field(label=_("Arrives on"))
    uses = forms.MultipleChoiceField(
        label=_("May pay for"),
        choices=choices_of(ProjectSector),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: for all projects."),
    )
    what = forms.CharField(label=_("What exactly"), max_length=128, required=False)
    document = forms.CharField(label=_("Document"), max_length=200, required=False)

    def may(self) -> bool:
        return bool(may_plan(self.viewer))

    def draft(self) -> MoneyDraft:
        """What was typed."""
        said = dict(self.cleaned_data)
        said.pop("version", None)
        uses = tuple(ProjectSector(each) for each in said.pop("uses"))
        return MoneyDraft(FundingSource(said.pop("source")), uses=uses, **said)

    def act(self) -> MoneyPool:
        return services.add_money(self.viewer, self.draft())


class EditMoneyForm(AddMoneyForm, VersionedActForm):
    title = _("Change the money")
    button = pgettext_lazy("button", "Save")
    done = _("The money is changed; runs that were made before stay as they are.")
    record: MoneyPool

    def prepare(self) -> None:
        for name in ("source", "amount", "arrives_on", "uses", "what", "document"):
            self.initial.setdefault(name, getattr(self.record, name))

    def may(self) -> bool:
        return bool(may_keep_planned(self.viewer, self.record))

    def act(self) -> MoneyPool:
        return services.edit_money(self.viewer, self.record, self.draft(), seen_version=self.seen_version)


class DropMoneyForm(VersionedActForm):
    title = button = _("Take the money away")
    done = _("The money is taken away; runs that were made with it stay as they are.")
    record: MoneyPool
    reason = forms.CharField(label=_("Reason"), widget=text_area(2))

    def may(self) -> bool:
        return bool(may_keep_planned(self.viewer, self.record))

    def act(self) -> Any:
        reason = self.cleaned_data["reason"]
        return services.drop_money(self.viewer, self.record, reason=reason, seen_version=self.seen_version)


POOL_FORMS: dict[str, type[ActForm]] = {"edit": EditPoolForm, "drop": DropPoolForm}
MONEY_FORMS: dict[str, type[ActForm]] = {"edit": EditMoneyForm, "drop": DropMoneyForm}
