"""The build of style sheet and script: what it refuses, when it runs, what a page weighs."""

import json
import re
from pathlib import Path

import pytest

from tools import build_assets
from tools.build_assets import BuildError

ROOT = build_assets.ROOT
WEB = ROOT / "web"


@pytest.fixture(scope="module")
def built() -> Path:
    """The folder with the assets of this tree."""
    return build_assets.build()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a{background:url(\"data:image/svg+xml,%3csvg xmlns='http://www.w3.org/2000/svg'/%3e\")}", []),
        ("a{color:#fff}//not a comment", []),
        ("@import 'https://cdn.example/a.css';", ["https://cdn.example/a.css"]),
        ("a{background:url(//cdn.example/a.png)}", ["url(//cdn.example/a.png"]),
        ('@import "//cdn.example/a.css";', ['@import "//cdn.example/a.css";']),
        ('fetch("http://stats.example/x"),fetch("http://stats.example/x")', ["http://stats.example/x"]),
        ("HTTPS://CDN.EXAMPLE/a.js", ["HTTPS://CDN.EXAMPLE/a.js"]),
    ],
)
def test_remote_addresses_are_found(text: str, found: list[str]):
    assert build_assets.remote_addresses(text) == found


def test_output_with_a_remote_address_is_refused(tmp_path: Path):
    (tmp_path / "base.css").write_text("a{background:url(https://cdn.example/a.png)}")
    (tmp_path / "base.js").write_text("")

    with pytest.raises(BuildError, match=re.escape("base.css names addresses outside: https://cdn.example/a.png.")):
        build_assets.check_outputs(tmp_path)


def test_digest_changes_with_content_and_name(tmp_path: Path):
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_text("same")
    second.write_text("same")
    before = build_assets.digest([first])

    first.write_text("other")

    assert len({before, build_assets.digest([first]), build_assets.digest([second])}) == 3


def test_inputs_are_the_lock_the_recipe_and_the_sources():
    names = {path.relative_to(WEB).as_posix() for path in build_assets.inputs(WEB)}

    assert {name for name in names if not name.startswith("src/")} == {
        "build.mjs",
        "package-lock.json",
        "package.json",
    }


def test_build_is_skipped_while_inputs_are_the_same(built: Path):
    before = (built / "base.css").stat().st_mtime_ns

    build_assets.build()

    assert (built / "base.css").stat().st_mtime_ns == before


def test_build_with_a_missing_output_is_not_current(tmp_path: Path):
    (tmp_path / "inputs.sha256").write_text("stamp")
    (tmp_path / "base.css").write_text("")

    assert build_assets.is_current(tmp_path, "stamp") is False


def test_built_files_are_readable_by_the_server_of_another_user(built: Path):
    assert built.stat().st_mode & 0o055 == 0o055


def test_failing_step_shows_its_words(tmp_path: Path):
    with pytest.raises(BuildError, match="no such thing"):
        build_assets.run(["sh", "-c", "echo no such thing; exit 3"], tmp_path)


def test_node_of_the_wheel_is_called_through_its_own_npm():
    node, npm = build_assets.wheel_node(Path("/wheel"))

    assert (node, npm) == ("/wheel/bin/node", ["/wheel/bin/node", "/wheel/lib/node_modules/npm/bin/npm-cli.js"])


def test_program_that_is_not_node_has_no_version():
    assert build_assets.node_major("/bin/false") == 0


def test_base_page_weighs_less_than_100_kb(built: Path):
    total = sum(build_assets.gzipped_size(built / name) for name in build_assets.BASE)

    assert total < 100 * 1024


@pytest.mark.parametrize("word", ["color-mix(", "oklch(", ":has(", "@layer", ";inset:", ":is("])
def test_style_sheet_asks_nothing_that_chromium_80_lacks(built: Path, word: str):
    assert word not in (built / "base.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("word", ["eval(", "??=", ".replaceAll("])
def test_our_script_asks_nothing_that_chromium_80_lacks(word: str):
    ours = "".join(path.read_text(encoding="utf-8") for path in (WEB / "src/js").glob("*.js"))

    assert word not in ours


def test_lock_names_no_host():
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))

    assert [name for name, entry in lock["packages"].items() if "resolved" in entry] == []


def test_colors_are_written_in_one_place():
    color = re.compile(r"#[0-9a-fA-F]{3,8}\b(?!\{)")
    sheets = [path for path in (WEB / "src/scss").glob("*.scss") if path.name != "_tokens.scss"]

    assert [path.name for path in sheets if color.search(path.read_text(encoding="utf-8"))] == []


def test_templates_write_no_style_and_no_script_of_their_own():
    inline = re.compile(r"\sstyle=|<style|<script(?![^>]*\bsrc=)|\son[a-z]+=\"")
    templates = (ROOT / "src/sushui").rglob("templates/**/*.html")

    assert [path.name for path in templates if inline.search(path.read_text(encoding="utf-8"))] == []
