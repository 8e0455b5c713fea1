"""A PostgreSQL of one's own: its programs come in a wheel, its data lie in a folder, nobody else can reach it.

An ordinary user's server runs as that user, in the folder itself. PostgreSQL refuses to run as root: root's server
runs as the system account `sushui`, from a copy of the programs in `/var/lib/sushui` that this account can read.
No mode of a folder that was there before is ever changed: where the account cannot reach the folder (`/root/...`),
the data lie below `/var/lib/sushui/clusters`, and the file `cluster.path` in the folder says where.

The server listens on a socket in a folder that only its owner (and root) may enter, and on no TCP port.
Whoever uses it holds a shared lock; the last one to leave stops it. A server left behind by a killed process is
picked up again. Nothing here needs Django. See `docs/decisions/0002-embedded-postgresql.md`.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import secrets
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg

from sushui.kernel.postgres_machine import (
    ACCOUNT,
    HOME,
    MAJOR,
    PostgresError,
    everybody_may_enter,
    make_folder,
    name_of,
    readable_programs,
    runs_cluster,
    system_account,
    wheel_programs,
)

__all__ = ["EmbeddedPostgres", "PostgresError"]

DATABASE = "sushui"
START_LIMIT_S = 300  # recovery after a power cut may take its time

# A small machine shared with the server processes: 4 GB of memory, an SSD.
SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "1GB",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "logging_collector": "on",  # one file for each day of the week, so that logs never grow past seven
    "log_directory": "log",
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_size": "0",
}
# What a power cut would break and a throwaway database never needs.
HASTE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "64MB"}


@dataclass(frozen=True)
class Place:
    """Where a server's data and socket lie, whose programs it runs, and as whom (None: as ourselves)."""

    cluster: Path
    programs: Path
    account: pwd.struct_passwd | None

    @property
    def owner(self) -> int:
        """The number of the account that the data must belong to."""
        return self.account.pw_uid if self.account else os.geteuid()


class EmbeddedPostgres:
    """The server whose data belong to ``folder``. ``durable=False`` trades safety in a power cut for speed (tests)."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = Path(folder).resolve()
        self._settings = SETTINGS if durable else SETTINGS | HASTE
        self._durable = durable
        self._presence: IO[str] | None = None

    @property
    def url(self) -> str:
        """The address of the database, the same whether the server runs or not."""
        return self.address_of(DATABASE)

    def address_of(self, database: str) -> str:
        """The address of another database of this server."""
        return f"postgresql://{ACCOUNT}@/{database}?host={quote(str(self.sockets), safe='')}&port={SETTINGS['port']}"

    def start(self) -> str:
        """Make the cluster if there is none, start the server if it does not run, and give the database's address.

        Raises PostgresError if the data were written by another major version or belong to somebody else,
        if the wheel has no programs for this machine, or if the server does not come up.
        """
        with self._alone():
            self._refuse_other_owner()
            self._refuse_other_version()
            if not self._place.cluster.exists():
                self._create_cluster()
            if not self._answers():
                self._launch()
            self._create_database()
            self._take_presence()
        return self.url

    def stop(self) -> bool:
        """Leave; the last one to leave stops the server. False if it still runs, for somebody else."""
        with self._alone():
            self._drop_presence()
            if self._somebody_is_present():
                return False
            if self._postmaster() is not None:
                self._control("stop", "--mode=fast")
        return True

    def is_used_by_others(self) -> bool:
        """Whether another process than this one has started this server and not left it."""
        with self._alone():
            was_present = self._presence is not None
            self._drop_presence()
            others = self._somebody_is_present()
            if was_present:
                self._take_presence()
        return others

    def destroy(self) -> bool:
        """Stop the server and delete its data. False if somebody else still uses it: then nothing is deleted."""
        if not self.stop():
            return False
        with self._alone():
            if self._somebody_is_present():
                return False
            for path in (self._place.cluster, self.sockets, self.folder):
                shutil.rmtree(path, ignore_errors=True)
        return True

    # --- where things lie --------------------------------------------------------------------------------------------

    @cached_property
    def sockets(self) -> Path:
        """The folder of the socket: a path of at most 100 bytes, since the system allows little more than that."""
        if os.geteuid() == 0:
            return HOME / "run" / self._hash
        inside = self.folder / "run"
        if len(os.fsencode(inside / ".s.PGSQL.5432")) <= 100:
            return inside
        return Path(tempfile.gettempdir()) / f"sushui-{os.geteuid()}-{self._hash}"

    @cached_property
    def _hash(self) -> str:
        return hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]

    @cached_property
    def _place(self) -> Place:
        if os.geteuid() != 0:
            return Place(self._cluster(), wheel_programs(), None)
        account = system_account()
        make_folder(HOME, 0o755)
        return Place(self._cluster(), readable_programs(), account)

    def _cluster(self) -> Path:
        pointer, inside = self.folder / "cluster.path", self.folder / "cluster"
        if pointer.exists():
            return Path(pointer.read_text().strip())
        if os.geteuid() != 0 or everybody_may_enter(self.folder):
            return inside
        if inside.exists():
            raise PostgresError(
                f"The account {ACCOUNT} that runs the database for root can no longer enter {self.folder}. "
                f"Let others enter the folders above it (chmod o+x), or move it to where they may."
            )
        elsewhere = HOME / "clusters" / f"{self._hash}-{secrets.token_hex(4)}"
        pointer.write_text(f"{elsewhere}\n")
        return elsewhere

    def _refuse_other_owner(self) -> None:
        cluster, owner = self._place.cluster, self._place.owner
        if cluster.exists() and cluster.stat().st_uid != owner:
            raise PostgresError(
                f"The database in {cluster} belongs to the account {name_of(cluster.stat().st_uid)}, but would now be "
                f"run by {name_of(owner)}. Start Sushui as it was started before, or choose another SUSHUI_DATA."
            )

    def _refuse_other_version(self) -> None:
        written_by = self._place.cluster / "PG_VERSION"
        found = written_by.read_text().strip() if written_by.exists() else str(MAJOR)
        if found != str(MAJOR):
            raise PostgresError(
                f"The database in {self._place.cluster} was written by PostgreSQL {found}; this release carries "
                f"PostgreSQL {MAJOR}, which cannot read it. With the release that wrote it run "
                f"'sushui move --to county.dump', then with this one and an empty SUSHUI_DATA "
                f"'sushui move --from county.dump'."
            )

    # --- making and running it ---------------------------------------------------------------------------------------

    def _create_cluster(self) -> None:
        """Make it under another name and rename it when whole, so that a half-made one is never taken for one."""
        cluster = self._place.cluster
        make_folder(cluster.parent, 0o755)
        draft = cluster.with_name(f"{cluster.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        self._make_own_folder(draft)
        options = ["--auth-local=trust", "--auth-host=reject", "--encoding=UTF8", "--no-instructions"]
        # Sorting and upper case come with the server itself: no update of the system's tables can spoil an index.
        options += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        options += ["--set=default_text_search_config=pg_catalog.simple"]
        self._run("initdb", f"--pgdata={draft}", f"--username={ACCOUNT}", *options, *self._no_sync())
        draft.rename(cluster)

    def _no_sync(self) -> list[str]:
        return [] if self._durable else ["--no-sync"]

    def _launch(self) -> None:
        if self._postmaster() is not None:
            self._control("stop", "--mode=fast")  # it runs where nobody can reach it: its socket was swept away
        self._make_own_folder(self.sockets)
        for stale in (self._place.cluster / "postmaster.pid", self.sockets / ".s.PGSQL.5432.lock"):
            stale.unlink(missing_ok=True)  # its number may by now be another process's, and PostgreSQL would give way
        settings = self._settings | {"unix_socket_directories": str(self.sockets)}
        options = shlex.join(f"--{name}={value}" for name, value in settings.items())
        log = self._place.cluster / "start.log"
        hint = f"More stands in {log} and in {log.parent / 'log'}."
        self._control("start", f"--log={log}", f"--options={options}", hint=hint)

    def _control(self, action: str, *arguments: str, hint: str = "") -> None:
        self._run(
            "pg_ctl", action, "--wait", "--silent", f"--timeout={START_LIMIT_S}",
            f"--pgdata={self._place.cluster}", *arguments, hint=hint,
        )  # fmt: skip

    def _answers(self) -> bool:
        """Whether the server takes connections; one that is still recovering is waited for."""
        command = [str(self._place.programs / "pg_isready"), "--quiet", f"--host={self.sockets}", "--port=5432"]
        patience = time.monotonic() + START_LIMIT_S
        while (answer := subprocess.run(command, check=False).returncode) == 1 and time.monotonic() < patience:
            time.sleep(0.1)
        return answer == 0

    def _postmaster(self) -> int | None:
        """The number of the running server process, None if there is none or the number now belongs to another."""
        try:
            number = int((self._place.cluster / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None
        return number if runs_cluster(number, self._place.cluster) else None

    def _create_database(self) -> None:
        with psycopg.connect(self.address_of("postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f'CREATE DATABASE "{DATABASE}"')

    def _make_own_folder(self, folder: Path) -> None:
        """A folder that only the server's account may enter; one that somebody else put there is refused."""
        make_folder(folder.parent, 0o755)
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            if folder.is_symlink() or folder.stat().st_uid != self._place.owner:
                raise PostgresError(f"{folder} belongs to somebody else. Remove it, then start again.") from None
            return
        if self._place.account:
            os.chown(folder, self._place.account.pw_uid, self._place.account.pw_gid)

    def _run(self, program: str, *arguments: str, hint: str = "") -> None:
        account = self._place.account
        done = subprocess.run(
            [str(self._place.programs / program), *arguments],
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            cwd="/", env={"LC_ALL": "C", "PATH": os.defpath}, umask=0o077,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise PostgresError(f"The embedded PostgreSQL: {program} failed. {done.stderr.strip()} {hint}".strip())

    # --- one at a time, and who is there -----------------------------------------------------------------------------

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the folder's lock, so that of several processes one starts or stops the server and the others wait."""
        with self._locked_file() as lock:
            try:
                yield
            finally:
                fcntl.flock(lock, fcntl.LOCK_UN)

    def _locked_file(self) -> IO[str]:
        while True:
            make_folder(self.folder, 0o711)
            lock = open(self.folder / "start.lock", "a")  # noqa: SIM115 (handed on open)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if _is_still_there(lock):
                return lock
            lock.close()  # the folder was destroyed while we waited

    def _take_presence(self) -> None:
        if self._presence is None:
            self._presence = open(self.folder / "present.lock", "a")  # noqa: SIM115 (held until we leave)
            fcntl.flock(self._presence, fcntl.LOCK_SH)

    def _drop_presence(self) -> None:
        if self._presence is not None:
            self._presence.close()
            self._presence = None

    def _somebody_is_present(self) -> bool:
        with open(self.folder / "present.lock", "a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False


def _is_still_there(file: IO[str]) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), os.stat(file.name))
    except FileNotFoundError:
        return False
