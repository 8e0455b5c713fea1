"""One's own tokens: keys with which programs act in one's post."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sushui.kernel import tokens as kernel_tokens
from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.pages import ViewerRequest, page
from sushui.organizations.forms.tokens import NewTokenForm
from sushui.organizations.permissions import is_signed_in
from sushui.organizations.views.acting import bound, form_page

COLUMNS = Columns(
    Column("name", gettext_lazy("Used by"), Kind.TITLE),
    Column("post", gettext_lazy("Post")),
    Column("expires_on", gettext_lazy("Good until"), Kind.DATE),
    Column("used_on", gettext_lazy("Last used"), Kind.DATE),
    Column("act", "", Kind.ACTION),
)


@page(is_signed_in)
def tokens(request: ViewerRequest) -> HttpResponse:
    """The person's tokens, whichever post they are for."""
    rows = kernel_tokens.tokens_of(request.viewer)
    return render(request, "organizations/tokens.html", {"rows": rows, "columns": COLUMNS})


@page(is_signed_in)
@never_cache
def new_token(request: ViewerRequest) -> HttpResponse:
    """Make a token; its secret is shown once, on the answer itself."""
    form = bound(request, NewTokenForm)
    if request.method == "POST" and form.is_done():
        return render(request, "organizations/token_once.html", {"issued": form.made})
    return form_page(request, form, back=reverse("organizations:tokens"))


@page(is_signed_in)
@require_POST
def revoke_token(request: ViewerRequest, token_id: int) -> HttpResponse:
    """End a token."""
    kernel_tokens.revoke_token(request.viewer, token_id)
    messages.success(request, _("The token is ended."))
    return redirect("organizations:tokens")
