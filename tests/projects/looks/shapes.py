"""Shapes of the two townships of the cast's county, invented squares beside each other."""

from __future__ import annotations

import json
from typing import Any

WEST = [[111.40, 35.40], [111.50, 35.40], [111.50, 35.50], [111.40, 35.50], [111.40, 35.40]]
EAST = [[111.50, 35.40], [111.60, 35.40], [111.60, 35.50], [111.50, 35.50], [111.50, 35.40]]


def square(name: str, ring: list[list[float]]) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def shapes_file(*more: dict[str, Any]) -> bytes:
    features = [square("古绛镇", EAST), square("横水镇", WEST), *more]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()
