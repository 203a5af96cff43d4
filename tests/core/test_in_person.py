"""Trainings in person without a database: clocks that change, the code of the room."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from upstander.core.errors import Refusal
from upstander.core.in_person import CODE_SECONDS, Times, code_at, instant_of, is_code, takes_codes, times_of

pytestmark = pytest.mark.row("A16")
ZONE = "America/New_York"
AT = datetime(2027, 3, 15, 14, 0, tzinfo=UTC)


def test_an_hour_that_the_clocks_leave_out_is_refused():
    with pytest.raises(Refusal, match="no-such-time"):
        instant_of(date(2027, 3, 14), time(2, 30), ZONE)


def test_an_hour_that_comes_twice_is_the_first():
    assert instant_of(date(2027, 11, 7), time(1, 30), ZONE) == datetime(2027, 11, 7, 5, 30, tzinfo=UTC)


def test_a_session_over_the_change_of_clocks_lasts_as_long_as_it_does():
    times = times_of(date(2027, 3, 14), time(1, 0), time(4, 0), ZONE)
    assert times.ends_at - times.starts_at == timedelta(hours=2)


def test_a_session_past_midnight_ends_on_the_next_day():
    times = times_of(date(2027, 2, 1), time(23, 0), time(0, 30), ZONE)
    assert times.ends_at - times.starts_at == timedelta(minutes=90)


def test_a_session_that_ends_as_it_begins_is_refused():
    with pytest.raises(Refusal, match="ends-as-it-begins"):
        times_of(date(2027, 2, 1), time(10, 0), time(10, 0), ZONE)


def test_sessions_that_touch_do_not_overlap():
    first, second = Times(AT, AT + timedelta(hours=1)), Times(AT + timedelta(hours=1), AT + timedelta(hours=2))
    assert not first.overlaps(second) and first.overlaps(Times(AT, AT + timedelta(minutes=1)))


def test_the_code_of_this_half_minute_and_of_the_last_are_good_and_no_other():
    code = code_at("secret", AT)
    typed = f" {code[:3].lower()}-{code[3:]} "
    later = [is_code(typed, "secret", AT + timedelta(seconds=CODE_SECONDS * turns)) for turns in (-1, 0, 1, 2)]
    assert later == [False, True, True, False]
    assert not is_code(code, "another", AT) and not is_code("", "secret", AT) and not is_code("Ñ", "secret", AT)


def test_codes_are_taken_from_half_an_hour_before_until_half_an_hour_after():
    times = Times(AT, AT + timedelta(hours=1))
    minutes = (-31, -30, 90, 91)
    assert [takes_codes("open", times, AT + timedelta(minutes=m)) for m in minutes] == [False, True, True, False]
    assert not takes_codes("cancelled", times, AT)
