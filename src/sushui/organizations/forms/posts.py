"""Forms about who sits on a post."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.acts import ActForm, VersionedActForm, day_field, offer
from sushui.kernel.labels import choices_of
from sushui.organizations import queries, services
from sushui.organizations.enums import DelegationReason
from sushui.organizations.forms.fields import person_field, post_field
from sushui.organizations.models import Delegation, Tenure

USUAL_LEAVE = timedelta(days=6)


class HandOverForm(VersionedActForm):
    """Who holds the post next, and from when."""

    title = _("Hand the post over")
    button = _("Hand over")
    done = _("Handed over; every open item stays with the post.")

    successor = person_field(_("Successor"), required=False, empty_label=_("Choose a person"))
    is_vacant = forms.BooleanField(
        label=_("Nobody yet"),
        help_text=_("The post is vacant: its open items wait with it until somebody holds it."),
        required=False,
    )
    from_on = day_field(label=_("From"), help_text=_("The present holder's last day is the day before."))

    def prepare(self) -> None:
        offer(self, "successor", queries.people(self.viewer))
        self.fields["from_on"].initial = clock.today()

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if "successor" not in self.errors and bool(typed.get("successor")) == typed["is_vacant"]:
            self.add_error("successor", _("Choose the successor, or say that there is nobody yet."))
        return typed

    def act(self) -> Tenure | None:
        typed = self.cleaned_data
        return services.hand_over_post(
            self.viewer,
            self.record,
            successor=typed["successor"],
            from_on=typed["from_on"],
            seen_version=self.seen_version,
        )


class DelegationForm(ActForm):
    """Which post acts for this one, why, and from when to when."""

    title = _("Let somebody act for the post")
    button = _("Delegate")
    done = _("The post is delegated; what is done says for whom.")

    to_post = post_field(_("Acting post"))
    reason = forms.ChoiceField(label=_("Reason"), choices=choices_of(DelegationReason), widget=forms.RadioSelect)
    from_on = day_field(label=_("From"))
    to_on = day_field(label=_("Until"), help_text=_("The last day on which the other post acts."))

    def prepare(self) -> None:
        offer(self, "to_post", queries.posts_to_lend_to(self.viewer, self.record))
        today = clock.today()
        self.initial = {"reason": DelegationReason.LEAVE, "from_on": today, "to_on": today + USUAL_LEAVE}

    def act(self) -> Delegation:
        typed = self.cleaned_data
        return services.delegate_post(
            self.viewer,
            self.record,
            to_post=typed["to_post"],
            from_on=typed["from_on"],
            to_on=typed["to_on"],
            reason=DelegationReason(typed["reason"]),
        )
