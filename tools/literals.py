"""Texts that go past the catalogs: Chinese in code, bare words in templates, sentences that nobody marked."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from django.template.base import Lexer, Token, TokenType

from tools.message_sources import TEMPLATE_ENDINGS

HAN = re.compile(r"[\u3400-\u9fff]")
WORD = re.compile(r"[A-Za-z\u3400-\u9fff]{2,}")

# Places below src/sushui that may hold Chinese in code, each with its reason.
MAY_HOLD_CHINESE = {
    "engines/*": "grammars and official names that an engine reads in what people wrote",
    "*/sample/*": "the made-up county is Chinese data",
    "*/sample.py": "the made-up county is Chinese data",
    "*/data/*": "official tables",
    "kernel/readings.py": "the range of Han characters, in a pattern",
    "config/settings.py": "a language is named in itself",
}
# Python that names things for nobody to read.
MAY_LEAVE_UNMARKED = {"*/migrations/*": "Django repeats the model's names there and shows them to nobody"}
# Templates whose bare words nobody needs translated, each with its reason.
MAY_HOLD_WORDS = {
    "kernel/templates/kernel/look/*": "the page of components exists in development only and shows made-up content",
}
NAMES = {"Sushui"}
# An attribute that fills a block looks like text once the tags are gone.
DATA_ATTRIBUTE = re.compile(r"\bdata-[\w-]+")
TAG_ARGUMENT = re.compile(r"""\b(?:alt|empty|help|label|reason|sentence|title)=(["'])(.*?)\1""")
CODE = {"kbd", "script", "style"}  # a key is named as it is printed on the keyboard

SHOWN_ATTRIBUTES = {"alt", "aria-label", "data-label", "placeholder", "title"}
SHOWN_KEYWORDS = {"empty_label", "help_text", "label", "mend", "sentence", "verbose_name", "verbose_name_plural"}
# Positions of the sentences in calls that refuse or tell something.
SHOWN_ARGUMENTS = {
    "DomainError": (1, 2),
    "Forbidden": (0, 1),
    "messages.success": (1,),
    "messages.warning": (1,),
    "messages.error": (1,),
}


class Found(NamedTuple):
    line: int
    text: str


def literal_problems(package: Path) -> Iterator[str]:
    """One sentence for each text below ``package`` that a person would read untranslated."""
    for path in sorted(package.rglob("*")):
        place = path.relative_to(package).as_posix()
        if path.suffix == ".py":
            yield from _python_problems(place, path.read_text(encoding="utf-8"))
        elif path.suffix in TEMPLATE_ENDINGS and "/templates/" in place and not _is_excused(place, MAY_HOLD_WORDS):
            yield from _sentences(place, bare_words(path.read_text(encoding="utf-8")), "is bare text in a template")


def _python_problems(place: str, source: str) -> Iterator[str]:
    if not _is_excused(place, MAY_HOLD_CHINESE):
        yield from _sentences(place, chinese_literals(source), "is Chinese in code: put it into the catalog")
    if not _is_excused(place, MAY_LEAVE_UNMARKED):
        yield from _sentences(place, unmarked_texts(source), "is shown to people but not marked for translation")


def _is_excused(place: str, table: Iterable[str]) -> bool:
    return any(fnmatch(place, pattern) for pattern in table)


def _sentences(place: str, found: Iterable[Found], complaint: str) -> Iterator[str]:
    return (f"{place}:{line}: {text!r} {complaint}" for line, text in found)


# --- Python -----------------------------------------------------------------------------------------------------------


def chinese_literals(source: str) -> Iterator[Found]:
    """Strings with Chinese characters, docstrings aside."""
    tree = ast.parse(source)
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    spoken = (node for node in ast.walk(tree) if id(node) not in bare)
    return (found for found in _texts(spoken) if HAN.search(found.text))


def unmarked_texts(source: str) -> Iterator[Found]:
    """Literals where a person will read them (labels, help, refusals, notices) without a mark around them."""
    shown = (part for node in ast.walk(ast.parse(source)) for part in _shown_parts(node))
    return (found for found in _texts(shown) if WORD.search(found.text))


def _texts(nodes: Iterable[ast.AST]) -> Iterator[Found]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield Found(node.lineno, node.value)


def _shown_parts(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Call):
        return _shown_arguments(node)
    if isinstance(node, ast.ClassDef) and any(isinstance(base, ast.Name) and base.id == "Word" for base in node.bases):
        return [label for member in node.body for label in _labels(member)]
    return []


def _shown_arguments(call: ast.Call) -> list[ast.expr]:
    by_keyword = [keyword.value for keyword in call.keywords if keyword.arg in SHOWN_KEYWORDS]
    by_position = [call.args[i] for i in SHOWN_ARGUMENTS.get(_callee(call), ()) if i < len(call.args)]
    return by_keyword + by_position


def _callee(call: ast.Call) -> str:
    """The called name with the module it is taken from, if any: ``DomainError``, ``messages.success``."""
    match call.func:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id=module), attr=name):
            return f"{module}.{name}"
    return ""


def _labels(member: ast.stmt) -> list[ast.expr]:
    match member:
        case ast.Assign(value=ast.Tuple(elts=[_, *labels])):
            return labels
    return []


# --- templates --------------------------------------------------------------------------------------------------------


def bare_words(source: str) -> Iterator[Found]:
    """Words between tags, in attributes or in arguments of template tags that no translation tag stands around."""
    page = _Page()
    page.feed(_without_template_tags(source))
    page.close()
    return iter(sorted(page.found + list(_bare_arguments(source))))


def _bare_arguments(source: str) -> Iterator[Found]:
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK and token.lineno is not None:
            texts = (text for _, text in TAG_ARGUMENT.findall(token.contents))
            yield from (Found(token.lineno, text) for text in texts if _has_words(text))


def _without_template_tags(source: str) -> str:
    """The text of a template on its lines, with tags, variables, comments and translation blocks blanked out."""
    parts, closing = [], ""
    for token in Lexer(source).tokenize():
        closing = _closing(token, closing)
        is_text = token.token_type == TokenType.TEXT and not closing
        parts.append(token.contents if is_text else "\n" * token.contents.count("\n"))
    return "".join(parts)


def _closing(token: Token, closing: str) -> str:
    """The tag that ends the block whose text nobody reads as it stands, after ``token``; empty outside of one."""
    if token.token_type != TokenType.BLOCK:
        return closing
    name = token.split_contents()[0]
    if closing:
        return "" if name == closing else closing
    return f"end{name}" if name in {"blocktrans", "blocktranslate", "comment"} else ""


class _Page(HTMLParser):
    """Collects the words a reader of the page would see."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Found] = []
        self._is_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_code = tag in CODE
        for name, value in attrs:
            if name in SHOWN_ATTRIBUTES:
                self._note(self.getpos()[0], value or "")

    def handle_endtag(self, tag: str) -> None:
        self._is_code = False

    def handle_data(self, data: str) -> None:
        for offset, text in enumerate([] if self._is_code else data.split("\n")):
            self._note(self.getpos()[0] + offset, text)

    def _note(self, line: int, text: str) -> None:
        if _has_words(text):
            self.found.append(Found(line, text.strip()))


def _has_words(text: str) -> bool:
    return any(word not in NAMES for word in WORD.findall(DATA_ATTRIBUTE.sub("", text)))
