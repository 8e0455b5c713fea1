"""A county whose projects have people that stand by them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

from sushui.kernel import clock
from sushui.kernel.models import Subject
from sushui.kernel.search import ToVector
from sushui.kernel.viewer import Viewer
from sushui.liaison import services
from sushui.liaison.enums import LiaisonRole
from sushui.liaison.models import Liaison, Visit
from sushui.liaison.services import FindingDraft, LiaisonDraft, VisitDraft
from tests.cast import County

CHINA = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 3, 3)  # a Tuesday
START = date(2026, 3, 1)


@contextmanager
def on(day: str = "2026-03-03", hour: int = 10) -> Iterator[None]:
    """The clock held on a day."""
    with clock.frozen(datetime.fromisoformat(day).replace(hour=hour, tzinfo=CHINA)):
        yield


class LiaisonPlay:
    """What the tests of liaison do again and again, in the words of the county."""

    def __init__(self, county: County) -> None:
        self.county = county
        self._numbers = count(1)

    def viewer(self, key: str) -> Viewer:
        return self.county.viewer(key)

    def project(self, label: str = "涑水光伏电站", division: str = "county") -> Subject:
        home = getattr(self.county, division)
        number = next(self._numbers)
        return Subject.objects.create(
            kind="project", object_id=number, label=label, url=f"/p/{number}/", division=home, search=ToVector(label)
        )

    def draft(self, subject: Subject, role: str = "leader", who: str = "", **more: object) -> LiaisonDraft:
        """``who``: the key of a post, of an agency for the role agency."""
        kind = LiaisonRole(role)
        key = who or {"leader": "leader", "agency": "works", "officer": "works_handler"}[role]
        named = (
            {"agency_id": self.county.agencies[key].pk}
            if kind is LiaisonRole.AGENCY
            else {"post_id": self.county.posts[key].pk}
        )
        return LiaisonDraft(subject.pk, kind, **{"from_on": START, **named, **more})  # type: ignore[arg-type]

    def appoint(self, subject: Subject, role: str = "leader", who: str = "", **more: object) -> Liaison:
        return services.appoint_liaison(self.viewer("office"), self.draft(subject, role, who, **more))

    def staffed(self, label: str = "涑水光伏电站") -> Subject:
        """A project by which a leader, the works bureau and its handler stand."""
        subject = self.project(label)
        services.appoint_liaisons(
            self.viewer("office"), [self.draft(subject, role) for role in ("leader", "agency", "officer")]
        )
        return subject

    def visit(self, key: str, subject: Subject, *problems: str, day: date | None = None, **more: object) -> Visit:
        """A visit by the post ``key`` that found ``problems``, all the works bureau's to settle."""
        works = self.county.agencies["works"].pk
        draft = VisitDraft(
            visited_on=day or clock.today(),
            seen="到现场看了",
            findings=tuple(FindingDraft(text, works) for text in problems),
            **more,  # type: ignore[arg-type]
        )
        return services.log_visit(self.viewer(key), subject, draft)
