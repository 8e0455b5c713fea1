"""Loading the sample into an empty database, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sushui.kernel import clock
from sushui.kernel.audit import seal_pending
from sushui.kernel.batches import batch
from sushui.kernel.errors import DomainError
from sushui.kernel.models import User

from .acts import Sentences
from .county import PASSWORD, SampleCounty, found_county, name_accounts
from .events import plan_events
from .history import History
from .plan import read_plan

FOUNDED_BEFORE = timedelta(days=400)


@dataclass(frozen=True)
class Account:
    """An account to try the house with, as it is printed."""

    role: str
    username: str
    password: str
    look: str


def load_sample(progress: Callable[[int, int], None] = lambda done, total: None) -> SampleCounty:
    """Build the sample county as it is now; ``progress`` is told how many of how many days have passed.

    Raises:
        DomainError: ``not_empty`` when the database has accounts already.
    """
    if User.objects.exists():
        raise DomainError(
            "not_empty",
            gettext_lazy("This database holds data of its own; the sample county is not loaded into it."),
            gettext_lazy("Start it with “sushui serve”, or name another data folder by SUSHUI_DATA."),
        )
    with transaction.atomic(), batch():
        county = _build(clock.now(), progress)
    seal_pending()
    return county


def _build(now: datetime, progress: Callable[[int, int], None]) -> SampleCounty:
    plan = read_plan()
    since = now - FOUNDED_BEFORE
    with clock.frozen(since):
        county = found_county(plan, clock.today())
    history = History(county, Sentences(plan.sentences), now)
    for order in (*plan.orders, *plan.neighbor_orders):
        history.plan_order(order)
    plan_events(history)
    history.play(progress)
    name_accounts(county, plan)
    return county


def sample_accounts() -> list[Account]:
    """The accounts to try, one for each role; none where the sample was not loaded."""
    wanted = {account.username: account for account in read_plan().accounts}
    users = User.objects.in_bulk(list(wanted), field_name="username")
    return [
        Account(users[name].name, name, PASSWORD, _(account.look)) for name, account in wanted.items() if name in users
    ]
