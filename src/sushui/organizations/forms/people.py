"""Forms about accounts: one's own, and those that administrators keep."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from sushui.kernel.acts import ActForm
from sushui.kernel.models import User
from sushui.organizations import services

ACCOUNT = RegexValidator(r"^[0-9A-Za-z_.@-]+\Z", _("Use letters, digits and _ . @ - only."))


class SignInForm(AuthenticationForm):
    """Account and password."""

    use_required_attribute = False
    error_messages = {
        "invalid_login": _("Account or password is not right."),
        "inactive": _("This account is closed."),
    }

    def __init__(self, request: Any = None, *args: Any, **more: Any) -> None:
        super().__init__(request, *args, **more)
        self.fields["username"].label = _("Account")
        self.fields["password"].label = _("Password")


class NewPersonForm(ActForm):
    """A new account; its password is made and shown once."""

    title = _("Register a person")
    button = _("Register")

    name = forms.CharField(label=_("Name"), max_length=64)
    username = forms.CharField(label=_("Account"), max_length=64, validators=[ACCOUNT])
    phone = forms.CharField(label=_("Phone"), max_length=32, required=False)

    def act(self) -> tuple[User, str]:
        typed, password = self.cleaned_data, services.new_password()
        person = services.register_person(
            self.viewer, username=typed["username"], name=typed["name"], phone=typed["phone"], password=password
        )
        return person, password


class PasswordForm(ActForm):
    """One's own new password."""

    title = _("Change the password")
    button = _("Change the password")
    done = _("The password was changed.")

    old = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("new") != typed.get("again"):
            self.add_error("again", _("This is not the same as above."))
        return typed

    def act(self) -> User:
        return services.change_password(self.viewer, old=self.cleaned_data["old"], new=self.cleaned_data["new"])


class PeopleFilterForm(forms.Form):
    """What the list of accounts is narrowed to."""

    q = forms.CharField(label=_("Name or account"), required=False)
    state = forms.ChoiceField(
        label=_("Account"),
        required=False,
        choices=[("", _("Any")), ("vacant", _("Holds no post")), ("closed", _("Switched off"))],
    )
