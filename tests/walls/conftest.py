"""The world is built once for a module, inside a transaction that is never committed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.walls import world as worlds


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[worlds.World]:
    with django_db_blocker.unblock(), worlds.on_a_working_day(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)
