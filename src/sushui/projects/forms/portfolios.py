"""Acts on the year's portfolio, and what the page of a version can be narrowed to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel import clock
from sushui.kernel.acts import ActForm, VersionedActForm, day_field, offer, record_field, text_area
from sushui.kernel.labels import choices_of
from sushui.organizations.enums import Role
from sushui.projects import queries
from sushui.projects.enums import PortfolioGroup, ProjectLevel, ProjectSector, ProjectStage, Standing
from sushui.projects.forms.acts import MoneyField, MonthField
from sushui.projects.forms.filters import places
from sushui.projects.models import PortfolioEntry, PortfolioVersion, ProjectPortfolio
from sushui.projects.panels.portfolios import VersionSheet
from sushui.projects.permissions import may_approve_portfolio, may_keep_ledger, may_keep_portfolio
from sushui.projects.queries import ProjectFilter
from sushui.projects.queries.portfolios import NONE_SAID, EntryFilter
from sushui.projects.services import portfolios
from sushui.projects.services.portfolios import EntryValues

ANY = ("", _("Any"))
MOST_OFFERED = 200


class VersionFilterForm(forms.Form):
    """The chips over a version's rows: each is one of its groups, or how far its projects have come."""

    standing = forms.ChoiceField(
        label=pgettext_lazy("chip", "Standing"), choices=[ANY, *choices_of(Standing)], required=False
    )
    least = MoneyField(label=_("From (ten thousand yuan)"), required=False, min_value=0)

    field_order = (*(by.value for by in PortfolioGroup), "standing", "least")

    def __init__(self, data: Any, *, sheet: VersionSheet) -> None:
        super().__init__(data)
        for by in PortfolioGroup:
            choices = [ANY, *sheet.choices(by)]
            self.fields[by.value] = forms.ChoiceField(label=_CHIPS[by], choices=choices, required=False)
        self.fields["least"].widget.attrs["size"] = 8
        self.order_fields(self.field_order)

    def narrowed(self) -> EntryFilter:
        """The filter that is set; a value that is not understood is left out."""
        self.is_valid()
        said = self.cleaned_data
        keys = {
            by: "" if said[by.value] == NONE_SAID else said[by.value] for by in PortfolioGroup if said.get(by.value)
        }
        standing = Standing(said["standing"]) if said.get("standing") else None
        return EntryFilter(keys, standing, said.get("least"))


_CHIPS = {
    PortfolioGroup.CLUSTER: _("Cluster"),
    PortfolioGroup.LEVEL: _("Level"),
    PortfolioGroup.SECTOR: _("Sector"),
    PortfolioGroup.SOURCE: _("Source of money"),
    PortfolioGroup.PLACE: _("Township"),
}


# --- opening and drafting --------------------------------------------------------------------------------------------
class OpenPortfolioForm(ActForm):
    title = button = _("Open a year's portfolio")
    done = _("The portfolio is open. Draft its first version next.")
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    name = forms.CharField(label=_("Called"), max_length=100)

    def prepare(self) -> None:
        self.initial.setdefault("year", clock.today().year)
        self.initial.setdefault("name", str(_("Key projects of the county")))

    def may(self) -> bool:
        return bool(may_keep_ledger(self.viewer))

    def act(self) -> ProjectPortfolio:
        said = self.cleaned_data
        return portfolios.open_portfolio(self.viewer, year=said["year"], name=said["name"])


class DraftFromLedgerForm(ActForm):
    """A version of the projects that these filters leave in the ledger."""

    title = _("Draft a version from the ledger")
    button = pgettext_lazy("button", "Draft")
    done = _("The version is drafted. Put in, take out and change what the list is to say.")
    record: ProjectPortfolio
    level = forms.ChoiceField(label=_("Level"), choices=[ANY, *choices_of(ProjectLevel)], required=False)
    sector = forms.ChoiceField(label=_("Sector"), choices=[ANY, *choices_of(ProjectSector)], required=False)
    stage = forms.ChoiceField(label=_("Stage"), choices=[ANY, *choices_of(ProjectStage)], required=False)
    cluster = record_field(_("Cluster"), required=False, empty_label=_("Any"))
    place = forms.TypedChoiceField(label=_("Place"), required=False, coerce=int, empty_value=None)
    note = forms.CharField(label=_("Note"), required=False, widget=text_area(2))

    def prepare(self) -> None:
        offer(self, "cluster", queries.clusters(self.record.division_id))
        self.fields["place"].choices = [ANY, *places(self.viewer)]  # type: ignore[attr-defined]

    def may(self) -> bool:
        return bool(may_keep_portfolio(self.viewer, self.record))

    def act(self) -> PortfolioVersion:
        said = self.cleaned_data
        narrowed = ProjectFilter(
            level=said["level"],
            sector=said["sector"],
            stage=said["stage"],
            cluster_id=said["cluster"].pk if said["cluster"] else None,
            place_id=said["place"] or None,
        )
        return portfolios.draft_from_ledger(self.viewer, self.record, narrowed, note=said["note"])


class DraftNextForm(ActForm):
    """The next version from this one; from an approved one it is an adjustment and says why."""

    done = _("The next version is drafted with the same list.")
    record: PortfolioVersion
    note = forms.CharField(label=_("Reason"), required=False, widget=text_area(3))

    @property
    def title(self) -> Any:  # type: ignore[override]
        return _("Adjust the portfolio") if self.record.is_final else _("Draft the next version")

    button = pgettext_lazy("button", "Draft")

    def may(self) -> bool:
        return bool(may_keep_portfolio(self.viewer, self.record.portfolio))

    def act(self) -> PortfolioVersion:
        return portfolios.draft_from_version(self.viewer, self.record, note=self.cleaned_data["note"])


# --- on a version ----------------------------------------------------------------------------------------------------
class KeeperForm(VersionedActForm):
    """An act of whoever keeps the list."""

    def may(self) -> bool:
        portfolio = self.record.list_version.portfolio if self._is_entry else self.record.portfolio
        return bool(may_keep_portfolio(self.viewer, portfolio))

    @property
    def _is_entry(self) -> bool:
        return isinstance(self.record, PortfolioEntry)


class PutInForm(KeeperForm):
    """Chooses among the projects of the ledger that are not in the version, the largest first."""

    title = _("Put projects in")
    button = pgettext_lazy("button", "Put in")
    done = _("The projects are in the version.")
    template = "projects/portfolios/put_in.html"
    record: PortfolioVersion
    projects: Any = forms.ModelMultipleChoiceField(None, label=_("Projects"), widget=forms.CheckboxSelectMultiple)
    position = forms.IntegerField(
        label=_("Rank in the portfolio"), min_value=1, required=False, help_text=_("At the end if left empty.")
    )

    def prepare(self) -> None:
        version = self.record
        self.text = str(self.initial.get("text", ""))
        narrowed = ProjectFilter(division_id=version.division_id, text=self.text if not self.is_bound else "")
        rows = queries.ledger(self.viewer, narrowed).exclude(stage=ProjectStage.TERMINATED)
        rows = rows.exclude(pk__in=version.entries.values("project_id")).order_by("-total_investment", "pk")
        offer(self, "projects", rows if self.is_bound else rows[:MOST_OFFERED])

    def act(self) -> Any:
        said = self.cleaned_data
        numbers = [project.pk for project in said["projects"]]
        return portfolios.put_in(
            self.viewer, self.record, numbers, position=said["position"], seen_version=self.seen_version
        )


class DiscussForm(KeeperForm):
    title = button = _("Note the discussion")
    done = _("The version is discussed; what it says stands from now on.")
    record: PortfolioVersion
    on = day_field(label=_("Discussed on"))
    note = forms.CharField(label=_("Where it was discussed"), widget=text_area(2))

    def prepare(self) -> None:
        self.initial.setdefault("on", clock.today())

    def act(self) -> PortfolioVersion:
        said = self.cleaned_data
        return portfolios.discuss_version(
            self.viewer, self.record, on=said["on"], note=said["note"], seen_version=self.seen_version
        )


class ApproveForm(VersionedActForm):
    """The leader approves; the supervision office writes down what was decided, with its document."""

    title = _("Approve the version")
    button = pgettext_lazy("button", "Approve")
    done = _("The version is approved; nobody changes it any more.")
    record: PortfolioVersion
    on = day_field(label=_("Approved on"))
    document = forms.CharField(label=_("Document"), max_length=200, required=False)

    def prepare(self) -> None:
        self.initial.setdefault("on", clock.today())
        self.fields["document"].required = not self.viewer.has(Role.COUNTY_LEADER)

    def may(self) -> bool:
        return bool(may_approve_portfolio(self.viewer, self.record.portfolio))

    def act(self) -> PortfolioVersion:
        said = self.cleaned_data
        return portfolios.approve_version(
            self.viewer, self.record, on=said["on"], document=said["document"], seen_version=self.seen_version
        )


# --- on one project in it --------------------------------------------------------------------------------------------
class ChangeEntryForm(KeeperForm):
    """Other amounts and dates in the list; the ledger is left as it is."""

    title = button = _("Change in the portfolio")
    done = _("The version says so now; the ledger is left as it is.")
    record: PortfolioEntry
    total = MoneyField(label=_("Total investment"), required=False, min_value=0, help_text=_("In ten thousand yuan."))
    planned = MoneyField(
        label=_("Investment planned for the year"), required=False, min_value=0, help_text=_("In ten thousand yuan.")
    )
    start_month = MonthField(label=_("Planned start"), required=False)
    completion_month = MonthField(label=_("Planned completion"), required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def prepare(self) -> None:
        for name in EntryValues.__dataclass_fields__:
            self.initial.setdefault(name, getattr(self.record, name))

    def act(self) -> PortfolioEntry:
        said = {name: self.cleaned_data[name] for name in EntryValues.__dataclass_fields__}
        return portfolios.change_entry(self.viewer, self.record, EntryValues(**said), seen_version=self.seen_version)


class MoveEntryForm(KeeperForm):
    title = button = _("Move to another rank")
    done = _("The project has its new rank.")
    record: PortfolioEntry
    position = forms.IntegerField(label=_("Rank in the portfolio"), min_value=1)

    def prepare(self) -> None:
        self.initial.setdefault("position", self.record.position)

    def act(self) -> PortfolioEntry:
        position = self.cleaned_data["position"]
        return portfolios.move_entry(self.viewer, self.record, position=position, seen_version=self.seen_version)


class TakeOutForm(KeeperForm):
    title = button = _("Take out of the portfolio")
    done = _("The project is out of the version.")
    record: PortfolioEntry
    reason = forms.CharField(label=_("Reason"), widget=text_area(2))

    def act(self) -> None:
        reason = self.cleaned_data["reason"]
        portfolios.take_out(self.viewer, self.record, reason=reason, seen_version=self.seen_version)


VERSION_FORMS: dict[str, type[ActForm]] = {
    "put-in": PutInForm,
    "discuss": DiscussForm,
    "approve": ApproveForm,
    "draft-next": DraftNextForm,
}
ENTRY_FORMS: dict[str, type[ActForm]] = {"change": ChangeEntryForm, "move": MoveEntryForm, "take-out": TakeOutForm}
