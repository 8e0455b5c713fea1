"""Inserts that the database may refuse."""

from __future__ import annotations

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel.errors import DomainError, Text


def insert(record: models.Model, code: str, sentence: Text, **params: str) -> None:
    """Insert ``record``, turning the database's refusal (a name taken, days that overlap) into a sentence."""
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError as error:
        raise DomainError(code, sentence, _("Look it up in the directory first."), **params) from error
