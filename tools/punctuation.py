"""Chinese sentences carry Chinese punctuation (GB/T 15834-2011): full-width , ; : ? ! and parentheses beside Han.

    python tools/punctuation.py check        # name every place, exit 1 if there is one
    python tools/punctuation.py mend         # put them right in place

Looks at the translations (`*.po`), the documents (`*.md`) and the sample county's texts; code spans, links,
addresses and ``%(name)s`` places stay as they are.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HAN = "\u3400-\u9fff\u3001\u3002\u300a\u300b\u201c\u201d\uff08\uff09\u300c\u300d\u3010\u3011"
FULL = {",": "\uff0c", ";": "\uff1b", ":": "\uff1a", "?": "\uff1f", "!": "\uff01"}

# A mark that follows a Han character; before an address (://), a figure (1,000) or a second mark it is none of ours.
_AFTER_HAN = re.compile(rf"(?<=[{HAN}])([,;:?!])(?![/\\=]) ?")
# A pair of parentheses that holds Han, or stands between Han; never the one of %(name)s or of a link.
_PAIR = re.compile(rf"(?<![%\]A-Za-z0-9_`])\(([^()`\n]*[{HAN}][^()`\n]*)\)")
_PROTECTED = re.compile(r"`[^`]*`|\]\([^)]*\)|https?://\S+|<[^>]+>")


def mended(text: str) -> str:
    """One line of text with its Chinese punctuation put right.

    >>> mended("\u5c5e\u4e8e\u672c\u5355\u4f4d,\u8bf7\u7b7e\u6536(\u4e00\u65e5)")
    '\u5c5e\u4e8e\u672c\u5355\u4f4d\uff0c\u8bf7\u7b7e\u6536\uff08\u4e00\u65e5\uff09'
    """
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found.group())
        return f"\0{len(kept) - 1}\0"

    bare = _PROTECTED.sub(keep, text)
    bare = _PAIR.sub("\uff08\\1\uff09", bare)
    bare = _AFTER_HAN.sub(lambda found: FULL[found.group(1)], bare)
    return re.sub("\0(\\d+)\0", lambda found: kept[int(found.group(1))], bare)


def lines_of(path: Path, text: str) -> Iterator[tuple[int, str, str]]:
    """Number, line and mended line of each line that is to be mended."""
    in_fence = False
    for number, line in enumerate(text.splitlines(), start=1):
        if path.suffix == ".md" and line.lstrip().startswith("```"):
            in_fence = not in_fence
        if in_fence or not _is_prose(path, line):
            continue
        right = _mended_literals(line) if path.suffix in {".py", ".toml"} else mended(line)
        if right != line:
            yield number, line, right


def _is_prose(path: Path, line: str) -> bool:
    if path.suffix == ".po":
        return line.startswith(("msgstr", '"'))
    if line.lstrip().startswith("#") and path.suffix != ".md":
        return False
    # An English sentence about Chinese words keeps its own marks.
    return len(_HAN_LETTER.findall(line)) > len(_LATIN_LETTER.findall(line))


_HAN_LETTER = re.compile("[\u3400-\u9fff]")
_LATIN_LETTER = re.compile("[A-Za-z]")
_LITERAL = re.compile(r'"[^"\n]*"')


def _mended_literals(line: str) -> str:
    return _LITERAL.sub(lambda found: mended(found.group()), line)


def tracked(root: Path) -> list[Path]:
    """Files that git knows and that may hold Chinese sentences of ours."""
    patterns = ["*.po", "*.md", "src/sushui/desk/sample/*.py", "src/sushui/desk/sample/data/*.toml"]
    names = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", *patterns],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    return [root / name for name in names.stdout.splitlines()]


def main() -> int:
    """Check or mend; 1 when something was found by ``check``."""
    root, found = Path(__file__).parent.parent, 0
    for path in tracked(root):
        text = path.read_text(encoding="utf-8")
        wrong = list(lines_of(path, text))
        found += len(wrong)
        if sys.argv[1:] == ["mend"]:
            _write(path, text, wrong)
            continue
        for number, line, _ in wrong:
            print(f"{path.relative_to(root)}:{number}: Chinese sentence with half-width punctuation: {line.strip()}")
    return 1 if found and sys.argv[1:] != ["mend"] else 0


def _write(path: Path, text: str, wrong: list[tuple[int, str, str]]) -> None:
    if not wrong:
        return
    lines = text.splitlines(keepends=True)
    for number, line, right in wrong:
        lines[number - 1] = lines[number - 1].replace(line, right)
    path.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
