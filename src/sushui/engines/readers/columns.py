"""Which column holds what, told from the words offices put over them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .readings import Field
from .texts import compact
from .vocabulary import shape_of

__all__ = ["WORK_LISTS", "field_of", "field_under", "shape_of"]

_LONGEST_LABEL = 14

# Whole labels, then parts of labels: the first row that fits decides. A label that names a leader *and* an agency fits
# none of them, for the column then holds both.
_LABELS: Mapping[Field, frozenset[str]] = {
    Field.NUMBER: frozenset({"序号", "编号", "项目序号", "任务序号", "no.", "number"}),
    Field.TITLE: frozenset(
        [
            "重点工作",
            "重点工作任务",
            "重点任务",
            "工作任务",
            "任务",
            "事项",
            "工作内容",
            "任务内容",
            "督办事项",
            "督办内容",
            "问题",
            "存在问题",
            "交办事项",
            "具体事项",
            "具体任务",
            "工作事项",
            "项目名称",
            "议定事项",
            "task",
            "title",
        ]
    ),
    Field.LEADER: frozenset(
        ["责任领导", "牵头领导", "包联领导", "分管领导", "责任人", "牵头人", "负责人", "包联人", "leader"]
    ),
    Field.LEAD_AGENCIES: frozenset(
        [
            "责任单位",
            "主要责任单位",
            "牵头单位",
            "主办单位",
            "承办单位",
            "责任部门",
            "牵头部门",
            "落实单位",
            "牵头",
            "主办",
        ]
    )
    | {"leadagency", "leadagencies", "responsibleagency"},
    Field.SUPPORTING_AGENCIES: frozenset(
        [
            "协同配合单位",
            "配合单位",
            "协办单位",
            "配合部门",
            "协同单位",
            "协助单位",
            "参与单位",
            "参加单位",
            "协同配合部门",
            "配合",
            "协办",
        ]
    )
    | {"supportingagency", "supportingagencies"},
    Field.DEADLINE: frozenset(
        [
            "完成时限",
            "时限",
            "完成时间",
            "办结时限",
            "时间节点",
            "完成期限",
            "期限",
            "办理时限",
            "整改时限",
            "时限要求",
            "due",
            "deadline",
        ]
    ),
    Field.CATEGORY: frozenset(["类别", "分类", "类型", "任务类别", "工作类别", "领域", "板块", "category"]),
    Field.NOTE: frozenset(
        ["备注", "说明", "进展情况", "工作进展", "完成情况", "工作措施", "具体措施", "工作目标", "note", "notes"]
    ),
}
_PARTS: tuple[tuple[re.Pattern[str], Field | None], ...] = (
    (re.compile(r"(领导|责任人|负责人).*(单位|部门)|(单位|部门).*(领导|责任人|负责人)"), None),
    (re.compile(r"配合|协同|协办|协助"), Field.SUPPORTING_AGENCIES),
    (re.compile(r"领导|责任人|负责人"), Field.LEADER),
    (re.compile(r"(责任|牵头|主办|承办|落实)(单位|部门)"), Field.LEAD_AGENCIES),
    (re.compile(r"时限|期限|完成时间|办结时间"), Field.DEADLINE),
    (re.compile(r"备注|进展|措施|目标"), Field.NOTE),
    (re.compile(r"类别|分类"), Field.CATEGORY),
    (re.compile(r"(任务|事项|工作内容|问题)$"), Field.TITLE),
)
_BY_LABEL = {label: field for field, labels in _LABELS.items() for label in labels}


def field_of(label: str) -> Field | None:
    """The field a label stands for, or None."""
    word = compact(label).lower()
    if not word or len(word) > _LONGEST_LABEL:
        return None
    if word in _BY_LABEL:
        return _BY_LABEL[word]
    return next((field for pattern, field in _PARTS if pattern.search(word)), None)


def field_under(parent: str, child: str) -> Field | None:
    """The field of a column with two lines of header: the lower line says more, unless it needs the upper one."""
    if not child:
        return field_of(parent)
    return field_of(child) or field_of(parent + child) or field_of(parent)


class _WorkLists:
    """The vocabulary of work lists."""

    number = Field.NUMBER
    ignored = Field.IGNORED

    def field_of(self, label: str) -> Field | None:
        return field_of(label)

    def field_under(self, parent: str, child: str) -> Field | None:
        return field_under(parent, child)


WORK_LISTS = _WorkLists()
