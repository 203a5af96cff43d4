"""Trainings in person without a database: clocks that change, the code of the room, calendar files."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from upstander.core.calendar_entry import Entry, calendar_entry
from upstander.core.errors import Refusal
from upstander.core.in_person import CODE_SECONDS, Times, code_at, instant_of, is_code, takes_codes, times_of

pytestmark = pytest.mark.row("A16")
ZONE = "America/New_York"
AT = datetime(2027, 3, 15, 14, 0, tzinfo=UTC)
ENTRY = Entry(
    "one@upstander", 3, "An hour; for bystanders", "What to say,\nwhat to do. " + "é" * 60, "Elm Hall 12",
    "https://training.example/in-person/", AT, AT + timedelta(hours=1), 'The "Office"', "office@training.example",
)  # fmt: skip


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


def test_a_calendar_file_says_its_times_in_the_zone_whose_changes_it_carries():
    lines = calendar_entry(ENTRY, ZONE, AT).split("\r\n")
    assert "DTSTART;TZID=America/New_York:20270315T100000" in lines and "METHOD:PUBLISH" in lines
    change = lines.index("DTSTART:20270314T020000")
    assert lines[change - 1 : change + 4] == [
        "BEGIN:DAYLIGHT", "DTSTART:20270314T020000", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400", "TZNAME:EDT",
    ]  # fmt: skip
    assert lines.index("END:VTIMEZONE") < lines.index("BEGIN:VEVENT")


def test_a_calendar_file_keeps_to_the_length_of_lines_and_escapes_what_must_be():
    text = calendar_entry(ENTRY, ZONE, AT)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    whole = text.replace("\r\n ", "")
    assert "SUMMARY:An hour\\; for bystanders\r\n" in whole and "What to say\\,\\nwhat to do." in whole
    assert "ORGANIZER;CN=\"The 'Office'\":mailto:office@training.example\r\n" in whole and "é" * 60 in whole


def test_a_zone_without_changes_has_one_observance():
    text = calendar_entry(ENTRY, "America/Puerto_Rico", AT)
    assert text.count("BEGIN:STANDARD") == 1 and "BEGIN:DAYLIGHT" not in text and "TZOFFSETTO:-0400" in text
