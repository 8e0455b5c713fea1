"""Documents that cannot lie: what they link to, name and tell the reader to type must exist.

    python tools/check_docs.py

Read are the tracked files: Markdown for links, paths, modules and commands; every text file for what must not leave the
house: addresses of hosts that nobody gave a reason for, and paths of the machine it was written on.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Hosts that a file may name, each with its reason. Lock files name none at all.
HOSTS = {
    "*.gov.cn": "laws, notices and statistics are cited from where they are published",
    "thch813.com": "where a county's figures that the tests reproduce were published",
    "www.twtpybx.cn": "where a city's figures that the tests reproduce were published",
    "github.com": "data and code of others are cited from where they are kept",
    "standard.open-contracting.org": "the standard by which projects are exchanged, and the name of its schema",
    "json-schema.org": "the name of the language of that schema, never fetched",
    "www.apache.org": "the text of a license",
    "docs.djangoproject.com": "the framework's own reference",
    "*.dingtalk.com": "DingTalk's robots: where they are reached and described",
    "*.weixin.qq.com": "WeCom's robots: where they are reached and described",
    "open.feishu.cn": "Feishu's robots: where they are reached and described",
    "www.postgresql.org": "the database's own reference",
    "www.w3.org": "names of XML languages, never fetched",
    "schemas.openxmlformats.org": "names inside workbooks, never fetched",
    "schemas.microsoft.com": "names inside workbooks, never fetched",
    "localhost": "this machine",
    "127.0.0.1": "this machine",
    "testserver": "the test client",
    "192.0.2.*": "addresses kept free for documents and tests (RFC 5737)",
    "*.example": "names kept free for documents and tests (RFC 2606)",
    "*.example.*": "names kept free for documents and tests (RFC 2606)",
    "example.*": "names kept free for documents and tests (RFC 2606)",
    "*.invalid": "names kept free for documents and tests (RFC 2606)",
    "*.test": "names kept free for documents and tests (RFC 2606)",
}
# Files written by a tool from what their makers say about themselves.
WRITTEN_BY_TOOLS = {"LICENSE", "web/package-lock.json"}
LOCKS = ("requirements.lock", "package-lock.json")

FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
SPAN = re.compile(r"`([^`\n]+)`")
HEADING = re.compile(r"^#+\s+(.+?)\s*$", re.MULTILINE)
HOST = re.compile(r"https?://([^/\s:\"'<>)\]}`]+)")
PATH = re.compile(r"(?:src|docs|tests|tools|benchmarks|web|\.ci)/[\w./-]*")
MODULE = re.compile(r"sushui(?:\.\w+)+")
MAKE = re.compile(r"\bmake ([a-z][a-z-]*)")
COMMAND = re.compile(r"(?:^|\s)sushui ([a-z][a-z-]*)")


@dataclass(frozen=True)
class Repository:
    """The tracked files below ``root`` and what can be named in them."""

    root: Path
    files: tuple[str, ...]

    @cached_property
    def make_targets(self) -> frozenset[str]:
        return frozenset(re.findall(r"^([a-z][a-z-]*):", self._read("Makefile"), flags=re.MULTILINE))

    @cached_property
    def commands(self) -> frozenset[str]:
        """Names of the subcommands of ``sushui``: functions under a ``command`` decorator."""
        nodes = ast.walk(ast.parse(self._read("src/sushui/cli.py")))
        return frozenset(name for node in nodes if isinstance(node, ast.FunctionDef) for name in _command_names(node))

    def has_path(self, path: str) -> bool:
        """Whether ``path`` is there, or is made by a build and therefore ignored."""
        return (self.root / path).exists() or self._is_ignored(path)

    def has_module(self, name: str) -> bool:
        """Whether ``name`` is a module, or something that the module before its last dot mentions."""
        return self._source_of(name) is not None or self._mentions(*name.rpartition(".")[::2])

    def texts(self) -> Iterator[tuple[str, str]]:
        """Path and text of every tracked file that is text."""
        for file in self.files:
            try:
                yield file, (self.root / file).read_text(encoding="utf-8")
            except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
                continue

    def _mentions(self, module: str, word: str) -> bool:
        source = self._source_of(module)
        return source is not None and re.search(rf"\b{word}\b", source.read_text(encoding="utf-8")) is not None

    def _source_of(self, module: str) -> Path | None:
        path = self.root.joinpath("src", *module.split("."))
        return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.exists()), None)

    def _is_ignored(self, path: str) -> bool:
        return subprocess.run(["git", "check-ignore", "-q", path], cwd=self.root, check=False).returncode == 0

    def _read(self, path: str) -> str:
        file = self.root / path
        return file.read_text(encoding="utf-8") if file.exists() else ""


def tracked(root: Path = ROOT) -> Repository:
    """The repository at ``root`` as git lists it."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True)
    return Repository(root, tuple(filter(None, listed.stdout.split("\0"))))


def problems(repository: Repository) -> list[str]:
    """One sentence for each thing that a file says and that is not so, or that it must not say."""
    found = []
    for path, text in repository.texts():
        checks = MARKDOWN_CHECKS if path.endswith(".md") else ()
        for check in (*checks, *TEXT_CHECKS):
            found += [f"{path}: {complaint}" for complaint in check(repository, path, text)]
    return found


# --- documents --------------------------------------------------------------------------------------------------------


def broken_links(repository: Repository, path: str, text: str) -> Iterator[str]:
    for target in LINK.findall(FENCE.sub("", text)):
        if not re.match(r"[a-z]+:", target) and not _is_reachable(repository, path, target):
            yield f"the link to {target} leads nowhere"


def _is_reachable(repository: Repository, path: str, target: str) -> bool:
    place, _, anchor = target.partition("#")
    file = (repository.root / path).parent / place if place else repository.root / path
    if not file.exists() or not file.resolve().is_relative_to(repository.root.resolve()):
        return False
    return not anchor or anchor in _anchors(file.read_text(encoding="utf-8"))


def _anchors(text: str) -> set[str]:
    headings = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(text))
    return {heading.replace(" ", "-") for heading in headings}


def missing_paths(repository: Repository, path: str, text: str) -> Iterator[str]:
    for span in SPAN.findall(text):
        if PATH.fullmatch(span) and not repository.has_path(span):
            yield f"there is no {span}"


def missing_modules(repository: Repository, path: str, text: str) -> Iterator[str]:
    for span in SPAN.findall(text):
        name = span.removesuffix("()")
        if MODULE.fullmatch(name) and not repository.has_module(name):
            yield f"there is no {name}"


def missing_commands(repository: Repository, path: str, text: str) -> Iterator[str]:
    for typed in (*SPAN.findall(text), *FENCE.findall(text)):
        for target in sorted(set(MAKE.findall(typed)) - repository.make_targets):
            yield f"there is no `make {target}`"
        for command in sorted(set(COMMAND.findall(typed)) - repository.commands):
            yield f"there is no `sushui {command}`"


# --- every text -------------------------------------------------------------------------------------------------------


def unknown_hosts(repository: Repository, path: str, text: str) -> Iterator[str]:
    if path.endswith(LOCKS):
        yield from _addresses_in_lock(text)
    elif path not in WRITTEN_BY_TOOLS:
        for host in sorted(set(HOST.findall(text))):
            if not any(fnmatch(host, pattern) for pattern in HOSTS):
                yield f"names the host {host}, which has no reason in tools/check_docs.py"


def _addresses_in_lock(text: str) -> Iterator[str]:
    fetched = re.findall(r'"resolved"|--index-url|--find-links|@ https?://', text)
    return (f"a lock names where things are fetched from: {mark}" for mark in sorted(set(fetched)))


def own_paths(repository: Repository, path: str, text: str) -> Iterator[str]:
    """Paths that are true only on the machine where the text was written."""
    if f"{repository.root}/" in text:
        yield "names the folder this repository happens to lie in"


# --- Python -----------------------------------------------------------------------------------------------------------


def _command_names(function: ast.FunctionDef) -> Iterator[str]:
    for decorator in function.decorator_list:
        match decorator:
            case ast.Call(func=ast.Attribute(attr="command"), args=[ast.Constant(value=str(name)), *_]):
                yield name
            case ast.Call(func=ast.Attribute(attr="command")):
                yield function.name.replace("_", "-")


Check = Callable[[Repository, str, str], Iterable[str]]
MARKDOWN_CHECKS: tuple[Check, ...] = (broken_links, missing_paths, missing_modules, missing_commands)
TEXT_CHECKS: tuple[Check, ...] = (unknown_hosts, own_paths)


def main() -> int:
    found = problems(tracked())
    print("\n".join(found) if found else "documents: nothing to say.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
