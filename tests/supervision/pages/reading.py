"""How a person reads a page: what it says, which rows it lists, where it leads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from tests.cast import County


def said(html: str) -> str:
    """What a person reads in ``html``, blanks made even."""
    return " ".join(unescape(strip_tags(html)).split())


@dataclass(frozen=True)
class Sight:
    """A page as its reader has it before them."""

    response: HttpResponse

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def html(self) -> str:
        return self.response.content.decode()

    @property
    def title(self) -> str:
        return said(self._first(r'<h1 class="page-title">(.*?)</h1>'))

    @property
    def rows(self) -> list[str]:
        """What each row of the list says."""
        return [said(row) for row in re.findall(r"<tr data-row>(.*?)</tr>", self.html, re.DOTALL)]

    @property
    def answer(self) -> str:
        """The answer at the head of a record."""
        return said(self._first(r'<div class="answer">(.*?)</div>'))

    @property
    def buttons(self) -> list[str]:
        """The acts that can be done here: buttons and links that look like them, the frame's left out."""
        inside = self.html[self.html.index('class="page-columns"') :]
        found = re.findall(
            r'<(?:button|a) class="btn (?![^"]*filters-go)[^"]*"[^>]*>(.*?)</(?:button|a)>', inside, re.DOTALL
        )
        return [said(each) for each in found]

    @property
    def story(self) -> list[str]:
        block = self._first(r'<ol class="story">(.*?)</ol>\s*(?:<h2|$)')
        return [said(each) for each in re.findall(r'class="story-head">(.*?)</p>', block, re.DOTALL)]

    @property
    def notes(self) -> list[str]:
        return [said(each) for each in re.findall(r'<p class="note">(.*?)</p>', self.html, re.DOTALL)]

    @property
    def messages(self) -> list[str]:
        return [said(each) for each in re.findall(r'<div class="message [^"]*">\s*<span>(.*?)</span>', self.html)]

    @property
    def errors(self) -> list[str]:
        blocks = re.findall(r'<div class="row-error.*?</div>', self.html, re.DOTALL)
        return [said(each) for block in blocks for each in re.findall(r"<p>(.*?)</p>", block, re.DOTALL)]

    @property
    def empty(self) -> str:
        return said(self._first(r'<p class="empty-what">(.*?)</p>'))

    def figure(self, label: str) -> str:
        """The figure under a label."""
        for block in re.findall(r'class="figure"[^>]*>(.*?)</(?:a|div)>', self.html, re.DOTALL):
            if said(block).startswith(label):
                return said(block).removeprefix(label).strip()
        return ""

    def value(self, name: str) -> str:
        """What stands in a field."""
        found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', self.html)
        area = re.search(rf'<textarea name="{name}"[^>]*>\s*(.*?)</textarea>', self.html, re.DOTALL)
        return unescape(area[1] if area else found[1] if found else "")

    def _first(self, pattern: str) -> str:
        found = re.search(pattern, self.html, re.DOTALL)
        return found[1] if found else ""


@dataclass(frozen=True)
class Reader:
    """Somebody of the cast at their desk."""

    client: Client

    def open(self, name: str, /, *args: Any, **query: Any) -> Sight:
        """Open a page of supervision by its name."""
        return Sight(self.client.get(reverse(f"supervision:{name}", args=args), query))

    def send(self, name: str, /, *args: Any, **data: Any) -> Sight:
        """Send a form and go where it leads."""
        return Sight(self.client.post(reverse(f"supervision:{name}", args=args), data, follow=True))

    def send_beside(self, name: str, /, *args: Any, **data: Any) -> HttpResponse:
        """The same from beside a list."""
        headers: Mapping[str, str] = {"HX-Request": "true", "HX-Target": "beside"}
        return self.client.post(reverse(f"supervision:{name}", args=args), data, headers=headers)


def reader(county: County, key: str) -> Reader:
    """The person in the post ``key`` of the cast, signed in."""
    client = Client()
    client.force_login(county.user(key), backend="django.contrib.auth.backends.ModelBackend")
    return Reader(client)
