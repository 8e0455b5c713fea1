"""The sample's requests of enterprises: some in every state, three of them gathered into one issue."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw

from sushui.documents.services import ReceivedFile, receive_file
from sushui.enterprises.queries import visible_enterprises
from sushui.kernel import clock
from sushui.kernel.viewer import Viewer
from sushui.liaison.queries import visible_visits
from sushui.organizations.services import change_setting
from sushui.relief import queries, services
from sushui.relief.enums import CheckVerdict, Satisfaction, SupportChannel, SupportKind, SupportLevel
from sushui.relief.services import AssignDraft, RequestDraft, UnpaidBill
from sushui.supervision.enums import Grade
from sushui.supervision.queries import open_requests
from sushui.supervision.services import close_task, return_task

from .acts import Sentences
from .history import History
from .plan import read_table
from .projects import OFFICE, Site

if TYPE_CHECKING:
    from sushui.enterprises.models import Enterprise
    from sushui.relief.models import CommonIssue, SupportRequest
    from sushui.supervision.models import TaskRequest

DESK, DESK_AGENCY, ADMINISTRATOR = "office.inspector", "office", "government.administrator"
UNIT = "equipment"  # the enterprise with an account: it rates its answers itself
SECURITY = "police"
DRAWN_ON, CHECKED_ON, DRAWN, SEED = -4, -1, 3, "样例抽查"
PHOTO, EARTH, ROAD = (320, 200), "#b8a684", "#7d8287"  # px, colors


@dataclass(frozen=True)
class Step:
    """An act so many working days after the request came."""

    day: int
    act: str
    detail: str = ""


@dataclass(frozen=True)
class RequestPlan:
    """A request as it is written down: agencies by key, the lead first; entered ``ago`` working days before today."""

    enterprise: str
    seat: str
    channel: SupportChannel
    kind: SupportKind
    agencies: tuple[str, ...]
    ago: int
    course: tuple[Step, ...]
    content: str
    is_common: bool
    bill: tuple[Decimal, int, Decimal | None] | None  # yuan, days since it could be paid, % a year

    @property
    def is_given_out(self) -> bool:
        """Whether it has a task of its own."""
        return any(step.act == "assign" for step in self.course)


def read_requests() -> tuple[RequestPlan, ...]:
    """The requests of the package."""
    told = read_table("relief")
    courses = {name: tuple(map(_step, steps)) for name, steps in told["courses"].items()}
    bills = {name: _bill(*row) for name, *row in told["bills"]["rows"]}
    return tuple(_request(row, courses, bills) for row in told["requests"]["rows"])


def _step(written: str) -> Step:
    day, _space, act = written.partition(" ")
    verb, _colon, detail = act.partition(":")
    return Step(int(day), verb, detail)


def _bill(yuan: int, days: int, rate: str) -> tuple[Decimal, int, Decimal | None]:
    return Decimal(yuan), days, Decimal(rate) if rate else None


def _request(row: list[Any], courses: Mapping[str, tuple[Step, ...]], bills: Mapping[str, Any]) -> RequestPlan:
    enterprise, seat, channel, kind, agencies, ago, course, content = row
    word = SupportKind(kind)
    return RequestPlan(
        enterprise=enterprise,
        seat=seat,
        channel=SupportChannel(channel),
        kind=word,
        agencies=tuple(agencies),
        ago=ago,
        course=courses[course],
        content=content,
        is_common=course == "common",
        bill=bills[enterprise] if word is SupportKind.UNPAID else None,
    )


def plan_relief(history: History, sites: Mapping[str, Site]) -> None:
    """Put the requests, what becomes of them, and the office's checks on their days."""
    told, plans = read_table("relief"), read_requests()
    names = {plan.enterprise for plan in plans}
    known = {row.name: row for row in visible_enterprises(history.county.viewer(DESK)).filter(name__in=names)}
    projects = {name: [site.plan.name for site in sites.values() if site.plan.owner == name] for name in names}
    relief = Relief(history, Sentences(told["sentences"]), known, projects, told["issue"])
    history.deeds[-max(plan.ago for plan in plans)].insert(0, relief.name_security)
    for plan in sorted(plans, key=lambda each: -each.ago):
        history.deeds[-plan.ago].append(partial(relief.receive, plan))
    history.deeds[-told["issue"]["gathered"]].append(relief.gather)
    history.deeds[DRAWN_ON].append(relief.draw)


@dataclass
class Relief:
    """Acts in the name of whoever would do them. ``projects``: the names of an enterprise's projects."""

    history: History
    sentences: Sentences
    enterprises: Mapping[str, Enterprise]
    projects: Mapping[str, list[str]]
    issue: Mapping[str, Any]

    def __post_init__(self) -> None:
        self._common: dict[str, int] = {}  # the requests to gather, by enterprise

    def viewer(self, seat: str) -> Viewer:
        return self.history.county.viewer(seat)

    @property
    def desk(self) -> Viewer:
        return self.viewer(DESK)

    def name_security(self) -> None:
        """Say which agency is told of obstruction at once."""
        name = self.history.county.agencies[SECURITY].name
        change_setting(self.viewer(ADMINISTRATOR), "relief.security_agency", name, from_on=clock.today())

    # --- one request -------------------------------------------------------------------------------------------------
    def receive(self, plan: RequestPlan) -> None:
        """Enter it, and put the steps of its course on their days."""
        viewer = self.viewer(plan.seat)
        row = services.receive_request(viewer, self.enterprises[plan.enterprise], self._draft(viewer, plan))
        if plan.is_common:
            self._common[plan.enterprise] = row.pk
        for step in plan.course:
            if step.day <= plan.ago:
                self.history.deeds[step.day - plan.ago].append(partial(self._act, plan, row.pk, step))

    def _draft(self, viewer: Viewer, plan: RequestPlan) -> RequestDraft:
        yuan, days, rate = plan.bill or (Decimal(), 0, None)
        owed = UnpaidBill(yuan, clock.today() - timedelta(days=days), rate) if plan.bill else None
        is_found = plan.channel is SupportChannel.VISIT
        return RequestDraft(
            plan.content,
            plan.channel,
            plan.kind,
            contact_name="企业联系人",
            location="施工现场" if plan.kind is SupportKind.OBSTRUCTION else "",
            unpaid=owed,
            visit_id=self._visit(viewer, plan) if is_found else None,
        )

    def _visit(self, viewer: Viewer, plan: RequestPlan) -> int | None:
        """The newest visit to one of the enterprise's projects that the viewer knows of."""
        visits = visible_visits(viewer).filter(subject__label__in=self.projects[plan.enterprise])
        return visits.order_by("-pk").values_list("pk", flat=True).first()

    def _act(self, plan: RequestPlan, number: int, step: Step) -> None:
        ACTS[step.act](self, plan, queries.request_for(self.desk, number), step.detail)

    def worker(self, plan: RequestPlan) -> Viewer:
        return self.viewer(self.history.county.worker(plan.agencies[0]))

    def assign(self, plan: RequestPlan, row: SupportRequest, detail: str) -> None:
        draft = self._agencies(plan.agencies, note=self.sentences.next("assign"))
        services.assign_request(self.desk, row, draft)

    def _agencies(self, keys: tuple[str, ...], **said: Any) -> AssignDraft:
        lead, *supporting = (self.history.county.agencies[key].pk for key in keys)
        return AssignDraft(lead, tuple(supporting), **said)

    def contact(self, plan: RequestPlan, row: SupportRequest, detail: str) -> None:
        services.note_contact(self.worker(plan), row, text=self.sentences.next("contact"))

    def answer(self, plan: RequestPlan, row: SupportRequest, detail: str) -> None:
        worker = self.worker(plan)
        files = [_photo(worker)] if plan.kind is SupportKind.OBSTRUCTION else []
        services.answer_request(worker, row, text=self.sentences.next("answer"), files=files)

    def tell(self, plan: RequestPlan, row: SupportRequest, detail: str) -> None:
        """The office answers itself what nobody else is needed for."""
        services.answer_request(self.desk, row, text=self.sentences.next("tell"))

    def rate(self, plan: RequestPlan, row: SupportRequest, detail: str) -> None:
        """The enterprise with an account says it; the others are asked on the telephone, by who did not answer."""
        seats = {True: OFFICE, False: DESK}
        is_own = row.enterprise.code == self.history.county.agencies[UNIT].code
        by = f"{UNIT}.head" if is_own else seats[row.lead_agency_id == self.history.county.agencies[DESK_AGENCY].pk]
        words = self.sentences.next(detail)
        services.rate_request(self.viewer(by), row, satisfaction=Satisfaction(detail), words=words)

    def send_back(self, plan: RequestPlan, row: SupportRequest, detail: str) -> None:
        return_task(self.desk, self._applied(row), note=self.sentences.next("return"))

    def close(self, plan: RequestPlan, row: SupportRequest, detail: str) -> None:
        close_task(self.desk, self._applied(row), grade=Grade.GOOD, note=self.sentences.next("close"))

    def _applied(self, row: SupportRequest) -> TaskRequest:
        return open_requests(self.desk).get(part__task=row.task_id)

    def lift(self, plan: RequestPlan, row: SupportRequest, detail: str) -> None:
        reason = self.sentences.next("raise")
        services.raise_request(self.desk, row, level=SupportLevel(detail), reason=reason)

    def lapse(self, plan: RequestPlan, row: SupportRequest, detail: str) -> None:
        services.lapse_ratings()

    def withdraw(self, plan: RequestPlan, row: SupportRequest, detail: str) -> None:
        services.withdraw_request(self.viewer(plan.seat), row, reason=self.sentences.next("withdraw"))

    # --- the common issue --------------------------------------------------------------------------------------------
    def gather(self) -> None:
        """Make one issue of the three, and put its answer on its day."""
        told = self.issue
        draft = self._agencies((told["lead"], *told["with"]), kind=SupportKind(told["kind"]))
        numbers = list(self._common.values())
        issue = services.gather_requests(self.desk, numbers, draft, title=told["title"], content=told["content"])
        self.history.deeds[-told["answered"]].append(partial(self._answer_all, issue))

    def _answer_all(self, issue: CommonIssue) -> None:
        worker = self.viewer(self.history.county.worker(self.issue["lead"]))
        services.answer_issue(worker, queries.issue_for(worker, issue.pk), text=self.issue["answer"])
        for enterprise, satisfaction, ago in self.issue["ratings"]:
            self.history.deeds[-ago].append(partial(self._rate_common, enterprise, Satisfaction(satisfaction)))

    def _rate_common(self, enterprise: str, satisfaction: Satisfaction) -> None:
        row = queries.request_for(self.desk, self._common[enterprise])
        words = self.sentences.next(satisfaction)
        services.rate_request(self.desk, row, satisfaction=satisfaction, words=words)

    # --- the checks --------------------------------------------------------------------------------------------------
    def draw(self) -> None:
        """Draw some of what was closed in the last weeks, and put the first check on its day."""
        since, until = self.history.on(-60), self.history.on(DRAWN_ON)
        services.draw_checks(self.desk, since=since, until=until, count=DRAWN, seed=SEED)
        self.history.deeds[CHECKED_ON].append(self._check)

    def _check(self) -> None:
        """One of them, which the office did not answer itself."""
        own = self.history.county.agencies[DESK_AGENCY].pk
        drawn = queries.checks_to_make(self.desk).exclude(draw=None).exclude(request__lead_agency=own)
        row = drawn[0].request
        services.check_request(self.desk, row, verdict=CheckVerdict.SETTLED, words="回访企业并看了现场，问题确已解决。")


ACTS: Mapping[str, Callable[[Relief, RequestPlan, SupportRequest, str], None]] = {
    "assign": Relief.assign,
    "contact": Relief.contact,
    "answer": Relief.answer,
    "tell": Relief.tell,
    "rate": Relief.rate,
    "return": Relief.send_back,
    "close": Relief.close,
    "raise": Relief.lift,
    "lapse": Relief.lapse,
    "withdraw": Relief.withdraw,
}


def _photo(viewer: Viewer) -> ReceivedFile:
    """A drawn road that is free again."""
    picture = Image.new("RGB", PHOTO, EARTH)
    ImageDraw.Draw(picture).polygon(((120, 200), (150, 60), (170, 60), (200, 200)), fill=ROAD)
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=70)
    return receive_file(viewer, name="现场已恢复通行.jpg", data=made.getvalue(), only_pictures=True)
