"""Appointing, replacing and ending."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.acts import ActForm, VersionedActForm, day_field, offer, record_field, text_area
from sushui.kernel.models import Subject
from sushui.liaison import services
from sushui.liaison.enums import LiaisonRole
from sushui.liaison.forms.fields import own_posts, post_field
from sushui.liaison.models import Liaison
from sushui.liaison.services import LiaisonDraft
from sushui.organizations.queries import leader_posts, responsible_agencies

SOURCE_HELP = _("Its number or its title.")


class AppointForm(ActForm):
    """The three who stand by one subject, or some of them."""

    title = _("Appoint who stands by it")
    button = _("Appoint")
    done = _("Appointed: each of them finds it in the inbox.")
    record: Subject
    leader = post_field(_("Liaison leader"), required=False)
    agency = record_field(_("Liaison agency"), required=False)
    officer = post_field(_("Service officer"), required=False)
    from_on = day_field(label=_("From"))
    to_on = day_field(label=_("Until"), required=False, help_text=_("Empty: until somebody else is appointed."))
    source = forms.CharField(label=_("Document that says so"), max_length=255, required=False, help_text=SOURCE_HELP)

    def prepare(self) -> None:
        self.initial.setdefault("from_on", clock.today())
        offer(self, "leader", leader_posts(self.viewer))
        offer(self, "agency", responsible_agencies(self.viewer))
        offer(self, "officer", own_posts(self.viewer))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not any(said.get(role.value) for role in LiaisonRole):
            raise forms.ValidationError(_("Nobody is chosen: choose at least one of the three."))
        return said

    def subjects(self) -> Sequence[Subject]:
        return [self.record]

    def drafts(self) -> list[LiaisonDraft]:
        """What was typed, for each subject and each of the three that was chosen."""
        said = self.cleaned_data
        chosen = [(role, said[role.value].pk) for role in LiaisonRole if said[role.value]]
        return [
            LiaisonDraft(
                subject_id=subject.pk,
                role=role,
                from_on=said["from_on"],
                to_on=said["to_on"],
                post_id=None if role is LiaisonRole.AGENCY else number,
                agency_id=number if role is LiaisonRole.AGENCY else None,
                source=said["source"],
            )
            for subject in self.subjects()
            for role, number in chosen
        ]

    def act(self) -> list[Liaison]:
        return services.appoint_liaisons(self.viewer, self.drafts())


class BulkAppointForm(AppointForm):
    """The same for every subject that is ticked."""

    title = _("Appoint for all that are ticked")
    record: Any

    def subjects(self) -> Sequence[Subject]:
        found: Sequence[Subject] = self.record
        return found

    def act(self) -> list[Liaison]:
        return services.install_liaisons(self.viewer, self.drafts())


class ReplaceForm(VersionedActForm):
    """Somebody else in the same role from a day on."""

    title = _("Replace who stands by it")
    button = _("Replace")
    done = _("Replaced: the one before ends the day before.")
    record: Liaison
    post = post_field(_("Post"))
    agency = record_field(_("Agency"))
    from_on = day_field(label=_("From"))
    source = forms.CharField(label=_("Document that says so"), max_length=255, required=False, help_text=SOURCE_HELP)

    def prepare(self) -> None:
        self.initial.setdefault("from_on", clock.today())
        role = self.record.role
        del self.fields["post" if role is LiaisonRole.AGENCY else "agency"]
        if role is LiaisonRole.AGENCY:
            offer(self, "agency", responsible_agencies(self.viewer))
        else:
            offer(self, "post", leader_posts(self.viewer) if role is LiaisonRole.LEADER else own_posts(self.viewer))

    def act(self) -> Liaison:
        said = self.cleaned_data
        return services.replace_liaison(
            self.viewer,
            self.record,
            from_on=said["from_on"],
            post_id=said["post"].pk if said.get("post") else None,
            agency_id=said["agency"].pk if said.get("agency") else None,
            source=said["source"],
            seen_version=self.seen_version,
        )


class EndForm(VersionedActForm):
    """The last day of a liaison."""

    title = _("End the liaison")
    button = _("End")
    done = _("The last day is written down; the history keeps it.")
    record: Liaison
    last_on = day_field(label=_("Last day"), help_text=_("A day before the first takes the appointment back."))
    reason = forms.CharField(label=_("Reason"), required=False, widget=text_area(2))

    def prepare(self) -> None:
        self.initial.setdefault("last_on", clock.today())

    def act(self) -> Liaison:
        said = self.cleaned_data
        return services.end_liaison(
            self.viewer,
            self.record,
            last_on=said["last_on"],
            reason=said["reason"],
            seen_version=self.seen_version,
        )
