"""Who or what is meant by a name: exactly one, or somebody is asked with similar names beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sushui.engines.readers import AgencyIndex, AgencyName, Field
from sushui.engines.readers.mentions import read_agencies

Nameable = tuple[int, tuple[str, ...], frozenset[str]]


class NameIndex:
    """Records of a division by any of their names; ``names`` are what a person chooses among."""

    def __init__(self, known: Iterable[Nameable], division_name: str) -> None:
        rows = list(known)
        self.names: Mapping[int, str] = {number: names[0] for number, names, _groups in rows}
        entries = [AgencyName(str(number), names, groups) for number, names, groups in rows]
        self._index = AgencyIndex.of(entries, division=division_name)

    def find(self, text: str) -> tuple[int, ...]:
        """The numbers of those so called: one, none or several."""
        return _numbers(self._index.find(text))

    def near(self, text: str) -> tuple[int, ...]:
        """At most three with similar names."""
        return _numbers(self._index.near(text))

    def responsible(self, text: str) -> tuple[int, ...]:
        """The agencies that a cell makes responsible, without those it says support; empty when one is not known."""
        cell = read_agencies(text, Field.LEAD_AGENCIES, self._index)
        if any(not mention.matches for mention in cell.lead):
            return ()
        return tuple(dict.fromkeys(number for mention in cell.lead for number in _numbers(mention.matches)))


def _numbers(keys: Iterable[str]) -> tuple[int, ...]:
    return tuple(int(key) for key in keys)
