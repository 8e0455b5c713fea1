"""Forms of notices."""

from __future__ import annotations

from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel.acts import VersionedActForm
from sushui.notices import queries, services
from sushui.notices.enums import Channel, NoticeTone
from sushui.notices.models import ChannelSetting
from sushui.notices.panels import label_of_least
from sushui.notices.rules import NEEDS

# What each service calls the two things that it gives the administrator.
TOKENS = {
    Channel.DINGTALK: (_("Access token"), _("What follows access_token= in the robot's webhook address.")),
    Channel.WECOM: (_("Key"), _("What follows key= in the robot's webhook address.")),
    Channel.FEISHU: (_("Robot number"), _("What follows /hook/ in the robot's webhook address.")),
}
SECRETS = {
    Channel.DINGTALK: _("Needed if the robot's safety setting is a signature; begins with SEC."),
    Channel.FEISHU: _("Needed if the robot's safety setting is a signature."),
    Channel.WEBHOOK: _("With one, each request carries the HMAC-SHA256 of its body in X-Sushui-Signature."),
}
ON, OFF = "on", "off"
KEPT = _("One is stored and not shown; leave this empty to keep it.")


def _password() -> forms.PasswordInput:
    """What was typed stays when the form is refused; what is stored is never put in."""
    return forms.PasswordInput(attrs={"autocomplete": "off"}, render_value=True)


class ChannelForm(VersionedActForm):
    """How messages leave by one channel. What a channel does not need is not asked for."""

    button = _("Save")
    done = _("The channel was saved.")

    state = forms.ChoiceField(
        label=_("State"), choices=[(ON, pgettext_lazy("channel", "On")), (OFF, pgettext_lazy("channel", "Off"))]
    )
    least_tone = forms.ChoiceField(label=_("Carries"))
    base_url = forms.CharField(label=_("Address"), max_length=200)
    token = forms.CharField(max_length=500, widget=_password())
    secret = forms.CharField(label=_("Signing secret"), max_length=500, required=False, widget=_password())

    @property
    def channel(self) -> Channel:
        return Channel(self.record.channel)

    def prepare(self) -> None:
        row: ChannelSetting = self.record
        needs = NEEDS[self.channel]
        wanted = {"base_url": needs.has_address, "token": needs.has_token, "secret": needs.has_secret}
        for name in (name for name, is_wanted in wanted.items() if not is_wanted):
            del self.fields[name]
        self._label()
        choice = self.fields["least_tone"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(tone.value, label_of_least(tone)) for tone in NoticeTone]
        self.initial = {
            "state": ON if row.is_on else OFF,
            "least_tone": row.least_tone,
            "base_url": row.base_url or needs.usual_address,
        }

    def _label(self) -> None:
        """Name the fields as the service names them."""
        if "token" in self.fields:
            label, help_text = TOKENS[self.channel]
            self.fields["token"].label = label
            self.fields["token"].help_text = KEPT if self.record.token else help_text
            self.fields["token"].required = not self.record.token
        if "secret" in self.fields:
            self.fields["secret"].help_text = KEPT if self.record.secret else SECRETS[self.channel]
        if "base_url" in self.fields:
            self.fields["base_url"].help_text = (
                _("The whole address; a POST request of JSON goes to it.")
                if self.channel is Channel.WEBHOOK
                else _("Another one where the service runs within your own network.")
            )

    def act(self) -> ChannelSetting:
        typed = self.cleaned_data
        draft = services.ChannelDraft(
            is_on=typed["state"] == ON,
            least_tone=NoticeTone(typed["least_tone"]),
            base_url=typed.get("base_url", ""),
            token=typed.get("token", ""),
            secret=typed.get("secret", ""),
        )
        return services.set_channel(self.viewer, self.channel, draft, seen_version=self.seen_version)

    def renew(self) -> None:
        """The channel as it is now: it may not have been there before."""
        self.record = queries.channel_for(self.viewer, self.channel)
        typed = cast(QueryDict, self.data).copy()
        typed[self.add_prefix("version")] = str(self.record.version)
        self.data = typed
