"""A plan as a picture: a bar for every activity along the time line, and below it how far each capacity is used.

Plain SVG: every browser and word processor shows it, and it can be printed in grey. What is done is hatched; what is
chosen by the plan is filled; a capacity's free part is white.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import escape

from sushui.engines.planning import Plan, Problem, Renewable
from sushui.engines.planning.recounting import Course, courses

from .places import Places
from .usage import capacities, profile_of

LEFT, WIDTH, ROW, PROFILE, TOP = 240, 960, 18, 44, 34  # pixels: names, time, a bar, a profile, the days above
TICKS = 13  # at most so many days are written above the chart

HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">
<title>{title}</title>
<defs><pattern id="done" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="6" height="6" fill="#fff"/><rect width="3" height="6" fill="#5b6470"/></pattern></defs>
<style>text {{ font: 12px "Noto Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; fill: #1c1f23 }}
.faint {{ fill: #5b6470 }} .bar {{ fill: #1f5fa8 }} .done {{ fill: url(#done); stroke: #5b6470 }}
.line {{ stroke: #d5d9de }} .there {{ fill: none; stroke: #1c1f23 }} .used {{ fill: #9db8d6 }}</style>
<rect width="100%" height="100%" fill="#fff"/>
"""


def chart(places: Places, plan: Plan, title: str) -> str:
    """The picture of a plan as a text of SVG."""
    assert places.problem is not None
    carried = list(courses(places.problem, plan))
    height = TOP + ROW * (len(carried) + 1) + PROFILE * len(places.problem.renewables)
    head = HEAD.format(width=LEFT + WIDTH + 20, height=height, title=escape(title))
    parts = [*_axis(places, height), *_bars(places, carried), *_profiles(places, carried)]
    return head + "\n".join(parts) + "\n</svg>\n"


def _x(problem: Problem, slot: float) -> float:
    return round(LEFT + WIDTH * slot / problem.timeline.horizon, 1)


def _axis(places: Places, height: int) -> Iterator[str]:
    assert places.problem is not None
    horizon = places.problem.timeline.horizon
    for slot in range(0, horizon + 1, max(1, -(-horizon // (TICKS - 1)))):
        x = _x(places.problem, slot)
        day = places.problem.timeline.day_of(slot)
        yield f'<line class="line" x1="{x}" y1="{TOP - 12}" x2="{x}" y2="{height}"/>'
        if slot < horizon:
            yield f'<text class="faint" x="{x + 3}" y="{TOP - 14}">{day.isoformat() if day else slot}</text>'


def _bars(places: Places, carried: list[Course]) -> Iterator[str]:
    """The activities project by project, each under its project's name."""
    row = 0
    for key, group in groupby(carried, key=lambda course: course.ref.project):
        for number, course in enumerate(group):
            y = TOP + ROW * row
            if number == 0:
                yield f'<line class="line" x1="0" y1="{y}" x2="{LEFT + WIDTH}" y2="{y}"/>'
                yield f'<text x="4" y="{y + 13}">{escape(_short(places.project(key), 20))}</text>'
            yield from _bar(places, course, y)
            row += 1


def _bar(places: Places, course: Course, y: int) -> Iterator[str]:
    assert places.problem is not None
    name = escape(_short(course.activity.name or course.ref.activity, 9))
    yield f'<text class="faint" x="{LEFT - 6}" y="{y + 13}" text-anchor="end">{name}</text>'
    end = course.start if course.end is None else course.end
    x, width = _x(places.problem, course.start), _x(places.problem, end) - _x(places.problem, course.start)
    said = f"{places.activity(course.ref)}, {places.day(course.start)} – {places.last_day(max(end, course.start + 1))}"
    style = "done" if course.activity.done else "bar"
    yield (
        f'<rect class="{style}" x="{x}" y="{y + 3}" width="{max(2.0, round(width, 1))}" height="{ROW - 6}">'
        f"<title>{escape(said)}</title></rect>"
    )


def _profiles(places: Places, carried: list[Course]) -> Iterator[str]:
    assert places.problem is not None
    top = TOP + ROW * len(carried) + ROW // 2  # a little apart from the bars
    for number, factor in enumerate(places.problem.renewables):
        yield from _profile(places, factor, carried, top + PROFILE * (number + 1) - 4)


def _profile(places: Places, factor: Renewable, carried: list[Course], bottom: int) -> Iterator[str]:
    """What is used of a capacity as an area, and what there is as a line."""
    assert places.problem is not None
    horizon = places.problem.timeline.horizon
    used, there = profile_of(factor.key, carried), capacities(factor, horizon)
    most = max(*there, *used.values(), 1)
    scale = (PROFILE - 12) / most
    area = _steps(places.problem, [used[slot] for slot in range(horizon)], bottom, scale)
    line = _steps(places.problem, there, bottom, scale)
    left, right, y = _x(places.problem, 0), _x(places.problem, horizon), bottom - 4
    name, unit = escape(_short(factor.name or factor.key, 18)), escape(places.amount(factor.key, most))
    yield f'<text x="4" y="{y}">{name}</text>'
    yield f'<text class="faint" x="{LEFT - 6}" y="{y}" text-anchor="end">{unit}</text>'
    yield f'<line class="line" x1="{left}" y1="{bottom}" x2="{right}" y2="{bottom}"/>'
    yield f'<path class="used" d="M{left},{bottom} {area} L{right},{bottom} Z"/>'
    yield f'<path class="there" d="M{left},{round(bottom - there[0] * scale, 1)} {line}"/>'


def _steps(problem: Problem, levels: list[int], bottom: int, scale: float) -> str:
    """A line of steps through levels, one for each slot; equal neighbors are one step."""
    parts, slot = [], 0
    for level, same in groupby(levels):
        y = round(bottom - level * scale, 1)
        end = slot + len(list(same))
        parts.append(f"L{_x(problem, slot)},{y} L{_x(problem, end)},{y}")
        slot = end
    return " ".join(parts)


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
