"""The sample county, built once for every test of this folder; its transaction stays open meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from sushui.desk.sample import load_sample
from sushui.kernel import clock
from tests.desk.sample.build import NOW, Sample, counts


@pytest.fixture(scope="package")
def sample(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sample]:
    """Built twice: the first build is counted and taken back."""
    heads = tmp_path_factory.mktemp("sample") / "heads.jsonl"
    with django_db_blocker.unblock(), override_settings(SUSHUI_AUDIT_HEADS=str(heads)), clock.frozen(NOW):
        with transaction.atomic():
            load_sample()
            earlier = counts()
            transaction.set_rollback(True)
        heads.unlink()
        with transaction.atomic():
            yield Sample(load_sample(), earlier)
            transaction.set_rollback(True)
