"""Projects that are told and files that are sent in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sushui.projects.enums import FundingSource, ProjectLevel, ProjectSector
from sushui.projects.models import ExchangeDraft, Project
from sushui.projects.queries import ProjectFilter
from sushui.projects.rules.documents import from_text, to_text
from sushui.projects.services import exchange
from tests.projects.play import GOOD_CODE, Play

ALL = ProjectFilter()


def full(play: Play, **values: Any) -> Project:
    """A project of which everything is known."""
    said = {
        "name": "涑水装备产业园",
        "code": GOOD_CODE,
        "content": "新建厂房",
        "owner_name": "涑水装备",
        "owner_code": "91140826MA0GXXXX0T",
        "industry_code": "3216",
        "level": ProjectLevel.PROVINCE,
        "sector": ProjectSector.INDUSTRY,
        "total_investment": Decimal("123456789.01"),
        "expected_output": Decimal(100),
        "area_mu": Decimal("12.34"),
        "jobs": 120,
        "place_id": play.county.county.pk,
        "place_text": "纬三路 1 号",
        "planned_start_month": date(2026, 1, 1),
        "planned_completion_month": date(2027, 12, 1),
        "note": "备注",
        "funding": {(0, FundingSource.BANK_LOANS): Decimal(7), (2026, FundingSource.OWN_FUNDS): Decimal("0.01")},
        "confirmed": frozenset({"owner_code"}),
    }
    return play.building(**{**said, **values})


def package(play: Play, by: str = "project_office") -> dict[str, Any]:
    return from_text(to_text(exchange.published_package(play.viewer(by), ALL)))


def staged(play: Play, *documents: Any) -> ExchangeDraft:
    data = to_text({"projects": list(documents)}).encode()
    return exchange.stage_exchange(play.office, file_name="x.json", data=data)


def sent(draft: ExchangeDraft) -> dict[str, Any]:
    """What the form of a file that was looked at sends."""
    draft.refresh_from_db()
    return {"version": draft.version, "preview": draft.preview["digest"]}
