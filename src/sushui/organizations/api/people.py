"""Accounts, for those who keep them."""

from __future__ import annotations

from sushui.kernel.api import Listed, Number, Size
from sushui.kernel.keyset import Sort, stretch
from sushui.kernel.models import User
from sushui.kernel.pages import ViewerRequest
from sushui.organizations import queries, services
from sushui.organizations.api.root import router
from sushui.organizations.api.schemas import Cursor, PasswordIn, PersonIn, PersonOut
from sushui.organizations.permissions import may_administer

BY_NAME = Sort(("name", "id"))


@router.reads("/people", may_administer, Listed[PersonOut])
def people(request: ViewerRequest, cursor: Cursor = "", limit: Size = 50) -> dict[str, object]:
    """Accounts that hold or held a post in your divisions or were registered there, open and closed."""
    found = stretch(queries.accounts(request.viewer), BY_NAME, after=cursor, size=limit)
    return {"items": found.rows, "next": found.after}


@router.writes("/people", may_administer, PersonOut, status=201)
def register_person(request: ViewerRequest, person: PersonIn) -> User:
    """Give a person an account; it may do nothing until it holds a post."""
    return services.register_person(request.viewer, **person.dict())


@router.reads("/people/{person_id}", may_administer, PersonOut)
def person(request: ViewerRequest, person_id: Number) -> User:
    """One account."""
    return queries.account_for(request.viewer, person_id)


@router.writes("/people/{person_id}/password", may_administer, PersonOut, method="PUT")
def reset_password(request: ViewerRequest, person_id: Number, new: PasswordIn) -> User:
    """Set a new password; every session of the person ends."""
    found = queries.person_for(request.viewer, person_id)
    services.reset_password(request.viewer, found, password=new.password)
    return found


@router.writes("/people/{person_id}/deactivate", may_administer, PersonOut)
def deactivate_person(request: ViewerRequest, person_id: Number) -> User:
    """Close an account whose posts were handed over."""
    found = queries.person_for(request.viewer, person_id)
    services.deactivate_person(request.viewer, found)
    return found


@router.writes("/people/{person_id}/reactivate", may_administer, PersonOut)
def reactivate_person(request: ViewerRequest, person_id: Number) -> User:
    """Open a closed account again."""
    found = queries.account_for(request.viewer, person_id)
    services.reactivate_person(request.viewer, found)
    return found
