"""`sushui minutes`: what it prints, and the sentence for each file that it cannot read."""

from __future__ import annotations

import io
import json

import pytest
from rich.console import Console

from sushui.commands.minutes import MinutesRefused
from sushui.commands.minutes.reading import SENTENCES, Options, run
from sushui.engines.minutes import Refusal
from tests.engines.minutes.documents import paragraph, pdf, word
from tests.test_cli import sushui

TEXT = (
    "专题会议纪要\n2026年3月12日，副县长主持召开专题会议。"
    "会议要求，由县住建局牵头，县水利局配合，6月底前完成管网改造。\n"
)


def printed(path, **options):
    console = Console(file=io.StringIO(), width=200)
    run(Options(str(path), **options), console)
    return console.file.getvalue()


def refused(path, **options):
    with pytest.raises(MinutesRefused) as refusal:
        printed(path, **options)
    return str(refusal.value)


@pytest.fixture
def minutes(tmp_path):
    path = tmp_path / "minutes.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_table_shows_task_owners_and_day(minutes):
    row = next(line.split() for line in printed(minutes).splitlines() if "完成管网改造" in line)

    assert row[:5] == ["1", "6月底前完成管网改造", "县住建局", "(lead)、县水利局", "(supporting)"]


def test_json_holds_everything_with_its_place(minutes):
    (meeting,) = json.loads(printed(minutes, format="json"))["meetings"]
    (draft,) = meeting["drafts"]

    assert (meeting["held"]["on"], meeting["held"]["reason"]) == ("2026-03-12", "stated")
    assert TEXT[draft["span"]["start"] : draft["span"]["end"]] == draft["action"]
    assert (draft["deadline"]["on"], draft["deadline"]["year_reason"]) == ("2026-06-30", "meeting_year")


def test_word_document_is_read_like_its_text(minutes, tmp_path):
    (tmp_path / "minutes.docx").write_bytes(word("".join(map(paragraph, TEXT.splitlines()))))

    assert printed(tmp_path / "minutes.docx") == printed(minutes)


def test_year_in_the_name_of_a_file_is_taken_and_said(tmp_path):
    path = tmp_path / "news-2026-03.txt"
    path.write_text("3月12日，县长召开会议。", encoding="utf-8")

    assert printed(path).splitlines()[0] == "Known from the file's name: 2026."


def test_year_said_is_stronger_than_the_name(tmp_path):
    path = tmp_path / "news-2026-03.txt"
    path.write_text("3月12日，县长召开会议。", encoding="utf-8")

    known = json.loads(printed(path, format="json", year=2025))["known"]

    assert known == {"day": None, "year": 2025, "from": "--year"}


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        (
            "scan.pdf",
            pdf(""),
            "scan.pdf: its 1 pages are pictures without text. Have them recognized, or paste the text.",
        ),
        (
            "english.txt",
            b"Nothing was asked.",
            "english.txt: hardly any of it is Chinese. Only Chinese texts can be read.",
        ),
        (
            "long.txt",
            "会".encode() * 3_500_000,
            "long.txt: it has 3,500,000 signs, and 500,000 can be read. Cut it at its meetings.",
        ),
        (
            "odd.txt",
            "会议\x01纪要".encode(),
            "odd.txt: sign 2 is no character of a text. Save the text anew as UTF-8.",
        ),
        (
            "programs.docx",
            word("", extra={"word/vbaProject.bin": b"x"}),
            "programs.docx: there are programs (macros) in it. Save it as .docx without them.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value and " " not in value else "",
)
def test_file_is_refused_in_a_sentence(tmp_path, name, data, sentence):
    (tmp_path / name).write_bytes(data)

    assert refused(tmp_path / name) == sentence


def test_file_that_is_not_there_is_said(tmp_path):
    assert refused(tmp_path / "none.txt") == f"{tmp_path / 'none.txt'} cannot be read: No such file or directory."


def test_unknown_format_is_said(minutes):
    assert refused(minutes, format="xml") == "--format is table or json, not xml."


def test_day_that_is_none_is_said(minutes):
    assert refused(minutes, day="12.3.") == "--day is a day such as 2026-03-12, not 12.3.."


def test_every_refusal_has_its_sentence():
    assert set(SENTENCES) == set(Refusal)


def test_command_reads_without_a_database(minutes):
    done = sushui("minutes", str(minutes), "--format", "json")

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["meetings"][0]["drafts"][0]["pattern"] == "led_by"


def test_command_says_a_refusal_without_a_traceback(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")

    done = sushui("minutes", str(tmp_path / "empty.txt"))

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
