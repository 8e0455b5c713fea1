"""Documents say what is so, and decisions are written down whole."""

import tomllib
from pathlib import Path

import pytest
import yaml

from tools.check_docs import problems, tracked

ROOT = Path(__file__).resolve().parent.parent
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
SECTIONS = ["Context", "Decision", "Rejected", "Consequences"]


def public_code():
    return yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_documents_say_nothing_untrue():
    assert problems(tracked(ROOT)) == []


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_decision_has_its_number_and_sections(path):
    title, *lines = path.read_text(encoding="utf-8").splitlines()

    assert title.startswith(f"# {path.name[:4]}: ")
    assert [line.removeprefix("## ") for line in lines if line.startswith("## ")] == SECTIONS


def test_decisions_are_numbered_without_a_gap():
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(len(DECISIONS)))


def test_public_code_agrees_with_the_package():
    said = public_code()

    assert (said["softwareVersion"], said["legal"]["license"]) == (project()["version"], project()["license"])


def test_public_code_describes_itself_in_every_language():
    said = public_code()

    assert sorted(said["description"]) == sorted(said["localisation"]["availableLanguages"])


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_public_code_keeps_the_lengths_of_its_standard(language):
    description = public_code()["description"][language]

    assert (len(description["shortDescription"]) <= 150, 150 <= len(description["longDescription"]) <= 10_000) == (
        True,
        True,
    )
