"""Catalogs follow the sources, and nothing untranslated gets through."""

import gettext
from pathlib import Path

import pytest

from tools.messages import CATALOG, HEADER, compile_catalogs, extract, problems


@pytest.fixture
def package(tmp_path):
    """A package of two rooms that say nothing yet."""
    for room in ("desk", "supervision"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").touch()
    return tmp_path


def say(package: Path, place: str, source: str) -> None:
    path = package / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source)


def translate(package: Path, room: str, entries: str) -> None:
    path = package / room / CATALOG
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + entries)


def catalog_text(package: Path, room: str) -> str:
    return (package / room / CATALOG).read_text().removeprefix(HEADER)


# --- extract ----------------------------------------------------------------------------------------------------------


def test_extract_adds_a_new_message_without_translation(package):
    say(package, "desk/views.py", '_("Close")')

    written = extract(package)

    assert written == ["desk: catalog written"]
    assert catalog_text(package, "desk") == '#: desk/views.py\nmsgid "Close"\nmsgstr ""\n\n'


def test_extract_keeps_a_translation(package):
    say(package, "desk/views.py", '_("Close")')
    translate(package, "desk", 'msgid "Close"\nmsgstr "销号"\n')

    extract(package)

    assert catalog_text(package, "desk") == '#: desk/views.py\nmsgid "Close"\nmsgstr "销号"\n\n'


def test_extract_marks_what_is_no_longer_said(package):
    translate(package, "desk", 'msgid "Close"\nmsgstr "销号"\n')

    extract(package)

    assert catalog_text(package, "desk") == '#~ msgid "Close"\n#~ msgstr "销号"\n\n'


def test_extract_takes_back_what_is_said_again(package):
    say(package, "desk/views.py", '_("Close")')
    translate(package, "desk", '#~ msgid "Close"\n#~ msgstr "销号"\n')

    extract(package)

    assert catalog_text(package, "desk") == '#: desk/views.py\nmsgid "Close"\nmsgstr "销号"\n\n'


def test_extract_never_guesses_a_translation(package):
    say(package, "desk/views.py", '_("Closed")')
    translate(package, "desk", 'msgid "Close"\nmsgstr "销号"\n')

    extract(package)

    assert catalog_text(package, "desk").splitlines()[:3] == ["#: desk/views.py", 'msgid "Closed"', 'msgstr ""']


def test_extract_writes_one_form_for_a_counted_message(package):
    say(package, "desk/views.py", 'ngettext("%(n)s day", "%(n)s days", n)')

    extract(package)

    assert catalog_text(package, "desk").splitlines()[2:] == [
        'msgid "%(n)s day"',
        'msgid_plural "%(n)s days"',
        'msgstr[0] ""',
        "",
    ]


def test_extract_again_changes_nothing(package):
    say(package, "desk/views.py", '_("Close"); pgettext("a task", "Return")')
    extract(package)

    assert extract(package) == []


# --- compile ----------------------------------------------------------------------------------------------------------


def test_compile_gives_what_gettext_reads(package):
    entries = (
        'msgctxt "a task"\nmsgid "Return"\nmsgstr "退回"\n\nmsgid "a day"\nmsgid_plural "%s days"\nmsgstr[0] "%s天"\n'
    )
    translate(package, "desk", entries)

    [path] = compile_catalogs(package)

    with path.open("rb") as file:
        chinese = gettext.GNUTranslations(file)
    assert chinese.pgettext("a task", "Return") == "退回"
    assert chinese.ngettext("a day", "%s days", 1) == "%s天"


# --- check ------------------------------------------------------------------------------------------------------------


def test_check_passes_a_complete_catalog(package):
    say(package, "desk/views.py", '_("Close %(title)s")')
    translate(package, "desk", 'msgid "Close %(title)s"\nmsgstr "销号:%(title)s"\n')

    assert problems(package) == []


def test_check_finds_a_message_without_entry(package):
    say(package, "desk/views.py", '_("Close")')

    assert problems(package) == ["desk: 'Close' is not in the catalog (make messages)"]


def test_check_tells_a_context_apart(package):
    say(package, "desk/views.py", 'pgettext("a task", "Return")')
    translate(package, "desk", 'msgid "Return"\nmsgstr "退回"\n')

    assert problems(package) == [
        "desk: 'Return' (a task) is not in the catalog (make messages)",
        "desk: 'Return' is said nowhere, remove it",
    ]


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ('msgid "%(n)s left"\nmsgstr ""\n', "is not translated"),
        ('#, fuzzy\nmsgid "%(n)s left"\nmsgstr "还有 %(n)s"\n', "is marked fuzzy: read it and remove the mark"),
        ('msgid "%(n)s left"\nmsgstr "还有 %(m)s"\n', "has other placeholders in its translation"),
        ('msgid "%(n)s left"\nmsgstr "还有"\n', "has other placeholders in its translation"),
    ],
)
def test_check_finds_a_bad_translation(package, entry, complaint):
    say(package, "desk/views.py", '_("%(n)s left")')
    translate(package, "desk", entry)

    assert problems(package) == [f"desk: '%(n)s left' {complaint}"]


def test_check_finds_an_obsolete_entry(package):
    translate(package, "desk", '#~ msgid "Close"\n#~ msgstr "销号"\n')

    assert problems(package) == ["desk: 'Close' is marked as unused, remove it"]


def test_check_finds_rooms_that_disagree(package):
    for room, chinese in (("desk", "关闭"), ("supervision", "销号")):
        say(package, f"{room}/views.py", '_("Close")')
        translate(package, room, f'msgid "Close"\nmsgstr "{chinese}"\n')

    assert problems(package) == ["supervision: 'Close' is 销号 here and 关闭 in desk"]


def test_check_finds_a_message_where_no_catalog_is(package):
    say(package, "engines/calendar/clocks.py", '_("Close")')

    assert problems(package) == ["engines/calendar/clocks.py:1: 'Close' is said where there is no catalog"]


def test_check_finds_texts_past_the_catalogs(package):
    say(package, "desk/views.py", 'title = "逾期"')

    assert problems(package) == ["desk/views.py:1: '逾期' is Chinese in code: put it into the catalog"]
