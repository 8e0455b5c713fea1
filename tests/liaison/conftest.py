"""The county at play, for every test of liaison."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sushui.kernel import subjects
from sushui.kernel.models import Subject
from sushui.kernel.subjects import SubjectKind, register_kind
from tests.cast import County
from tests.liaison.play import LiaisonPlay, on


@pytest.fixture
def projects() -> Iterator[None]:
    """A kind of subject to stand by, which everybody of its division sees, and one that only its agency sees."""
    known = dict(subjects._kinds)
    register_kind(SubjectKind("project", "Project", lambda viewer: Subject.objects.filter(kind="project")))
    register_kind(SubjectKind("file", "File", lambda viewer: Subject.objects.filter(agency_id=viewer.agency_id)))
    yield
    subjects._kinds.clear()
    subjects._kinds.update(known)


@pytest.fixture
def play(county: County, projects: None) -> Iterator[LiaisonPlay]:
    """On Tuesday, 3 March 2026, ten in the morning."""
    with on():
        yield LiaisonPlay(county)
