"""Administrators keep accounts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.keyset import Sort, asked_stretch
from sushui.kernel.models import User
from sushui.kernel.pages import ViewerRequest, page
from sushui.organizations import queries, services
from sushui.organizations.forms import NewPersonForm, PeopleFilterForm
from sushui.organizations.permissions import may_administer, may_manage_person
from sushui.organizations.views.acting import bound, form_page

BY_NAME = Sort(("name", "id"))
PEOPLE = Columns(
    Column("name", gettext_lazy("Name"), Kind.TITLE),
    Column("account", gettext_lazy("Account")),
    Column("posts", gettext_lazy("Posts held")),
    Column("signed_in", gettext_lazy("Last sign-in"), Kind.DATE, folds=True),
    Column("state", gettext_lazy("State")),
)
TENURES = Columns(
    Column("post", gettext_lazy("Post"), Kind.TITLE),
    Column("from_on", gettext_lazy("From"), Kind.DATE),
    Column("to_on", gettext_lazy("Until"), Kind.DATE),
)


@page(may_administer)
def people(request: ViewerRequest) -> HttpResponse:
    """Accounts of the administrator's divisions."""
    form = PeopleFilterForm(request.GET)
    form.is_valid()
    rows = queries.accounts_like(
        request.viewer, text=form.cleaned_data.get("q", ""), state=form.cleaned_data.get("state", "")
    )
    found = asked_stretch(rows, BY_NAME, request.GET)
    context = {"form": form, "rows": found.rows, "page": found.pager(rows.count()), "columns": PEOPLE}
    return render(request, "organizations/people.html", context)


@page(may_administer)
@never_cache
def new_person(request: ViewerRequest) -> HttpResponse:
    """Register a person; the password is shown once, on the answer itself."""
    form = bound(request, NewPersonForm)
    if request.method == "POST" and form.is_done():
        return _password_once(request, *form.made)
    return form_page(request, form, back=reverse("organizations:people"))


def _password_once(request: ViewerRequest, person: User, password: str) -> HttpResponse:
    return render(request, "organizations/password_once.html", {"person": person, "password": password})


@page(may_administer)
def person(request: ViewerRequest, user_id: int) -> HttpResponse:
    """One account: what the person holds and held."""
    found = queries.account_for(request.viewer, user_id)
    context = {
        "person": found,
        "tenures": queries.tenures_of_person(request.viewer, found),
        "columns": TENURES,
        "may_manage": may_manage_person(request.viewer, found),
        "is_self": found.pk == request.viewer.user_id,
    }
    return render(request, "organizations/person.html", context)


@page(may_administer)
@require_POST
@never_cache
def reset_password(request: ViewerRequest, user_id: int) -> HttpResponse:
    """Set a new password and show it once."""
    found = queries.person_for(request.viewer, user_id)
    return _password_once(request, found, services.reset_password(request.viewer, found))


@page(may_administer)
@require_POST
def deactivate(request: ViewerRequest, user_id: int) -> HttpResponse:
    """Close an account."""
    services.deactivate_person(request.viewer, queries.person_for(request.viewer, user_id))
    messages.success(request, _("The account is closed."))
    return redirect("organizations:person", user_id)


@page(may_administer)
@require_POST
def reactivate(request: ViewerRequest, user_id: int) -> HttpResponse:
    """Open a closed account again."""
    services.reactivate_person(request.viewer, queries.account_for(request.viewer, user_id))
    messages.success(request, _("The account is open again."))
    return redirect("organizations:person", user_id)
