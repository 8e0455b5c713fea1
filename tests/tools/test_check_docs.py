"""What a document may say, as good texts and bad texts."""

import subprocess

import pytest

from tools.check_docs import problems, tracked

MAKEFILE = "demo:  ## run it\n\techo demo\n"
CLI = '@app.command()\ndef serve():\n    pass\n\n@app.command("import")\ndef import_list():\n    pass\n'
# Split, so that the check does not stumble over its own test.
ADDRESS = "https:" + "//files.unknown.org/x"
CLOCK = "def today():\n    pass\n"


@pytest.fixture
def complaints(tmp_path):
    """A function that puts one more file into a small repository and gives what the check says."""
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)

    def put(path, text):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("{root}", str(tmp_path)))

    def check(path, text):
        put(path, text)
        subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
        return problems(tracked(tmp_path))

    put("Makefile", MAKEFILE)
    put(".gitignore", "built/\n")
    put("src/sushui/cli.py", CLI)
    put("src/sushui/kernel/clock.py", CLOCK)
    put("docs/start.md", "# Start here\n\n## First steps\n")
    return check


@pytest.mark.parametrize(
    "text",
    [
        "Read [the start](docs/start.md), then [steps](docs/start.md#first-steps).",
        "# Here\n\nSee [above](#here) and [the law](https://www.gov.cn/x).",
        "The clock is `src/sushui/kernel/clock.py`, built files land in `src/built/`.",
        "Ask `sushui.kernel.clock` or `sushui.kernel.clock.today()`.",
        "Type `make demo`, then `sushui serve` and `sushui import list.xlsx`.",
        "```\nmake demo\nsushui serve\n```",
        "We make sense, and sushui means a river.",
    ],
)
def test_document_passes_true_texts(complaints, text):
    assert complaints("README.md", text) == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[x](docs/gone.md)", "the link to docs/gone.md leads nowhere"),
        ("[x](docs/start.md#last-steps)", "the link to docs/start.md#last-steps leads nowhere"),
        ("[x](../outside.md)", "the link to ../outside.md leads nowhere"),
        ("`src/sushui/gone.py`", "there is no src/sushui/gone.py"),
        ("`sushui.kernel.gone`", "there is no sushui.kernel.gone"),
        ("`sushui.kernel.clock.yesterday`", "there is no sushui.kernel.clock.yesterday"),
        ("`make tea`", "there is no `make tea`"),
        ("```\nmake tea\n```", "there is no `make tea`"),
        ("`sushui dance`", "there is no `sushui dance`"),
        ("`sushui import-list`", "there is no `sushui import-list`"),
        ("Unpack it in {root}/src.", "names the folder this repository happens to lie in"),
        (
            ADDRESS,
            "names the host files.unknown.org, which has no reason in tools/check_docs.py",
        ),
    ],
)
def test_document_is_refused_for_an_untrue_text(complaints, text, complaint):
    assert complaints("README.md", text) == [f"README.md: {complaint}"]


def test_code_is_refused_for_an_unknown_host(complaints):
    found = complaints("src/sushui/kernel/mail.py", f'URL = "{ADDRESS}"')

    assert found == [
        "src/sushui/kernel/mail.py: names the host files.unknown.org, which has no reason in tools/check_docs.py"
    ]


@pytest.mark.parametrize(
    ("path", "text", "mark"),
    [
        ("requirements.lock", f"--index-url {ADDRESS}\n", "--index-url"),
        ("web/package-lock.json", f'{{"resolved": "{ADDRESS}"}}', '"resolved"'),
    ],
)
def test_lock_is_refused_for_an_address(complaints, path, text, mark):
    assert complaints(path, text) == [f"{path}: a lock names where things are fetched from: {mark}"]


def test_lock_may_hold_hashes_and_funding(complaints):
    assert complaints("web/package-lock.json", f'{{"funding": "{ADDRESS}"}}') == []


def test_picture_is_not_read(complaints, tmp_path):
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\xff\xfe")

    assert complaints("README.md", "![a picture](picture.png)") == []
