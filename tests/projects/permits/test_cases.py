"""Projects on a day as an office writes them down, in Chinese, led through the room's own acts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from sushui.projects.adapter.permits import template_of
from sushui.projects.enums.permits import PermitDoubt, PermitPath, PermitVariant
from tests.projects.permits.playing import Permits
from tests.projects.play import on

CASES = sorted(Path(__file__).with_name("cases").glob("*.yaml"))
PATHS = {"备案": "enterprise_filing", "核准": "enterprise_approval", "政府投资": "government_investment"}
VARIANTS = {"标准流程": "standard", "承诺制": "commitment"}


class Case:
    """A file, and the project that it became."""

    def __init__(self, file: Path, permits: Permits) -> None:
        self.written = yaml.safe_load(file.read_text(encoding="utf-8"))
        self.permits, self.today = permits, self.written["今天"]
        kind = self.written["项目"]
        self.path, self.variant = PermitPath(PATHS[kind["类别"]]), PermitVariant(VARIANTS[kind["方式"]])
        template = template_of(self.path, self.variant, None)
        self.keys = {step.said.name: step.key for step in template.steps}
        self.names = {key: name for name, key in self.keys.items()}
        flags = {said.name: key for key, said in template.flags.items()}
        with on(f"{self.today}"):
            permits.hold()
            self.project = permits.play.project()
            chosen = frozenset(flags[name] for name in kind["情形"])
            permits.choose(self.project, chosen, self.path, self.variant)
            for name, facts in self.written["登记"].items():
                self.record(self.keys[name], facts)
            self.found = permits.forecast(self.project)

    def record(self, key: str, facts: dict[str, date]) -> None:
        if "申报" in facts:
            self.permits.file(self.project, key, f"{facts['申报']}", confirmed=set(PermitDoubt))
        if "受理" in facts:
            self.permits.accept(self.project, key, f"{facts['受理']}")
        if "办结" in facts:
            self.permits.grant(self.project, key, f"{facts['办结']}", confirmed=set(PermitDoubt))


@pytest.fixture(params=CASES, ids=lambda file: file.stem[:2])
def case(request, permits):
    return Case(request.param, permits)


def test_a_case_comes_out_as_it_was_written(case):
    expected = case.written["结果"]

    found = {
        "今日可申报": [case.names[key] for key in case.found.fileable],
        "预计开工": {"日期": case.found.goal_on, "最早": case.found.is_not_before},
    }
    if "时限" in expected:
        readings = {name: case.found.steps[case.keys[name]] for name in expected["时限"]}
        found["时限"] = {name: {"届满": each.due_on, "超时": each.is_over} for name, each in readings.items()}

    assert found == expected
