"""A workbook as the next version of the portfolio: out, edited, in; nothing of it is half done."""

from __future__ import annotations

import io
from argparse import ArgumentTypeError
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import translation

from sushui.kernel.errors import DomainError, Forbidden
from sushui.projects import services
from sushui.projects.enums import FundingSource, ListKind, PortfolioState, ProjectStage
from sushui.projects.management.kinds import told_kind
from sushui.projects.models import PortfolioVersion, SheetDraft
from sushui.projects.queries.portfolios import EntryFilter
from sushui.projects.services import imports, portfolios
from sushui.projects.services.imports import ForPortfolio, SheetUnderstanding
from sushui.projects.services.portfolio_books import export_version
from tests.projects.imports.books import answered, asked, changes, states, table
from tests.projects.pages.reading import Desk
from tests.projects.portfolios.lists import DAY, Lists

pytestmark = pytest.mark.usefixtures("_in_january")
HEADER = ("序号", "项目代码", "项目名称", "级别", "产业集群", "年度计划投资（万元）", "银行贷款（万元）", "备注")
WAN = Decimal(10_000)
Edit = Callable[[Any], None]


def exported(lists: Lists, version: PortfolioVersion) -> bytes:
    made = io.BytesIO()
    export_version(lists.office, version, EntryFilter(), made)
    return made.getvalue()


def edited(data: bytes, edit: Edit) -> bytes:
    """The workbook with its first sheet changed by hand."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    edit(book.worksheets[0])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def row_of(sheet: Any, name: str) -> int:
    return next(cell.row for column in sheet.iter_cols() for cell in column if cell.value == name)


def column_of(sheet: Any, heading: str) -> int:
    return next(cell.column for row in sheet.iter_rows() for cell in row if str(cell.value or "").startswith(heading))


def sent(lists: Lists, version: PortfolioVersion, data: bytes) -> SheetDraft:
    listed = ForPortfolio(version.portfolio, version)
    return imports.stage_workbook(lists.office, ListKind.PORTFOLIO, file_name="盘子.xlsx", data=data, listed=listed)[0]


def understood(lists: Lists, draft: SheetDraft) -> SheetUnderstanding:
    return imports.show_draft(lists.office, draft)


def imported(lists: Lists, draft: SheetDraft) -> PortfolioVersion:
    understood(lists, draft)
    done = imports.commit_draft(lists.office, draft)
    return PortfolioVersion.objects.get(pk=done.outcome["portfolio_version"])


def three(lists: Lists) -> PortfolioVersion:
    """Version 1 with 甲, 乙 and 丙 in this order."""
    for size, name in zip((3, 2, 1), "甲乙丙", strict=True):
        lists.sized(name, size)
    return lists.drafted()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_was_exported_changes_nothing(lists: Lists, language: str) -> None:
    lists.cluster("装备制造")
    version = three(lists)
    with translation.override(language):
        draft = sent(lists, version, exported(lists, version))
        found = understood(lists, draft)

    assert (states(found), asked(found), found.reading.doubts) == (["unchanged"] * 3, [], ())
    with pytest.raises(DomainError) as refused:
        imports.commit_draft(lists.office, draft)
    assert refused.value.code == "nothing_to_import"


def test_an_edited_export_becomes_the_next_version(lists: Lists) -> None:
    lists.cluster("装备制造")
    version = three(lists)
    lists.sized("丁", 9)

    def edit(sheet: Any) -> None:
        sheet.cell(row_of(sheet, "甲"), column_of(sheet, "2026")).value = 5000
        sheet.cell(row_of(sheet, "甲"), column_of(sheet, "产业集群")).value = "装备制造"
        sheet.cell(row_of(sheet, "甲"), column_of(sheet, "备注")).value = "提前开工"
        name = sheet.cell(row_of(sheet, "乙"), column_of(sheet, "项目名称"))
        name.value = "丁"

    draft = sent(lists, version, edited(exported(lists, version), edit))
    found = understood(lists, draft)

    assert states(found) == ["changed", "enters", "unchanged", "leaves"]
    assert changes(found)["year_plan"] == (None, 5000 * WAN)
    new = imported(lists, draft)
    entry = lists.entry(new, "甲")
    assert (new.number, new.state, new.based_on, lists.names(new)) == (2, PortfolioState.DRAFT, version, list("甲丁丙"))
    assert (entry.planned, entry.cluster.name, entry.note) == (5000 * WAN, "装备制造", "提前开工")
    assert lists.names(version) == list("甲乙丙")


def book(*rows: Sequence[Any], header: Sequence[str] = HEADER) -> bytes:
    """A list as an office keeps it, without ranks."""
    return table(*rows, header=header, title="2026年项目盘子")


def row(name: str, *rest: Any) -> list[Any]:
    return [None, None, name, *rest]


def test_a_list_of_the_office_s_own_is_held_against_the_version(lists: Lists) -> None:
    version = three(lists)

    found = understood(lists, sent(lists, version, book(row("丙", "省级"), row("甲"), row("乙", None, None, "1,200"))))

    assert states(found) == ["changed", "unchanged", "changed"]
    assert changes(found, 0) == {"position": (3, 1), "level": ("other", "province")}
    assert changes(found, 2) == {"year_plan": (None, 1200 * WAN)}


def test_a_project_is_known_by_its_code_whatever_stands_as_its_name(lists: Lists) -> None:
    code = "2026-140826-47-01-123456"
    lists.sized("甲", 2, code=code, confirmed=frozenset({"code"}))
    version = lists.drafted()

    found = understood(lists, sent(lists, version, book([1, code, "甲（一期）", None, None, 300])))

    assert (states(found), found.rows[0].project.name) == (["changed"], "甲")


def test_unknown_and_ambiguous_rows_are_listed_and_nothing_is_written(lists: Lists) -> None:
    version = three(lists)
    lists.sized("丁", 1, code="2026-140826-47-01-000001", confirmed=frozenset({"code"}))
    lists.sized("丁", 1, code="2026-140826-47-01-000002", confirmed=frozenset({"code"}))
    draft = sent(lists, version, book(row("甲"), row("丁"), row("没有的项目"), row("甲")))

    with pytest.raises(DomainError) as refused:
        imports.commit_draft(lists.office, draft)

    assert asked(understood(lists, draft)) == [
        ("several_projects:丁", (4,)),
        ("unknown_project:没有的项目", (5,)),
        ("twice:6", (6,)),
    ]
    assert (refused.value.code, PortfolioVersion.objects.count()) == ("questions_open", 1)


def test_rows_left_out_let_the_rest_come_in(lists: Lists) -> None:
    version = three(lists)
    draft = sent(lists, version, book(row("甲"), row("没有的项目")))

    draft = answered(lists.office, draft, {"unknown_project:没有的项目": "leave_out"})

    assert states(understood(lists, draft)) == ["unchanged", "left_out", "leaves", "leaves"]
    assert lists.names(imported(lists, draft)) == ["甲"]


def test_an_unknown_cluster_is_asked(lists: Lists) -> None:
    lists.cluster("装备制造")
    version = three(lists)

    found = understood(lists, sent(lists, version, book(row("甲", None, "装备"))))

    assert asked(found) == [("unknown_cluster:装备", (3,))]


def test_a_terminated_project_can_only_be_left_out(lists: Lists) -> None:
    version = three(lists)
    project = lists.entry(version, "甲").project
    services.move_project(lists.office, project, stage=ProjectStage.TERMINATED, on=DAY, note="企业退出")

    found = understood(lists, sent(lists, version, book(row("甲"), row("乙"), row("丙"))))

    assert asked(found) == [("ended:甲", (3,))]


def test_ranks_that_stand_twice_are_asked(lists: Lists) -> None:
    version = three(lists)
    header = ("位次", "项目名称")
    draft = sent(lists, version, book((2, "甲"), (2, "乙"), (1, "丙"), header=header))

    assert asked(understood(lists, draft)) == [("no_order", ())]
    draft = answered(lists.office, draft, {"no_order": "ranks_first"})
    assert lists.names(imported(lists, draft)) == ["丙", "甲", "乙"]


def test_the_plan_of_another_year_is_not_taken_unasked(lists: Lists) -> None:
    version = three(lists)
    header = ("项目名称", "2025年度计划投资（万元）")
    draft = sent(lists, version, book(("甲", 10), ("乙", 20), ("丙", 30), header=header))

    assert asked(understood(lists, draft)) == [("other_year:2025 ≠ 2026", ())]
    draft = answered(lists.office, draft, {"other_year:2025 ≠ 2026": "as_it_stands"})
    assert states(understood(lists, draft)) == ["unchanged"] * 3


def test_months_that_cannot_be_stay_as_they_stand(lists: Lists) -> None:
    version = three(lists)
    header = ("项目名称", "计划开工", "计划竣工")
    draft = sent(lists, version, book(("甲", "2026-09", "2026-03"), ("乙",), ("丙",), header=header))

    assert asked(understood(lists, draft)) == [("impossible_months:3", (3,))]
    draft = answered(lists.office, draft, {"impossible_months:3": "as_it_stands"})
    assert states(understood(lists, draft)) == ["unchanged"] * 3


def test_an_approved_version_is_adjusted_with_a_reason(lists: Lists) -> None:
    version = lists.approved(three(lists))
    draft = sent(lists, version, book(row("甲"), row("乙")))

    assert asked(understood(lists, draft)) == [("no_adjustment", ())]
    new = imported(lists, answered(lists.office, draft, {"no_adjustment": "年中调整"}))

    assert (new.note, lists.names(new), lists.names(version)) == ("年中调整", list("甲乙"), list("甲乙丙"))


def test_what_the_list_says_by_itself_stays_in_the_next_version(lists: Lists) -> None:
    version = three(lists)
    rows = book(row("甲", "市级", None, None, 20000), row("乙"), row("丙"))
    new = imported(lists, sent(lists, version, rows))

    entry = lists.entry(portfolios.draft_from_version(lists.office, new), "甲")

    assert (entry.level, entry.sources) == ("city", {FundingSource.BANK_LOANS: "200000000.00"})
    assert (entry.own, entry.project.level) == (["level", "sources"], "other")


def test_what_changed_meanwhile_is_shown_again_before_it_is_written(lists: Lists) -> None:
    version = three(lists)
    draft = sent(lists, version, book(row("甲"), row("乙")))
    understood(lists, draft)
    portfolios.take_out(lists.office, lists.entry(version, "丙"), reason="撤项")

    with pytest.raises(DomainError) as refused:
        imports.commit_draft(lists.office, draft)

    assert (refused.value.code, PortfolioVersion.objects.count()) == ("preview_outdated", 1)


def test_a_workbook_can_be_the_first_version(lists: Lists) -> None:
    lists.sized("甲", 2)
    lists.sized("乙", 3)
    listed = ForPortfolio(lists.open())
    draft = imports.stage_workbook(
        lists.office, ListKind.PORTFOLIO, file_name="盘子.xlsx", data=book(row("甲"), row("乙")), listed=listed
    )[0]

    new = imported(lists, draft)

    assert (new.number, new.based_on, lists.names(new)) == (1, None, ["甲", "乙"])


def test_a_sheet_of_the_portfolio_names_its_list(lists: Lists) -> None:
    with pytest.raises(DomainError) as refused:
        imports.stage_workbook(lists.office, ListKind.PORTFOLIO, file_name="a.xlsx", data=book(row("甲")))

    assert refused.value.code == "portfolio_missing"


def test_the_pages_lead_from_the_version_to_the_next_one(lists: Lists, sit: Callable[[str], Desk]) -> None:
    version, desk = three(lists), sit("project_office")
    file = SimpleUploadedFile("盘子.xlsx", book(row("丙"), row("甲", "市级")))

    address = f"/projects/portfolios/{version.portfolio_id}/import/"
    rows = desk.client.post(address, {"file": file, "based_on": version.pk}, follow=True).redirect_chain[-1][0]
    shown = desk.client.get(rows).content.decode()
    done = desk.client.post(rows.replace("rows", "commit"), {"version": 1}, follow=True)

    new = PortfolioVersion.objects.get(number=2)
    assert (shown.count("<tr data-row>"), "乙" in shown, lists.names(new)) == (3, True, ["丙", "甲"])
    assert done.redirect_chain[-1][0] == f"/projects/portfolios/versions/{new.pk}/"


def test_programs_name_the_list_and_its_version(lists: Lists, sit: Callable[[str], Desk]) -> None:
    version, desk = three(lists), sit("project_office")
    said = {"kind": "portfolio", "portfolio_id": version.portfolio_id, "based_on_id": version.pk}
    file = SimpleUploadedFile("盘子.xlsx", book(row("甲"), row("乙")))

    sent = desk.client.post("/api/projects/imports", {**said, "file": file}, headers={"Idempotency-Key": "one"})
    told = desk.client.get(f"/api/projects/imports/{sent.json()['items'][0]['id']}").json()

    assert [(each["number"], each["state"]) for each in told["rows"]] == [
        (3, "unchanged"),
        (4, "unchanged"),
        (-3, "leaves"),
    ]


def test_only_whoever_keeps_the_list_sends_a_version_in(lists: Lists) -> None:
    listed = ForPortfolio(three(lists).portfolio)

    with pytest.raises(Forbidden):
        imports.stage_workbook(
            lists.viewer("works_handler"), ListKind.PORTFOLIO, file_name="a.xlsx", data=book(row("甲")), listed=listed
        )


def test_a_version_goes_out_and_comes_in_by_command(lists: Lists, tmp_path: Path) -> None:
    version = three(lists)
    file = tmp_path / "盘子.xlsx"
    said = f"portfolio:{version.portfolio_id}"
    call_command("export_projects", str(file), "--as=project_office", f"--what={said}")
    changed = edited(file.read_bytes(), lambda sheet: sheet.delete_rows(row_of(sheet, "乙")))
    file.write_bytes(changed)

    call_command("import_projects", str(file), "--as=project_office", f"--into={said}")

    assert lists.names(PortfolioVersion.objects.get(number=2)) == ["甲", "丙"]


@pytest.mark.parametrize("said", ["portfolio", "ledger:3", "portfolio:x"])
def test_a_command_names_the_list_of_a_version_and_of_nothing_else(said: str) -> None:
    with pytest.raises(ArgumentTypeError):
        told_kind(said)
