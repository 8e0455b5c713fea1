"""Search in Chinese by any two characters, in PostgreSQL's own full text and without an extension.

Text is stored as its bigrams ("重点项目" as 重点 点项 项目) in a ``tsvector('simple')`` column with a GIN index;
Latin words and numbers are kept whole. A query of one character finds what begins a pair with it, or stands alone.
"""

from __future__ import annotations

import re

from django.contrib.postgres.search import SearchQuery
from django.db.models import Field, Func, TextField, Value
from django.db.models.functions import Cast

# Han characters, the rare ones of names beyond the first plane included.
_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+|[0-9A-Za-z]+")


def tokens(text: str) -> list[str]:
    """Bigrams of each run of Han characters (a lone character stays itself); other words in lower case."""
    found: list[str] = []
    for run in _RUN.findall(text):
        if run.isascii():
            found.append(run.lower())
        else:
            found.extend(run[i : i + 2] for i in range(max(1, len(run) - 1)))
    return found


class _RegConfig(Field):  # type: ignore[type-arg]  # a name that PostgreSQL looks up; never a column
    def db_type(self, connection: object) -> str:
        return "regconfig"


class ToVector(Func):
    """SQL for the stored column: ``Model(search=ToVector(text))``."""

    function = "to_tsvector"

    def __init__(self, text: str) -> None:
        super().__init__(Cast(Value("simple"), _RegConfig()), Value(" ".join(tokens(text)), output_field=TextField()))


def query(text: str) -> SearchQuery | None:
    """All tokens of ``text`` must occur; None when there is nothing to look for."""
    words = tokens(text)
    if not words:
        return None
    return SearchQuery(" & ".join(f"'{word}':*" for word in words), search_type="raw", config="simple")
