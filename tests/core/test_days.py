"""Calendar arithmetic: both ends included, rounding said aloud."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstander.core.days import Moment, Span, min_day, plus_days, plus_months_clamped, year_from
from upstander.core.window import lengthened

DAY = date(2021, 2, 17)
DATES = st.dates(date(1990, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    "at, zone, day",
    [
        (datetime(2021, 2, 18, 4, 59, tzinfo=UTC), "America/New_York", date(2021, 2, 17)),
        (datetime(2021, 2, 18, 5, 0, tzinfo=UTC), "America/New_York", date(2021, 2, 18)),
        (datetime(2021, 7, 1, 3, 59, tzinfo=UTC), "America/New_York", date(2021, 6, 30)),
        (datetime(2021, 7, 1, 4, 0, tzinfo=UTC), "America/New_York", date(2021, 7, 1)),
        (datetime(2021, 2, 17, 15, 0, tzinfo=UTC), "Asia/Tokyo", date(2021, 2, 18)),
    ],
)
def test_a_deadline_ends_with_the_institutions_own_day_in_winter_and_in_summer(at, zone, day):
    assert Moment.of(at, zone).day == day


def test_a_span_holds_both_its_days():
    span = Span(DAY, DAY + timedelta(days=1))
    assert [span.holds(DAY + timedelta(days=shift)) for shift in (-1, 0, 1, 2)] == [False, True, True, False]


def test_a_span_without_end_holds_every_later_day():
    assert Span(DAY).holds(date.max)
    assert not Span(DAY).holds(DAY - timedelta(days=1))


@given(DATES, DATES, st.none() | DATES, st.none() | DATES)
def test_a_span_covers_another_where_it_holds_each_of_its_days(first, other_first, last, other_last):
    span, other = Span(first, last), Span(other_first, other_last)
    ends = {other.first, *([other.last] if other.last else [date.max])}
    if other.last is None or other.first <= other.last:
        assert span.covers(other) == (all(span.holds(day) for day in ends) and (span.last is None or bool(other.last)))


def test_the_earlier_of_two_last_days_is_the_known_one():
    assert min_day(DAY, None) == min_day(None, DAY) == min_day(DAY, date.max) == DAY
    assert min_day(None, None) is None


@pytest.mark.parametrize(
    "day, months, expected",
    [
        (date(2021, 1, 31), 1, date(2021, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2021, 8, 31), 24, date(2023, 8, 31)),
        (date(2021, 12, 15), 1, date(2022, 1, 15)),
        (date(2021, 1, 15), -1, date(2020, 12, 15)),
    ],
)
def test_months_later_is_the_same_day_or_the_months_last(day, months, expected):
    assert plus_months_clamped(day, months) == expected


@given(DATES, st.integers(0, 600))
def test_months_later_never_runs_into_the_next_month(day, months):
    later = plus_months_clamped(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


@pytest.mark.parametrize(
    "day, year",
    [(date(2021, 6, 30), 2020), (date(2021, 7, 1), 2021), (date(2021, 12, 31), 2021), (date(2022, 1, 1), 2021)],
)
def test_a_fiscal_year_begins_on_the_first_of_july(day, year):
    assert year_from(day, 7) == year


def test_days_later_counts_the_leap_day():
    assert plus_days(date(2024, 2, 1), 45) == date(2024, 3, 17)
    assert plus_days(date(2021, 7, 1), 45) == date(2021, 8, 15)


@given(st.integers(0, 60), st.lists(st.tuples(st.integers(-20, 90), st.integers(0, 30)), max_size=4))
def test_a_lengthened_window_has_as_many_days_at_work_as_it_was_given(length, leaves):
    """Said another way than it is worked out: walk the days, and count those on which the clock goes."""
    opens_on = date(2021, 1, 13)
    away = {opens_on + timedelta(days=first + more) for first, days in leaves for more in range(days + 1)}
    still, left, day = [], length + 1, opens_on
    while left:
        left -= day not in away
        due_on, day = day, day + timedelta(days=1)
    for first in sorted(away):
        if (first - timedelta(days=1) not in away and first >= opens_on) or first == opens_on:
            last = first
            while last + timedelta(days=1) in away:
                last += timedelta(days=1)
            still.append(Span(first, last))
    assert lengthened(opens_on, opens_on + timedelta(days=length), tuple(still)) == due_on
