"""Publishing the ledger and taking projects over: by services, pages, programs and the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.models import AuditLine
from sushui.projects import services
from sushui.projects.adapter.schema import flaws_of
from sushui.projects.enums import ExchangeState, ExchangeVerb, ProjectLevel, ProjectStage
from sushui.projects.models import ExchangeDraft, ExchangeSource, Project
from sushui.projects.queries import ProjectFilter
from sushui.projects.queries.exchange import exchange_draft_for, exchange_drafts
from sushui.projects.rules.documents import from_text, to_text
from sushui.projects.services import exchange
from tests.projects.exchange.play import full, package, sent, staged
from tests.projects.pages.reading import Desk
from tests.projects.play import GOOD_CODE, Play, on

pytestmark = pytest.mark.usefixtures("_in_june")
Sit = Callable[[str], Desk]
EXAMPLE = Path(__file__).with_name("example.json")
ALL = ProjectFilter()


def rows(play: Play, draft: ExchangeDraft) -> list[exchange.ExchangeRow]:
    return exchange.understand_exchange(play.office, draft)


def taken(play: Play, *documents: Any) -> list[Project]:
    exchange.commit_exchange(play.office, staged(play, *documents))
    return list(Project.objects.order_by("pk"))


def example() -> dict[str, Any]:
    return from_text(EXAMPLE.read_bytes())["projects"][0]


def test_a_list_of_files_does_not_read_what_they_say(play: Play) -> None:
    draft = staged(play, example())

    listed, opened = exchange_drafts(play.office).get(), exchange_draft_for(play.office, draft.pk)

    assert (listed.get_deferred_fields(), opened.get_deferred_fields()) == ({"text", "preview"}, set())


# --- out -------------------------------------------------------------------------------------------------------------
def test_a_package_holds_valid_documents(play: Play) -> None:
    full(play)
    services.add_milestone(play.office, Project.objects.get(), name="封顶", planned_on=date(2026, 9, 1))

    assert [flaws_of(each) for each in package(play)["projects"]] == [[]]


def test_a_package_says_who_publishes_it(play: Play) -> None:
    told = package(play)

    assert (told["version"], told["publisher"], told["publishedDate"]) == (
        "0.9",
        {"name": "县发改局"},
        "2026-06-15T10:00:00+08:00",
    )


def test_an_agency_publishes_what_it_may_see(play: Play) -> None:
    full(play)

    assert [len(package(play, key)["projects"]) for key in ("works_head", "finance_head", "leader")] == [1, 0, 1]


def test_what_went_out_is_in_the_chain(play: Play) -> None:
    full(play)
    package(play)

    assert AuditLine.objects.latest("pk").verb == ExchangeVerb.EXPORT


def test_a_package_asks_no_more_for_many(play: Play) -> None:
    counts = []
    for count in (1, 9):
        for number in range(count):
            full(play, name=f"项目{count}{number}", code="")
        with CaptureQueriesContext(connection) as queries:
            package(play)
        counts.append(len(queries))

    assert counts[0] == counts[1]


# --- in --------------------------------------------------------------------------------------------------------------
FIELDS = tuple(name for name in services.DRAFT_FIELDS)


def test_a_project_comes_back_unchanged_from_its_own_document(play: Play) -> None:
    full(play)

    draft = staged(play, *package(play)["projects"])

    assert [(row.state, row.changes) for row in rows(play, draft)] == [(ExchangeState.UNCHANGED, [])]


def test_a_project_comes_to_another_ledger_with_all_that_the_standard_carries(play: Play) -> None:
    full(play)
    before = {name: getattr(Project.objects.get(), name) for name in FIELDS}
    document = package(play)["projects"][0] | {"id": "oc4ids-other-1"}
    document["identifiers"][0]["id"] = "2212-140826-89-01-123467"

    made = taken(play, document)[-1]

    after = {name: getattr(made, name) for name in FIELDS} | {"code": GOOD_CODE}
    money = {(row.year, row.source): row.amount for row in made.funding.all()}
    assert (after, made.stage, made.started_on, money) == (
        before,
        ProjectStage.UNDER_CONSTRUCTION,
        date(2026, 1, 5),
        {(0, "bank_loans"): Decimal(7), (2026, "own_funds"): Decimal("0.01")},
    )


def test_a_document_of_others_goes_out_again_in_full(play: Play) -> None:
    received = example()
    taken(play, received)

    assert package(play)["projects"] == [received]


def test_what_the_ledger_says_later_stands_in_the_document_of_others(play: Play) -> None:
    made = taken(play, example())[0]
    with on("2026-06-16"):
        services.edit_project(play.office, made, play.draft(name="改名后的项目", agency_id=None))
        told = package(play)["projects"][0]

    assert (told["title"], told["purpose"], told["updated"]) == (
        "改名后的项目",
        example()["purpose"],
        "2026-06-16T10:00:00+08:00",
    )


def test_a_change_is_shown_with_before_and_after(play: Play) -> None:
    full(play)
    document = package(play)["projects"][0] | {"title": "新名称"}

    row = rows(play, staged(play, document))[0]

    assert (row.state, row.changes) == (
        ExchangeState.CHANGED,
        [exchange.ExchangeChange("name", "涑水装备产业园", "新名称")],
    )


def test_nothing_is_written_before_it_is_taken_over(play: Play) -> None:
    rows(play, staged(play, example()))

    assert (Project.objects.count(), ExchangeSource.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ({"title": "x"}, "项目缺少 id。"),
        ({"id": "x", "title": ""}, "title 是空的。"),
        ({"id": "x", "title": "y", "status": "built"}, None),
        ({"id": "x"}, "该项目没有名称。"),
        ({"id": "x", "title": "长" * 201}, f"“{'长' * 20}…”超过台账可存的长度（200）。"),
        ("x", "项目的类型不是 object。"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_a_sentence(play: Play, document: Any, sentence: str | None) -> None:
    row = rows(play, staged(play, document))[0]

    assert (row.state, row.refusals[0] if sentence else row.refusals[0][:10]) == (
        ExchangeState.REFUSED,
        sentence or "status 不在可",
    )


def test_one_that_is_refused_keeps_all_out(play: Play) -> None:
    draft = staged(play, example(), {"id": "x"})

    with pytest.raises(DomainError) as caught:
        exchange.commit_exchange(play.office, draft)

    assert (caught.value.code, Project.objects.count()) == ("exchange_refused", 0)


def test_a_project_named_twice_is_refused(play: Play) -> None:
    assert [row.state for row in rows(play, staged(play, example(), example()))] == [
        ExchangeState.NEW,
        ExchangeState.REFUSED,
    ]


def test_two_documents_of_one_project_are_refused_naming_both(play: Play) -> None:
    full(play)
    ours = package(play)["projects"][0]

    draft = staged(play, ours, {**ours, "id": "oc4ids-other-1", "title": "产业园一期"})

    assert [(row.state, row.refusals) for row in rows(play, draft)] == [
        (ExchangeState.UNCHANGED, []),
        (ExchangeState.REFUSED, ["文件中的“涑水装备产业园”与“产业园一期”都是台账中的“涑水装备产业园”。"]),
    ]


def test_a_look_reads_no_monthly_figures(play: Play) -> None:
    mine = full(play)
    draft = staged(play, package(play)["projects"][0])

    with CaptureQueriesContext(connection) as queries:
        found = rows(play, draft)

    monthly = [query["sql"] for query in queries if "projects_projectmonth" in query["sql"]]
    assert ([row.project for row in found], monthly) == ([mine], [])


def test_an_identifier_that_only_looks_like_ours_names_no_project(play: Play) -> None:
    full(play, code="")
    ours = package(play)["projects"][0]["id"]

    made = rows(play, staged(play, *({"id": ours[:-1] + end, "title": "y"} for end in ("x", "²", "9" * 30))))

    assert [row.state for row in made] == [ExchangeState.NEW] * 3


def test_what_the_document_does_not_say_stays(play: Play) -> None:
    full(play)
    document = {**package(play)["projects"][0], "title": "新名称"}
    del document["additionalClassifications"]

    row = rows(play, staged(play, document))[0]

    assert [each.field for each in row.changes] == ["name"]


def test_a_new_project_without_a_level_is_of_no_key_list(play: Play) -> None:
    assert taken(play, {"id": "x", "title": "y"})[0].level == ProjectLevel.OTHER


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"{", "not_json"), (b"[]", "no_projects"), (b'{"projects": 7}', "no_projects"), (b"[" * 9999, "not_json")],
)
def test_a_file_without_projects_is_refused(play: Play, data: bytes, code: str) -> None:
    with pytest.raises(DomainError) as caught:
        exchange.stage_exchange(play.office, file_name="x.json", data=data)

    assert caught.value.code == code


def test_a_file_is_taken_over_once(play: Play) -> None:
    draft = staged(play, example())
    exchange.commit_exchange(play.office, draft)

    with pytest.raises(DomainError) as caught:
        exchange.commit_exchange(play.office, draft)

    assert caught.value.code == "not_found"


@pytest.mark.parametrize("key", ["leader", "works_head", "statistics"])
def test_only_the_project_office_takes_projects_over(play: Play, key: str) -> None:
    with pytest.raises(Forbidden):
        exchange.stage_exchange(play.viewer(key), file_name="x", data=b"{}")


def test_what_the_county_does_not_have_is_said(play: Play) -> None:
    document = {"id": "x", "title": "y", "publicAuthority": {"name": "无此单位"}}

    row = rows(play, staged(play, document))[0]

    assert (row.state, row.notes) == (ExchangeState.NEW, ["没有名为“无此单位”的单位：该项目暂无责任单位。"])


# --- pages, programs, commands ---------------------------------------------------------------------------------------
def test_a_file_is_sent_in_looked_at_and_taken_over(play: Play, sit: Sit) -> None:
    desk = sit("project_office")
    desk.send("exchange", file=SimpleUploadedFile("x.json", to_text(example()).encode()))
    draft = ExchangeDraft.objects.get()
    looked = desk.open("exchange-draft", draft.pk).rows

    desk.send("exchange-commit", draft.pk, **sent(draft))

    assert (looked, Project.objects.get().name) == (
        [
            "1 M75 Junctions 4 to 5 upgrade smart motorway "
            "oc4ids-bu3kcz-m75-junctions-4-to-5-smart-motorway 新增 "
            "没有名为“Motorways UK”的单位：该项目暂无责任单位。一并登记：1 个节点。"
        ],
        "M75 Junctions 4 to 5 upgrade smart motorway",
    )


def test_a_project_is_handed_out_as_a_file(play: Play, sit: Sit) -> None:
    project = full(play)

    answer = sit("works_head").client.get(f"/projects/{project.pk}/oc4ids/")

    assert (answer["Content-Disposition"], json.loads(answer.content)["projects"][0]["title"]) == (
        f'attachment; filename="oc4ids-{project.pk}.json"',
        "涑水装备产业园",
    )


def test_a_program_gets_the_package(play: Play, sit: Sit) -> None:
    full(play)

    told = sit("leader").client.get("/api/projects/oc4ids/package", {"level": "province"}).json()

    assert [each["title"] for each in told["projects"]] == ["涑水装备产业园"]


def test_the_command_writes_a_package_and_reads_it_again(play: Play, tmp_path: Path) -> None:
    full(play)
    file = tmp_path / "x.json"
    call_command("export_projects", str(file), "--as=project_office", "--what=oc4ids")
    told = from_text(file.read_bytes())
    told["projects"][0]["title"] = "新名称"
    file.write_text(to_text(told))

    call_command("import_projects", str(file), "--as=project_office", "--into=oc4ids")

    assert Project.objects.get().name == "新名称"


def test_the_command_tells_what_is_refused(play: Play, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text('{"projects": [{"id": "x"}]}')

    with pytest.raises(CommandError, match="没有名称"):
        call_command("import_projects", str(file), "--as=project_office", "--into=oc4ids")
