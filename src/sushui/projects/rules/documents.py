"""Documents of the exchange as such: merging what was received with what the ledger says, and exact JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

_GONE = object()


def merged(ours: Any, understood: Any, received: Any) -> Any:
    """A document as it was received, with what the ledger says otherwise since then.

    ``understood`` is what we would have said right after receiving it: where ``ours`` still says the same, what was
    received stands, be it more or worded otherwise; where it differs, ours stands.
    """
    if ours == understood:
        return received
    if all(isinstance(each, dict) for each in (ours, understood, received)):
        names = dict.fromkeys([*received, *ours])
        kept = {name: _merged_at(name, ours, understood, received) for name in names}
        return {name: value for name, value in kept.items() if value is not _GONE}
    if all(_is_keyed(each) for each in (ours, understood, received)):
        pairs = merged(*({_key(item): item for item in rows} for rows in (ours, understood, received)))
        return list(pairs.values())
    return ours


def _merged_at(name: str, ours: dict[str, Any], understood: dict[str, Any], received: dict[str, Any]) -> Any:
    if name not in ours:
        return _GONE if name in understood else received[name]
    if name not in received:
        return ours[name] if understood.get(name, _GONE) != ours[name] else _GONE
    return merged(ours[name], understood.get(name, _GONE), received[name])


def _is_keyed(rows: Any) -> bool:
    return isinstance(rows, list) and all(
        isinstance(each, dict) and ("id" in each or "scheme" in each) for each in rows
    )


def _key(item: Mapping[str, Any]) -> tuple[Any, Any]:
    return item.get("scheme"), item.get("id") if not str(item.get("scheme", "")).startswith("sushui-") else None


# --- texts -----------------------------------------------------------------------------------------------------------
def to_text(value: Any, indent: str = "") -> str:
    """JSON with every number exact: amounts of eighteen digits lose nothing."""
    inner = f"{indent}  "
    if isinstance(value, Mapping):
        rows = [
            f"{inner}{json.dumps(str(name), ensure_ascii=False)}: {to_text(each, inner)}"
            for name, each in value.items()
        ]
        return "{\n" + ",\n".join(rows) + f"\n{indent}}}" if rows else "{}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        rows = [f"{inner}{to_text(each, inner)}" for each in value]
        return "[\n" + ",\n".join(rows) + f"\n{indent}]" if rows else "[]"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return json.dumps(value, ensure_ascii=False)


def from_text(text: str | bytes) -> Any:
    """The same back; numbers with a point are exact.

    Raises:
        ValueError: the text is no JSON, or holds what JSON has no word for.
    """
    return json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant)


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")
