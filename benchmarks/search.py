"""How long the search takes at 10,000 and 1,000,000 titles, and what storing initials in other ways would cost.

    python -m benchmarks.search            # both sizes, some minutes
    python -m benchmarks.search 10000      # one size

Titles are put together from places, works and enterprises as a county's lists name them; 100,000 differ. `closest` is
what the page asks for one kind; the sheet of suggestions asks for every kind, through every middleware and template.
The last rows ask the bare table: initials stored as suffixes of six letters, found by their beginning, beside pairs and
triples that follow each other.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice, product

from benchmarks.world import Sample, World, database, machine, measure

SIZES = (10_000, 1_000_000)
DIFFERENT = 100_000
RUNS = 60
SUFFIX = 6
COPY = "COPY kernel_subject (kind, object_id, label, url, division_id, search_text, search) FROM STDIN"


def _words(text: str) -> list[str]:
    return text.split()


PLACES = _words(
    """古绛镇 横水镇 陈村镇 卫庄镇 磨里镇 南樊镇 安峪镇 大交镇 郝庄乡 冷口乡 开发区 县城 城北 城南 涑水河 中条山
    北环路 新区 东山 西关 里册峪"""
)
VERBS = _words(
    """推进 加快 完成 启动 落实 开展 组织 协调 督促 整治 建设 改造 实施 谋划 争取 统筹 规范 优化 排查 验收 移交
    招引"""
)
WORKS = _words(
    """产业园区 道路 污水管网 供热管网 标准厂房 装备制造 新材料 新能源 光伏发电 风力发电 抽水蓄能电站 职业中学
    县医院 敬老院 高标准农田 灌区 水库除险加固 饮水安全 农村公路 国道 物流园 电子商务 中药材 连翘 山楂 樱桃
    养殖小区 垃圾填埋场 渗滤液 秸秆禁烧 环保督察 国土空间规划 不动产登记 惠企政策 医保基金 教师招聘 校园安全
    食品安全 消防通道 森林防火 地质灾害 防汛抗旱 信访积案 拖欠工资 营商环境 数字政府 统计入库 规上企业 技术改造
    研发投入 招商引资 银企对接 贷款贴息 债券资金 财政评审 审计整改"""
)
ENDS = _words("项目 工程 工作 任务 事项 问题整改 方案 清单 台账 前期手续 征地拆迁 竣工验收 资金拨付 年度目标")
FIRMS = (
    _words("宏基 绛盛 晋源 鑫隆 华康 恒泰 远大 佳信 金泽 瑞丰 宝丰 盛达 天康 明珠 永兴 和顺 广源 兴业 同德 汇丰"),
    _words("新材料有限公司 装备制造有限公司 新能源有限公司 医药有限公司 精细化工有限公司 铸造有限公司"),
)
RARE = ("绛盛", "渗滤", "连翘", "山楂", "鑫隆", "樱桃")
COMMON = ("项目", "工程", "有限", "公司", "推进")
PHRASES = ("里册峪污水管网", "宏基新材料", "抽水蓄能电站", "北环路渗滤液", "郝庄乡连翘", "秸秆禁烧")


def main() -> None:
    """Print a table for each size."""
    sizes = [int(argument) for argument in sys.argv[1:]] or list(SIZES)
    print(machine())
    with database():
        county = World()
        counted = 0
        for size in sizes:
            _add(county, counted, size)
            counted = size
            print(f"\n{size:,} titles\n{'what is asked':<44}{'p50 ms':>9}{'p95 ms':>9}{'queries':>9}")
            for sample in (*_pages(county), *_bare()):
                print(f"{sample.name:<44}{sample.p50:>9.1f}{sample.p95:>9.1f}{sample.queries:>9}")
            _print_sizes()


# --- the titles ------------------------------------------------------------------------------------------------------
def titles(count: int) -> Iterator[str]:
    dice = random.Random(2026)
    for number in range(count):
        core = f"{dice.choice(PLACES)}{dice.choice(WORKS)}{dice.choice(ENDS)}"
        firm = "".join(dice.choice(part) for part in FIRMS)
        forms = (
            f"{dice.choice(VERBS)}{core}",
            f"{dice.choice(VERBS)}{firm}{dice.choice(WORKS)}{dice.choice(ENDS)}",
            f"{core}（第{number % 60}期）",
            f"{dice.choice(VERBS)}{core}G{100 + number % 900}",
        )
        yield dice.choice(forms)


def _add(county: World, start: int, size: int) -> None:
    """Subjects of a kind that everybody in the county sees, and beside them the other way to store initials."""
    from django.db import connection

    from sushui.kernel.models import Subject
    from sushui.kernel.search import vector_text
    from sushui.kernel.subjects import SubjectKind, register_kind

    register_kind(SubjectKind("benchmark", "Benchmark", lambda viewer: Subject.objects.all()))
    before = time.perf_counter()
    made = [(title, vector_text(title, "重点工作清单"), _suffixes(title)) for title in titles(min(size, DIFFERENT))]
    print(f"{(time.perf_counter() - before) / len(made) * 1e6:.0f} microseconds to make the words of a title")
    rows = list(enumerate(islice(cycle(made), start, size), start=start + 1))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS suffixes (id bigint PRIMARY KEY, search tsvector)")
        cursor.execute("DROP INDEX IF EXISTS subject_search, suffixes_search")
        with cursor.copy(COPY) as copied:
            for number, (title, words, _) in rows:
                code = f"2212-140826-89-01-{number:06}"
                more = " ".join(f"'+{each}'" for each in (*code.split("-"), code.replace("-", "")))
                copied.write_row(("benchmark", number, title, "/", county.county.county.pk, code, f"{words} {more}"))
        with cursor.copy("COPY suffixes FROM STDIN") as copied:
            for number, (_, _, suffixes) in rows:
                copied.write_row((number, suffixes))
        cursor.execute("CREATE INDEX subject_search ON kernel_subject USING gin (search, (ARRAY[division_id]))")
        cursor.execute("CREATE INDEX suffixes_search ON suffixes USING gin (search)")
        cursor.execute("VACUUM ANALYZE")


def _suffixes(title: str) -> str:
    from sushui.kernel.readings import letters

    read = [readings for _, readings in letters(title)]
    starts = range(len(read))
    return " ".join({"'" + "".join(each) + "'" for start in starts for each in product(*read[start : start + SUFFIX])})


def _initials(text: str) -> str:
    from sushui.kernel.readings import letters

    return "".join(readings[0] for _, readings in letters(text))


# --- what is asked ---------------------------------------------------------------------------------------------------
def _queries() -> dict[str, Sequence[str]]:
    spelled = [_initials(phrase) for phrase in PHRASES]
    return {
        "two characters, rare": RARE,
        "two characters, common": COMMON,
        "three characters": ("里册峪", "新材料", "渗滤液", "北环路"),
        **{f"initials, {size} letters": [each[-size:] for each in spelled] for size in (2, 4, 6)},
        "initials that are nobody's": ("qqqq", "zxzx", "wwqq"),
        "a whole code": [f"2212-140826-89-01-{number:06}" for number in range(1, 61)],
        "the beginning of every code": ("2212-1408", "2212140826"),
    }


def _pages(county: World) -> Iterator[Sample]:
    from django.test import Client
    from django.urls import reverse

    from sushui.kernel.models import Subject
    from sushui.kernel.search import Sought, closest

    own = [county.county.county.pk]
    rows = Subject.objects.filter(kind="benchmark", division_id__in=own)
    office = Client()
    office.force_login(county.county.user("office"))

    def suggested(text: str) -> None:
        assert office.get(reverse("desk:suggest"), {"q": text}).status_code == 200

    for name, texts in _queries().items():
        yield measure(
            name, _each(texts, lambda text: closest(rows, Sought.of(text), division_ids=own, column="label")), RUNS
        )
    for name in ("two characters, common", "initials, 4 letters"):
        yield measure(f"suggestions: {name}", _each(_queries()[name], suggested), RUNS)


def _bare() -> Iterator[Sample]:
    from sushui.kernel.search import Sought

    for size in (2, 4, 6):
        texts = _queries()[f"initials, {size} letters"]
        triples = [str(Sought.of(text).in_label().get_source_expressions()[-1].value) for text in texts]
        beginnings = [f"'{text}':*" for text in texts]
        yield measure(f"bare, {size} letters: pairs and triples", _each(triples, _asked("kernel_subject")), RUNS)
        yield measure(f"bare, {size} letters: suffixes", _each(beginnings, _asked("suffixes")), RUNS)


def _each(texts: Sequence[str], ask: Callable[[str], object]) -> Callable[[int], object]:
    return lambda number: ask(texts[number % len(texts)])


def _asked(table: str) -> Callable[[str], None]:
    from django.db import connection

    def ask(written: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM {table} WHERE search @@ %s::tsquery LIMIT 1001", [written])
            cursor.fetchall()

    return ask


def _print_sizes() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for name in ("subject_search", "suffixes_search"):
            cursor.execute("SELECT pg_relation_size(%s::regclass) / 1048576", [name])
            print(f"{name}: {cursor.fetchone()[0]:,} MiB")


if __name__ == "__main__":
    main()
