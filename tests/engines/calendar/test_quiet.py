"""Hours and days without messages."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.engines.calendar import QuietHours, WorkingCalendar, next_open_moment, official_table

CHINA = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkingCalendar(official_table())
MOMENTS = st.datetimes(datetime(2019, 1, 1), datetime(2027, 12, 31), timezones=st.just(CHINA))  # noqa: DTZ001
QUIET = st.builds(QuietHours, start=st.times(), end=st.times(), rest_days_quiet=st.booleans())


def china(day: int, hour: int, minute: int = 0, *, month: int = 9) -> datetime:
    return datetime(2025, month, day, hour, minute, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (china(24, 8), china(24, 8)),
        (china(24, 12, 30), china(24, 12, 30)),
        (china(24, 19, 59), china(24, 19, 59)),
        (china(24, 20), china(25, 8)),
        (china(24, 7, 59), china(24, 8)),
        (china(24, 0), china(24, 8)),
        (china(26, 20), china(28, 8)),  # Friday evening: Saturday rests, Sunday is made up
        (china(27, 12), china(28, 8)),
        (china(28, 12), china(28, 12)),
        (china(30, 21), china(9, 8, month=10)),  # the evening before National Day
        (china(5, 12, month=10), china(9, 8, month=10)),
    ],
)
def test_next_open_moment_by_default(official, moment, opens):
    assert next_open_moment(moment, QuietHours(), official) == opens


def test_new_year_is_quiet_before_its_notice_is_out(official):
    moment = datetime(2027, 1, 1, 9, tzinfo=CHINA)

    assert next_open_moment(moment, QuietHours(), official) == datetime(2027, 1, 4, 8, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("quiet", "moment", "opens"),
    [
        (QuietHours(rest_days_quiet=False), china(27, 12), china(27, 12)),
        (QuietHours(rest_days_quiet=False), china(27, 21), china(28, 8)),
        (QuietHours(time(12), time(14)), china(24, 13), china(24, 14)),
        (QuietHours(time(12), time(14)), china(24, 23), china(24, 23)),
        (QuietHours(time(0), time(0)), china(24, 3), china(24, 3)),
        (QuietHours(time(0), time(0)), china(27, 3), china(28, 0)),
        (QuietHours(time(22), time(0)), china(24, 22), china(25, 0)),
    ],
)
def test_next_open_moment_with_other_hours(official, quiet, moment, opens):
    assert next_open_moment(moment, quiet, official) == opens


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=-8)), ZoneInfo("Asia/Tokyo")])
def test_moment_is_placed_in_the_day_of_china(official, zone):
    moment = china(24, 20, 30).astimezone(zone)

    opens = next_open_moment(moment, QuietHours(), official)

    assert (opens, opens.utcoffset()) == (china(25, 8), timedelta(hours=8))


def test_moment_without_a_zone_is_refused(official):
    moment = datetime.combine(date(2025, 9, 24), time(12))

    with pytest.raises(ValueError, match=r"^A moment without a time zone cannot be placed in a day\.$"):
        next_open_moment(moment, QuietHours(), official)


@pytest.mark.parametrize("field", ["start", "end"])
def test_quiet_hours_refuse_a_zone_of_their_own(field):
    with pytest.raises(ValueError, match=r"^Quiet hours are the time of day in China and carry no time zone\.$"):
        QuietHours(**{field: time(20, tzinfo=UTC)})


@given(moment=MOMENTS, quiet=QUIET)
def test_open_moment_is_open_and_not_earlier(moment, quiet):
    opens = next_open_moment(moment, quiet, CALENDAR)

    assert opens >= moment
    assert not quiet.holds(opens.time())
    assert CALENDAR.is_working_day(opens.date()) or not quiet.rest_days_quiet


@given(moment=MOMENTS, quiet=QUIET)
def test_open_moment_stays_where_it_is(moment, quiet):
    opens = next_open_moment(moment, quiet, CALENDAR)

    assert next_open_moment(opens, quiet, CALENDAR) == opens


@given(moment=MOMENTS, share=st.floats(0, 1, exclude_max=True))
def test_no_moment_passed_over_was_open(moment, share):
    opens = next_open_moment(moment, QuietHours(), CALENDAR)

    passed = moment + (opens - moment) * share

    assert next_open_moment(passed, QuietHours(), CALENDAR) == opens
