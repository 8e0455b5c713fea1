"""Messages of the house: collect, compile and check them, with Babel alone (no gettext binary).

    python tools/messages.py extract    write new msgids into every room's catalog, keep translations, mark unused ones
    python tools/messages.py compile    .po -> .mo (the build does this too)
    python tools/messages.py check      say what is missing, unused, fuzzy, uneven or written past the catalogs

A msgid is English; its Chinese stands in ``src/sushui/<room>/locale/zh_Hans/LC_MESSAGES/django.po`` of the room that
says it. Engines, configuration and the command line say nothing to people in their own words, so they have no catalog.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "sushui"
LOCALE = "zh_Hans"
CATALOG = Path("locale") / LOCALE / "LC_MESSAGES" / "django.po"
SPEECHLESS = ("cli.py", "commands", "config", "engines")

# No dates and no names: a catalog changes only when a message does.
HEADER = f"""\
msgid ""
msgstr ""
"Language: {LOCALE}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""

# %(name)s, %s, %d, {name}, {name:.2f}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdif]|\{\w*(?:[.:!][^{}]*)?\}")


# --- catalogs ---------------------------------------------------------------------------------------------------------


def rooms(package: Path = PACKAGE) -> list[Path]:
    """Folders of the rooms, in order of name: those that may hold a catalog."""
    return [folder for folder in sorted(package.iterdir()) if _is_room(folder)]


def _is_room(folder: Path) -> bool:
    return (folder / "__init__.py").exists() and folder.name not in SPEECHLESS


def read_catalog(path: Path) -> Catalog:
    """The catalog at ``path``; an empty one when there is no file yet."""
    if not path.exists():
        return Catalog(locale=LOCALE)
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE, abort_invalid=True)


def write_catalog(path: Path, catalog: Catalog) -> None:
    """Write ``catalog`` in the order of its sources, one line a message, without line numbers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(HEADER.encode())
        write_po(file, catalog, width=0, omit_header=True, include_lineno=False)


def messages_in(catalog: Catalog) -> Iterator[Message]:
    """The messages in use, without the header."""
    return (message for message in catalog if message.id)


def said_in(room: Path) -> Catalog:
    """A catalog without translations of everything that the sources of ``room`` say."""
    from tools.message_sources import spoken_in  # reads templates with Django, which a build does not have

    said = Catalog(locale=LOCALE)
    for place, line, spoken in spoken_in(room):
        said.add(spoken.msgid, locations=[(place, line)], context=spoken.context)
    return said


# --- extract, compile -------------------------------------------------------------------------------------------------


def extract(package: Path = PACKAGE) -> list[str]:
    """Bring every room's catalog up to its sources and return one line about each catalog that changed."""
    return [line for room in rooms(package) for line in _extract_room(room)]


def _extract_room(room: Path) -> list[str]:
    path = room / CATALOG
    said = said_in(room)
    if not path.exists() and not len(said):
        return []
    before = path.read_bytes() if path.exists() else b""
    write_catalog(path, merged(read_catalog(path), said))
    return [f"{room.name}: catalog written"] if path.read_bytes() != before else []


def merged(catalog: Catalog, said: Catalog) -> Catalog:
    """``catalog`` with every message of ``said``, translations kept; what is no longer said turns obsolete (``#~``)."""
    for message in list(catalog.obsolete.values()):
        catalog[message.id] = message
    catalog.obsolete.clear()
    catalog.update(said, no_fuzzy_matching=True)
    return catalog


def compile_catalogs(package: Path = PACKAGE) -> list[Path]:
    """Compile every catalog beside itself and return the paths of the ``.mo`` files."""
    compiled = []
    for room in rooms(package):
        path = room / CATALOG
        if path.exists():
            compiled.append(path.with_suffix(".mo"))
            with compiled[-1].open("wb") as file:
                write_mo(file, read_catalog(path))
    return compiled


# --- check ------------------------------------------------------------------------------------------------------------


def problems(package: Path = PACKAGE) -> list[str]:
    """Everything that keeps the product from being complete in both languages, one sentence each."""
    from tools.literals import literal_problems  # parses templates with Django, which a build does not have

    found = [problem for room in rooms(package) for problem in _room_problems(room)]
    found += _speechless_problems(package)
    found += _disagreements(package)
    found += literal_problems(package)
    return found


def _room_problems(room: Path) -> Iterator[str]:
    catalog, said = read_catalog(room / CATALOG), said_in(room)
    for message in messages_in(said):
        if catalog.get(message.id, message.context) is None:
            yield f"{room.name}: {_shown(message)} is not in the catalog (make messages)"
    for message in messages_in(catalog):
        if said.get(message.id, message.context) is None:
            yield f"{room.name}: {_shown(message)} is said nowhere, remove it"
        yield from (f"{room.name}: {_shown(message)} {complaint}" for complaint in complaints(message))
    for message in catalog.obsolete.values():
        yield f"{room.name}: {_shown(message)} is marked as unused, remove it"


def complaints(message: Message) -> Iterator[str]:
    """What is wrong with the translation of ``message``, as ends of a sentence."""
    translations = _translations(message)
    if not all(translations):
        yield "is not translated"
    elif message.fuzzy:
        yield "is marked fuzzy: read it and remove the mark"
    elif any(_placeholders(text) != _placeholders(_fullest(message)) for text in translations):
        yield "has other placeholders in its translation"


def _translations(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or [""])


def _fullest(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[-1]


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text.replace("%%", "")))


def _speechless_problems(package: Path) -> Iterator[str]:
    from tools.message_sources import spoken_in  # see said_in

    for name in SPEECHLESS:
        for place, line, spoken in spoken_in(package / name):
            yield f"{place}:{line}: {spoken.msgid!r} is said where there is no catalog"


def _disagreements(package: Path) -> Iterator[str]:
    """Messages that two rooms translate differently: one concept, one word."""
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for room in rooms(package):
        for message in messages_in(read_catalog(room / CATALOG)):
            key, string = (str(message.id), message.context or ""), str(message.string)
            other, other_string = first.setdefault(key, (room.name, string))
            if string != other_string:
                yield f"{room.name}: {_shown(message)} is {string} here and {other_string} in {other}"


def _shown(message: Message) -> str:
    return f"{_fullest(message)!r}" + (f" ({message.context})" if message.context else "")


# --- command ----------------------------------------------------------------------------------------------------------


def _extract_command() -> int:
    return _print(extract(), fails=False)


def _compile_command() -> int:
    return _print([f"{path.relative_to(ROOT)}" for path in compile_catalogs()], fails=False)


def _check_command() -> int:
    return _print(problems(), fails=True)


def _print(lines: Iterable[str], *, fails: bool) -> int:
    shown = list(lines)
    print("\n".join(shown) if shown else "messages: nothing to say.")
    return int(fails and bool(shown))


COMMANDS: dict[str, Callable[[], int]] = {
    "extract": _extract_command,
    "compile": _compile_command,
    "check": _check_command,
}


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print(__doc__)
        return 2
    return COMMANDS[arguments[0]]()


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))  # run by its path, the file finds its neighbors as `tools.*`
    sys.exit(main(sys.argv[1:]))
