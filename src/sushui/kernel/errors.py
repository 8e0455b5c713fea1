"""Refusals: what is wrong, where, and what to do, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class DomainError(Exception):
    """A refusal that a person can act on.

    ``code`` is stable and machine-readable, ``sentence`` says what is wrong and where, ``mend`` says what to do.
    ``params`` fill ``%(name)s`` places in both. ``status`` is the HTTP status a page or API answers with. ``asked``:
    the keys by which a program confirms what was only asked about.
    """

    status = 422
    asked: Sequence[str] = ()

    def __init__(self, code: str, sentence: Text, mend: Text = "", **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
        self._sentence = sentence
        self._mend = mend

    @property
    def sentence(self) -> str:
        return self._filled(self._sentence)

    @property
    def mend(self) -> str:
        return self._filled(self._mend)

    def _filled(self, text: Text) -> str:
        return str(text) % self.params if self.params else str(text)

    def __str__(self) -> str:
        gap = "" if self.sentence.endswith(tuple("。！？")) else " "  # full-width marks bring their own
        return f"{self.sentence}{gap}{self.mend}".strip()


class NotFound(DomainError):
    """No such record, or none that this viewer may know of: both read the same."""

    status = 404

    def __init__(self) -> None:
        super().__init__(
            "not_found",
            _("There is no such record, or it is not yours to see."),
            _("Go back to the list and open it from there."),
        )


class Forbidden(DomainError):
    """The viewer may see the record but not do this."""

    status = 403

    def __init__(self, sentence: Text = "", mend: Text = "", **params: Any) -> None:
        super().__init__(
            "forbidden",
            sentence or _("Your post may not do this."),
            mend or _("Switch to the post that is responsible, or ask the supervision office."),
            **params,
        )


class WrongMethod(DomainError):
    """An address that only takes what a form sends was opened as a page, or the other way round."""

    status = 405

    def __init__(self) -> None:
        super().__init__(
            "wrong_method",
            _("This address is no page of its own."),
            _("Open the page that led here and do it from there."),
        )


class StaleRecord(DomainError):
    """Somebody else changed the record since the viewer opened it."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "stale",
            _("Somebody else changed this record after you opened it."),
            _("What you typed is kept below: look at the change, then send it again."),
        )
