"""The world behind the walls: two counties with records of every kind, each text in them carrying a mark.

A mark is ``MARK-ROAD-TITLE``: the record ROAD, and where the text stands. Who may see a record's marks is written by
hand in `table.py`, never asked of the code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import models

from sushui.documents.queries import attachments_of
from sushui.documents.services import Column, ReceivedFile, Table, Target, receive_file
from sushui.documents.workbooks import render_workbook
from sushui.kernel import clock, outbox, tokens
from sushui.kernel.models import DatedSetting, SavedView, User
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import msg
from sushui.notices.models import Notice
from sushui.notices.services import post_notice
from sushui.organizations.enums import AgencyKind, DelegationReason, Role
from sushui.organizations.models import Agency, Delegation, Post
from sushui.organizations.queries import viewer_for
from sushui.supervision import queries, services
from sushui.supervision.enums import OrderKind, OrderSource, Paper, ReportKind, TaskKind
from sushui.supervision.models import ProgressReport, SupervisedTask, SupervisionOrder, TaskPart, TaskRequest
from sushui.supervision.services.imports import stage_import
from tests import cast
from tests.documents.files import pdf, picture
from tests.walls.building import build_projects
from tests.walls.enterprises import enter_enterprises
from tests.walls.planning import plan_year
from tests.walls.relief import ask
from tests.walls.standing import stand_by

TODAY = datetime(2026, 3, 3, 10, tzinfo=ZoneInfo("Asia/Shanghai"))

# record: (who issues it, lead agency, supporting agencies). Written as in `tests/cast.py`.
ASSIGNED = {
    "ROAD": ("office", "works", ("finance",)),
    "CROP": ("project_office", "gujiang", ()),
    "WARD": ("office", "hospital", ()),
    "LOAN": ("office", "bank", ()),
    "FIRM": ("office", "enterprise", ()),
    "COUNT": ("office", "statistics", ()),
    "NEAR": ("neighbor_office", "neighbor_head", ()),
}
DRAFTED = {
    "DRAFT": ("office", "works", ()),
    "SEED": ("project_office", "hengshui", ()),
    "NEARDRAFT": ("neighbor_office", "neighbor_head", ()),
}
# record: (who inspects, the agency inspected, who objects)
INSPECTED = {
    "CHECK": ("office", "works", "works_head"),
    "BOOKS": ("office", "finance", "finance_head"),
    "NEARCHECK": ("neighbor_office", "neighbor_head", "neighbor_head"),
}
# record: who works on its lead part, and asks the office for something: an extension unless it is named below.
WORKERS = {
    "ROAD": "works_handler",
    "CROP": "township",
    "WARD": "hospital",
    "LOAN": "bank",
    "FIRM": "enterprise",
    "COUNT": "statistics",
    "NEAR": "neighbor_head",
    "CHECK": "works_head",
    "BOOKS": "finance_head",
    "NEARCHECK": "neighbor_head",
}
FINISHED = ("CHECK", "NEARCHECK")
STUCK = ("BOOKS", "LOAN")
DISPUTED = ("FIRM",)


def mark(record: str, place: str) -> str:
    return f"MARK-{record}-{place}"


def own_record(kind: str, key: str) -> str:
    """The record that only one post may see: ``NOTICE`` of ``works_head`` is NOTICEWORKSHEAD."""
    return f"{kind}{key.replace('_', '').upper()}"


@dataclass
class World:
    """The cast, and the number of every record by its kind and key."""

    county: cast.County
    numbers: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    def keep(self, kind: str, record: str, row: models.Model) -> None:
        self.numbers[kind][record] = row.pk

    def viewer(self, key: str) -> Viewer:
        return self.county.viewer(key)

    def user(self, key: str) -> User:
        return self.county.user(key)


@contextmanager
def on_a_working_day() -> Iterator[None]:
    with clock.frozen(TODAY):
        yield


def build() -> World:
    """Plant every record; to be called inside `on_a_working_day` and a transaction."""
    world = World(cast.build())
    for record, parts in {**ASSIGNED, **DRAFTED}.items():
        _task(world, record, *parts)
    for record, (inspector, agency, head) in INSPECTED.items():
        _inspect(world, record, inspector, agency, head)
    for record, worker in WORKERS.items():
        _work(world, record, world.viewer(worker))
    _at_home(world)
    for place, division in (("HERE", world.county.county), ("THERE", world.county.neighbor)):
        _organization(world, place, division)
    for key in world.county.people:
        _belongings(world, key)
    stand_by(world)
    build_projects(world)
    enter_enterprises(world)
    ask(world)
    plan_year(world)
    for record, key in (("LIST", "office"), ("NEARLIST", "neighbor_office")):
        _import(world, record, world.viewer(key))
    outbox.deliver()
    for key in world.county.people:
        notice = Notice.objects.get(post_id=world.viewer(key).post_id, key=f"wall:{key}")
        world.keep("notice", own_record("OWN", key), notice)
    return world


def _at_home(world: World) -> None:
    """The office's own agency leads a task that the office issued, and asks for a later deadline."""
    agency = world.county.agencies["office"]
    post = Post.objects.create(division=agency.division, agency=agency, name="干事")
    post.grants.create(role=Role.AGENCY_HANDLER, from_on=cast.LONG_AGO)
    hand = User.objects.create_user(username="hand", name="督查室干事")
    post.tenures.create(user=hand, from_on=cast.LONG_AGO)
    viewer = viewer_for(hand)
    assert viewer is not None, "the post is held"
    _task(world, "HOME", "office", "office", ())
    _work(world, "HOME", viewer)


def _order(world: World, record: str, issuer: Viewer, kind: OrderKind = OrderKind.ASSIGNMENT) -> SupervisionOrder:
    order = services.draft_order(
        issuer,
        title=mark(record, "ORDER"),
        source=OrderSource.MEETING,
        issued_on=date(2026, 3, 2),
        kind=kind,
        note=mark(record, "ORDERNOTE"),
    )
    world.keep("order", record, order)
    return order


def _task(
    world: World,
    record: str,
    issuer: str,
    lead: str,
    supporting: tuple[str, ...],
    order: SupervisionOrder | None = None,
) -> SupervisedTask:
    viewer, agencies = world.viewer(issuer), world.county.agencies
    draft = services.TaskDraft(
        title=mark(record, "TITLE"),
        lead_agency_id=agencies[lead].pk,
        supporting_agency_ids=tuple(agencies[key].pk for key in supporting),
        kind=TaskKind.MAJOR,
        section=mark(record, "SECTION"),
        leader_text=mark(record, "LEADER"),
        note=mark(record, "NOTE"),
        requests={agencies[key].pk: mark(record, "REQUEST") for key in supporting},
    )
    task = services.draft_task(viewer, order or _order(world, record, viewer), draft)
    world.keep("task", record, task)
    if record not in DRAFTED:
        services.assign_task(viewer, task)
    for part in task.parts.all():
        world.keep("part", record if part.role == "lead" else f"{record}FIN", part)
    return task


def _work(world: World, record: str, worker: Viewer) -> None:
    """Sign, report, and ask for something, so that the office has to decide each kind of request."""
    part = queries.part_for(worker, world.numbers["part"][record])
    if record in DISPUTED:
        named = world.county.agencies["reform"]
        asked = services.dispute_ownership(worker, part, named_agency_id=named.pk, reason=mark(record, "REASON"))
    else:
        services.sign_for_task(worker, part, arrangement=mark(record, "ARRANGEMENT"))
        report = services.report_progress(
            worker, part, kind=ReportKind.FEEDBACK, text=mark(record, "REPORT"), files=_files(record, worker)
        )
        _keep_files(world, record, report, worker)
        asked = _ask(record, worker, part)
    world.keep("request", record, asked)
    world.keep(asked.kind, record, asked)


def _files(record: str, worker: Viewer) -> list[ReceivedFile]:
    paper, photo = f"{mark(record, 'PAPER')}.pdf", f"{mark(record, 'PHOTO')}.jpg"
    return [
        receive_file(worker, name=paper, data=pdf(mark(record, "CONTENT"))),
        receive_file(worker, name=photo, data=picture()),
    ]


def _keep_files(world: World, record: str, report: ProgressReport, worker: Viewer) -> None:
    paper, photo = attachments_of(worker, Target(Paper.REPORT, report.pk))
    world.keep("report", record, report)
    world.keep("attachment", record, paper)
    world.keep("file_version", record, paper.current)
    world.keep("picture", record, photo.current)


def _ask(record: str, worker: Viewer, part: TaskPart) -> TaskRequest:
    reason = mark(record, "REASON")
    if record in FINISHED:
        return services.apply_for_closing(worker, part, text=reason)
    if record in STUCK:
        step = services.PlanStep(date(2026, 6, 30), mark(record, "STEP"))
        return services.ask_suspension(worker, part, reason=reason, plan=[step])
    running = next(each for each in queries.running_clocks(part) if each.kind == "result")
    return services.ask_extension(worker, part, running=running, new_due_on=date(2026, 6, 30), reason=reason)


def _inspect(world: World, record: str, inspector: str, inspected: str, head: str) -> None:
    viewer, agency = world.viewer(inspector), world.county.agencies[inspected]
    order = _order(world, record, viewer, OrderKind.INSPECTION)
    _task(world, record, inspector, inspected, (), order)
    conclusion = services.deliver_conclusion(viewer, order, agency_id=agency.pk, text=mark(record, "CONCLUSION"))
    world.keep("conclusion", record, conclusion)
    objection = services.object_to_conclusion(world.viewer(head), conclusion, reason=mark(record, "OBJECTION"))
    world.keep("objection", record, objection)


def _organization(world: World, place: str, division: models.Model) -> None:
    """An agency, which everybody may name, and a post with its holder, which the directory shows to officials."""
    agency = Agency.objects.create(division=division, name=mark(place, "AGENCY"), kind=AgencyKind.DEPARTMENT)
    seat = f"{place}SEAT"
    post = Post.objects.create(division=division, agency=agency, name=mark(seat, "POST"))
    person = User.objects.create_user(username=mark(seat, "ACCOUNT"), name=mark(seat, "PERSON"))
    post.tenures.create(user=person, from_on=cast.LONG_AGO)
    for kind, record, row in (("agency", place, agency), ("post", seat, post), ("person", seat, person)):
        world.keep(kind, record, row)
    days = {"from_on": clock.today(), "to_on": clock.today(), "reason": DelegationReason.LEAVE}
    to_post = Post.objects.filter(division=division).exclude(pk=post.pk).earliest("pk")
    world.keep("delegation", seat, Delegation.objects.create(from_post=post, to_post=to_post, **days))
    DatedSetting.objects.create(
        division=division,
        key="supervision.red_after_days",
        value=4,
        valid_from_on=clock.today(),
        source=mark(place, "SETTING"),
    )


def _belongings(world: World, key: str) -> None:
    """What is one post's alone: a notice, a saved view, a token."""
    viewer = world.viewer(key)
    record = own_record("OWN", key)
    post_notice(
        key=f"wall:{key}",
        division_id=viewer.division_id,
        post_ids=[viewer.post_id or 0],
        msgid=msg("New task: %(title)s"),
        params={"title": mark(record, "NOTICE")},
        url="/",
        due_at=clock.now(),
    )
    saved = SavedView.objects.create(
        post_id=viewer.post_id, page="supervision:register", name=mark(record, "VIEW"), query="state=closed"
    )
    world.keep("saved_view", record, saved)
    world.keep("token", record, tokens.issue_token(viewer, name=mark(record, "TOKEN"), days=1).token)


def _import(world: World, record: str, viewer: Viewer) -> None:
    """A work list that is being read in, with questions open."""
    columns = tuple(Column(label) for label in ("序号", "工作任务", "牵头单位", "完成时限"))
    table = Table(mark(record, "SHEET"), columns, ((1, mark(record, "CELL"), "", ""),))
    staged = stage_import(viewer, file_name=f"{mark(record, 'FILE')}.xlsx", data=render_workbook(table))
    world.keep("import", record, staged[0])
