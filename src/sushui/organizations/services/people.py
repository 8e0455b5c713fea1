"""Accounts of people."""

from __future__ import annotations

import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden, NotFound
from sushui.kernel.models import User
from sushui.kernel.tokens import revoke_tokens_of
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import Verb
from sushui.organizations.models import Tenure
from sushui.organizations.permissions import may_administer, may_manage_person
from sushui.organizations.services.inserting import insert

# Letters and digits that nobody confuses when they are read out or copied by hand.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_password() -> str:
    """A password to hand to a person once: 12 letters and digits in three groups."""
    return "-".join("".join(secrets.choice(LETTERS) for _place in range(4)) for _group in range(3))


@transaction.atomic
def register_person(
    viewer: Viewer,
    *,
    username: str,
    name: str,
    password: str | None,
    phone: str = "",
    must_change_password: bool = True,
) -> User:
    """Give a person an account; it may do nothing until it holds a post.

    Whoever sets the password knows it, so it must be changed at the first sign-in unless said otherwise.

    Raises:
        Forbidden: not an administrator.
        DomainError: ``username_taken``.
    """
    if not may_administer(viewer):
        raise Forbidden
    user = User(
        username=username,
        name=name,
        phone=phone,
        must_change_password=must_change_password,
        registered_in_id=viewer.division_id,
    )
    user.set_password(password)
    insert(user, "username_taken", _("The account “%(name)s” exists."), name=username)
    record_act(viewer, Verb.REGISTER_PERSON, user, after={"username": username, "name": name})
    return user


@transaction.atomic
def reset_password(viewer: Viewer, person: User, *, password: str | None = None) -> str:
    """Set a new password (default: one made up) and give it, to be told to the person.

    Every session and every token of theirs ends.

    Raises:
        Forbidden: the person holds a post outside the administrator's divisions.
        DomainError: ``password_weak`` with the reasons.
    """
    if not may_manage_person(viewer, person):
        raise Forbidden
    new = password or new_password()
    _refuse_weak(person, new)
    person.set_password(new)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    revoke_tokens_of(person)
    record_act(viewer, Verb.RESET_PASSWORD, person, after={"username": person.username})
    return new


@transaction.atomic
def change_password(viewer: Viewer, *, old: str, new: str) -> User:
    """Change one's own password.

    Raises:
        DomainError: ``password_wrong``; ``password_weak`` with the reasons.
    """
    person = User.objects.select_for_update().filter(pk=viewer.user_id).first()
    if person is None:
        raise NotFound
    if not person.check_password(old):
        raise DomainError("password_wrong", _("The present password is not right."), _("Type it again."))
    if old == new:
        raise DomainError("password_weak", _("The new password is the present one."), _("Choose another one."))
    _refuse_weak(person, new)
    person.set_password(new)
    person.must_change_password = False
    person.save(update_fields=["password", "must_change_password"])
    record_act(viewer, Verb.CHANGE_PASSWORD, person)
    return person


def _refuse_weak(person: User, new: str) -> None:
    try:
        validate_password(new, person)
    except ValidationError as error:
        raise DomainError("password_weak", _("The new password is too weak."), " ".join(error.messages)) from error


@transaction.atomic
def deactivate_person(viewer: Viewer, person: User) -> None:
    """Close an account: it can no longer sign in; its posts must have been handed over before.

    Raises:
        Forbidden: the person holds a post outside the administrator's divisions, or is the administrator.
        DomainError: ``holds_posts``.
    """
    if not may_manage_person(viewer, person) or person.pk == viewer.user_id:
        raise Forbidden
    held = Tenure.objects.filter(user=person).exclude(to_on__lt=clock.today()).select_related("post__agency").first()
    if held is not None:
        raise DomainError(
            "holds_posts",
            _("“%(name)s” still holds “%(post)s”."),
            _("Hand the post over first, then close the account."),
            name=person.name,
            post=str(held.post),
        )
    _switch(viewer, person, Verb.DEACTIVATE_PERSON, is_active=False)


@transaction.atomic
def reactivate_person(viewer: Viewer, person: User) -> None:
    """Open a closed account again.

    Raises:
        Forbidden: the account is not the administrator's to keep.
    """
    if not may_manage_person(viewer, person):
        raise Forbidden
    _switch(viewer, person, Verb.REACTIVATE_PERSON, is_active=True)


def _switch(viewer: Viewer, person: User, verb: Verb, *, is_active: bool) -> None:
    before = {"is_active": person.is_active}
    person.is_active = is_active
    person.save(update_fields=["is_active"])
    record_act(viewer, verb, person, before=before, after={"is_active": is_active})


def choose_language(user: User, language: str) -> None:
    """Keep the language in which the person is written to; a taste, not an act, so the chain has no line of it."""
    User.objects.filter(pk=user.pk).update(language=language)
