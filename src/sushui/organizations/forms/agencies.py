"""Forms about agencies and their posts."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sushui.kernel.acts import ActForm, VersionedActForm, offer
from sushui.kernel.labels import choices_of
from sushui.organizations import queries, services
from sushui.organizations.enums import AgencyGroup, AgencyKind, Role
from sushui.organizations.forms.fields import records_field
from sushui.organizations.models import Agency, Division, Post

NAMES_HELP = _("Several are parted by 、 or a comma.")


def _names(text: str) -> list[str]:
    return [name.strip() for name in re.split(r"[、,，;；\n]", text) if name.strip()]


def _groups() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Groups"),
        choices=choices_of(AgencyGroup),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("A list that names a group means each of its agencies."),
    )


class NewAgencyForm(ActForm):
    """A new agency in one of the administrator's divisions."""

    title = _("New agency")
    button = _("Create the agency")
    done = _("The agency was created.")

    division = forms.ModelChoiceField(Division.objects.none(), label=_("Division"))
    name = forms.CharField(label=_("Full name"), max_length=128)
    short_name = forms.CharField(label=_("Short name"), max_length=64, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=choices_of(AgencyKind), initial=AgencyKind.DEPARTMENT)
    parent = forms.ModelChoiceField(Agency.objects.none(), label=_("Belongs to"), required=False, empty_label=_("none"))
    other_names = forms.CharField(label=_("Other names"), required=False, help_text=NAMES_HELP)
    groups = _groups()
    code = forms.CharField(label=_("Unified social credit code"), max_length=18, required=False)

    def prepare(self) -> None:
        offer(self, "division", queries.divisions(self.viewer))
        offer(self, "parent", queries.agencies(self.viewer))
        self.fields["division"].initial = self.viewer.division_id

    def act(self) -> Agency:
        typed = self.cleaned_data
        return services.create_agency(
            self.viewer,
            division_id=typed["division"].pk,
            name=typed["name"],
            short_name=typed["short_name"],
            kind=AgencyKind(typed["kind"]),
            parent=typed["parent"],
            other_names=_names(typed["other_names"]),
            groups=[AgencyGroup(value) for value in typed["groups"]],
            code=typed["code"],
        )


class AgencyForm(VersionedActForm):
    """The names of an agency and the groups it answers to."""

    title = _("Edit the agency")
    button = _("Save")
    done = _("The agency was saved.")

    name = forms.CharField(
        label=_("Full name"), max_length=128, help_text=_("The former name is kept among the other names.")
    )
    short_name = forms.CharField(label=_("Short name"), max_length=64, required=False)
    other_names = forms.CharField(label=_("Other names"), required=False, help_text=NAMES_HELP)
    groups = _groups()
    code = forms.CharField(
        label=_("Unified social credit code"),
        max_length=18,
        required=False,
        help_text=_("By it an enterprise is known as the unit of its projects."),
    )

    def prepare(self) -> None:
        agency: Agency = self.record
        self.initial = {
            "name": agency.name,
            "short_name": agency.short_name,
            "other_names": "、".join(agency.other_names),
            "groups": agency.groups,
            "code": agency.code,
        }

    def act(self) -> Agency:
        typed = self.cleaned_data
        return services.edit_agency(
            self.viewer,
            self.record,
            seen_version=self.seen_version,
            name=typed["name"],
            short_name=typed["short_name"],
            other_names=_names(typed["other_names"]),
            groups=[AgencyGroup(value) for value in typed["groups"]],
            code=typed["code"],
        )


class NewPostForm(ActForm):
    """A new post in an agency."""

    title = _("New post")
    button = _("Create the post")
    done = _("The post was created; nobody holds it yet.")

    name = forms.CharField(label=_("Name of the post"), max_length=64)
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=choices_of(Role),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What the post may see and do."),
    )
    is_head = forms.BooleanField(label=_("Heads the agency"), required=False)

    def act(self) -> Post:
        typed = self.cleaned_data
        roles = [Role(role) for role in typed["roles"]]
        return services.create_post(self.viewer, self.record, name=typed["name"], roles=roles, is_head=typed["is_head"])


class RolesForm(VersionedActForm):
    """The roles that a post carries from today on."""

    title = _("Roles of the post")
    button = _("Grant these roles")
    done = _("The post carries these roles from today on.")

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=choices_of(Role),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("From today on; what the post could do before stays readable."),
    )

    def prepare(self) -> None:
        self.fields["roles"].initial = queries.roles_of(self.record)

    def act(self) -> None:
        roles = [Role(role) for role in self.cleaned_data["roles"]]
        services.grant_roles(self.viewer, self.record, roles=roles, seen_version=self.seen_version)


class ChargeForm(ActForm):
    """The agencies that a leader's post is put in charge of."""

    title = _("Put in charge")
    button = _("Put in charge from today on")
    done = _("The post is in charge of these agencies from today on.")

    agencies = records_field(
        _("Agencies to be in charge of"), help_text=_("Whoever was in charge of them before is no longer.")
    )

    def prepare(self) -> None:
        rows = queries.agencies(self.viewer).filter(division_id=self.record.division_id)
        offer(self, "agencies", rows.exclude(pk__in=queries.agencies_charged_to(self.viewer, self.record)))

    def act(self) -> None:
        services.put_in_charge(self.viewer, self.record, agencies=list(self.cleaned_data["agencies"]))


class DirectoryFilterForm(forms.Form):
    """What the directory is narrowed to."""

    q = forms.CharField(label=_("Name, post or person"), required=False)
    division = forms.ModelChoiceField(Division.objects.none(), label=_("Division"), required=False, empty_label=None)

    def __init__(self, data: Any, *, rows: Any) -> None:
        super().__init__(data)
        offer(self, "division", rows)
        if len(rows) < 2:
            del self.fields["division"]
