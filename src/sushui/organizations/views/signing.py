"""Coming in and going out, the post in use, one's own password and language."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from sushui.kernel.errors import Forbidden
from sushui.kernel.models import User
from sushui.kernel.pages import ViewerRequest, page, public
from sushui.organizations import services
from sushui.organizations.forms import PasswordForm, SignInForm
from sushui.organizations.permissions import is_signed_in
from sushui.organizations.queries import POST_IN_SESSION
from sushui.organizations.views.acting import bound, form_page


class _SignIn(LoginView):
    """Django's own: a new session key at sign-in, only own addresses to go on to, the password never in a log."""

    template_name = "kernel/sign_in.html"
    authentication_form = SignInForm

    def dispatch(self, request: HttpRequest, *args: Any, **more: Any) -> Any:
        if not request.user.is_authenticated:
            return super().dispatch(request, *args, **more)
        has_post = getattr(request, "viewer", None) is not None
        return redirect(self.get_success_url() if has_post else "organizations:no-post")

    def get_success_url(self) -> str:
        """The page that was asked for; whoever asked only for the house comes to the first page of their day."""
        asked = super().get_success_url()
        return resolve_url(settings.LOGIN_REDIRECT_URL) if asked == "/" else asked

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


@public
def sign_in(request: HttpRequest) -> HttpResponse:
    """Account and password; locked after too many wrong ones (django-axes)."""
    return cast(HttpResponse, _SignIn.as_view()(request))


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect(settings.LOGIN_URL)


@public
@never_cache
def no_post(request: HttpRequest) -> HttpResponse:
    """Who has an account but holds no post today can do nothing, and is told whom to ask."""
    if not request.user.is_authenticated:
        return redirect(settings.LOGIN_URL)
    if getattr(request, "viewer", None) is not None:
        return redirect("/")
    return render(request, "organizations/no_post.html")


@page(is_signed_in)
@require_POST
def switch_post(request: ViewerRequest) -> HttpResponse:
    """Go on in another of one's posts."""
    wanted = request.POST.get("post", "")
    if wanted not in {str(choice.id) for choice in request.viewer.posts}:
        raise Forbidden
    request.session[POST_IN_SESSION] = int(wanted)
    return redirect("/")


@page(is_signed_in)
def password(request: ViewerRequest) -> HttpResponse:
    """Change one's own password; the session goes on, all others of this person end."""
    form = bound(request, PasswordForm)
    if request.method == "POST" and form.is_done():
        update_session_auth_hash(request, form.made)
        messages.success(request, str(form.done))
        return redirect("/")
    return form_page(request, form, back="/", template="organizations/password.html", must=_must(request))


def _must(request: ViewerRequest) -> bool:
    return isinstance(request.user, User) and request.user.must_change_password


@public
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Django's own switch, and who is signed in is written to in that language from now on."""
    language = request.POST.get("language", "")
    if isinstance(request.user, User) and language in dict(settings.LANGUAGES):
        services.choose_language(request.user, language)
    return set_language(request)
