"""People and their accounts."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet

from sushui.kernel import clock
from sushui.kernel.errors import NotFound
from sushui.kernel.models import User
from sushui.kernel.viewer import Viewer
from sushui.organizations.models import Tenure
from sushui.organizations.queries.viewers import in_force


def people(viewer: Viewer) -> QuerySet[User]:
    """People with an open account who can be seated: see `accounts`."""
    return accounts(viewer).filter(is_active=True)


def accounts(viewer: Viewer) -> QuerySet[User]:
    """Accounts, open and closed, that hold or held a post in the viewer's divisions or were registered there.

    Each with what its person holds today in ``held_now``, of those divisions only.
    """
    held = Tenure.objects.filter(post__division_id__in=viewer.division_ids)
    held_now = held.filter(in_force(clock.today())).select_related("post__agency").order_by("post__rank", "post_id")
    known = Q(pk__in=held.values("user")) | Q(registered_in_id__in=viewer.division_ids)
    rows = User.objects.filter(known).order_by("name", "pk")
    return rows.prefetch_related(Prefetch("tenures", queryset=held_now, to_attr="held_now"))


def accounts_like(viewer: Viewer, *, text: str = "", state: str = "") -> QuerySet[User]:
    """Accounts whose name or account holds ``text``; ``state`` is vacant (holds no post), closed, or empty for any."""
    rows = accounts(viewer).filter(Q(name__icontains=text) | Q(username__icontains=text))
    if state == "vacant":
        seated = Tenure.objects.filter(in_force(clock.today()))
        return rows.filter(is_active=True).exclude(pk__in=seated.values("user"))
    return rows.filter(is_active=False) if state == "closed" else rows


def person_for(viewer: Viewer, user_id: int) -> User:
    """One person with an open account.

    Raises:
        NotFound: none such within the viewer's divisions.
    """
    return _one(people(viewer), user_id)


def account_for(viewer: Viewer, user_id: int) -> User:
    """One account, open or closed.

    Raises:
        NotFound: none such within the viewer's divisions.
    """
    return _one(accounts(viewer), user_id)


def _one(rows: QuerySet[User], user_id: int) -> User:
    person = rows.filter(pk=user_id).first()
    if person is None:
        raise NotFound
    return person


def tenures_of_person(viewer: Viewer, person: User) -> QuerySet[Tenure]:
    """Posts of the viewer's divisions that the person holds, held or will hold, the newest first."""
    rows = Tenure.objects.filter(user=person, post__division_id__in=viewer.division_ids)
    return rows.select_related("post__agency").order_by("-from_on", "-pk")
