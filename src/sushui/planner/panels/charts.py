"""Pictures of plans as plain numbers in pixels; templates draw them as SVG in the color of the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sushui.planner.enums import ActivityKind
from sushui.planner.models import Run
from sushui.planner.rules.pictures import Picture, PlannedProject, Profile
from sushui.planner.rules.weeks import Weeks

WIDTH = 720
PROFILE_HEIGHT, PROGRESS_HEIGHT = 56, 120
ROW, HEAD, NAMES, GANTT_WIDTH = 20, 24, 210, 960
SHORT = 15  # letters of a name beside its bars
Point = tuple[float, float]


def points(found: Iterable[Point]) -> str:
    """Points in SVG's words."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in found)


def steps(values: Sequence[float], most: float, width: float, height: float) -> list[Point]:
    """A line in steps over as many equal columns as there are values, 0 at the foot."""
    column = width / max(len(values), 1)
    corners: list[Point] = []
    for place, value in enumerate(values):
        y = height - value / most * height
        corners += [(place * column, y), ((place + 1) * column, y)]
    return corners


# --- a factor --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ProfileChart:
    """What there is of a factor as a line, and what of it is used as an area below."""

    capacity: str
    used: str
    width: int = WIDTH
    height: int = PROFILE_HEIGHT


def profile_chart(profile: Profile) -> ProfileChart:
    capacity = steps(profile.capacity, profile.most, WIDTH, PROFILE_HEIGHT)
    used = steps(profile.used, profile.most, WIDTH, PROFILE_HEIGHT)
    area = [(0.0, float(PROFILE_HEIGHT)), *used, (float(WIDTH), float(PROFILE_HEIGHT))]
    return ProfileChart(points(capacity), points(area))


# --- a run -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ProgressChart:
    """The plan and the bound, closing in on each other; from ``least`` at the foot to ``most``."""

    objective: str
    bound: str
    least: int
    most: int
    seconds: int
    width: int = WIDTH
    height: int = PROGRESS_HEIGHT


def progress_chart(run: Run) -> ProgressChart | None:
    """None before anything was found."""
    said = [
        (float(second), _less(objective, run.kept), _less(bound, run.kept)) for second, objective, bound in run.progress
    ]
    worths = [value for _second, *pair in said for value in pair if value is not None]
    if not worths:
        return None
    least, most = min(worths), max(worths)
    last = max(float(run.seconds), said[-1][0], 1.0)
    return ProgressChart(
        objective=_line([(second, objective) for second, objective, _bound in said], last, least, most),
        bound=_line([(second, bound) for second, _objective, bound in said], last, least, most),
        least=least,
        most=most,
        seconds=round(last),
    )


def _less(points: int | None, by: int) -> int | None:
    return None if points is None else points - by


def _line(values: Iterable[tuple[float, int | None]], last: float, least: int, most: int) -> str:
    """A line in steps: what was found stands until something better is."""
    corners: list[Point] = []
    for second, value in values:
        if value is None:
            continue
        x = second / last * WIDTH
        y = PROGRESS_HEIGHT - 8 - (value - least) / max(most - least, 1) * (PROGRESS_HEIGHT - 16)
        corners += [(x, corners[-1][1]), (x, y)] if corners else [(x, y)]
    return points(corners)


# --- a plan ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Bar:
    """An activity as a bar, its title said on hover. Construction is filled, what comes before it is a frame."""

    x: float
    y: float
    width: float
    height: float
    title: str
    is_works: bool


@dataclass(frozen=True)
class GanttRow:
    """A project with its bars."""

    key: str
    name: str
    short: str
    y: int
    bars: tuple[Bar, ...]

    @property
    def foot(self) -> int:
        return self.y + ROW - 6


@dataclass(frozen=True)
class Gantt:
    """The whole plan: its rows, and a line for each quarter with the day on which it begins."""

    rows: tuple[GanttRow, ...]
    quarters: tuple[tuple[float, str], ...]
    height: int
    today: float | None
    width: int = GANTT_WIDTH
    names: int = NAMES


def gantt(
    picture: Picture, weeks: Weeks, names: dict[str, str], titles: dict[str, dict[str, str]], today: date
) -> Gantt:
    """``names`` of projects, ``titles`` of their activities by key."""
    scale = (GANTT_WIDTH - NAMES) / max(picture.weeks, 1)
    rows = [
        _row(place, project, scale, names.get(project.key, project.key), titles.get(project.key, {}))
        for place, project in enumerate(picture.inside)
    ]
    now = (today - weeks.first_day).days / 7
    return Gantt(
        tuple(rows),
        tuple(_quarters(weeks, scale)),
        HEAD + ROW * len(rows) + 4,
        NAMES + now * scale if 0 <= now <= picture.weeks else None,
    )


def _row(place: int, project: PlannedProject, scale: float, name: str, titles: dict[str, str]) -> GanttRow:
    y = HEAD + place * ROW
    bars = []
    for each in project.activities:
        is_works = each.kind is ActivityKind.WORKS
        top, height = (y + 4, ROW - 8) if is_works else (y + 7, ROW - 14)
        width = max((each.end - each.start) * scale, 1.5)
        title = titles.get(each.key, each.key)
        bars.append(Bar(NAMES + each.start * scale, top, width, height, title, is_works))
    short = name if len(name) <= SHORT else f"{name[: SHORT - 1]}…"
    return GanttRow(project.key, name, short, y, tuple(bars))


def _quarters(weeks: Weeks, scale: float) -> Iterable[tuple[float, str]]:
    for year in range(weeks.year, weeks.year + weeks.years):
        for month in (1, 4, 7, 10):
            day = date(year, month, 1)
            yield NAMES + (day - weeks.first_day).days / 7 * scale, f"{day:%Y-%m}"
