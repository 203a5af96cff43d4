"""When a duty done another way goes on record: the days and the instant that can be drawn."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstander.core.confidence import WITHIN_DAYS, days_of_record, drawn_instant

ASKED, OPENS, DUE = date(2021, 1, 20), date(2021, 1, 13), date(2021, 2, 17)
ZONE = ZoneInfo("America/New_York")


@pytest.mark.row("B15")
@pytest.mark.parametrize(
    ("asked_on", "opens_on", "due_on", "day", "first", "last"),
    [
        pytest.param(ASKED, OPENS, DUE, date(2021, 1, 25), date(2021, 1, 25), date(2021, 1, 31), id="a week"),
        pytest.param(ASKED, OPENS, DUE, date(2021, 2, 15), date(2021, 2, 15), DUE, id="never after the due date"),
        pytest.param(ASKED, OPENS, DUE, DUE, DUE, DUE, id="on the due date only that day"),
        pytest.param(ASKED, OPENS, DUE, date(2021, 2, 18), DUE, DUE, id="decided too late, asked in time"),
        pytest.param(DUE, OPENS, DUE, date(2021, 3, 1), DUE, DUE, id="asked on the due date is in time"),
        pytest.param(
            date(2021, 2, 18), OPENS, DUE, date(2021, 3, 1), date(2021, 3, 1), date(2021, 3, 7), id="asked too late"
        ),
        pytest.param(ASKED, date(2021, 2, 1), DUE, ASKED, date(2021, 2, 1), date(2021, 2, 7), id="not before it opens"),
        pytest.param(ASKED, None, None, ASKED, ASKED, date(2021, 1, 26), id="no window, no due date"),
    ],
)
def test_the_days_contradict_no_record(asked_on, opens_on, due_on, day, first, last):
    days = days_of_record(asked_on, opens_on, due_on, day)
    assert (days[0], days[-1], len(days)) == (first, last, (last - first).days + 1)


@pytest.mark.row("B15")
@given(
    hours=st.integers(0, 24 * 60 * 60 - 1),
    draw=st.integers(0, 2**64 - 1),
    day=st.dates(date(2021, 1, 1), date(2022, 12, 31)),
)
def test_the_instant_is_in_waking_hours_and_never_before_now(hours, draw, day):
    now = datetime.combine(day, time(), UTC) + timedelta(seconds=hours)
    here = now.astimezone(ZONE).date()
    at = drawn_instant([here + timedelta(days=number) for number in range(WITHIN_DAYS)], draw, now, ZONE)
    local = at.astimezone(ZONE)
    assert at >= now
    assert here <= local.date() < here + timedelta(days=WITHIN_DAYS)
    assert local.hour >= 8 and (local.hour < 22 or (local.date() == here and now.astimezone(ZONE).hour >= 22))
    assert at == drawn_instant([here + timedelta(days=number) for number in range(WITHIN_DAYS)], draw, now, ZONE)


@pytest.mark.row("B15")
def test_a_day_that_has_passed_is_in_the_past():
    now = datetime(2021, 3, 1, 15, tzinfo=UTC)
    assert drawn_instant([DUE], 12345, now, ZONE).date() == DUE
