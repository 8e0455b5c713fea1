"""The county at play, for every test of supervision."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sushui.kernel import subjects
from sushui.kernel.models import Subject
from sushui.kernel.subjects import SubjectKind, register_kind
from tests.cast import County
from tests.supervision.play import Play


@pytest.fixture
def play(county: County) -> Play:
    return Play(county)


@pytest.fixture
def projects() -> Iterator[None]:
    """Subjects to hang work on: projects, which everybody of their division sees, and files, which only the office."""
    known = dict(subjects._kinds)
    register_kind(SubjectKind("project", "Project", lambda viewer: Subject.objects.all()))
    register_kind(SubjectKind("file", "File", lambda viewer: Subject.objects.filter(agency_id=viewer.agency_id)))
    yield
    subjects._kinds.clear()
    subjects._kinds.update(known)
