"""Importing and exporting by command."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from sushui.supervision.models import ImportDraft, SupervisedTask, SupervisionOrder
from tests.supervision.imports.lists import HEADER, PLAIN, TITLE, listed, workbook
from tests.supervision.play import Play, march

UNCLEAR = (2, "建好一座桥", "", "县药发中心", "", "")
ISSUED = "--issued-on=2026-03-02"


@pytest.fixture
def list_file(tmp_path: Path) -> Path:
    """A place for the list."""
    return tmp_path / "清单.xlsx"


def run(name: str, *arguments: object) -> list[str]:
    """What the command says, line by line."""
    said = io.StringIO()
    with march(2):
        call_command(name, *map(str, arguments), stdout=said)
    return said.getvalue().splitlines()


def test_a_clear_list_is_imported(play: Play, list_file: Path) -> None:
    list_file.write_bytes(listed(PLAIN))

    lines = run("import_list", list_file, "--as=office", ISSUED)

    assert lines == ["表1：1 行，目前成为 1 个事项", f"已导入为第 1 号督办单：{TITLE}"]
    assert SupervisedTask.objects.get().title == "修好一条路"


def test_a_sheet_imported_before_is_told_and_not_imported_again(play: Play, list_file: Path) -> None:
    list_file.write_bytes(listed(PLAIN))
    run("import_list", list_file, "--as=office", ISSUED)

    with pytest.raises(CommandError):
        run("import_list", list_file, "--as=office", ISSUED)

    assert SupervisionOrder.objects.count() == 1


def test_a_sheet_imported_before_is_imported_again_when_that_is_said(play: Play, list_file: Path) -> None:
    list_file.write_bytes(listed(PLAIN))
    run("import_list", list_file, "--as=office", ISSUED)

    run("import_list", list_file, "--as=office", ISSUED, "--again")

    assert SupervisionOrder.objects.count() == 2


def test_a_register_that_cannot_be_written_is_said(play: Play, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="无法写入"):
        run("export_register", tmp_path / "nowhere" / "register.xlsx", "--as=office")


def test_a_state_that_is_none_is_refused(play: Play, list_file: Path) -> None:
    with pytest.raises(CommandError):
        run("export_register", list_file, "--as=office", "--state=foo")


def test_an_unclear_list_is_told_and_not_imported(play: Play, list_file: Path) -> None:
    list_file.write_bytes(listed(PLAIN, UNCLEAR))

    with pytest.raises(CommandError) as refused:
        run("import_list", list_file, "--as=office", ISSUED)

    assert (refused.value.returncode, SupervisionOrder.objects.count()) == (2, 0)


def test_when_one_sheet_is_unclear_none_is_imported(play: Play, list_file: Path) -> None:
    list_file.write_bytes(workbook([(TITLE,), HEADER, PLAIN], [(TITLE,), HEADER, UNCLEAR]))

    with pytest.raises(CommandError):
        run("import_list", list_file, "--as=office", ISSUED)

    assert SupervisionOrder.objects.count() == 0


def test_one_sheet_is_imported_by_its_number(play: Play, list_file: Path) -> None:
    list_file.write_bytes(workbook([(TITLE,), HEADER, UNCLEAR], [(TITLE,), HEADER, PLAIN]))

    run("import_list", list_file, "--as=office", ISSUED, "--sheet=2", "--order-title=三月清单")

    assert SupervisionOrder.objects.get().title == "三月清单"


def test_questions_are_written_and_their_answers_read(play: Play, list_file: Path, tmp_path: Path) -> None:
    list_file.write_bytes(listed(PLAIN, UNCLEAR))
    open_questions = tmp_path / "问题.json"
    with pytest.raises(CommandError):
        run("import_list", list_file, "--as=office", ISSUED, f"--questions={open_questions}")
    told = json.loads(open_questions.read_text(encoding="utf-8"))
    told["表1"]["answers"]["unknown_agency:县药发中心"] |= {"choice": "agencies", "agencies": ["县发改局"]}
    told["表1"]["answers"]["deadline:nothing_written"] |= {"choice": "on_day", "day": "2026-09-30"}
    open_questions.write_text(json.dumps(told), encoding="utf-8")

    run("import_list", list_file, "--as=office", ISSUED, f"--answers={open_questions}")

    made = SupervisedTask.objects.get(number=2)
    assert (made.lead_agency_id, f"{made.deadline_on}") == (play.county.agencies["reform"].pk, "2026-09-30")


@pytest.mark.parametrize(
    "answer",
    [
        {"choice": "guess"},
        {"choice": "agencies", "agencies": ["县药发局"]},
        {"choice": "on_day", "day": "9月30日"},
    ],
)
def test_an_answer_that_makes_no_sense_is_refused(
    play: Play, list_file: Path, tmp_path: Path, answer: dict[str, object]
) -> None:
    list_file.write_bytes(listed(UNCLEAR))
    answers = tmp_path / "回答.json"
    answers.write_text(json.dumps({"表1": {"answers": {"unknown_agency:县药发中心": answer}}}), encoding="utf-8")

    with pytest.raises(CommandError) as refused:
        run("import_list", list_file, "--as=office", ISSUED, f"--answers={answers}")

    assert str(refused.value).startswith("对“unknown_agency:县药发中心”的回答不能用")


def test_columns_are_named_in_the_answers(play: Play, list_file: Path, tmp_path: Path) -> None:
    list_file.write_bytes(workbook([("甲", "乙", "丙"), ("修路", "县住建局", "2026年6月")]))
    answers = tmp_path / "回答.json"
    columns = {"header_row": 1, "meanings": {"0": "title", "1": "lead_agencies", "2": "deadline"}}
    answers.write_text(json.dumps({"表1": {"columns": columns}}), encoding="utf-8")

    run("import_list", list_file, "--as=office", ISSUED, f"--answers={answers}")

    assert SupervisedTask.objects.get().title == "修路"


@pytest.mark.parametrize("who", ["nobody", "works_head"])
def test_the_command_may_do_what_the_account_may(play: Play, list_file: Path, who: str) -> None:
    list_file.write_bytes(listed(PLAIN))

    with pytest.raises(CommandError):
        run("import_list", list_file, f"--as={who}", ISSUED)

    assert ImportDraft.objects.count() == 0


def test_a_refused_file_is_said_in_a_sentence(play: Play, list_file: Path) -> None:
    list_file.write_bytes(b"not a workbook")

    with pytest.raises(CommandError) as refused:
        run("import_list", list_file, "--as=office", ISSUED)

    assert str(refused.value).startswith("不论文件名怎么写")


def test_the_register_is_exported(play: Play, list_file: Path, tmp_path: Path) -> None:
    list_file.write_bytes(listed(PLAIN))
    run("import_list", list_file, "--as=office", ISSUED)
    exported = tmp_path / "台账.xlsx"

    lines = run("export_register", exported, "--as=office")

    assert lines == [f"已把 1 个事项写入 {exported}。"]
    assert openpyxl.load_workbook(exported).active["C3"].value == "修好一条路"


def test_an_export_that_is_refused_leaves_no_file(play: Play, tmp_path: Path) -> None:
    exported = tmp_path / "台账.xlsx"

    with pytest.raises(CommandError):
        run("export_register", exported, "--as=works_head")

    assert not exported.exists()
