"""Personal tokens: keys with which a program acts for a person in one post, with exactly what that post may do."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden, NotFound
from sushui.kernel.models import ApiToken, User
from sushui.kernel.viewer import Viewer

MOST_DAYS = 365
PREFIX = "sushui_"


@dataclass(frozen=True)
class IssuedToken:
    """A token just made, with the secret that is shown this once."""

    token: ApiToken
    secret: str


@transaction.atomic
def issue_token(viewer: Viewer, *, name: str, days: int) -> IssuedToken:
    """Make a token for the viewer's person and post that is good for ``days`` (1 to 365), today included.

    Raises:
        Forbidden: the post is only lent to the viewer.
        DomainError: ``token_unnamed``, ``token_days``.
    """
    if viewer.is_delegate:
        raise Forbidden(_("This post is lent to you: it gives no tokens."), _("Make the token in a post of your own."))
    if not name.strip():
        raise DomainError("token_unnamed", _("The token has no name."), _("Say what will use it."))
    if not 1 <= days <= MOST_DAYS:
        raise DomainError(
            "token_days", _("A token is good for 1 to %(most)s days."), _("Choose a number of days."), most=MOST_DAYS
        )
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user_id=viewer.user_id,
        post_id=viewer.post_id,
        name=name.strip()[:64],
        digest=digest_of(secret),
        expires_on=clock.today() + timedelta(days=days - 1),
    )
    record_act(viewer, "issue_token", token, after={"name": token.name, "expires_on": token.expires_on})
    return IssuedToken(token, secret)


@transaction.atomic
def revoke_token(viewer: Viewer, token_id: int) -> None:
    """End one of the viewer's own tokens now.

    Raises:
        NotFound: none such, or another person's.
    """
    token = tokens_of(viewer).select_for_update(of=("self",)).filter(pk=token_id).first()
    if token is None:
        raise NotFound
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at"])
    record_act(viewer, "revoke_token", token, before={"name": token.name})


def revoke_tokens_of(person: User) -> int:
    """End every token of a person, as when the account's password is set anew; gives how many."""
    return ApiToken.objects.filter(user=person, revoked_at=None).update(revoked_at=clock.now())


def tokens_of(viewer: Viewer) -> QuerySet[ApiToken]:
    """The person's tokens that are not revoked, newest first."""
    rows = ApiToken.objects.filter(user_id=viewer.user_id, revoked_at=None)
    return rows.select_related("post__agency").order_by("-pk")


def token_by_secret(secret: str) -> ApiToken | None:
    """The token in force with this secret, its day of use noted; None when there is none."""
    today = clock.today()
    rows = ApiToken.objects.filter(digest=digest_of(secret), revoked_at=None, expires_on__gte=today)
    token = rows.filter(user__is_active=True).select_related("user").first()
    if token is not None and token.used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(used_on=today)
    return token


def digest_of(secret: str) -> str:
    """What is stored of a secret. It is 256 random bits, so a plain hash suffices and can be looked up."""
    return hashlib.sha256(secret.encode()).hexdigest()
