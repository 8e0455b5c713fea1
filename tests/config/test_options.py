"""Where an option comes from: the environment, else the env file, else its default."""

from __future__ import annotations

from pathlib import Path

import pytest

from sushui.config.options import OPTIONS, OptionError, read_options

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment in which nothing of ours is set."""
    for name in ("SUSHUI_ENV_FILE", *(option.name for option in OPTIONS)):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)
    return monkeypatch


def shown(default: object) -> str:
    """A default as the document writes it: as one would set it."""
    if isinstance(default, bool):
        return "yes" if default else "no"
    return ",".join(default) if isinstance(default, tuple) else str(default)


def documented() -> list[tuple[str, ...]]:
    """The rows of the document's first table: name, default, kind, sentence."""
    options, _dated, _settings = DOCUMENT.read_text(encoding="utf-8").partition("## Dated settings")
    rows = [line.strip("| \n").split(" | ") for line in options.splitlines() if line.startswith("| `")]
    return [(name.strip("`"), default.strip("` "), kind, sentence) for name, default, kind, sentence in rows]


def test_document_shows_every_option_as_it_is() -> None:
    table = [(o.name, shown(o.default), o.kind.name.lower().replace("_", " "), o.sentence) for o in OPTIONS]

    assert documented() == table


def test_names_are_unique() -> None:
    names = [option.name for option in OPTIONS]

    assert names == list(dict.fromkeys(names))


@pytest.mark.usefixtures("bare")
def test_option_that_is_not_set_has_its_default() -> None:
    defaults = {o.name: list(o.default) if isinstance(o.default, tuple) else o.default for o in OPTIONS}

    assert read_options() == defaults


def test_env_file_is_read_before_the_default(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "county.env").write_text("SUSHUI_WORKERS=5\n")
    bare.setenv("SUSHUI_ENV_FILE", str(tmp_path / "county.env"))

    assert read_options()["SUSHUI_WORKERS"] == 5


def test_environment_is_read_before_the_env_file(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "county.env").write_text("SUSHUI_WORKERS=5\n")
    bare.setenv("SUSHUI_ENV_FILE", str(tmp_path / "county.env"))
    bare.setenv("SUSHUI_WORKERS", "7")

    assert read_options()["SUSHUI_WORKERS"] == 7


def test_secret_may_stand_in_a_file_of_its_own(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("a long secret\n")
    bare.setenv("SUSHUI_SECRET_KEY_FILE", str(tmp_path / "key"))

    assert read_options()["SUSHUI_SECRET_KEY"] == "a long secret"


def test_list_is_split_at_commas(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("SUSHUI_HOSTS", "work.example.cn, 10.0.0.5,")

    assert read_options()["SUSHUI_HOSTS"] == ["work.example.cn", "10.0.0.5"]


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("true", True), ("1", True), ("no", False), ("off", False)])
def test_yes_or_no_is_read_as_people_write_it(bare: pytest.MonkeyPatch, text: str, value: bool) -> None:
    bare.setenv("SUSHUI_HTTPS", text)

    assert read_options()["SUSHUI_HTTPS"] is value


@pytest.mark.parametrize(("name", "text"), [("SUSHUI_WORKERS", "many"), ("SUSHUI_HTTPS", "perhaps")])
def test_text_that_cannot_be_read_names_its_option(bare: pytest.MonkeyPatch, name: str, text: str) -> None:
    bare.setenv(name, text)

    with pytest.raises(OptionError, match=f"^{name} cannot be read as "):
        read_options()


def test_env_file_that_is_not_there_is_refused(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("SUSHUI_ENV_FILE", "/nowhere/county.env")

    with pytest.raises(OptionError) as refusal:
        read_options()

    assert str(refusal.value) == "SUSHUI_ENV_FILE names /nowhere/county.env, which is not there."
