"""Templates read and written: what is said comes through, what cannot be is refused with its place."""

from __future__ import annotations

import pytest
import yaml

from sushui.engines.network import (
    DayKind,
    Length,
    Limit,
    NetworkError,
    Refusal,
    RunsFrom,
    StepKind,
    Unit,
    dump_template,
    load_catalog,
    load_template,
)
from tests.engines.network.permits import PATHS, packaged

LIMIT = {"length": 7, "unit": "day", "day_kind": "calendar", "from": "receipt", "source": "a law"}
STEP = {"key": "a", "name": "甲", "msgid": "A", "agency": "bureau"}
HEAD = {
    "path": "p",
    "variant": "v",
    "name": "名",
    "msgid": "N",
    "goal": "a",
    "agencies": [{"key": "bureau", "name": "局", "msgid": "bureau"}],
    "flags": [{"key": "wet", "name": "湿", "msgid": "wet"}],
}


def written(*steps, **more):
    return yaml.safe_dump({**HEAD, "steps": list(steps), **more}, allow_unicode=True)


def load(*steps, **more):
    return load_template(written(*steps, **more))


def refusal(text, catalog=None):
    with pytest.raises(NetworkError) as refused:
        load_template(text, *([catalog] if catalog else []))
    return refused.value.code, refused.value.params


def test_a_limit_is_read_with_its_days_and_source():
    found = load({**STEP, "limit": LIMIT})

    assert found.steps[0].limit == Limit(Length(7, Unit.DAY, DayKind.CALENDAR), "a law", RunsFrom.RECEIPT)


def test_an_extension_is_read_with_its_own_source():
    extension = {"length": 3, "unit": "day", "day_kind": "working", "source": "another law"}

    limit = load({**STEP, "limit": {**LIMIT, "extension": extension}}).steps[0].limit

    assert (limit.extension, limit.extension_source) == (Length(3), "another law")


@pytest.mark.parametrize("limit", [None, "not stated"])
def test_a_limit_that_is_not_stated_is_none(limit):
    assert load({**STEP, "limit": limit}).steps[0].limit is None


def test_months_need_no_kind_of_day():
    limit = {"length": 3, "unit": "month", "source": "a law"}

    assert load({**STEP, "limit": limit}).steps[0].limit.length == Length(3, Unit.MONTH, DayKind.CALENDAR)


def test_a_step_of_the_catalog_is_taken_over_and_what_the_template_says_goes_before():
    catalog = load_catalog(yaml.safe_dump({"steps": {"a": {"name": "甲", "msgid": "A", "agency": "bureau"}}}))

    found = load_template(written({"key": "a", "kind": "promise"}), catalog).steps[0]

    assert (found.name, found.kind) == ("甲", StepKind.PROMISE)


def test_the_words_of_the_catalog_serve_every_template():
    catalog = load_catalog(yaml.safe_dump({"agencies": HEAD["agencies"]}))
    text = yaml.safe_dump({**{name: value for name, value in HEAD.items() if name != "agencies"}, "steps": [STEP]})

    assert [word.key for word in load_template(text, catalog).agencies] == ["bureau"]


@pytest.mark.parametrize("name", PATHS)
def test_what_is_written_reads_back_the_same(name):
    template = packaged(name)

    assert load_template(dump_template(template)) == template


@pytest.mark.parametrize(
    ("more", "code", "params"),
    [
        ({"limit": {**LIMIT, "unit": "week"}}, Refusal.BAD_VALUE, {"place": "a.limit.unit", "value": "week"}),
        ({"limit": {"length": 7, "source": "x"}}, Refusal.LENGTH_WITHOUT_UNIT, {"place": "a.limit"}),
        (
            {"limit": {"length": 7, "unit": "day", "source": "x"}},
            Refusal.LENGTH_WITHOUT_DAY_KIND,
            {"place": "a.limit"},
        ),
        ({"limit": {**LIMIT, "length": -1}}, Refusal.LENGTH_OUT_OF_RANGE, {"place": "a.limit.length", "value": -1}),
        ({"limit": {**LIMIT, "length": True}}, Refusal.BAD_VALUE, {"place": "a.limit.length", "value": "True"}),
        ({"limit": {"unit": "month", "source": "x"}}, Refusal.MISSING, {"place": "a.limit.length"}),
        ({"limit": {**LIMIT, "source": ""}}, Refusal.WITHOUT_SOURCE, {"place": "a.limit.source"}),
        ({"limit": {**LIMIT, "hours": 1}}, Refusal.UNKNOWN_FIELD, {"place": "a.limit.hours"}),
        ({"limit": 7}, Refusal.NOT_A_MAPPING, {"place": "a.limit"}),
        ({"requires": {"a": None}}, Refusal.WITHOUT_SOURCE, {"place": "a.requires.a"}),
        ({"requires": {"a": "a law"}}, Refusal.CIRCLE, {"steps": ("a",)}),
        ({"requires": {"b": "a law"}}, Refusal.UNKNOWN_PREREQUISITE, {"step": "a", "prerequisite": "b"}),
        ({"kind": "magic"}, Refusal.BAD_VALUE, {"place": "a.kind", "value": "magic"}),
        ({"name": " "}, Refusal.BAD_VALUE, {"place": "a.name", "value": " "}),
        ({"agency": "nobody"}, Refusal.UNKNOWN_AGENCY, {"step": "a", "agency": "nobody"}),
        ({"when": {"all": ["dry"]}}, Refusal.UNKNOWN_FLAG, {"step": "a", "flag": "dry"}),
        ({"when": {"all": "wet"}}, Refusal.BAD_VALUE, {"place": "a.when.all", "value": "wet"}),
        ({"stops": "hearing"}, Refusal.BAD_VALUE, {"place": "a.stops", "value": "hearing"}),
        ({"stops": [{"source": "x"}]}, Refusal.MISSING, {"place": "a.stops.1.kind"}),
        ({"validity": {**LIMIT}}, Refusal.UNKNOWN_FIELD, {"place": "a.validity.from"}),
        (
            {"validity": {"length": 3, "unit": "month", "source": "x", "until": "z"}},
            Refusal.UNKNOWN_STEP,
            {"step": "z"},
        ),
        ({"color": "red"}, Refusal.UNKNOWN_FIELD, {"place": "a.color"}),
    ],
)
def test_a_step_that_cannot_be_is_refused(more, code, params):
    assert refusal(written({**STEP, **more})) == (code, params)


@pytest.mark.parametrize(
    ("text", "code", "params"),
    [
        (written(), Refusal.UNKNOWN_GOAL, {"step": "a"}),
        (written(STEP, {**STEP}), Refusal.TWO_STEPS_ONE_KEY, {"step": "a"}),
        (written(STEP, choices=[["dry"]]), Refusal.UNKNOWN_FLAG, {"step": "", "flag": "dry"}),
        (written(STEP, choices="wet"), Refusal.BAD_VALUE, {"place": "choices", "value": "wet"}),
        (written(STEP, steps=3), Refusal.BAD_VALUE, {"place": "steps", "value": "3"}),
        (written(STEP, steps=[3]), Refusal.NOT_A_MAPPING, {"place": "steps.1"}),
        ("path: p\n", Refusal.MISSING, {"place": "variant"}),
        ("- a\n", Refusal.NOT_A_MAPPING, {"place": ""}),
        ("", Refusal.NOT_A_MAPPING, {"place": ""}),
        ("1: a\n", Refusal.NOT_A_MAPPING, {"place": ""}),
        ("a: [\n", Refusal.NOT_YAML, {"line": 2}),
        ("a: 2026-02-30\n", Refusal.NOT_YAML, {"line": 0}),
        ("a: \x07\n", Refusal.NOT_YAML, {"line": 0}),
        ("a: !!python/object/apply:os.system [ls]\n", Refusal.NOT_YAML, {"line": 1}),
        ("path: p\npath: q\n", Refusal.TWICE_IN_MAPPING, {"name": "path", "line": 2}),
        ("a: &x [1]\nb: *x\n", Refusal.ALIAS, {"line": 1}),
        ("[" * 5000, Refusal.NOT_YAML, {"line": 0}),
        ("a" * 200_001, Refusal.TOO_LONG, {"limit": 200_000}),
    ],
)
def test_a_text_that_is_no_template_is_refused(text, code, params):
    assert refusal(text) == (code, params)


def test_a_circle_is_shown_in_its_order():
    steps = [{**STEP, "key": key, "requires": {other: "a law"}} for key, other in ("ac", "ba", "cb")]

    assert refusal(written(*steps)) == (Refusal.CIRCLE, {"steps": ("a", "b", "c")})
