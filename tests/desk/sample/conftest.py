"""The sample county, built once for every test of this folder; its transaction stays open meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from sushui.desk.sample import load_sample
from sushui.desk.sample.county import SampleCounty
from sushui.kernel import clock
from tests.desk.sample.build import NOW


@pytest.fixture(scope="package")
def sample(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SampleCounty]:
    """Tests read what stands; what they change is taken back by their own transaction."""
    heads = tmp_path_factory.mktemp("sample") / "heads.jsonl"
    own_heads = override_settings(SUSHUI_AUDIT_HEADS=str(heads))
    with django_db_blocker.unblock(), own_heads, clock.frozen(NOW), transaction.atomic():
        yield load_sample()
        transaction.set_rollback(True)
