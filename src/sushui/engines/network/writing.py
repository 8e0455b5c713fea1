"""A template as YAML that reads back as the same template, whole: nothing is left to a catalog."""

from __future__ import annotations

import yaml

from .template import NOT_STATED, Length, Limit, Step, Stop, Template, Unit, Validity, Word


def dump_template(template: Template) -> str:
    """The template in the form that `load_template` reads without a catalog."""
    document: dict[str, object] = {
        "path": template.path,
        "variant": template.variant,
        "variant_source": template.variant_source,
        "name": template.name,
        "msgid": template.msgid,
        "note": template.note,
        "goal": template.goal,
        "acceptance": _limit(template.acceptance),
        "agencies": [_word(word) for word in template.agencies],
        "flags": [_word(word) for word in template.flags],
        "choices": [list(choice) for choice in template.choices],
        "steps": [_step(step) for step in template.steps],
    }
    return yaml.safe_dump(_filled(document), allow_unicode=True, sort_keys=False, width=120)


def _filled(fields: dict[str, object]) -> dict[str, object]:
    """Without what is empty."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def _step(step: Step) -> dict[str, object]:
    documents = {"source": step.documents_source, "list": list(step.documents)}
    conditions = (
        ("all", list(step.condition.all_of)),
        ("any", list(step.condition.any_of)),
        ("none", list(step.condition.none_of)),
    )
    return _filled(
        {
            "key": step.key,
            "name": step.name,
            "msgid": step.msgid,
            "agency": step.agency,
            "kind": str(step.kind),
            "kind_source": step.kind_source,
            "basis": list(step.basis),
            "requires": {requirement.key: requirement.source for requirement in step.requires},
            "when": _filled(dict(conditions)),
            "limit": _limit(step.limit) or NOT_STATED,
            "minimum": _limit(step.minimum),
            "promised": _length(step.promised),
            "stops": [_stop(stop) for stop in step.stops],
            "validity": _validity(step.validity),
            "documents": documents,
            "note": step.note,
        }
    )


def _length(length: Length | None) -> dict[str, object]:
    if length is None:
        return {}
    kind = {} if length.unit is Unit.MONTH else {"day_kind": str(length.day_kind)}
    return {"length": length.count, "unit": str(length.unit), **kind}


def _limit(limit: Limit | None) -> dict[str, object]:
    if limit is None:
        return {}
    extension = _length(limit.extension) and {**_length(limit.extension), "source": limit.extension_source}
    return {
        **_length(limit.length),
        "from": str(limit.runs_from),
        "source": limit.source,
        **_filled({"extension": extension}),
    }


def _stop(stop: Stop) -> dict[str, object]:
    return _filled({"kind": str(stop.kind), "source": stop.source, "at_most": _length(stop.at_most)})


def _validity(validity: Validity | None) -> dict[str, object]:
    if validity is None:
        return {}
    return _filled(
        {
            **_length(validity.length),
            "source": validity.source,
            "until": validity.until_step,
            "extension": _length(validity.extension),
            "times": validity.extensions or None,
            "renew_before": _length(validity.renew_before),
            "renewal": _limit(validity.renewal),
        }
    )


def _word(word: Word) -> dict[str, object]:
    return _filled({"key": word.key, "name": word.name, "msgid": word.msgid, "note": word.note})
