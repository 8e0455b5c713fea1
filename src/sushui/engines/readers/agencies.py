"""Who is meant by a name: exact after normalizing, or nobody. Similar names are offered, never taken."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .readings import Group
from .texts import compact

_LEVELS = ("县", "区", "市")
_NO_LEVEL = ("市场", "市政", "区域", "县域")  # words that only look as if they began with a level
_LONGEST_COMPARED = 30
_OFFERED = 3
_SIMILAR = 0.5
_BRACKETS = re.compile(r"[()]")
_MOST_COMPARED = 500

_OWN = r"(本|全)?[县区市]?"
_TOWNSHIPS = r"(乡镇|镇乡|镇|乡)(党委)?(人民)?(政府)?"
_SUBDISTRICTS = r"街道?(党工委)?(办事处|办)?"
_GROUPS: tuple[tuple[re.Pattern[str], frozenset[Group]], ...] = (
    (re.compile(rf"{_OWN}各{_TOWNSHIPS}"), frozenset({Group.TOWNSHIPS})),
    (re.compile(rf"{_OWN}各{_SUBDISTRICTS}"), frozenset({Group.SUBDISTRICTS})),
    (re.compile(rf"{_OWN}各{_TOWNSHIPS}各?{_SUBDISTRICTS}"), frozenset({Group.TOWNSHIPS, Group.SUBDISTRICTS})),
    (re.compile(rf"{_OWN}((人民)?政府|直|级)?各(工作)?部门"), frozenset({Group.DEPARTMENTS})),
)
_UNDETERMINED = re.compile(
    r"(各|其他|其它)*(有关|相关|涉及|其他|其它|责任|成员)的?(部门|单位|乡镇|镇|街道|企业|方面).*|.*成员单位|.*各单位"
)


@dataclass(frozen=True, slots=True)
class AgencyName:
    """An agency: its key, every name it goes by (official, short, former), and the groups it belongs to."""

    key: str
    names: tuple[str, ...]
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True)
class AgencyIndex:
    """All agencies of a division, to be looked up by name. Build it with `AgencyIndex.of`."""

    agencies: tuple[AgencyName, ...]
    prefixes: tuple[str, ...]
    _by_name: Mapping[str, tuple[str, ...]] = field(repr=False)
    _near: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, agencies: Iterable[AgencyName], *, division: str = "") -> AgencyIndex:
        """``division`` is its name ("绛县"): "绛县" and "县" before a name then add nothing, while "市" before it means
        an agency of another level. Without it, the levels that the known names begin with are one's own.
        """
        known = tuple(agencies)
        prefixes = _own_prefixes(known, compact(division))
        by_name: dict[str, list[str]] = {}
        for agency in known:
            for form in {form for name in agency.names for form in _forms(compact(name), prefixes)}:
                by_name.setdefault(form, []).append(agency.key)
        return cls(known, prefixes, {name: tuple(keys) for name, keys in by_name.items()})

    def find(self, name: str) -> tuple[str, ...]:
        """The keys of the agencies so called: one, none, or several when the name is not unique."""
        forms = _forms(compact(name), self.prefixes)
        return next((self._by_name[form] for form in forms if form in self._by_name), ())

    def members(self, groups: frozenset[Group]) -> tuple[str, ...]:
        """The keys of the agencies in any of ``groups``, in the order given."""
        return tuple(agency.key for agency in self.agencies if agency.groups & groups)

    def near(self, name: str) -> tuple[str, ...]:
        """At most three keys of agencies with similar names, the most similar first.

        Comparing is slow, so only the first 500 different names are compared.
        """
        word = _forms(compact(name), self.prefixes)[-1]
        if word not in self._near:
            if len(word) > _LONGEST_COMPARED or len(self._near) >= _MOST_COMPARED:
                return ()
            self._near[word] = self._compare(word)
        return self._near[word]

    def _compare(self, word: str) -> tuple[str, ...]:
        close = difflib.get_close_matches(word, self._by_name, n=3 * _OFFERED, cutoff=_SIMILAR)
        keys = dict.fromkeys(key for name in close for key in self._by_name[name])
        return tuple(keys)[:_OFFERED]


def groups_of(name: str) -> frozenset[Group]:
    """The groups a phrase such as 各乡镇人民政府 stands for; empty when it is no such phrase."""
    word = _BRACKETS.sub("", compact(name)).replace("、", "")
    return next((groups for pattern, groups in _GROUPS if pattern.fullmatch(word)), frozenset())


def is_undetermined(name: str) -> bool:
    """Whether a phrase leaves open who is meant: 有关部门, 相关单位, 成员单位."""
    word = _strip_government(_BRACKETS.sub("", compact(name)))
    return not groups_of(name) and bool(_UNDETERMINED.fullmatch(word))


def _strip_government(word: str) -> str:
    return re.sub(r"^[县区市]?(委|直|级|(人民)?政府)?(?=各|有关|相关|涉及|其)", "", word)


def _own_prefixes(agencies: tuple[AgencyName, ...], division: str) -> tuple[str, ...]:
    if division:
        return division, division[-1]
    names = [name for agency in agencies for name in map(compact, agency.names)]
    seen = {name[0] for name in names if name.startswith(_LEVELS) and not name.startswith(_NO_LEVEL)}
    return tuple(sorted(seen)) or _LEVELS


def _forms(word: str, prefixes: tuple[str, ...]) -> list[str]:
    """The name as it is, then without the division's own name or level before it."""
    shorter = [word.removeprefix(prefix) for prefix in prefixes if word.startswith(prefix)]
    return [word, *(form for form in shorter if len(form) > 1)]
