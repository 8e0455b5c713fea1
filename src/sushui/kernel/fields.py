"""Model fields of the house."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from sushui.kernel.words import Word


class WordField(models.CharField):  # type: ignore[type-arg]
    """A column that holds one of a closed list of words and reads back as that word."""

    def __init__(self, *args: Any, words: type[Word] | None = None, **kwargs: Any) -> None:
        self.words = words
        if words is not None:
            kwargs.setdefault("max_length", 32)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        # The words live in code and change without a migration; the column is only text.
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def from_db_value(self, value: str | None, *_: Any) -> Any:
        return self._word(value)

    def to_python(self, value: Any) -> Any:
        try:
            return self._word(value)
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def _word(self, value: Any) -> Any:
        return value if self.words is None or value in (None, "") else self.words(value)
