"""The command `sushui`. Django is loaded only by the commands that need it, and never by `sushui --help`."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, NoReturn
from urllib.parse import urlunsplit

import psycopg
import typer
from rich.console import Console

from sushui.commands.minutes import MinutesRefused, minutes
from sushui.config.database import refusal_of
from sushui.config.options import OptionError, read_options
from sushui.kernel.postgres import EmbeddedPostgres, PostgresError
from sushui.kernel.processes import ProcessError, child, free_address, run_until_told, wait_for, watch

app = typer.Typer(
    help="Sushui: a county's work as registers, clocks, plans and proofs.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
JOBS_AT_ONCE = 3  # while a plan is looked for, clocks and messages go on
TICK = ("supervision.tick", "notices.deliver", "audit.seal")  # what the clocks raise is sent, then sealed
console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)


class RefusedError(RuntimeError):
    """The command cannot do what was asked; the sentence says why and what to do. ``code`` is what it ends with."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


def main() -> None:
    """Run the command line; what is refused is said in a sentence, without a traceback."""
    signal.signal(signal.SIGTERM, _leave)
    try:
        app()
    except (RefusedError, OptionError, PostgresError, ProcessError, MinutesRefused) as refusal:
        errors.print(f"sushui: {refusal}", style="red", markup=False)
        sys.exit(getattr(refusal, "code", 1))


def _leave(*_: Any) -> NoReturn:
    raise SystemExit(0)


# --- running it ------------------------------------------------------------------------------------------------------


@app.command()
def demo(
    address: Annotated[str, typer.Option(help="Address and port; the next free port is taken.")] = "",
) -> None:
    """Start everything with the sample county: database, server and worker. Ctrl-C stops it, the data stay.

    Example: [bold]sushui demo[/bold]
    """
    options = read_options()
    with _database(is_new_welcome=True), ExitStack() as children:
        _prepare_demo()
        place = free_address(address or options["SUSHUI_ADDRESS"])
        logs = _data_folder() / "logs"
        # The server reads its programs while the sample is loaded; nobody hears of its address before.
        server = children.enter_context(child("server", _gunicorn(options, place), logs))
        with _step("Looking after the sample county"):
            accounts = _load_sample()
        worker = children.enter_context(child("worker", [sys.executable, "-m", "sushui.cli", "worker"], logs))
        with _step("Starting server and worker"):
            wait_for(place, server)
        address = urlunsplit(("http", place, "/", "", ""))
        console.print(f"\n{accounts}\nSushui is at {address} and Ctrl-C stops it.\n", markup=False)
        watch(server, worker)


def _prepare_demo() -> None:
    """Bring database and static files up to date."""
    _load_django()
    _lift_statement_limit()
    with _step("Bringing the database up to date"):
        _django_command("migrate", verbosity=0)
    with _step("Collecting static files"):
        _collect_static()


@app.command()
def serve(
    address: Annotated[str, typer.Option(help="Address and port, else SUSHUI_ADDRESS.")] = "",
) -> None:
    """Run the web server in the foreground; logs go to stderr.

    Example: [bold]sushui serve --address 0.0.0.0:8400[/bold]
    """
    options = read_options()
    with _database():
        _load_django()
        _refuse_pending_migrations()
        _collect_static()
        _run_in_foreground(_gunicorn(options, address or options["SUSHUI_ADDRESS"]))


@app.command()
def worker() -> None:
    """Run the background worker in the foreground: due clocks, messages, recomputing.

    Example: [bold]sushui worker[/bold]
    """
    with _database():
        _load_django()
        _django_command("procrastinate", "worker", f"--concurrency={JOBS_AT_ONCE}")


@app.command()
def tick() -> None:
    """Run what is due once: clocks, messages, seals of the audit chain. The worker does the same by itself.

    Example: [bold]sushui tick[/bold]
    """
    with _database():
        _load_django()
        with _step("Running what is due"):
            alarms, messages, lines = [_run_job(name) for name in TICK]
        console.print(f"{alarms} alarms raised, {messages} messages sent, {lines} lines sealed.")


# --- the data --------------------------------------------------------------------------------------------------------


@app.command()
def migrate() -> None:
    """Bring the database up to this release.

    Example: [bold]sushui migrate[/bold]
    """
    with _database(is_new_welcome=True):
        _load_django()
        _lift_statement_limit()
        _django_command("migrate")


@app.command("import")
def import_list(
    workbook: Annotated[Path, typer.Argument(help="An .xlsx workbook.", exists=True, dir_okay=False)],
    as_: Annotated[str, typer.Option("--as", help="Account in whose name it is done.")],
    into: Annotated[str, typer.Option(help="tasks; of projects ledger, figures, portfolio:12, oc4ids.")] = "tasks",
    issued_on: Annotated[str, typer.Option(help="Tasks: day on which the list was issued, 2026-03-02.")] = "",
    sheet: Annotated[str, typer.Option(help="Name or number of one sheet; else every sheet.")] = "",
    order_title: Annotated[str, typer.Option(help="Title of the order; else the title above the list.")] = "",
    year: Annotated[str, typer.Option(help="Year of its deadlines, where the title does not say it.")] = "",
    kind: Annotated[str, typer.Option(help="general or major, for rows that say nothing else.")] = "general",
    answers: Annotated[Path | None, typer.Option(help="Answers to its questions.", exists=True)] = None,
    questions: Annotated[Path | None, typer.Option(help="File to write open questions to.", dir_okay=False)] = None,
    again: Annotated[bool, typer.Option("--again", help="Though the same sheet was imported before.")] = False,
) -> None:
    """Import a work list, a ledger of projects or monthly figures: all rows or, if anything must be asked, none (2).

    Example: [bold]sushui import list.xlsx --as office --issued-on 2026-03-02[/bold]
    """
    if (into == "tasks") != bool(issued_on):
        raise RefusedError("--issued-on is said of a work list and of nothing else; --into says what the file holds.")
    options = {
        "--as": as_,
        "--into": into if into != "tasks" else "",
        "--issued-on": issued_on,
        "--sheet": sheet,
        "--order-title": order_title,
        "--year": year,
        "--kind": kind if into == "tasks" else "",
        "--answers": answers,
        "--questions": questions,
    }
    with _database():
        _load_django()
        _lift_statement_limit()
        said = [f"{name}={value}" for name, value in options.items() if value]
        command = "import_list" if into == "tasks" else "import_projects"
        _django_command(command, str(workbook), *said, *(["--again"] if again else []))


@app.command("export")
def export_register(
    workbook: Annotated[Path, typer.Argument(help="The .xlsx to be written.", dir_okay=False)],
    as_: Annotated[str, typer.Option("--as", help="Account in whose name it is done; it sees what that may see.")],
    what: Annotated[str, typer.Option(help="register (tasks); ledger, figures, portfolio:12, oc4ids.")] = "register",
    state: Annotated[str, typer.Option(help="Register: only tasks in this state, such as in_progress.")] = "",
    year: Annotated[str, typer.Option(help="Ledger and figures: of which year; else this year.")] = "",
) -> None:
    """Export the register, the ledger or a year's figures as a workbook that can be imported again unchanged.

    Example: [bold]sushui export register.xlsx --as office[/bold]
    """
    with _database():
        _load_django()
        if what == "register":
            _django_command("export_register", str(workbook), f"--as={as_}", f"--state={state}")
        else:
            said = [f"--year={year}"] if year else []
            _django_command("export_projects", str(workbook), f"--as={as_}", f"--what={what}", *said)


@app.command()
def check(
    audit: Annotated[bool, typer.Option("--audit", help="Prove the audit chain, line by line.")] = False,
    files: Annotated[bool, typer.Option("--files", help="Read every stored file and compare it with its row.")] = False,
    search: Annotated[bool, typer.Option("--search", help="Store old rows anew for the search.")] = False,
    deploy: Annotated[bool, typer.Option("--deploy", help="Also what must hold in production.")] = False,
) -> None:
    """Check settings, database and, with --audit, that no line of the audit chain was altered, removed or reordered;
    with --files that every stored file is there as it was sent.

    Example: [bold]sushui check --audit[/bold]
    """
    with _database():
        _load_django()
        _lift_statement_limit()
        _django_command("check", databases=["default"], deploy=deploy, fail_level="WARNING" if deploy else "ERROR")
        _refuse_pending_migrations()
        if audit:
            _prove_audit_chain()
        if files:
            _prove_files()
        if search:
            with _step("Looking at what the search stores"):
                written = _run_job("search.refresh")
            console.print(f"{written} rows were stored anew for the search.")


@app.command()
def move(
    to: Annotated[str, typer.Option(help="postgresql://... of an empty database, or a file.")] = "",
    from_: Annotated[Path | None, typer.Option("--from", help="A file written by --to.", exists=True)] = None,
) -> None:
    """Move the database to a server, or to a file and back. What is moved from is left as it is.

    Example: [bold]sushui move --to postgresql://sushui:password@db.example.cn/sushui[/bold]
    """
    if bool(to) == bool(from_):
        raise RefusedError("Say where to: 'sushui move --to ADDRESS-OR-FILE' or 'sushui move --from FILE'.")
    with _database() as database:
        _refuse_in_use(database)
        if from_:
            _restore(from_, database.url)
        elif "://" in to:
            _move_to_server(database.url, to)
        else:
            _dump(database.url, Path(to))


# --- planning --------------------------------------------------------------------------------------------------------


@app.command()
def plan(
    file: Annotated[Path, typer.Argument(help=".json, .xlsx, PSPLIB .sm, .mm or .sch.", exists=True, dir_okay=False)],
    seconds: Annotated[float, typer.Option(help="How long to search at most.", min=0.1)] = 60,
    threads: Annotated[int, typer.Option(help="How many processors to use.", min=1)] = 2,
    seed: Annotated[int, typer.Option(help="The same seed on the same machine makes similar plans.")] = 0,
    format_: Annotated[str, typer.Option("--format", help="table or json.")] = "table",
    out: Annotated[Path | None, typer.Option(help="Folder for plan.json, .csv, chart.svg.", file_okay=False)] = None,
) -> None:
    """Plan which projects when, and with what. Needs no database. Ctrl-C keeps the best plan so far; 2: no plan.

    Example: [bold]sushui plan year.json --seconds 30 --out plan[/bold]
    """
    from sushui.commands.plan import Options, PlanRefused, run

    try:
        code = run(Options(file, seconds, threads, seed, format_, out), console, errors)
    except PlanRefused as refusal:
        raise RefusedError(str(refusal)) from refusal
    raise typer.Exit(code)


app.command()(minutes)

# --- the database ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Database:
    """A database that runs; ``embedded`` is None for a server of somebody else's."""

    url: str
    embedded: EmbeddedPostgres | None = None


@contextmanager
def _database(*, is_new_welcome: bool = False) -> Iterator[Database]:
    """The server of DATABASE_URL, else the embedded one, running as long as we need it.

    Only what begins a county may make a new one: elsewhere a data folder that is not there is a mistake in the name.
    """
    options = read_options()
    if options["DATABASE_URL"]:
        _refuse_unfit_server(options["DATABASE_URL"])
        yield Database(options["DATABASE_URL"])
        return
    if not is_new_welcome and not _data_folder().is_dir():
        raise RefusedError(
            f"There is no data folder {_data_folder().absolute()}. Go to the folder in which Sushui was started, "
            "or name it by SUSHUI_DATA; 'sushui migrate' or 'sushui demo' makes a new one."
        )
    embedded = EmbeddedPostgres(_data_folder() / "postgres")
    with _step("Starting the embedded PostgreSQL"):
        embedded.start()
    try:
        yield Database(embedded.url, embedded)
    finally:
        embedded.stop()


def _refuse_unfit_server(url: str) -> None:
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            refusal = refusal_of(connection.info.server_version // 10000)
    except psycopg.Error as error:
        raise RefusedError(f"The database of DATABASE_URL cannot be reached: {str(error).strip()}") from error
    if refusal:
        raise RefusedError(refusal)


def _refuse_in_use(database: Database) -> None:
    if database.embedded and database.embedded.is_used_by_others():
        raise RefusedError("Sushui is running on this database. Stop it first, so that nothing is written meanwhile.")


def _dump(url: str, path: Path) -> None:
    from sushui.kernel.postgres_dump import dump

    with _step(f"Writing {path}"):
        dump(url, path)


def _restore(path: Path, url: str) -> None:
    from sushui.kernel.postgres_dump import restore, tables

    with _step(f"Reading {path}"):
        restore(path, url)
    console.print(f"{len(tables(url))} tables, {sum(tables(url).values())} rows.")


def _move_to_server(url: str, target: str) -> None:
    from sushui.kernel.postgres_dump import tables

    _refuse_unfit_server(target)
    with tempfile.TemporaryDirectory() as folder:
        _dump(url, Path(folder) / "sushui.dump")
        _restore(Path(folder) / "sushui.dump", target)
    with _step("Comparing both"):
        if tables(url) != tables(target):
            raise RefusedError("The two databases do not hold the same rows. Empty the new one and move again.")
    console.print("Both hold the same rows. From now on start Sushui with DATABASE_URL set to the new address.")


# --- Django ----------------------------------------------------------------------------------------------------------


def _load_django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sushui.config.settings")
    django.setup()


def _lift_statement_limit() -> None:
    """For work that may rightly take long. A pooler would hand the setting on to others, and has no limit set."""
    from django.conf import settings
    from django.db import connection

    if not settings.DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"]:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")


def _django_command(name: str, *arguments: str, **options: Any) -> None:
    from django.core.management import CommandError, call_command

    try:
        call_command(name, *arguments, **options)
    except CommandError as error:
        raise RefusedError(str(error), error.returncode) from error


def _refuse_pending_migrations() -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise RefusedError("The database is of an older release. Run 'sushui migrate' first.")


def _run_job(name: str, **arguments: Any) -> Any:
    from sushui.kernel import errors as kernel_errors
    from sushui.kernel import jobs

    try:
        return jobs.run(name, **arguments)
    except kernel_errors.DomainError as refusal:
        raise RefusedError(str(refusal)) from refusal


def _load_sample() -> str:
    """Load the sample county into an empty database; what the command prints: one account per role."""
    from io import StringIO

    printed = StringIO()
    _django_command("sample_county", stdout=printed)
    return printed.getvalue()


def _collect_static() -> None:
    """Collect the static files where they differ from those collected last."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    files = [(path, os.stat(storage.path(path))) for finder in get_finders() for path, storage in finder.list([])]
    state = "\n".join(sorted(f"{path} {stat.st_size} {stat.st_mtime_ns}" for path, stat in files))
    stamp = settings.STATIC_ROOT / "collected.txt"
    if not stamp.exists() or stamp.read_text() != state:
        _django_command("collectstatic", interactive=False, verbosity=0)
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        stamp.write_text(state)


def _prove_audit_chain() -> None:
    from sushui.kernel.audit_check import verify_chain

    with _step("Proving the audit chain"):
        proof = verify_chain()
    for finding in proof.findings:
        console.print(f"{finding.where}: {finding.flaw.msgid}", markup=False)
    if proof.findings:
        raise RefusedError(f"The audit chain does not hold: {len(proof.findings)} findings in {proof.lines} lines.")
    console.print(
        f"The audit chain holds: {proof.lines} lines, {proof.seals} seals, {proof.pending} waiting for a seal."
    )


def _prove_files() -> None:
    from sushui.documents.services import check_files

    with _step("Reading every stored file"):
        proof = check_files()
    for finding in proof.findings:
        console.print(f"{finding.sha256}: {finding.flaw.msgid}", markup=False)
    if proof.findings:
        raise RefusedError(
            f"Of {proof.files} stored files {len(proof.findings)} are not as they were sent. "
            "Bring them back from a backup of the folder 'files' in SUSHUI_DATA."
        )
    console.print(f"All {proof.files} stored files are as they were sent; {proof.orphans} wait to be swept.")


# --- processes -------------------------------------------------------------------------------------------------------


def _gunicorn(options: dict[str, Any], address: str) -> list[str]:
    return [
        sys.executable, "-m", "gunicorn", "sushui.config.wsgi:application", f"--bind={address}",
        f"--workers={options['SUSHUI_WORKERS']}", "--worker-class=gthread", f"--threads={options['SUSHUI_THREADS']}",
    ]  # fmt: skip


def _run_in_foreground(command: list[str]) -> None:
    """Run ``command`` until it ends or somebody wants to leave; then it is told and waited for."""
    code = run_until_told(command)
    if code:
        raise RefusedError(f"The server ended with code {code}.")


def _data_folder() -> Path:
    return Path(read_options()["SUSHUI_DATA"]).expanduser()


@contextmanager
def _step(what: str) -> Iterator[None]:
    """Show that something is going on, and how long it took."""
    begun = time.monotonic()
    with console.status(f"{what} ..."):
        yield
    console.print(f"{what}: {time.monotonic() - begun:.1f} s", style="dim", markup=False)


if __name__ == "__main__":
    main()
