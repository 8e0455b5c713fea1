import pytest

from sushui.engines.readers import Field
from sushui.engines.readers.columns import field_of, field_under, shape_of


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("序号", Field.NUMBER),
        ("重点工作", Field.TITLE),
        ("重点工作任务", Field.TITLE),
        ("督办\n事项", Field.TITLE),
        ("2025年工作任务", Field.TITLE),
        ("责任领导", Field.LEADER),
        ("包联县领导", Field.LEADER),
        ("责任单位", Field.LEAD_AGENCIES),
        ("主要责任单位", Field.LEAD_AGENCIES),
        ("牵头 单位", Field.LEAD_AGENCIES),
        ("县级牵头单位", Field.LEAD_AGENCIES),
        ("协同配合单位", Field.SUPPORTING_AGENCIES),
        ("配合责任单位", Field.SUPPORTING_AGENCIES),
        ("完成时限", Field.DEADLINE),
        ("办结时限(月)", Field.DEADLINE),
        ("类 别", Field.CATEGORY),
        ("备注", Field.NOTE),
        ("进展情况", Field.NOTE),
        ("Lead agencies", Field.LEAD_AGENCIES),
        ("No.", Field.NUMBER),
    ],
)
def test_field_of_the_words_offices_use(label, field):
    assert field_of(label) is field


@pytest.mark.parametrize(
    "label", ["", "投资额", "责任领导及责任单位", "责任单位、责任人", "做好全县重点工作的统筹推进落实这一项任务"]
)
def test_field_of_other_words_is_unknown(label):
    assert field_of(label) is None


@pytest.mark.parametrize(
    ("parent", "child", "field"),
    [
        ("责任单位", "", Field.LEAD_AGENCIES),
        ("责任单位", "牵头单位", Field.LEAD_AGENCIES),
        ("责任单位", "配合单位", Field.SUPPORTING_AGENCIES),
        ("责任", "单位", Field.LEAD_AGENCIES),
        ("责任", "领导", Field.LEADER),
        ("责任单位", "县级", Field.LEAD_AGENCIES),
        ("资金", "万元", None),
    ],
)
def test_field_under_two_lines_of_header(parent, child, field):
    assert field_under(parent, child) is field


def test_shape_stays_from_year_to_year():
    assert shape_of({0: "序号", 1: "2025年 任务"}) == shape_of({0: "序号", 1: "2026年任务"})


def test_shape_of_other_labels_differs():
    assert len({shape_of({0: "序号", 1: "任务"}), shape_of({0: "任务", 1: "序号"}), shape_of({0: "序号任务"})}) == 3


def test_shape_is_a_sha256():
    assert len(shape_of({0: "序号"})) == 64
