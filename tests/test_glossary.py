"""One concept, one word: the catalogs say what the glossary says."""

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from tools.messages import CATALOG, messages_in, read_catalog, rooms

GLOSSARY = Path(__file__).resolve().parent.parent / "docs" / "glossary.md"


class Entry(NamedTuple):
    """A row of the glossary."""

    english: str
    chinese: str
    sentence: str
    banned: tuple[str, ...]


def entries():
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    bodies = [row for row in rows if row[0] != "English" and not row[0].startswith("---")]
    return [Entry(*row[:3], tuple(filter(None, row[3].split(", ")))) for row in bodies]


def words_on_pages():
    """Room, msgid in lower case and Chinese of every translated message that stands without a context."""
    return [
        (room.name, message.id.lower(), message.string)
        for room in rooms()
        for message in messages_in(read_catalog(room / CATALOG))
        if isinstance(message.id, str) and message.string and not message.context
    ]


def test_glossary_has_a_sentence_and_chinese_for_every_word():
    unfinished = [e.english for e in entries() if not re.search(r"[一-鿿]", e.chinese) or not e.sentence.endswith(".")]

    assert unfinished == []


def test_glossary_names_each_concept_once():
    twice = [word for word, times in Counter(entry.english for entry in entries()).items() if times > 1]

    assert twice == []


def test_glossary_bans_none_of_its_own_words():
    own = {entry.english for entry in entries()}

    assert [word for entry in entries() for word in entry.banned if word in own] == []


def test_catalogs_use_the_chinese_of_the_glossary():
    chinese = {form: entry.chinese for entry in entries() for form in (entry.english, f"{entry.english}s")}

    found = [(room, word, text, chinese[word]) for room, word, text in words_on_pages() if word in chinese]

    assert [each for each in found if each[2] != each[3]] == []


def test_catalogs_use_no_banned_word_as_a_name():
    banned = {word: entry.english for entry in entries() for word in entry.banned}

    wrong = [(room, word, banned[word]) for room, word, _ in words_on_pages() if word in banned]

    assert wrong == []
