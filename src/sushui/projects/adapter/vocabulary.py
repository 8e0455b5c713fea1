"""The words that counties put over the columns of their project tables, and those that our own exports write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

from django.utils import translation
from django.utils.translation import gettext

from sushui.engines.readers import Vocabulary
from sushui.engines.readers.registers import without_unit
from sushui.kernel.labels import label_of
from sushui.kernel.words import Word, msg
from sushui.projects.enums import FigureKind, FundingSource, LedgerColumn, ListKind

L = LedgerColumn
W = TypeVar("W", bound=Word)
LANGUAGES = ("zh-hans", "en")
FUNDING = "funding:"
_LONGEST_LABEL = 40
_YEAR = re.compile(r"(19|20)\d\d年?度?|本年度?|今年|当年")

_LEDGER: Mapping[str, tuple[str, ...]] = {
    L.NUMBER: ("序号", "编号"),
    L.CODE: ("项目代码", "项目编码", "投资项目代码", "项目统一代码", "统一项目代码"),
    L.NAME: ("项目名称", "项目", "名称"),
    L.CONTENT: (
        *("建设内容及规模", "建设规模及内容", "建设内容和规模", "建设内容", "主要建设内容", "建设规模"),
        *("主要建设内容及规模", "建设规模及主要内容", "建设内容与规模"),
    ),
    L.OWNER: ("项目单位", "建设单位", "业主单位", "项目业主", "项目法人", "投资主体", "企业名称", "项目法人单位"),
    L.OWNER_CODE: ("统一社会信用代码", "社会信用代码", "信用代码", "统一信用代码"),
    L.INDUSTRY: ("行业", "行业代码", "国民经济行业", "所属行业", "行业类别", "行业分类", "国民经济行业代码"),
    L.CLUSTER: ("产业集群", "集群", "所属集群", "所属产业集群"),
    L.LEVEL: ("项目级别", "级别", "项目层级", "重点项目级别"),
    L.SECTOR: ("类别", "项目类别", "项目类型", "项目分类"),
    L.TOTAL: ("总投资", "计划总投资", "项目总投资", "投资总额", "总投资额", "投资规模"),
    L.YEAR_PLAN: ("年度计划投资", "年度计划", "年度投资计划", "年度计划投资额", "计划投资", "投资计划", "计划完成投资"),
    L.AREA: ("用地", "用地面积", "占地", "占地面积", "用地规模"),
    L.ENERGY: ("年综合能耗", "能耗", "年能耗", "综合能耗", "年综合能源消费量"),
    L.OUTPUT: ("预计年产值", "年产值", "产值", "预计产值", "达产产值", "达产后年产值"),
    L.TAX: ("预计年税收", "年税收", "税收", "预计税收", "达产后年税收"),
    L.JOBS: ("就业", "就业人数", "带动就业", "新增就业", "就业岗位", "带动就业人数"),
    L.PLACE: ("乡镇", "所在乡镇", "所属乡镇", "乡镇街道", "乡镇/街道"),
    L.ADDRESS: ("建设地点", "建设地址", "项目地点", "地点", "选址", "建设地点/乡镇", "项目地址"),
    L.AGENCY: ("责任单位", "责任部门", "牵头单位", "主管部门", "行业主管部门", "牵头部门", "项目责任单位"),
    L.START: ("计划开工", "计划开工时间", "计划开工年月", "拟开工时间", "开工时间", "开工年月", "预计开工时间"),
    L.COMPLETION: (
        *("计划竣工", "计划竣工时间", "计划竣工年月", "拟竣工时间", "竣工时间", "竣工年月"),
        *("预计竣工时间", "计划完工时间", "计划建成时间"),
    ),
    L.STAGE: ("当前阶段", "项目阶段", "阶段", "建设阶段", "所处阶段"),
    L.STAGE_ON: ("阶段日期", "进入阶段日期"),
    L.NOTE: ("备注", "说明"),
    L.DIVISION: ("区划", "所属区划", "县区", "所属县区"),
    L.IGNORED: ("建设性质", "资金来源", "灯", "包联领导", "入库日期", "已开工日期"),
}
_FUNDING: Mapping[FundingSource, tuple[str, ...]] = {
    FundingSource.STATE_BUDGET: ("国家预算资金", "中央预算内", "中央预算内投资", "国家预算", "中央资金"),
    FundingSource.SPECIAL_BONDS: ("专项债", "专项债券", "地方政府专项债", "地方政府专项债券"),
    FundingSource.LOCAL_BUDGET: ("地方财政", "财政资金", "本级财政", "县级财政", "地方财政资金"),
    FundingSource.BANK_LOANS: ("银行贷款", "贷款", "国内贷款"),
    FundingSource.FOREIGN_CAPITAL: ("利用外资", "外资"),
    FundingSource.OWN_FUNDS: ("自筹", "企业自筹", "自筹资金", "自有资金", "企业自有资金"),
    FundingSource.OTHER: ("其他资金", "其他", "其它资金", "其它"),
}

# --- monthly figures
PER_MONTH, SUM = "month", "sum"
_RANGE = re.compile(r"(\d{1,2})月?[-至~—](\d{1,2})月")
_MONTH = re.compile(r"(?<!\d)(\d{1,2})月")
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_CHINESE_MONTHS = {f"{name}月": f"{number}月" for number, name in enumerate(_NUMERALS, start=1)}
_FIGURES: Mapping[str, tuple[str, ...]] = {
    L.NUMBER: _LEDGER[L.NUMBER],
    L.CODE: _LEDGER[L.CODE],
    L.NAME: _LEDGER[L.NAME],
    L.IGNORED: (
        *("责任单位", "责任部门", "项目单位", "建设单位", "总投资", "计划总投资", "备注", "建设地点", "当前阶段", "灯"),
        *(
            "年度计划投资",
            "年度计划",
            "全年计划",
            "年度投资计划",
            "建设内容",
            "乡镇",
            "完成率",
            "累计完成率",
            "形象进度",
        ),
    ),
}
MONTHLY_LABELS: Mapping[FigureKind, str] = {
    FigureKind.PLAN: msg("Plan of month %(month)s"),
    FigureKind.ACTUAL: msg("Done in month %(month)s"),
}


def funding_column(source: FundingSource) -> str:
    """The column of planned money of one source."""
    return f"{FUNDING}{source.value}"


class _Ledger:
    """The vocabulary of the ledger."""

    number = L.NUMBER.value
    ignored = L.IGNORED.value

    def field_of(self, label: str) -> str | None:
        word = without_unit(label)
        if not word or len(word) > _LONGEST_LABEL:
            return None
        known = _ledger_labels()
        bare = _YEAR.sub("", word)
        return known.get(word.lower()) or known.get(bare.lower())

    def field_under(self, parent: str, child: str) -> str | None:
        if not child:
            return self.field_of(parent)
        return self.field_of(child) or self.field_of(parent + child) or self.field_of(parent)


class _Figures:
    """The vocabulary of monthly figures: ``plan:03``, ``actual:03``, ``actual:month``, ``actual:sum``, ``:03``."""

    number = L.NUMBER.value
    ignored = L.IGNORED.value

    def field_of(self, label: str) -> str | None:
        word = _plain(label)
        if not word or len(word) > _LONGEST_LABEL:
            return None
        return _figure_labels().get(word.lower()) or _monthly(word)

    def field_under(self, parent: str, child: str) -> str | None:
        """A month above, plan and done below; or the other way round."""
        if not child:
            return self.field_of(parent)
        whole = _monthly(_plain(parent) + _plain(child))
        return whole or self.field_of(child) or self.field_of(parent)


def _plain(label: str) -> str:
    word = _YEAR.sub("", without_unit(label))
    return _CHINESE_MONTHS.get(word, word)


def _monthly(word: str) -> str | None:
    """Which figure a heading names; None when it is none. Its kind may be missing and is then asked."""
    for name, number in sorted(_CHINESE_MONTHS.items(), key=lambda pair: -len(pair[0])):
        word = word.replace(name, number)
    span, months = _RANGE.search(word), _MONTH.findall(word)
    kind = _kind_in(word)
    if span is not None or re.search(r"累计|自年初|合计", word):
        last = span[2] if span else months[-1] if months else ""
        return f"{kind}:{SUM}{last.zfill(2) if last else ''}" if not last or 1 <= int(last) <= 12 else None
    if re.search(r"本月|当月|本期", word):
        return f"{kind}:{PER_MONTH}"
    if len(months) == 1 and 1 <= int(months[0]) <= 12:
        return f"{kind}:{months[0].zfill(2)}"
    return None


def _kind_in(word: str) -> str:
    """Plan, done, or "" where the words say neither or both."""
    is_plan, is_actual = bool(re.search(r"计划|目标|任务", word)), bool(re.search(r"完成|实际|实绩", word))
    if is_plan == is_actual:
        return ""
    return FigureKind.PLAN.value if is_plan else FigureKind.ACTUAL.value


VOCABULARIES: Mapping[ListKind, Vocabulary] = {ListKind.LEDGER: _Ledger(), ListKind.FIGURES: _Figures()}


# --- labels in every language ----------------------------------------------------------------------------------------
def _in_all_languages(pairs: Callable[[], Iterable[tuple[str, str]]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            found |= {without_unit(label).lower(): field for label, field in pairs()}
    return found


@lru_cache(maxsize=1)
def _ledger_labels() -> Mapping[str, str]:
    written = _in_all_languages(lambda: [(label_of(column), column.value) for column in L])
    sources = _in_all_languages(lambda: [(label_of(source), funding_column(source)) for source in FundingSource])
    usual = {label: str(field) for field, labels in _LEDGER.items() for label in labels}
    money = {label: funding_column(source) for source, labels in _FUNDING.items() for label in labels}
    return {**written, **sources, **usual, **money}


@lru_cache(maxsize=1)
def _figure_labels() -> Mapping[str, str]:
    columns = (L.NUMBER, L.CODE, L.NAME)
    written = _in_all_languages(
        lambda: [
            *((label_of(column), column.value) for column in columns),
            *((label_of(column), L.IGNORED.value) for column in (L.AGENCY, L.DIVISION)),
            *(
                (gettext(label) % {"month": month}, f"{kind.value}:{month:02}")
                for kind, label in MONTHLY_LABELS.items()
                for month in range(1, 13)
            ),
        ]
    )
    return {**written, **{label: str(field) for field, labels in _FIGURES.items() for label in labels}}


@lru_cache(maxsize=8)
def _labels_of(words: type[Word]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            found |= {without_unit(label_of(word)).lower(): word.value for word in words}
    return found


def label_words(words: type[W]) -> dict[str, W]:
    """The words of a list by their labels in each language, folded and without blanks."""
    return {label: words(value) for label, value in _labels_of(words).items()}


def meanings(kind: ListKind) -> list[tuple[str, str]]:
    """What a column can be said to hold, with its label."""
    if kind is ListKind.LEDGER:
        money = [(funding_column(source), label_of(source)) for source in FundingSource]
        return [*((column.value, label_of(column)) for column in L if column is not L.IGNORED), *money, _ignored()]
    columns = [(column.value, label_of(column)) for column in (L.NUMBER, L.CODE, L.NAME)]
    months = [
        (f"{figure.value}:{month:02}", gettext(label) % {"month": month})
        for figure, label in MONTHLY_LABELS.items()
        for month in range(1, 13)
    ]
    loose = [(f":{month:02}", gettext("Month %(month)s") % {"month": month}) for month in range(1, 13)]
    return [*columns, *months, *_of_the_month(), *loose, _ignored()]


def _of_the_month() -> list[tuple[str, str]]:
    return [
        (f"{FigureKind.PLAN.value}:{PER_MONTH}", gettext("Plan of the month")),
        (f"{FigureKind.ACTUAL.value}:{PER_MONTH}", gettext("Done in the month")),
        (f"{FigureKind.PLAN.value}:{SUM}", gettext("Plan since January")),
        (f"{FigureKind.ACTUAL.value}:{SUM}", gettext("Done since January")),
    ]


def _ignored() -> tuple[str, str]:
    return L.IGNORED.value, label_of(L.IGNORED)
