"""Where townships stand in a schematic map: a tile each, in rows; drawn by us, and no boundary at all."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from math import ceil, sqrt

Tile = tuple[int, int]  # column and row, from 0


def tiles_of(division: str, codes: Sequence[str]) -> dict[str, Tile]:
    """A tile for each code: as ``data/tiles.toml`` places those of the division, the rest behind them row by row."""
    placed = {code: tile for code, tile in _tiles().get(division, {}).items() if code in codes}
    others = [code for code in codes if code not in placed]
    first = 1 + max((row for _column, row in placed.values()), default=-1)
    wide = max(1 + max((column for column, _row in placed.values()), default=0), ceil(sqrt(len(others) * 1.3)), 1)
    for place, code in enumerate(others):
        placed[code] = (place % wide, first + place // wide)
    return placed


@cache
def _tiles() -> Mapping[str, Mapping[str, Tile]]:
    text = resources.files("sushui.projects").joinpath("data/tiles.toml").read_text(encoding="utf-8")
    return {
        division: {code: (tile[0], tile[1]) for code, tile in tiles.items()}
        for division, tiles in tomllib.loads(text).items()
    }
