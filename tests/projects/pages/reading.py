"""How a person reads the pages of projects; a `Sight` is what they have before them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tests.cast import County
from tests.supervision.pages.reading import Reader, Sight, reader, said


@dataclass(frozen=True)
class Desk(Reader):
    """Somebody of the cast at their desk, in the room of projects."""

    def open(self, name: str, /, *args: Any, **query: Any) -> Sight:
        """Open a page of projects by its name."""
        return Sight(self.client.get(reverse(f"projects:{name}", args=args), query))

    def send(self, name: str, /, *args: Any, **data: Any) -> Sight:
        """Send a form and go where it leads."""
        return Sight(self.client.post(reverse(f"projects:{name}", args=args), data, follow=True))


def desk(county: County, key: str) -> Desk:
    """The person in the post ``key`` of the cast, signed in."""
    return Desk(reader(county, key).client)


def table(sight: Sight, title: str) -> list[str]:
    """What each row of the table under a heading says."""
    block = next((part for part in sight.html.split("section-title")[1:] if said(f"<p {part}").startswith(title)), "")
    body = block.split("<tbody>")[1].split("</tbody>")[0] if "<tbody>" in block else ""
    return [said(row) for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)]


def offers(sight: Sight) -> list[str]:
    """The acts that the page offers, in their order."""
    return [said(each) for each in re.findall(r'<a class="btn [^"]*btn-sm"[^>]*>(.*?)</a>', sight.html, re.DOTALL)]


def not_yet(sight: Sight) -> list[str]:
    """The acts that cannot be done yet, each with its reason."""
    return [said(each) for each in re.findall(r'<span class="not-yet">(.*?)</span>\s*</span>', sight.html, re.DOTALL)]


def summary(sight: Sight) -> str:
    """The line of counts and totals under the head of a list."""
    found = re.search(r'<div class="table-top">(.*?)</div>', sight.html, re.DOTALL)
    return said(found[1]) if found else ""
