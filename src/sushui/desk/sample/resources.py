"""What the sample's projects need, which papers show their stages, and the investors in talks. All made up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sushui.kernel import clock
from sushui.kernel.months import months_after
from sushui.projects import services
from sushui.projects.enums import (
    ActDoubt,
    EvidenceKind,
    FundingSource,
    GateState,
    ProjectSector,
    ProjectStage,
    ResourceFactor,
)
from sushui.projects.queries import gate_passages
from sushui.projects.services import LeadDraft, NeedDraft, Piece

from .county import SampleCounty

if TYPE_CHECKING:
    from .projects import Site

OFFICE, LEADER = "reform.project", "government.executive"
F, S, K = ResourceFactor, ProjectStage, EvidenceKind
WAN = 10_000
EVERYTHING = frozenset(ActDoubt)  # the sample shows what is odd too
SELDOM = 6  # of the projects, each so manieth has not shown the paper of its stage
# factor, what, how much, agency asked; what it committed, until how many days from now, and what of that is there.
NEEDS = (
    (F.LAND, "新增建设用地指标", 120, "land", 120, -12, 80),
    (F.LAND, "临时用地", 30, "land", 30, 45, 0),
    (F.ENERGY, "年新增能耗指标", 5200, "energy", 3000, -20, 0),
    (F.ENERGY, "年新增能耗指标", 800, "energy", 800, -90, 800),
    (F.LABOR, "焊工、电工", 160, "labor", 60, 30, 25),
    (F.LABOR, "一线普工", None, "labor", None, 0, 0),
    (F.APPROVALS, "施工前审批事项", 5, "approval", 5, -5, 3),
    (F.INFRASTRUCTURE, "10 千伏线路接入", 1, "energy", 1, 20, 0),
    (F.WATER, "年取水指标", 180_000, "water", 120_000, 60, 0),
    (F.POWER, "变压器容量", 6_300, "energy", 6_300, -3, 0),
    (F.EMISSIONS, "化学需氧量", 12, None, None, 0, 0),
)
# intended project, investor, 万元, agency, days since talks began and since a framework was signed, why it was dropped.
LEADS = (
    ("镁合金轮毂生产线", "晋南轻量化材料有限公司", 42_000, "investment", 120, 60, ""),
    ("储能电池回收利用", "涑水循环科技有限公司", 18_500, "investment", 95, 40, ""),
    ("中药饮片加工基地", "涑川药业有限公司", 9_800, "industry_bureau", 80, None, ""),
    ("冷链物流中心", "河东冷链物流有限公司", 12_000, "investment", 60, None, ""),
    ("高纯石英砂", "条山新材料有限公司", 26_000, "industry_bureau", 45, None, ""),
    ("智能农机装配", "古绛农机有限公司", None, "investment", 20, None, ""),
    ("风机塔筒制造", "中条风电装备有限公司", 31_000, "investment", 300, 240, "企业选址外县。"),
    ("药用玻璃瓶", "绛州玻璃有限公司", 7_600, "industry_bureau", 200, None, "环评不符合园区规划。"),
)


def plan_resources(county: SampleCounty, sites: Mapping[str, Site], now: datetime) -> None:
    """Papers of the stages, needs of the largest projects, investors in talks; as they stand now."""
    with clock.frozen(now):
        _show_stages(county, sites)
        built = [site for site in sites.values() if site.plan.course.stage is S.UNDER_CONSTRUCTION]
        largest = sorted(built, key=lambda site: -site.plan.total)[: len(NEEDS)]
        for site, need in zip(largest, NEEDS, strict=False):
            _need(county, site, *need)
        for month in range(1, 4):
            _fund(county, largest[0], month)
        for number, lead in enumerate(LEADS, start=1):
            _lead(county, number, *lead)


def _show_stages(county: SampleCounty, sites: Mapping[str, Site]) -> None:
    """The paper of the stage in which each project was entered; a few owe it, one was let pass by the leader."""
    office, today = county.viewer(OFFICE), clock.today()
    papers = {
        S.SIGNED: (K.CONTRACT, "绛招〔{year}〕{number}号"),
        S.UNDER_CONSTRUCTION: (K.CONSTRUCTION_PERMIT, "绛建施〔{year}〕{number}号"),
        S.COMPLETED: (K.COMPLETION_RECORD, "绛竣备〔{year}〕{number}号"),
        S.IN_PRODUCTION: (K.PRODUCTION_RECORD, ""),
    }
    owed = list(gate_passages(office, GateState.OWED).order_by("pk"))
    for number, passage in enumerate(owed, start=1):
        if number % SELDOM == 0 or passage.stage not in papers:
            continue
        kind, shape = papers[passage.stage]
        day = passage.project.started_on or today - timedelta(days=200)
        said = "首批产品下线。" if kind is K.PRODUCTION_RECORD else ""
        piece = Piece(kind, shape.format(year=day.year, number=number), day, said)
        services.add_evidence(office, passage.project, passage.stage, piece, confirmed=EVERYTHING)
    if len(owed) >= SELDOM:
        waived = owed[SELDOM - 1]
        reason = "县政府专题会议同意先行开工，限三个月内补办。"
        services.waive_gate(county.viewer(LEADER), waived.project, waived.stage, reason=reason)


def _need(
    county: SampleCounty,
    site: Site,
    factor: ResourceFactor,
    what: str,
    amount: int | None,
    agency: str | None,
    committed: int | None,
    days: int,
    delivered: int,
) -> None:
    office, today = county.viewer(OFFICE), clock.today()
    asked = county.agencies[agency].pk if agency else None
    quantity = None if amount is None else Decimal(amount)
    draft = NeedDraft(factor, what, quantity, needed_by=months_after(today, 3), agency_id=asked)
    need = services.add_need(office, site.project, draft)
    if committed is None or asked is None:
        return
    until = today + timedelta(days=days)
    promised = services.commit_resource(
        office, need, agency_id=asked, amount=Decimal(committed), until=until, confirmed=EVERYTHING
    )
    if delivered:
        on = min(today, until) - timedelta(days=2)
        services.deliver_resource(
            office, promised, amount=Decimal(delivered), on=on, evidence="已交付，见会议纪要", confirmed=EVERYTHING
        )


def _fund(county: SampleCounty, site: Site, month: int) -> None:
    """Bank loans of one of the next months, half of them promised."""
    office, agency = county.viewer(OFFICE), county.agencies["finance"].pk
    due = months_after(clock.today().replace(day=1), month)
    amount = Decimal(3_000 * WAN)
    draft = NeedDraft(F.FUNDS, "项目贷款", amount, due, agency, FundingSource.BANK_LOANS, due)
    need = services.add_need(office, site.project, draft)
    services.commit_resource(office, need, agency_id=agency, amount=amount / 2, until=due)


def _lead(
    county: SampleCounty,
    number: int,
    name: str,
    investor: str,
    wan: int | None,
    agency: str,
    began: int,
    framework: int | None,
    dropped: str,
) -> None:
    office, today = county.viewer(OFFICE), clock.today()
    draft = LeadDraft(
        name=name,
        investor=investor,
        agency_id=county.agencies[agency].pk,
        sector=ProjectSector.INDUSTRY,
        contact_name="联系人",
        contact_title="项目经理",
        contact_phone=f"1380000{number:04d}",
        intended_investment=None if wan is None else Decimal(wan * WAN),
    )
    lead = services.register_lead(office, draft, began_on=today - timedelta(days=began))
    if framework is not None:
        signed = today - timedelta(days=framework)
        lead = services.reach_framework(office, lead, on=signed, number=f"绛招框〔{signed.year}〕{number}号")
    if dropped:
        services.drop_lead(office, lead, reason=dropped)
