"""Making a token for a program."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from sushui.kernel.acts import ActForm
from sushui.kernel.tokens import MOST_DAYS, IssuedToken, issue_token


class NewTokenForm(ActForm):
    """What will use the token, and for how long; its secret is shown once."""

    title = _("New token")
    button = _("Make the token")

    name = forms.CharField(label=_("What will use it"), max_length=64)
    days = forms.IntegerField(label=_("Days it is good for"), min_value=1, max_value=MOST_DAYS, initial=90)

    def act(self) -> IssuedToken:
        return issue_token(self.viewer, name=self.cleaned_data["name"], days=self.cleaned_data["days"])
