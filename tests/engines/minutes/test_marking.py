"""Owners in a sentence, with and without a gazetteer."""

from __future__ import annotations

import pytest

from sushui.engines.minutes import Gazetteer, OwnerKind
from sushui.engines.minutes.marking import Marker
from sushui.engines.readers import AgencyName
from tests.engines.minutes.marked_lines import marks, plain

MARKER = Marker(Gazetteer())
KNOWN = Marker(Gazetteer.of((AgencyName("safety", ("安商工作部",)), AgencyName("fire", ("消防救援大队", "消防大队")))))


def marked(text, marker=MARKER):
    found = marker.mark(text)
    owners = [(mention.start, mention.end, "{}") for mention in found.mentions]
    return marks(text, [*owners, *((day.start, day.end, "[]") for day in found.deadlines)])


@pytest.mark.parametrize(
    "line",
    [
        "{县财政局}统筹安排资金300万元，[3月底前]拨付到位",
        "由{县住建局}牵头，{县水利局}、{城关镇}配合",
        "{县自然资源和规划局}要抓紧组卷上报",
        "{县公安局交警大队}要开展专项检查",
        "{县委督查室}、{县政府督查室}要组成联合督导组",
        "{县市场监管局}要开展检查",
        "{国网供电公司}要完成改造",
        "{各乡镇}{各部门}会后要立即部署",
        "{各乡镇（街道）}配合",
        "{县林草局}会同{县自然资源局}开展核查",
        "{县金融服务中心}要对接银行",
        "{县委组织部}要选派干部",
        "{县防汛抗旱指挥部}要加强值守",
        "{相关行业部门}要逐项整改",
        "{施工单位}要加快进度",
        "{县城投公司}负责筹措",
        "{青禾镇党委}要落实责任",
        "{县第一中学}要完成改造",
        "{未按时报送进展情况的单位}要作出说明",
        "{发改、财政、住建等部门}要加强调度",
    ],
)
def test_owner_is_found_whole(line):
    assert marked(plain(line)) == line


@pytest.mark.parametrize(
    "text",
    [
        "会议听取了情况汇报",
        "近年来城区排水能力有所提高",
        "要加强组织领导",
        "局面良好",
        "全部完成整改",
        "城镇居民收入增长",
        "办理施工手续",
    ],
)
def test_where_nobody_is_named_nobody_is_found(text):
    assert marked(text) == text


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("县水利局", OwnerKind.NAMED),
        ("各乡镇", OwnerKind.GENERIC),
        ("相关部门", OwnerKind.GENERIC),
        ("施工单位", OwnerKind.GENERIC),
        ("全县上下", OwnerKind.GENERIC),
        ("沿河各乡镇", OwnerKind.GENERIC),
    ],
)
def test_group_stays_a_group(name, kind):
    mention, *_ = MARKER.mark(f"{name}要抓紧落实").mentions

    assert (mention.name, mention.kind) == (name, kind)


def test_name_of_the_gazetteer_is_found_though_its_head_is_weak():
    assert marked("安商工作部跑遍企业", KNOWN) == "{安商工作部}跑遍企业"


def test_names_in_a_label_count_whatever_they_are():
    assert [mention.name for mention in MARKER.owners("招商一部、老干所，村民代表")] == [
        "招商一部",
        "老干所",
        "村民代表",
    ]


def test_covered_sentence_is_as_long_as_the_sentence():
    found = MARKER.mark("由县住建局于6月底前完成")

    assert len(found.covered) == len(found.text)
