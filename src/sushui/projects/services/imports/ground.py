"""What the rows of a ledger can name: agencies, places, clusters, industries, words of the room. One fixed reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sushui.kernel.industries import industries
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import division_tree
from sushui.projects import queries
from sushui.projects.adapter import NameIndex, label_words
from sushui.projects.enums import ProjectLevel, ProjectSector, ProjectStage
from sushui.projects.rules.cells import compact_name
from sushui.supervision.queries import nameable_agencies

# How tables say what our labels say otherwise.
LEVELS: Mapping[str, ProjectLevel] = {
    **dict.fromkeys(("省级", "省重点", "省级重点", "省重点项目"), ProjectLevel.PROVINCE),
    **dict.fromkeys(("市级", "市重点", "市级重点", "市重点项目"), ProjectLevel.CITY),
    **dict.fromkeys(("县级", "县重点", "县级重点", "县重点项目", "区级", "区级重点"), ProjectLevel.COUNTY),
    **dict.fromkeys(("其他", "一般", "一般项目"), ProjectLevel.OTHER),
}
SECTORS: Mapping[str, ProjectSector] = {
    **dict.fromkeys(("工业", "产业", "产业类", "产业项目", "工业类"), ProjectSector.INDUSTRY),
    **dict.fromkeys(("基础设施", "基础设施类", "城建"), ProjectSector.INFRASTRUCTURE),
    **dict.fromkeys(("民生", "社会事业", "民生类", "社会民生"), ProjectSector.LIVELIHOOD),
    **dict.fromkeys(("能源", "能源类", "新能源"), ProjectSector.ENERGY),
    **dict.fromkeys(("农业", "农业类", "农林水"), ProjectSector.AGRICULTURE),
    **dict.fromkeys(("服务业", "文旅", "现代服务业", "服务业类"), ProjectSector.SERVICES),
}
STAGES: Mapping[str, ProjectStage] = {
    **dict.fromkeys(("谋划", "谋划阶段", "谋划储备"), ProjectStage.PLANNED),
    **dict.fromkeys(("储备", "入库储备"), ProjectStage.IN_PIPELINE),
    **dict.fromkeys(("签约", "已签约"), ProjectStage.SIGNED),
    **dict.fromkeys(("落地", "已落地"), ProjectStage.ESTABLISHED),
    **dict.fromkeys(("前期", "前期阶段", "前期手续", "前期工作"), ProjectStage.PRE_CONSTRUCTION),
    **dict.fromkeys(("开工", "已开工", "在建", "建设中", "在建阶段", "施工中"), ProjectStage.UNDER_CONSTRUCTION),
    **dict.fromkeys(("竣工", "已竣工", "完工", "已完工"), ProjectStage.COMPLETED),
    **dict.fromkeys(("投产", "已投产"), ProjectStage.IN_PRODUCTION),
    **dict.fromkeys(("达产", "已达产"), ProjectStage.AT_DESIGN_CAPACITY),
    **dict.fromkeys(("达效", "已达效"), ProjectStage.AT_TARGET_RETURN),
    **dict.fromkeys(("停工", "停建", "缓建", "停缓建"), ProjectStage.SUSPENDED),
    **dict.fromkeys(("终止", "已终止"), ProjectStage.TERMINATED),
}


@dataclass(frozen=True)
class Ground:
    """Agencies, places and clusters of the division; words by what tables call them."""

    agencies: NameIndex
    places: NameIndex
    clusters: Mapping[str, int]
    cluster_names: Mapping[int, str]
    division_name: str
    levels: Mapping[str, ProjectLevel]
    sectors: Mapping[str, ProjectSector]
    stages: Mapping[str, ProjectStage]


def ground_of(viewer: Viewer) -> Ground:
    """What a ledger of the viewer's division can name today."""
    places = [(row.division.pk, (row.division.name,), frozenset[str]()) for row in division_tree(viewer)]
    clusters = {each.pk: each.name for each in queries.clusters(viewer.division_id)}
    return Ground(
        agencies=NameIndex(nameable_agencies(viewer), viewer.division_name),
        places=NameIndex(places, viewer.division_name),
        clusters={compact_name(name): number for number, name in clusters.items()},
        cluster_names=clusters,
        division_name=viewer.division_name,
        levels={**LEVELS, **label_words(ProjectLevel)},
        sectors={**SECTORS, **label_words(ProjectSector)},
        stages={**STAGES, **label_words(ProjectStage)},
    )


def industry_codes(text: str) -> tuple[str, ...]:
    """The industries that a cell names by code ("3217", "3217 x", "C") or by name; none or several are asked."""
    word = compact_name(text).upper()
    known = industries()
    if word in known:
        return (word,)
    digits = word[: next((at for at, sign in enumerate(word) if not sign.isascii()), len(word))]
    if digits and digits in known:
        return (digits,) if compact_name(known[digits].name).upper() == word[len(digits) :] else ()
    return _codes_by_name().get(word, ())


@cache
def _codes_by_name() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for each in industries().values():
        name = compact_name(each.name).upper()
        found[name] = (*found.get(name, ()), each.code)
    return found
