"""What the tests of the network share: the packaged templates, the calendar, and the cases."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import yaml

from sushui.engines.calendar import WorkingCalendar, official_table
from sushui.engines.network import Catalog, StepFacts, StopKind, StopPeriod, Template, load_catalog, load_template

CALENDAR = WorkingCalendar(official_table())
CASES = sorted(Path(__file__).with_name("cases").glob("*.yaml"))
DATA = files("sushui.projects") / "data" / "permits"
PATHS = [
    f"{path}_{variant}"
    for path in ("enterprise_filing", "enterprise_approval", "government_investment")
    for variant in ("standard", "commitment")
]


def text(name: str) -> str:
    return (DATA / f"{name}.yaml").read_text(encoding="utf-8")


@cache
def catalog() -> Catalog:
    return load_catalog(text("steps"))


@cache
def packaged(name: str) -> Template:
    return load_template(text(name), catalog())


def read_case(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def read_facts(written: dict) -> dict[str, StepFacts]:
    return {key: _step_facts(values) for key, values in written.items()}


def _step_facts(values: dict) -> StepFacts:
    stops = tuple(StopPeriod(**{**stop, "kind": StopKind(stop["kind"])}) for stop in values.get("stops", []))
    return replace(StepFacts(**{name: value for name, value in values.items() if name != "stops"}), stops=stops)
