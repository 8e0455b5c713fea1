"""Read, check, plan, verify, print: and whatever happens, say what there is."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event, Thread, current_thread, main_thread
from typing import Protocol

from rich.console import Console

from sushui.engines.planning import Plan, Problem, Result, Status
from sushui.engines.planning.checking import check, doubts
from sushui.engines.planning.errors import PlanningError
from sushui.engines.planning.reading.documents import PlanningFile
from sushui.engines.planning.verifying import verify
from sushui.engines.readers import ReadersError

from .chart import chart
from .files import ENDINGS, read_file
from .places import Places
from .printing import print_report
from .report import Report
from .sentences import refusal_sentence

FORMATS = ("table", "json")
NO_PLAN = 2  # what the command ends with where no plan was found


class PlanRefused(RuntimeError):
    """The file cannot be planned; the sentence says what is wrong, where, and how to mend it."""


class Progress(Protocol):
    """What a search says of itself while it runs."""

    @property
    def objective(self) -> int | None: ...

    @property
    def bound(self) -> int | None: ...


class Solver(Protocol):
    """`sushui.engines.planning.solving.solve`, or what stands for it."""

    def __call__(
        self,
        problem: Problem,
        *,
        time_limit: float,
        threads: int = 2,
        seed: int = 0,
        on_progress: Callable[[Progress], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
        hint: Plan | None = None,
    ) -> Result: ...


@dataclass(frozen=True)
class Options:
    """What was asked for. `out`: a folder for the plan as JSON, as a list and as a picture."""

    file: Path
    seconds: float = 60
    threads: int = 2
    seed: int = 0
    format: str = "table"
    out: Path | None = None


def run(options: Options, console: Console, errors: Console, solve: Solver | None = None) -> int:
    """Do it; the code that the command ends with: 0 with a plan, `NO_PLAN` without. Raises `PlanRefused`.

    What it says of itself while it runs goes to `errors`, so that `console` holds nothing but the result.
    """
    if options.format not in FORMATS:
        raise PlanRefused(f"--format is {' or '.join(FORMATS)}, not {options.format}.")
    places = Places(_read(options.file))
    problem = _checked(places)
    result, is_stopped = _solved(problem, options, errors, solve or _solver())
    _refuse_broken(problem, result)
    report = _explained(Report(places, result, doubts(problem), is_stopped), errors)
    if options.format == "json":
        console.print_json(json.dumps(report.document(), ensure_ascii=False), ensure_ascii=False)
    else:
        print_report(console, report)
    if options.out is not None:
        names = _write(options.out, report)
        errors.print(f"Written in {options.out}: {', '.join(names)}", style="dim", markup=False)
    return NO_PLAN if result.plan is None else 0


def _read(path: Path) -> PlanningFile:
    try:
        return read_file(path)
    except PlanningError as error:
        raise PlanRefused(f"{path.name}: {refusal_sentence(error, Places())}") from error
    except ReadersError as error:
        facts = ", ".join([error.code, *(f"{name} {value}" for name, value in error.params.items())])
        raise PlanRefused(f"{path.name} cannot be read as a workbook ({facts}). Save it anew as .xlsx.") from error
    except UnicodeDecodeError as error:
        raise PlanRefused(f"{path.name} is not a text in UTF-8. Save it as UTF-8.") from error
    except ValueError as error:
        raise PlanRefused(
            f"{path.name}: only {', '.join(ENDINGS)} can be planned. Name the file by its kind."
        ) from error
    except OSError as error:
        raise PlanRefused(f"{path} cannot be read: {error.strerror}.") from error


def _checked(places: Places) -> Problem:
    assert places.problem is not None
    try:
        check(places.problem)
    except PlanningError as error:
        raise PlanRefused(refusal_sentence(error, places)) from error
    return places.problem


def _solver() -> Solver:
    """Loaded only where something is about to be solved: it takes seconds."""
    from sushui.engines.planning.solving import solve

    return solve


def _solved(problem: Problem, options: Options, errors: Console, solve: Solver) -> tuple[Result, bool]:
    """The result, and whether somebody stopped the search. It runs beside us, so that Ctrl-C is heard at once."""
    stop, latest, results, failures = Event(), _Latest(), list[Result](), list[BaseException]()

    def work() -> None:
        try:
            results.append(
                solve(
                    problem,
                    time_limit=options.seconds,
                    threads=options.threads,
                    seed=options.seed,
                    on_progress=latest.hear,
                    should_stop=stop.is_set,
                )
            )
        except BaseException as failure:
            failures.append(failure)

    thread = Thread(target=work, daemon=True)
    with _stopping(stop), _quietly(), errors.status("Planning ... (Ctrl-C keeps the best plan so far)") as status:
        thread.start()
        while thread.is_alive():
            thread.join(0.2)
            status.update(latest.words(stop.is_set()))
    if failures:
        raise failures[0]
    return results[0], stop.is_set()


class _Latest:
    """What the search said last."""

    def __init__(self) -> None:
        self._said: Progress | None = None

    def hear(self, said: Progress) -> None:
        self._said = said

    def words(self, is_stopping: bool) -> str:
        begin = "Stopping" if is_stopping else "Planning"
        if self._said is None:
            return f"{begin} ... (Ctrl-C keeps the best plan so far)"
        plan = "none" if self._said.objective is None else f"{self._said.objective:,}"
        bound = "unknown" if self._said.bound is None else f"{self._said.bound:,}"
        return f"{begin} ... best plan {plan}, bound {bound} (Ctrl-C keeps the best plan so far)"


@contextmanager
def _stopping(stop: Event) -> Iterator[None]:
    """The first Ctrl-C asks the search to end with what it has; the second one ends us."""

    def asked(*_: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    if current_thread() is not main_thread():  # signals are heard by the main thread alone
        yield
        return
    before = signal.signal(signal.SIGINT, asked)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _quietly() -> Iterator[None]:
    """What libraries of others print while they run goes where errors go: standard output holds the result alone."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def _refuse_broken(problem: Problem, result: Result) -> None:
    """Nobody is handed a plan that does not keep everything, whoever made it."""
    violations = verify(problem, result.plan) if result.plan is not None else ()
    if violations:
        raise PlanRefused(
            f"The plan that was found does not keep everything ({len(violations)} violations, first {violations[0]}). "
            "This is an error of the planner: please report it with the file."
        )


def _explained(report: Report, errors: Console) -> Report:
    """The report with its reasons; Ctrl-C leaves them out, then or before."""
    if report.is_stopped:
        return report
    from .reasons import why_left_out, why_no_plan

    try:
        with errors.status("Looking for reasons ... (Ctrl-C leaves them out)"):
            if report.result.status is Status.INFEASIBLE:
                return replace(report, conflict=why_no_plan(report.places, report.problem))
            if report.result.plan is not None:
                keys = report.to_explain()
                return replace(report, why=why_left_out(report.places, report.problem, report.plan, keys))
    except KeyboardInterrupt:
        pass
    return report


def _write(folder: Path, report: Report) -> list[str]:
    """The names of the files written: without a plan there is nothing to list or to draw."""
    document = json.dumps(report.document(), ensure_ascii=False, indent=1)
    texts = {"plan.json": f"{document}\n"}
    if report.result.plan is not None:
        texts["plan.csv"] = "\ufeff" + report.csv()  # the mark by which spreadsheets know UTF-8
        texts["chart.svg"] = chart(report.places, report.plan, report.headline())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise PlanRefused(f"{folder} cannot be written to: {error.strerror}.") from error
    return list(texts)
