"""A visit from a phone: what I stand by, one form, two problems, a photo, the place; the office sees it all."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from sushui.kernel import subjects
from sushui.kernel.models import Subject
from sushui.kernel.search import ToVector
from sushui.kernel.subjects import SubjectKind, register_kind
from sushui.liaison import services
from sushui.liaison.enums import LiaisonRole
from sushui.liaison.models import Visit
from sushui.liaison.services import LiaisonDraft
from sushui.supervision.enums import TaskState
from tests.browser.conftest import PHONE, SHOTS, Person
from tests.cast import LONG_AGO, County

pytestmark = pytest.mark.browser

LABEL = "涑水新能源年产二百兆瓦光伏组件及配套储能装备制造项目"
PLACE = {"latitude": 35.4912, "longitude": 111.5685, "accuracy": 12}


@pytest.fixture
def stood_by(committed_county: County) -> Iterator[Subject]:
    """A project by which a leader, the works bureau and its handler have stood for years."""
    known, county = dict(subjects._kinds), committed_county
    register_kind(SubjectKind("project", "Project", lambda viewer: Subject.objects.filter(kind="project")))
    subject = Subject.objects.create(
        kind="project", object_id=1, label=LABEL, division=county.county, search=ToVector(LABEL)
    )
    who = {
        LiaisonRole.LEADER: {"post_id": county.posts["leader"].pk},
        LiaisonRole.AGENCY: {"agency_id": county.agencies["works"].pk},
        LiaisonRole.OFFICER: {"post_id": county.posts["works_handler"].pk},
    }
    drafts = [
        LiaisonDraft(subject.pk, role, LONG_AGO, source="县办〔2026〕3号", **named) for role, named in who.items()
    ]
    services.appoint_liaisons(county.viewer("office"), drafts)
    yield subject
    subjects._kinds.clear()
    subjects._kinds.update(known)


def picture(folder: Path) -> Path:
    """A photo as a phone would send it."""
    made, path = io.BytesIO(), folder / "现场.jpg"
    Image.new("RGB", (800, 600), "steelblue").save(made, "JPEG")
    path.write_bytes(made.getvalue())
    return path


def shoot_all(person: Person, name: str) -> None:
    """The whole page, however long."""
    SHOTS.mkdir(exist_ok=True)
    person.page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


def write_down(leader: Person, photo: Path) -> None:
    """What was seen, two problems, a photo, where it was."""
    page = leader.page
    page.get_by_label("走访情况").fill("厂房封顶，设备陆续进场；配套道路还有一段没有硬化。")
    page.locator("input[name=photos]").first.set_input_files(photo)
    page.locator("[name=finding-1-text]").fill("东侧配套道路六百米没有硬化，大型设备进不来")
    page.locator("[name=finding-1-agency]").select_option(label="县住建局")
    leader.press("再加一个问题")
    page.locator("[name=finding-2-text]").fill("临时用电负荷不够，影响调试")
    page.locator("[name=finding-2-agency]").select_option(label="县发改局")
    leader.press("加上现在的位置")
    page.locator("[data-located]", has_text="35.49120").wait_for()
    page.get_by_label("同行人员").fill("住建局、供电公司")


def test_a_leader_logs_a_visit_from_a_phone_and_the_problems_are_tasks(
    seat: Callable[..., Person], committed_county: County, stood_by: Subject, tmp_path: Path
) -> None:
    county = committed_county
    leader = seat(county.user("leader"), PHONE)
    leader.page.context.set_geolocation(PLACE)
    leader.page.context.grant_permissions(["geolocation"])

    leader.go("/liaison/mine/")
    leader.shoot("visit-1-mine")
    leader.page.locator("tr[data-row]").get_by_role("link", name="登记走访").click()
    leader.settle()
    leader.shoot("visit-2-form")
    write_down(leader, picture(tmp_path))
    shoot_all(leader, "visit-3-filled")
    leader.send("登记走访", within="main")
    shoot_all(leader, "visit-4-logged")

    visit = Visit.objects.get()
    assert [each.task.state for each in visit.findings.all()] == [TaskState.ASSIGNED] * 2
    assert (str(visit.latitude), visit.accuracy_m) == ("35.491200", 12)
    office = seat(county.user("office"))
    for name in ("register", "waiting", "visits"):
        office.go(f"/liaison/{name}/")
        office.shoot(f"visit-5-{name}")
    office.go(f"/liaison/subjects/{stood_by.pk}/")
    shoot_all(office, "visit-6-subject")
    office.go(f"/supervision/tasks/{visit.findings.get(number=1).task_id}/")
    office.shoot("visit-7-task")
    assert "厂房封顶" in office.page.locator("main").inner_text()
