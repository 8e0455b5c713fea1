"""Forms of organizations: each knows who fills it in and for which record, and does its act by a service."""

from sushui.organizations.forms.agencies import (
    AgencyForm,
    ChargeForm,
    DirectoryFilterForm,
    NewAgencyForm,
    NewPostForm,
    RolesForm,
)
from sushui.organizations.forms.house import (
    AuditFilterForm,
    DayForm,
    LoadDivisionsForm,
    NoticeForm,
    SettingForm,
    ZoneForm,
)
from sushui.organizations.forms.people import NewPersonForm, PasswordForm, PeopleFilterForm, SignInForm
from sushui.organizations.forms.posts import DelegationForm, HandOverForm

__all__ = [
    "AgencyForm",
    "AuditFilterForm",
    "ChargeForm",
    "DayForm",
    "DelegationForm",
    "DirectoryFilterForm",
    "HandOverForm",
    "LoadDivisionsForm",
    "NewAgencyForm",
    "NewPersonForm",
    "NewPostForm",
    "NoticeForm",
    "PasswordForm",
    "PeopleFilterForm",
    "RolesForm",
    "SettingForm",
    "SignInForm",
    "ZoneForm",
]
