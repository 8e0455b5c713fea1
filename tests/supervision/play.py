"""What the tests of supervision say in one line each: days, tasks and acts in the county of `tests/cast.py`.

In March 2026 every Monday to Friday is a working day and every other day is not; Monday is the 2nd.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sushui.kernel import clock
from sushui.kernel.audit import target_of
from sushui.kernel.models import AuditLine, DatedSetting, OutboxMessage, User
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import AgencyKind, DelegationReason, Role
from sushui.organizations.models import Agency, Delegation, Post, RoleGrant, Tenure
from sushui.organizations.queries import viewer_for
from sushui.organizations.services import add_zone
from sushui.supervision import services
from sushui.supervision.enums import ClockKind, Grade, OrderSource, ReportKind, RequestKind
from sushui.supervision.models import Escalation, SupervisedTask, SupervisionOrder, TaskClock, TaskPart, TaskRequest
from tests.cast import LONG_AGO, County

CHINA = ZoneInfo("Asia/Shanghai")
SPEAKERS = {
    "works": "works_head",
    "finance": "finance_head",
    "reform": "project_office",
    "gujiang": "township",
    "hengshui": "other_township",
    "statistics": "statistics",
    "hospital": "hospital",
}


def at(day: str, time: str = "10:00") -> datetime:
    """A moment in China: ``at("2026-03-02", "07:00")``."""
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=CHINA)


def on(day: str, time: str = "10:00") -> AbstractContextManager[None]:
    """Hold the clock at a moment."""
    return clock.frozen(at(day, time))


def march(day: int, time: str = "10:00") -> AbstractContextManager[None]:
    """Hold the clock on a day of March 2026."""
    return on(f"2026-03-{day:02}", time)


def in_march(day: int) -> date:
    return date(2026, 3, day)


@dataclass(frozen=True)
class Play:
    """Acts in the name of the office and of whoever speaks for an agency."""

    county: County

    def viewer(self, key: str) -> Viewer:
        return self.county.viewer(key)

    @property
    def office(self) -> Viewer:
        return self.viewer("office")

    def speaker(self, agency: str) -> Viewer:
        return self.viewer(SPEAKERS[agency])

    def agency_id(self, agency: str) -> int:
        return self.county.agencies[agency].pk

    def post_id(self, key: str) -> int:
        return self.county.posts[key].pk

    def zone_agency_id(self) -> int:
        """An agency of a development zone in the county, which the county sees and which sees nothing of the county."""
        zone = add_zone(self.viewer("administrator"), code="141161", name="绛县开发区", parent=self.county.county)
        return Agency.objects.create(division=zone, name="绛县开发区管委会", kind=AgencyKind.ZONE).pk

    def seat(self, key: str, agency: str, *roles: Role) -> Viewer:
        """Somebody more, in a post of their own in an agency of the cast."""
        rows = self.county.agencies
        post = Post.objects.create(division=rows[agency].division, agency=rows[agency], name=key)
        person = User.objects.create_user(username=key, name=key, password="pw")
        Tenure.objects.create(post=post, user=person, from_on=LONG_AGO)
        RoleGrant.objects.bulk_create(RoleGrant(post=post, role=role, from_on=LONG_AGO) for role in roles)
        self.county.posts[key], self.county.people[key] = post, person
        return self.viewer(key)

    def lend(self, post: str, to: str) -> Viewer:
        """The person in the post ``to``, acting for the holder of ``post`` today."""
        seats, today = self.county.posts, clock.today()
        days = {"from_on": today, "to_on": today, "reason": DelegationReason.LEAVE}
        Delegation.objects.create(from_post=seats[post], to_post=seats[to], **days)
        viewer = viewer_for(self.county.people[to], seats[post].pk)
        assert viewer is not None, "the post is lent today"
        return viewer

    # --- tasks
    def order(self, by: str = "office", **values: Any) -> SupervisionOrder:
        given = {"title": "调度会", "source": OrderSource.MEETING, "issued_on": clock.today(), **values}
        return services.draft_order(self.viewer(by), **given)

    def draft(
        self, lead: str | None = "works", supporting: tuple[str, ...] = (), by: str = "office", **values: Any
    ) -> SupervisedTask:
        order = values.pop("order", None) or self.order(by)
        lead_id = self.agency_id(lead) if lead else None
        given = {"title": "修好一条路", "supporting_agency_ids": tuple(map(self.agency_id, supporting)), **values}
        return services.draft_task(self.viewer(by), order, services.TaskDraft(lead_agency_id=lead_id, **given))

    def task(
        self, lead: str = "works", supporting: tuple[str, ...] = (), by: str = "office", **values: Any
    ) -> SupervisedTask:
        """A task assigned now."""
        return services.assign_task(self.viewer(by), self.draft(lead, supporting, by, **values))

    def signed(self, lead: str = "works", supporting: tuple[str, ...] = (), **values: Any) -> SupervisedTask:
        """A task assigned now and signed for by all."""
        task = self.task(lead, supporting, **values)
        for agency in (lead, *supporting):
            services.sign_for_task(self.speaker(agency), self.part(task, agency))
        return self.now(task)

    def suspended(self, *plan: date, **values: Any) -> SupervisedTask:
        """A task assigned, signed for and suspended now, with a step of its plan on each of the days."""
        task = self.signed(**values)
        self.suspend(task, *plan)
        return self.now(task)

    # --- acts
    def report(self, task: SupervisedTask, kind: ReportKind, agency: str = "works") -> None:
        services.report_progress(self.speaker(agency), self.part(task, agency), kind=kind, text="办了")

    def apply(self, task: SupervisedTask, agency: str = "works") -> TaskRequest:
        return services.apply_for_closing(self.speaker(agency), self.part(task, agency), text="办完了")

    def close(self, task: SupervisedTask, grade: Grade = Grade.GOOD) -> TaskRequest:
        return services.close_task(self.office, self.request(task, RequestKind.CLOSING), grade=grade)

    def send_back(self, task: SupervisedTask) -> TaskRequest:
        return services.return_task(self.office, self.request(task, RequestKind.CLOSING), note="还差一段")

    def ask_later(self, task: SupervisedTask, new_on: date, kind: ClockKind = ClockKind.RESULT) -> TaskRequest:
        running = self.clock(task, kind)
        asked = {"running": running, "new_due_on": new_on, "reason": "雨季"}
        return services.ask_extension(self.speaker("works"), self.part(task), **asked)

    def ask_suspension(self, task: SupervisedTask, *plan: date) -> TaskRequest:
        steps = [services.PlanStep(day, "一步") for day in plan]
        return services.ask_suspension(self.speaker("works"), self.part(task), reason="等批复", plan=steps)

    def suspend(self, task: SupervisedTask, *plan: date) -> TaskRequest:
        return services.grant_suspension(self.office, self.ask_suspension(task, *plan))

    def resume(self, task: SupervisedTask) -> None:
        services.resume_task(self.office, self.now(task), note="批复到了")

    def withdraw(self, task: SupervisedTask) -> None:
        services.withdraw_task(self.office, self.now(task), reason="重复了")

    def dispute(self, task: SupervisedTask, named: str = "finance", agency: str = "works") -> TaskRequest:
        part, named_id = self.part(task, agency), self.agency_id(named)
        return services.dispute_ownership(self.speaker(agency), part, named_agency_id=named_id, reason="不归我们")

    def decide(self, request: TaskRequest, agency: str) -> TaskPart:
        return services.decide_ownership(self.office, request, agency_id=self.agency_id(agency))

    # --- what stands now
    def now(self, task: SupervisedTask) -> SupervisedTask:
        return SupervisedTask.objects.select_related("order").get(pk=task.pk)

    def part(self, task: SupervisedTask, agency: str = "works") -> TaskPart:
        """The newest part of the agency in the task."""
        rows = TaskPart.objects.filter(task=task, agency_id=self.agency_id(agency)).select_related("task__order")
        return rows.latest("pk")

    def clock(self, task: SupervisedTask, kind: ClockKind, agency: str | None = "works") -> TaskClock:
        """The newest clock of the kind in the agency's parts; the office's own where no agency is given."""
        rows = TaskClock.objects.filter(task=task, kind=kind)
        own = rows.filter(part__agency_id=self.agency_id(agency)) if agency else rows.filter(part=None)
        return own.latest("pk")

    def due(self, task: SupervisedTask, kind: ClockKind, agency: str | None = "works") -> date:
        return self.clock(task, kind, agency).due_on

    def running(self, task: SupervisedTask, agency: str = "works") -> dict[ClockKind, date]:
        """Deadlines that run for the agency, by kind."""
        rows = TaskClock.objects.filter(task=task, part__agency_id=self.agency_id(agency))
        return {each.kind: each.due_on for each in rows.order_by("pk") if each.is_running}

    def request(self, task: SupervisedTask, kind: RequestKind) -> TaskRequest:
        """The newest request of the kind."""
        rows = TaskRequest.objects.filter(part__task=task, kind=kind).select_related("part__task__order")
        return rows.latest("pk")

    def verbs(self, record: Any) -> list[str]:
        return list(AuditLine.objects.filter(target=target_of(record)).order_by("pk").values_list("verb", flat=True))

    def last_line(self, record: Any) -> AuditLine:
        return AuditLine.objects.filter(target=target_of(record)).latest("pk")

    def rungs(self, task: SupervisedTask) -> list[tuple[str, str, str]]:
        """What was raised for a task: clock kind, deadline and rung, in order."""
        rows = Escalation.objects.filter(clock__task=task).order_by("pk").select_related("clock")
        return [(str(row.clock.kind), row.due_on.isoformat(), str(row.rung)) for row in rows]

    def told(self, prefix: str = "") -> list[tuple[str, list[str]]]:
        """Messages in the outbox whose words begin with ``prefix``: the words and the posts' keys."""
        keys = {post.pk: key for key, post in self.county.posts.items()}
        rows = [message.payload for message in OutboxMessage.objects.order_by("pk")]
        found = [(said["msgid"], sorted(keys[post] for post in said["post_ids"])) for said in rows]
        return [(msgid, posts) for msgid, posts in found if msgid.startswith(prefix)]

    def set(self, key: str, value: Any, since: date, division: str = "county") -> None:
        """Put a dated setting in force, of supervision unless it is named in full."""
        full = key if "." in key else f"supervision.{key}"
        DatedSetting.objects.create(division=getattr(self.county, division), key=full, value=value, valid_from_on=since)
