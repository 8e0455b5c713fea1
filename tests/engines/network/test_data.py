"""The packaged paths: every article they cite is known, every order in them has its source, and nothing is guessed."""

from __future__ import annotations

import pytest
import yaml

from sushui.engines.network import NOT_STATED, StepKind, load_template, select
from tests.engines.network.permits import PATHS, catalog, packaged, text

LAND = ("land_granted", "land_allocated", "land_in_hand")
ASSESSMENTS = ("eia_report", "eia_form", "eia_registration")


def known_sources():
    written = yaml.safe_load(text("articles"))
    articles = {f"{law['law']} 第{number}条" for law in written["laws"] for number in law["articles"]}
    return articles | {notice["source"] for notice in written["notices"]}


def step(path, key):
    return next(each for each in packaged(path).steps if each.key == key)


@pytest.mark.parametrize("path", PATHS)
def test_every_cited_article_is_in_the_list(path):
    assert packaged(path).sources - known_sources() == set()


def test_every_listed_article_is_cited():
    cited = set().union(*(packaged(path).sources for path in PATHS))

    assert known_sources() - cited == {"山西省承诺制报道 2019-06-13"}  # why a step is not there


def test_every_article_is_quoted():
    laws = yaml.safe_load(text("articles"))["laws"]

    assert [law["law"] for law in laws for quoted in law["articles"].values() if len(quoted) < 8] == []


@pytest.mark.parametrize("path", PATHS)
def test_a_path_is_what_its_file_is_called(path):
    template = packaged(path)

    assert (f"{template.path}_{template.variant}", template.goal) == (path, "construction_start")


@pytest.mark.parametrize("path", PATHS)
def test_every_stated_limit_has_an_article(path):
    limits = [each.limit for each in packaged(path).steps if each.limit]

    assert [limit for limit in limits if limit.source == NOT_STATED] == []


@pytest.mark.parametrize("path", PATHS)
def test_no_promise_is_made_for_an_agency(path):
    assert [each.key for each in packaged(path).steps if each.promised] == []


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("land", LAND)
@pytest.mark.parametrize("assessment", ASSESSMENTS)
def test_every_choice_gives_a_network_with_the_start(path, land, assessment):
    network = select(packaged(path), [land, assessment])

    assert network.undecided == ()
    assert assessment in {requirement.key for requirement in network.step("construction_start").requires}


@pytest.mark.parametrize(
    ("key", "length", "kind", "runs_from"),
    [
        ("approval", 20, "working", "acceptance"),
        ("eia_report", 60, "calendar", "receipt"),
        ("eia_form", 30, "calendar", "receipt"),
        ("water_intake", 45, "working", "acceptance"),
        ("construction_permit", 7, "calendar", "receipt"),
        ("completion_filing", 15, "calendar", "prerequisites"),
        ("expropriation_notice", 15, "working", "prerequisites"),
        ("land_preview", 20, "working", "acceptance"),
    ],
)
def test_the_limits_of_the_laws(key, length, kind, runs_from):
    limit = step("enterprise_approval_standard", key).limit

    assert (limit.length.count, str(limit.length.day_kind), str(limit.runs_from)) == (length, kind, runs_from)


@pytest.mark.parametrize(
    ("key", "months", "extension", "times"),
    [("approval", 24, 12, 1), ("construction_permit", 3, 3, 2), ("eia_report", 60, None, 0)],
)
def test_the_validities_of_the_laws(key, months, extension, times):
    validity = step("enterprise_approval_standard", key).validity

    found = (validity.length.count, validity.extension.count if validity.extension else None, validity.extensions)

    assert found == (months, extension, times)


def test_the_commitment_system_marks_what_is_known_of_filing_projects():
    steps = packaged("enterprise_filing_commitment").steps
    marked = {
        kind: {each.key for each in steps if each.kind is kind and each.kind_source.startswith("山西省")}
        for kind in StepKind
    }

    assert marked[StepKind.PROMISE] == {"energy_review", "soil_water", "lightning_design"}
    assert marked[StepKind.GOVERNMENT_SERVICE] == {*ASSESSMENTS, "seismic_assessment", "geological_assessment"}


@pytest.mark.parametrize("path", ["enterprise_approval_commitment", "government_investment_commitment"])
def test_the_commitment_system_is_not_stated_for_other_projects(path):
    template = packaged(path)
    promised = [each for each in template.steps if each.kind is StepKind.PROMISE]

    assert (template.variant_source, {each.kind_source for each in promised}) == (NOT_STATED, {NOT_STATED})


def test_the_commitment_system_leaves_out_the_review_of_drawings():
    keys = {path: {each.key for each in packaged(path).steps} for path in PATHS}

    assert [path for path in PATHS if "drawing_review" not in keys[path]] == [
        path for path in PATHS if "commitment" in path
    ]


def test_every_step_of_the_catalog_is_used():
    used = {each.key for path in PATHS for each in packaged(path).steps}

    assert set(catalog().steps) - used == set()


def test_a_path_can_be_edited_and_read_again():
    edited = text("enterprise_filing_standard").replace("- key: filing", "- key: filing\n  note: 本县网上办理")

    assert load_template(edited, catalog()).steps[0].note == "本县网上办理"
