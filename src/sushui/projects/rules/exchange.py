"""Projects as documents of OC4IDS 0.9 (Open Contracting for Infrastructure Data Standard) and back: plain values.

The standard carries most of what the ledger holds; words that it does not know stand in ``additionalClassifications``
under schemes of our own. What another publisher says and the ledger cannot hold is kept beside the project and told
again (`documents.merged`). The mapping as a table: docs/algorithms/oc4ids.md.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from sushui.kernel.words import Word
from sushui.projects.enums import FundingSource, ProjectLevel, ProjectSector, ProjectStage

VERSION = "0.9"
CURRENCY = "CNY"
CODE_SCHEME = "CN-GB/T40058"
OWNER_SCHEME = "CN-USCC"
INDUSTRY_SCHEME = "GB/T 4754-2017"
PLACE_SCHEME = "CN-GB/T2260"
STAGE_SCHEME, LEVEL_SCHEME, SECTOR_SCHEME, CLUSTER_SCHEME, NOTE_SCHEME = (
    f"sushui-{word}" for word in ("stage", "level", "sector", "cluster", "note")
)
S = ProjectStage
STATUS: Mapping[ProjectStage, str] = {
    **dict.fromkeys((S.PLANNED, S.IN_PIPELINE, S.SIGNED), "identification"),
    **dict.fromkeys((S.ESTABLISHED, S.PRE_CONSTRUCTION, S.SUSPENDED), "preparation"),
    S.UNDER_CONSTRUCTION: "implementation",
    S.COMPLETED: "completion",
    **dict.fromkeys((S.IN_PRODUCTION, S.AT_DESIGN_CAPACITY, S.AT_TARGET_RETURN), "maintenance"),
    S.TERMINATED: "cancelled",
}
# Where a document says no stage of ours: the earliest that its status allows.
STAGES: Mapping[str, ProjectStage] = {
    "identification": S.PLANNED,
    "preparation": S.ESTABLISHED,
    "implementation": S.UNDER_CONSTRUCTION,
    "completion": S.COMPLETED,
    "maintenance": S.IN_PRODUCTION,
    "decommissioning": S.TERMINATED,
    "decommissioned": S.TERMINATED,
    "cancelled": S.TERMINATED,
}
# Codes of the open list projectSector.csv; where it has none ours stands alone, and the exact word in any case.
SECTORS: Mapping[ProjectSector, str] = {
    ProjectSector.INDUSTRY: "economy",
    ProjectSector.AGRICULTURE: "economy",
    ProjectSector.ENERGY: "energy",
    ProjectSector.SERVICES: "cultureSportsAndRecreation",
    ProjectSector.INFRASTRUCTURE: "infrastructure",
    ProjectSector.LIVELIHOOD: "livelihood",
}
KNOWN_SECTORS = {"energy": ProjectSector.ENERGY, "transport": ProjectSector.INFRASTRUCTURE}
FORECASTS = ("expected_output", "expected_tax", "area_mu", "energy_tce", "jobs")
MONEY = frozenset({"expected_output", "expected_tax"})
UNITS = {"area_mu": "mu", "energy_tce": "tce", "jobs": "person"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
W = TypeVar("W", bound=Word)
Document = dict[str, Any]


@dataclass(frozen=True)
class ExchangeStep:
    """A milestone: its key in the document, planned for a day, reached on a day."""

    key: str
    name: str
    planned_on: date | None = None
    reached_on: date | None = None
    evidence: str = ""


@dataclass(frozen=True)
class ExchangeMonth:
    """A month in yuan: planned and done; None is what nobody has said."""

    month: date
    planned: Decimal | None = None
    done: Decimal | None = None


@dataclass(frozen=True)
class ExchangeProject:
    """What the standard can carry of a project. Money in yuan, months as the first of their days."""

    id: str
    name: str = ""
    code: str = ""
    content: str = ""
    updated: datetime | None = None
    stage: ProjectStage | None = None
    level: ProjectLevel | None = None
    sector: ProjectSector | None = None
    industry_code: str = ""
    industry_name: str = ""
    cluster: str = ""
    note: str = ""
    owner_name: str = ""
    owner_code: str = ""
    agency: str = ""
    place_code: str = ""
    place_name: str = ""
    place_text: str = ""
    longitude: Decimal | None = None
    latitude: Decimal | None = None
    total_investment: Decimal | None = None
    expected_output: Decimal | None = None
    expected_tax: Decimal | None = None
    area_mu: Decimal | None = None
    energy_tce: Decimal | None = None
    jobs: Decimal | None = None
    planned_start_month: date | None = None
    planned_completion_month: date | None = None
    started_on: date | None = None
    completed_on: date | None = None
    enrolled_on: date | None = None
    funding: Mapping[tuple[int, FundingSource], Decimal] = field(default_factory=dict)
    year_plans: Mapping[int, Decimal] = field(default_factory=dict)
    steps: tuple[ExchangeStep, ...] = ()
    months: tuple[ExchangeMonth, ...] = ()


# --- out -------------------------------------------------------------------------------------------------------------
def to_document(project: ExchangeProject) -> Document:
    """The project as the standard says it; what nobody has said is left out, as the standard wants."""
    return _full(
        {
            "id": project.id,
            "updated": project.updated.isoformat() if project.updated else None,
            "identifiers": _some([_full({"id": project.code, "scheme": CODE_SCHEME})] if project.code else []),
            "title": project.name,
            "description": project.content,
            "status": STATUS[project.stage] if project.stage else None,
            "sector": [SECTORS[project.sector]] if project.sector else None,
            "additionalClassifications": _some(_classifications(project)),
            "period": _period(project.planned_start_month, project.planned_completion_month),
            "implementationPeriod": _period(project.started_on, project.completed_on),
            "publicAuthority": _full({"id": "authority", "name": project.agency}) if project.agency else None,
            "parties": _some(_parties(project)),
            "locations": _some(_locations(project)),
            "budget": _full({"amount": _value(project.total_investment), "budgetBreakdowns": _some(_budgets(project))}),
            "forecasts": _some(_forecasts(project)),
            "metrics": _some(_monthly(project, "done")),
            "milestones": _some(_milestones(project)),
        }
    )


def _classifications(project: ExchangeProject) -> list[Document]:
    pairs = (
        (STAGE_SCHEME, project.stage.value if project.stage else "", ""),
        (LEVEL_SCHEME, project.level.value if project.level else "", ""),
        (SECTOR_SCHEME, project.sector.value if project.sector else "", ""),
        (INDUSTRY_SCHEME, project.industry_code, project.industry_name),
        (CLUSTER_SCHEME, project.cluster, ""),
        (NOTE_SCHEME, "note" if project.note else "", project.note),
    )
    return [_full({"scheme": scheme, "id": key, "description": text}) for scheme, key, text in pairs if key]


def _parties(project: ExchangeProject) -> list[Document]:
    found = []
    if project.agency:
        found.append({"id": "authority", "name": project.agency, "roles": ["publicAuthority"]})
    if project.owner_name or project.owner_code:
        identifier = _full({"scheme": OWNER_SCHEME, "id": project.owner_code}) if project.owner_code else None
        owner = {"id": "owner", "name": project.owner_name, "identifier": identifier, "roles": ["procuringEntity"]}
        found.append(_full(owner))
    return found


def _locations(project: ExchangeProject) -> list[Document]:
    point = None
    if project.longitude is not None and project.latitude is not None:
        point = {"type": "Point", "coordinates": [project.longitude, project.latitude]}
    gazetteer = {"scheme": PLACE_SCHEME, "identifiers": [project.place_code]} if project.place_code else None
    site = {
        "description": project.place_name,
        "geometry": point,
        "gazetteer": gazetteer,
        "address": _full({"streetAddress": project.place_text}),
    }
    said = _full(site)
    return [{"id": "site", **said}] if said else []


def _budgets(project: ExchangeProject) -> list[Document]:
    years = sorted({year for year, _source in project.funding})
    found = [_sources(project, year) for year in years]
    plans = [
        {"id": f"{year}", "amount": _value(amount), "period": _year(year)}
        for year, amount in sorted(project.year_plans.items())
    ]
    return found + ([{"id": "years", "budgetBreakdown": plans}] if plans else [])


def _sources(project: ExchangeProject, year: int) -> Document:
    rows = [(source, project.funding[year, source]) for source in FundingSource if (year, source) in project.funding]
    lines = [
        _full({"id": source.value, "amount": _value(amount), "period": _year(year) if year else None})
        for source, amount in rows
    ]
    return {"id": f"sources-{year}" if year else "sources", "budgetBreakdown": lines}


def _forecasts(project: ExchangeProject) -> list[Document]:
    found = []
    for name in FORECASTS:
        amount: Decimal | None = getattr(project, name)
        if amount is None:
            continue
        said = {"value": _value(amount)} if name in MONEY else {"measure": amount, "unit": {"name": UNITS[name]}}
        found.append({"id": name, "observations": [{"id": "1", **said}]})
    return found + _monthly(project, "planned")


def _monthly(project: ExchangeProject, what: str) -> list[Document]:
    """Investment of each month: the forecasts hold what was planned, the metrics what was done."""
    rows = [(each.month, getattr(each, what)) for each in project.months if getattr(each, what) is not None]
    told = [
        {"id": f"{month:%Y-%m}", "period": {"startDate": _moment(month)}, "value": _value(amount)}
        for month, amount in rows
    ]
    return [{"id": "financialProgress", "observations": told}] if told else []


def _milestones(project: ExchangeProject) -> list[Document]:
    found = [
        _full(
            {
                "id": each.key,
                "title": each.name,
                "description": each.evidence,
                "dueDate": _moment(each.planned_on),
                "dateMet": _moment(each.reached_on),
                "status": "met" if each.reached_on else "scheduled",
            }
        )
        for each in project.steps
    ]
    if project.enrolled_on:
        found.append({"id": "enrollment", "type": "reporting", "dateMet": _moment(project.enrolled_on)})
    return found


def _value(amount: Decimal | None) -> Document | None:
    return None if amount is None else {"amount": amount, "currency": CURRENCY}


def _period(start: date | None, end: date | None) -> Document | None:
    return _full({"startDate": _moment(start), "endDate": _moment(end)}) or None


def _year(year: int) -> Document:
    return {"startDate": _moment(date(year, 1, 1)), "endDate": _moment(date(year, 12, 31))}


def _moment(day: date | None) -> str | None:
    """A day as the beginning of it in China, which is how the standard says days."""
    return f"{day.isoformat()}T00:00:00+08:00" if day else None


def _full(said: Document) -> Document:
    """Without what is empty: the standard has no empty texts, lists or objects."""
    return {name: value for name, value in said.items() if value is not None and value not in ("", {}, [])}


def _some(rows: list[Document]) -> list[Document] | None:
    return rows or None


# --- back ------------------------------------------------------------------------------------------------------------
def from_document(document: Mapping[str, Any]) -> ExchangeProject:
    """What the ledger can hold of a document that is valid by the schema; amounts in other currencies are left out."""
    classed = {each.get("scheme"): each for each in document.get("additionalClassifications", [])}
    owner, authority = _party(document, "owner", "procuringEntity", "buyer"), _party(document, "authority")
    site: Mapping[str, Any] = next(iter(document.get("locations", [])), {})
    period, built = document.get("period", {}), document.get("implementationPeriod", {})
    point = site.get("geometry", {}) if site.get("geometry", {}).get("type") == "Point" else {}
    longitude, latitude = [*map(_number, point.get("coordinates", [])), None, None][:2]
    forecasts = {each["id"]: each for each in document.get("forecasts", [])}
    return ExchangeProject(
        id=document["id"],
        name=document.get("title", ""),
        code=_code(document),
        content=document.get("description", ""),
        updated=_time(document.get("updated")),
        stage=_stage(document, classed),
        level=_word(ProjectLevel, classed, LEVEL_SCHEME),
        sector=_sector(document, classed),
        industry_code=classed.get(INDUSTRY_SCHEME, {}).get("id", ""),
        industry_name=classed.get(INDUSTRY_SCHEME, {}).get("description", ""),
        cluster=classed.get(CLUSTER_SCHEME, {}).get("id", ""),
        note=classed.get(NOTE_SCHEME, {}).get("description", ""),
        owner_name=owner.get("name", ""),
        owner_code=_scheme_id(owner.get("identifier", {}), OWNER_SCHEME),
        agency=document.get("publicAuthority", {}).get("name", "") or authority.get("name", ""),
        place_code=_place(site),
        place_name=site.get("description", ""),
        place_text=site.get("address", {}).get("streetAddress", ""),
        longitude=longitude,
        latitude=latitude,
        total_investment=_amount(document.get("budget", {}).get("amount")),
        **{name: _forecast(forecasts.get(name), name) for name in FORECASTS},
        planned_start_month=_day(period.get("startDate")),
        planned_completion_month=_day(period.get("endDate")),
        started_on=_day(built.get("startDate")),
        completed_on=_day(built.get("endDate")),
        enrolled_on=next(
            (_day(each.get("dateMet")) for each in document.get("milestones", []) if each["id"] == "enrollment"), None
        ),
        funding=_funding(document),
        year_plans=_plans(document),
        steps=tuple(_step(each) for each in document.get("milestones", []) if each["id"] != "enrollment"),
        months=_months(document, forecasts),
    )


def _party(document: Mapping[str, Any], key: str, *roles: str) -> Mapping[str, Any]:
    parties = document.get("parties", [])
    named = [each for each in parties if each.get("id") == key]
    return next(iter(named or [each for each in parties if set(roles) & set(each.get("roles", []))]), {})


def _code(document: Mapping[str, Any]) -> str:
    return next((each["id"] for each in document.get("identifiers", []) if each.get("scheme") == CODE_SCHEME), "")


def _scheme_id(identifier: Mapping[str, Any], scheme: str) -> str:
    return identifier.get("id", "") if identifier.get("scheme") == scheme else ""


def _place(site: Mapping[str, Any]) -> str:
    gazetteer = site.get("gazetteer", {})
    return next(iter(gazetteer.get("identifiers", [])), "") if gazetteer.get("scheme") == PLACE_SCHEME else ""


def _word(words: type[W], classed: Mapping[Any, Mapping[str, Any]], scheme: str) -> W | None:
    said = classed.get(scheme, {}).get("id", "")
    return words(said) if said in set(words) else None


def _stage(document: Mapping[str, Any], classed: Mapping[Any, Mapping[str, Any]]) -> ProjectStage | None:
    return _word(ProjectStage, classed, STAGE_SCHEME) or STAGES.get(document.get("status", ""))


def _sector(document: Mapping[str, Any], classed: Mapping[Any, Mapping[str, Any]]) -> ProjectSector | None:
    said = (str(each).split(".")[0] for each in document.get("sector", []))
    return _word(ProjectSector, classed, SECTOR_SCHEME) or next(
        (KNOWN_SECTORS[each] for each in said if each in KNOWN_SECTORS), None
    )


def _amount(value: Mapping[str, Any] | None) -> Decimal | None:
    if value is None or value.get("currency", CURRENCY) != CURRENCY:
        return None
    return _number(value.get("amount"))


def _number(value: Any) -> Decimal | None:
    try:
        return None if value is None or isinstance(value, bool) else Decimal(str(value))
    except InvalidOperation:
        return None


def _forecast(metric: Mapping[str, Any] | None, name: str) -> Decimal | None:
    first: Mapping[str, Any] = next(iter((metric or {}).get("observations", [])), {})
    return _amount(first.get("value")) if name in MONEY else _number(first.get("measure"))


def _day(text: str | None) -> date | None:
    found = _DAY.match(text or "")
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None


def _time(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _lines(document: Mapping[str, Any]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    for breakdown in document.get("budget", {}).get("budgetBreakdowns", []):
        for line in breakdown.get("budgetBreakdown", []):
            yield breakdown["id"], line


def _funding(document: Mapping[str, Any]) -> dict[tuple[int, FundingSource], Decimal]:
    found = {}
    for key, line in _lines(document):
        year, amount = re.fullmatch(r"sources(?:-(\d{4}))?", key), _amount(line.get("amount"))
        if year and amount is not None and line["id"] in set(FundingSource):
            found[int(year[1] or 0), FundingSource(line["id"])] = amount
    return found


def _plans(document: Mapping[str, Any]) -> dict[int, Decimal]:
    rows = [(line["id"], _amount(line.get("amount"))) for key, line in _lines(document) if key == "years"]
    return {int(year): amount for year, amount in rows if amount is not None and re.fullmatch(r"\d{4}", year)}


def _step(milestone: Mapping[str, Any]) -> ExchangeStep:
    return ExchangeStep(
        milestone["id"],
        milestone.get("title", ""),
        _day(milestone.get("dueDate")),
        _day(milestone.get("dateMet")),
        milestone.get("description", ""),
    )


def is_step(said: ExchangeStep) -> bool:
    """Whether the ledger can hold it as a milestone: called something, and planned for a day."""
    return (
        bool(said.name.strip()) and len(said.name) <= 128 and len(said.evidence) <= 255 and said.planned_on is not None
    )


def step_names(understood: Mapping[str, Any], received: Mapping[str, Any]) -> dict[str, str]:
    """Our names of milestones that were entered from a document to those that it gave them; none where they were not.

    They were entered in its order, so that our numbers rise with it; titles tell whether it was so.
    """
    own = [each for each in understood.get("milestones", []) if re.fullmatch(r"step-\d+", each["id"])]
    own.sort(key=lambda each: int(each["id"].removeprefix("step-")))
    theirs = [each for each in received.get("milestones", []) if each["id"] != "enrollment" and is_step(_step(each))]
    pairs = list(zip(own, theirs, strict=False))
    is_same = len(own) == len(theirs) and all(one["title"] == other["title"].strip() for one, other in pairs)
    return {one["id"]: other["id"] for one, other in pairs} if is_same else {}


def with_step_names(document: Document, names: Mapping[str, str]) -> Document:
    """The document with its milestones called so; one of our own that was called like one of theirs is told apart."""
    if not names:
        return document
    taken = set(names.values())
    rows = [{**each, "id": _named(each["id"], names, taken)} for each in document.get("milestones", [])]
    return {**document, "milestones": rows} if rows else document


def _named(key: str, names: Mapping[str, str], taken: Collection[str]) -> str:
    return names.get(key, f"{key}-own" if key in taken else key)


def _months(document: Mapping[str, Any], forecasts: Mapping[str, Mapping[str, Any]]) -> tuple[ExchangeMonth, ...]:
    done = next((each for each in document.get("metrics", []) if each["id"] == "financialProgress"), None)
    planned, actual = _by_month(forecasts.get("financialProgress")), _by_month(done)
    return tuple(ExchangeMonth(m, planned.get(m), actual.get(m)) for m in sorted({*planned, *actual}))


def _by_month(metric: Mapping[str, Any] | None) -> dict[date, Decimal]:
    rows = [(_day(f"{each['id']}-01"), _amount(each.get("value"))) for each in (metric or {}).get("observations", [])]
    return {month: amount for month, amount in rows if month and amount is not None}
