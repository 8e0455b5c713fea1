"""What Python files and Django templates say to people: the msgids marked for translation."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.extract import extract
from django.utils.translation.template import templatize

# Where the msgid stands among a function's arguments, as Babel reads it; "c" is the context.
MARKS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "msg": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATE_ENDINGS = (".html", ".txt", ".svg")


class Spoken(NamedTuple):
    """A msgid as the source has it: ``msgid`` is a pair (singular, plural) for a counted one."""

    msgid: str | tuple[str, ...]
    context: str | None = None


def spoken_in(room: Path) -> Iterator[tuple[str, int, Spoken]]:
    """Place (``room/file``), line and msgid of everything said in ``room``, a folder or one file, in order of path."""
    for path in sorted([room, *room.rglob("*")]):
        for line, spoken in _spoken_in_file(path):
            yield path.relative_to(room.parent).as_posix(), line, spoken


def _spoken_in_file(path: Path) -> Iterator[tuple[int, Spoken]]:
    if path.suffix == ".py" and path.is_file():
        return spoken_in_python(path.read_text(encoding="utf-8"))
    if path.suffix in TEMPLATE_ENDINGS and "templates" in path.parts:
        return spoken_in_template(path.read_text(encoding="utf-8"))
    return iter(())


def spoken_in_python(source: str) -> Iterator[tuple[int, Spoken]]:
    """Line and msgid of every call of a function in `MARKS`."""
    for line, msgid, _, context in extract("python", BytesIO(source.encode()), keywords=MARKS):
        yield line, Spoken(msgid, context)


def spoken_in_template(source: str) -> Iterator[tuple[int, Spoken]]:
    """Line and msgid of every ``translate`` and ``blocktranslate`` tag and every ``_("...")`` in a template."""
    # Django turns the template into calls on the same lines; indentation would mean something to a Python reader.
    calls = "\n".join(line.lstrip() for line in templatize(source).split("\n"))
    return spoken_in_python(calls)
