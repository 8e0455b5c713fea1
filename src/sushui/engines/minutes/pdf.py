"""The process that opens a PDF: the file comes in, one line of JSON goes out. It may write no file and knows no secret.

Run as ``python -P -m sushui.engines.minutes.pdf``.
"""

from __future__ import annotations

import json
import re
import sys

import pypdfium2

from sushui.engines.readers.child import hold_to
from sushui.engines.readers.workbooks import Limits

from .errors import Refusal

MOST_PAGES = 1_000
LONGEST_TEXT = 1_000_000
_LIMITS = Limits(memory_bytes=2 * 2**30, cpu_seconds=40)


def main() -> None:
    """Read, answer, end."""
    hold_to(_LIMITS)
    sys.stdout.buffer.write(json.dumps(answer(sys.stdin.buffer.read())).encode())


def answer(data: bytes) -> dict[str, object]:
    """The text of a PDF, or the refusal of it with its facts."""
    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
        text = "\n".join(_page(document, number) for number in range(min(pages, MOST_PAGES)))[: LONGEST_TEXT + 1]
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        return {"refusal": Refusal.LOCKED if locked else Refusal.BROKEN, "facts": {}}
    if not re.search(r"\w", text):
        return {"refusal": Refusal.SCANNED, "facts": {"pages": pages}}
    return {"text": text}


def _page(document: pypdfium2.PdfDocument, number: int) -> str:
    """One page as lines. U+FFFE stands where a word was broken at the end of a line."""
    text: str = document[number].get_textpage().get_text_bounded()
    return text.replace("\r\n", "\n").replace("\ufffe", "").replace("\x00", "")


if __name__ == "__main__":
    main()
