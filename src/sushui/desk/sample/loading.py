"""Loading the sample into an empty database, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sushui.kernel import clock
from sushui.kernel.audit import seal_pending
from sushui.kernel.errors import DomainError
from sushui.kernel.models import User
from sushui.kernel.whole import as_a_whole
from sushui.kernel.words import msg

from .acts import Sentences
from .county import PASSWORD, SampleCounty, found_county, name_accounts
from .enterprises import enter_enterprises
from .events import plan_events
from .history import History
from .permits import plan_permits
from .plan import CountyPlan, read_plan
from .planner import plan_next_year
from .portfolios import plan_portfolio
from .projects import found_projects, plan_projects
from .relief import plan_relief
from .reports import plan_reports
from .resources import plan_resources

FOUNDED_BEFORE = timedelta(days=400)
# What to look at with each account.
LOOKS = {
    "handler": msg("Today, Mine: sign for a task, report, apply for closing"),
    "head": msg("My agency: who is late, name a handler"),
    "office": msg("Decisions, the register, a new order"),
    "inspector": msg("The objection to a conclusion that somebody else must review"),
    "project": msg("The project meetings' tasks"),
    "leader": msg("What is red, whose, since when"),
    "township": msg("A township's tasks, among them those given to all townships"),
    "statistics": msg("The statistics visit's tasks"),
    "hospital": msg("The hospital's own tasks"),
    "bank": msg("What the bank was asked to support"),
    "enterprise": msg("My projects: report a month; what the enterprise was asked to do"),
    "administrator": msg("Vacant posts, accounts, settings, the calendar, the audit chain"),
    "city": msg("Both counties of the city"),
    "neighbor": msg("The neighbor county: none of this county's tasks"),
}


@dataclass(frozen=True)
class Account:
    """An account to try the house with, as it is printed."""

    role: str
    username: str
    password: str
    look: str


def load_sample(
    progress: Callable[[int, int], None] = lambda done, total: None, plan: CountyPlan | None = None
) -> SampleCounty:
    """Build the sample county as it is now; ``progress`` is told how many of how many days have passed.

    ``plan``: another than the one in the package.

    Raises:
        DomainError: ``not_empty`` when the database has accounts already.
    """
    if User.objects.exists():
        raise DomainError(
            "not_empty",
            gettext_lazy("This database holds data of its own; the sample county is not loaded into it."),
            gettext_lazy("Start it with “sushui serve”, or name another data folder by SUSHUI_DATA."),
        )
    with as_a_whole():
        county = _build(plan or read_plan(), clock.now(), progress)
        _learn_sizes()
    seal_pending()
    return county


def _learn_sizes() -> None:
    """Let PostgreSQL count what is there, so that it plans the first pages well too.

    The house's own tables alone: those that all databases of a server share would be locked against the others.
    """
    tables = [
        connection.ops.quote_name(name) for name in connection.introspection.django_table_names(only_existing=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tables)}")


def _build(plan: CountyPlan, now: datetime, progress: Callable[[int, int], None]) -> SampleCounty:
    since = now - FOUNDED_BEFORE
    with clock.frozen(since):
        county = found_county(plan, clock.today())
    sites = found_projects(county, now, clock.local(since).date())
    plan_portfolio(county, sites, now)
    plan_reports(county, sites, now)
    plan_resources(county, sites, now)
    plan_permits(county, sites, now)
    enter_enterprises(county, sites, now)
    plan_next_year(county, now)
    history = History(county, Sentences(plan.sentences), now)
    for order in (*plan.orders, *plan.neighbor_orders):
        history.plan_order(order)
    plan_projects(history, sites)
    plan_relief(history, sites)
    plan_events(history)
    history.play(progress)
    name_accounts(county, plan)
    return county


def sample_accounts() -> list[Account]:
    """The accounts to try, one for each role; none where the sample was not loaded."""
    wanted = [account.username for account in read_plan().accounts]
    users = User.objects.in_bulk(wanted, field_name="username")
    if len(users) < len(wanted):
        return []
    return [Account(users[name].name, name, PASSWORD, _(LOOKS[name])) for name in wanted]
