"""What the tests of enterprises say in one line each, in the county of `tests/cast.py`. Money in 万元."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sushui.enterprises import services
from sushui.enterprises.enums import EnterpriseFigureKind, FigureSource
from sushui.enterprises.models import Enterprise
from sushui.enterprises.services import EnterpriseDraft, FigureDraft, Recorded
from sushui.kernel import clock
from sushui.organizations.models import Division
from tests.cast import County

CHINA = ZoneInfo("Asia/Shanghai")
WAN = 10_000
# Sound codes throughout; the last is one of the early pilots, whose check character does not fit.
CODE, OTHER_CODE, THIRD_CODE = "91140826MA0008017D", "91140826MA00000238", "91140826MA00000313"
PILOT_CODE = "91350203M0001QAY9B"
MONEY = frozenset(EnterpriseFigureKind) - {EnterpriseFigureKind.EMPLOYEES, EnterpriseFigureKind.ELECTRICITY}


def on(day: str, time: str = "10:00") -> AbstractContextManager[None]:
    """Hold the clock at a moment in China."""
    return clock.frozen(datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=CHINA))


@dataclass(frozen=True)
class Play:
    """Acts in the name of the project office."""

    county: County

    def enter(self, name: str = "涑水铸造有限公司", *, by: str = "project_office", **said: Any) -> Enterprise:
        """An enterprise of an agency and a place by their keys."""
        return services.register_enterprise(self.county.viewer(by), self.draft(name, **said))

    def draft(self, name: str, *, agency: str = "", place: str = "", **said: Any) -> EnterpriseDraft:
        agency_id = self.county.agencies[agency].pk if agency else None
        place_id = self.place(place).pk if place else None
        return EnterpriseDraft(name, agency_id=agency_id, place_id=place_id, **said)

    def place(self, name: str) -> Division:
        """A township of the county."""
        code = {"古绛镇": "140826100", "横水镇": "140826101"}[name]
        path = f"{self.county.county.path}/{code}"
        said = {"name": name, "level": "township", "parent": self.county.county, "path": path}
        return Division.objects.get_or_create(code=code, defaults=said)[0]

    def tell(
        self,
        enterprise: Enterprise,
        year: int,
        source: FigureSource = FigureSource.ENTERPRISE,
        *,
        by: str = "project_office",
        month: int = 0,
        reason: str = "",
        **amounts: int,
    ) -> Recorded:
        """Figures of a period by kind: ``revenue=2000`` is 万元, ``employees=30`` persons."""
        figures = [
            FigureDraft(
                enterprise.pk,
                year,
                EnterpriseFigureKind(kind),
                Decimal(amount) * (WAN if kind in MONEY else 1),
                source,
                month=month,
                told_on=date(2026, 1, 15),
                reason=reason,
            )
            for kind, amount in amounts.items()
        ]
        return services.report_enterprise_figures(self.county.viewer(by), figures)
