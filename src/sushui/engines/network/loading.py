"""Templates read from YAML, each refusal with its code and place; and written as YAML again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .checking import check_template
from .errors import NetworkError, Refusal
from .fields import Fields, length_of, read_length, read_limit
from .template import (
    NOT_STATED,
    Condition,
    Requirement,
    Step,
    StepKind,
    Stop,
    StopKind,
    Template,
    Validity,
    Word,
)
from .texts import parse

STEP_FIELDS = (
    *("key", "name", "msgid", "agency", "kind", "kind_source", "requires", "when", "limit", "minimum", "promised"),
    *("stops", "validity", "documents", "basis", "note"),
)
SHARED_FIELDS = ("agencies", "flags", "choices", "acceptance")
TEMPLATE_FIELDS = ("path", "variant", "variant_source", "name", "msgid", "goal", "steps", "note", *SHARED_FIELDS)


@dataclass(frozen=True)
class Catalog:
    """What the templates of a package say alike: words, choices, and steps by key as they are written."""

    shared: Mapping[str, object]
    steps: Mapping[str, Mapping[str, object]]


EMPTY = Catalog({}, {})


def load_catalog(text: str) -> Catalog:
    """Read what several templates share.

    Raises `NetworkError`. Steps are read in full when a template takes them.
    """
    fields = Fields(parse(text), "").only("steps", *SHARED_FIELDS)
    steps = Fields(fields.values.get("steps", {}), "steps")
    shared = {name: fields.values[name] for name in SHARED_FIELDS if name in fields.values}
    return Catalog(shared, {key: Fields(value, key).values for key, value in steps.values.items()})


def load_template(text: str, catalog: Catalog = EMPTY) -> Template:
    """Read a template and check it (`check_template`).

    A step of the catalog is taken over by its key; what the template says of it goes before. So do its own agencies,
    flags, choices and acceptance.

    Raises `NetworkError`: a code of a text or a template.
    """
    fields = Fields(parse(text), "").only(*TEMPLATE_FIELDS)
    whole = Fields({**catalog.shared, **fields.values}, "")
    template = Template(
        path=whole.text("path"),
        variant=whole.text("variant"),
        name=whole.text("name"),
        msgid=whole.text("msgid"),
        goal=whole.text("goal"),
        steps=tuple(_step(item, catalog) for item in whole.items("steps")),
        acceptance=whole.inner("acceptance", read_limit),
        agencies=tuple(_word(item) for item in whole.items("agencies")),
        flags=tuple(_word(item) for item in whole.items("flags")),
        choices=_choices(whole),
        variant_source=whole.text("variant_source", NOT_STATED),
        note=whole.text("note", ""),
    )
    check_template(template)
    return template


def _step(written: Fields, catalog: Catalog) -> Step:
    key = written.text("key")
    fields = Fields({**catalog.steps.get(key, {}), **written.values}, key).only(*STEP_FIELDS)
    documents = fields.inner("documents", _documents) or ((), NOT_STATED)
    return Step(
        key=key,
        name=fields.text("name"),
        msgid=fields.text("msgid"),
        agency=fields.text("agency"),
        kind=fields.word("kind", StepKind, StepKind.REVIEW),
        kind_source=fields.text("kind_source", NOT_STATED),
        requires=fields.inner("requires", _requirements) or (),
        condition=fields.inner("when", _condition) or Condition(),
        limit=fields.inner("limit", read_limit),
        minimum=fields.inner("minimum", read_limit),
        promised=fields.inner("promised", read_length),
        stops=tuple(_stop(item) for item in fields.items("stops")),
        validity=fields.inner("validity", _validity),
        documents=documents[0],
        documents_source=documents[1],
        basis=fields.texts("basis"),
        note=fields.text("note", ""),
    )


def _requirements(fields: Fields) -> tuple[Requirement, ...]:
    return tuple(Requirement(key, fields.source(key)) for key in fields.values)


def _condition(fields: Fields) -> Condition:
    fields.only("all", "any", "none")
    return Condition(fields.texts("all"), fields.texts("any"), fields.texts("none"))


def _stop(fields: Fields) -> Stop:
    fields.only("kind", "source", "at_most")
    if "kind" not in fields.values:
        raise NetworkError(Refusal.MISSING, place=fields.at("kind"))
    kind = fields.word("kind", StopKind, StopKind.CORRECTIONS)
    return Stop(kind, fields.source(), fields.inner("at_most", read_length))


def _validity(fields: Fields) -> Validity:
    fields.only("length", "unit", "day_kind", "source", "until", "extension", "times", "renew_before", "renewal")
    extension = fields.inner("extension", read_length)
    return Validity(
        length=length_of(fields),
        source=fields.source(),
        until_step=fields.text("until") if "until" in fields.values else None,
        extension=extension,
        extensions=fields.number("times", 1, 99) if extension else 0,
        renew_before=fields.inner("renew_before", read_length),
        renewal=fields.inner("renewal", read_limit),
    )


def _documents(fields: Fields) -> tuple[tuple[str, ...], str]:
    fields.only("source", "list")
    return fields.texts("list"), fields.source()


def _word(fields: Fields) -> Word:
    fields.only("key", "name", "msgid", "note")
    return Word(fields.text("key"), fields.text("name"), fields.text("msgid"), fields.text("note", ""))


def _choices(fields: Fields) -> tuple[tuple[str, ...], ...]:
    choices = fields.values.get("choices", [])
    if not isinstance(choices, list):
        raise fields.bad("choices")
    return tuple(Fields({"choice": choice}, "choices").texts("choice") for choice in choices)
