"""A year of monthly reports with photos for a few of the sample's projects; one of them corrected after its cut-off."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone
from PIL import Image, ImageDraw

from sushui.documents.services import ReceivedFile, receive_file
from sushui.kernel import clock
from sushui.kernel.days import working_calendar
from sushui.kernel.months import month_of, months_after, months_between
from sushui.kernel.viewer import Viewer
from sushui.projects import queries, services
from sushui.projects.services import GivenReport, ReportDraft

from .county import SampleCounty
from .projects import Site

REPORTING = 3  # so many projects report in full, the others their figures alone
UNIT = "equipment.head"
WITH_PHOTOS = 4  # their newest months
GIVEN_AT, CORRECTED_AFTER = time(10, 20), timedelta(days=27)
WIDTH, HEIGHT = 480, 320  # px
SKY, GROUND, WALL, ROOF = "#cfdde6", "#a8946f", "#9c5b45", "#5b4a41"
WORDS = ("基础施工", "主体结构施工", "设备陆续进场", "管线安装", "室外工程收尾")


def plan_reports(county: SampleCounty, sites: Mapping[str, Site], now: datetime) -> None:
    """Give the reports of the months that the figures of the first few projects already tell."""
    told = [site for site in sites.values() if site.months and site.plan.course.pace >= 1][:REPORTING]
    today = clock.local(now).date()
    months = list(months_between(months_after(month_of(today), -12), months_after(month_of(today), -1)))
    figures = {site.plan.key: _figures(site, months) for site in told}
    for month in months:
        given_at = _at(months_after(month, 1) + timedelta(days=2))
        if given_at > now:
            continue
        with clock.frozen(given_at):
            for site in told:
                _give(county, site, month, figures[site.plan.key], has_photo=month in months[-WITH_PHOTOS:])
    if told and len(months) > 2:
        _correct(county, told[0], months[-3], now)


def _at(day: date) -> datetime:
    """The hour of giving on that day, or on the first working day after it."""
    return timezone.make_aware(datetime.combine(working_calendar().next_working_day(day), GIVEN_AT))


def _figures(site: Site, months: Sequence[date]) -> dict[date, Decimal]:
    """What was done in each month, in yuan, as the figures say."""
    rows = [row for year in {each.year for each in months} for row in queries.months_of(site.project, year)]
    return {row.month: row.actual for row in rows if row.month in months and row.actual is not None}


def _worker(county: SampleCounty, site: Site) -> Viewer:
    return county.viewer(county.worker(site.plan.agency))


def _is_units(county: SampleCounty, site: Site) -> bool:
    """Whether the enterprise with an account owns the project: its newest months it gives itself."""
    return site.project.owner_code == county.agencies[UNIT.partition(".")[0]].code


def _draft(site: Site, month: date, done: Mapping[date, Decimal]) -> ReportDraft:
    """The month with a physical progress that goes with the money, and what is planned for the next."""
    known = queries.before(site.project, month).cumulative + done[month]
    built = min(known * 100 / site.plan.total, Decimal(100)).quantize(Decimal(1))
    return ReportDraft(
        month=month,
        done=done[month],
        progress=built,
        received=(done[month] * 8 / 10).quantize(Decimal(10_000)),
        next_plan=site.months.get(months_after(month, 1)),
        text=f"{WORDS[min(int(built) // 20, len(WORDS) - 1)]}，形象进度{built}%。",
    )


def _give(county: SampleCounty, site: Site, month: date, done: Mapping[date, Decimal], *, has_photo: bool) -> None:
    if month not in done:
        return
    viewer = county.viewer(UNIT) if has_photo and _is_units(county, site) else _worker(county, site)
    draft = _draft(site, month, done)
    photos = [_photo(viewer, month, draft.progress or Decimal())] if has_photo else []
    confirmed = [each.key for each in services.report_doubts(site.project, draft)]
    services.give_reports(viewer, [GivenReport(site.project.pk, draft, confirmed=confirmed, photos=photos)])


def _correct(county: SampleCounty, site: Site, month: date, now: datetime) -> None:
    """What a check found after the cut-off: both stand side by side, and the month is late."""
    corrected_at = _at(months_after(month, 1) + CORRECTED_AFTER)
    report = queries.report_of(site.project, month)
    was = report.current if report is not None else None
    if corrected_at > now or was is None:
        return
    with clock.frozen(corrected_at):
        draft = ReportDraft(
            month, was.done, None, was.progress, was.received, {}, was.next_plan, f"{was.text}监理已复核。"
        )
        confirmed = [each.key for each in services.report_doubts(site.project, draft)]
        given = GivenReport(site.project.pk, draft, "监理月报核对后补充说明。", confirmed)
        services.give_reports(_worker(county, site), [given])


def _photo(viewer: Viewer, month: date, built: Decimal) -> ReceivedFile:
    """A drawn building that stands as high as it is built."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), SKY)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, HEIGHT * 3 // 4, WIDTH, HEIGHT), fill=GROUND)
    top = HEIGHT * 3 // 4 - int(built * HEIGHT / 160)
    draw.rectangle((WIDTH // 4, top, WIDTH * 3 // 4, HEIGHT * 3 // 4), fill=WALL, outline=ROOF, width=4)
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=70)
    return receive_file(viewer, name=f"现场{month:%Y-%m}.jpg", data=made.getvalue(), only_pictures=True)
