"""The days on which the office rests, from a calendar file."""

from datetime import date, datetime, timedelta
from pathlib import Path

from icalendar import Calendar

from upstander.config.env import SettingRefused


def closed_days(path: str) -> frozenset[date]:
    """Every day of every event of an iCalendar file (there, an all-day event ends on the day after its last).

    Stops the start on a file that cannot be read or an event that repeats: write each day, so that nobody guesses.
    """
    if not path:
        return frozenset()
    try:
        calendar = Calendar.from_ical(Path(path).read_bytes())
    except (OSError, ValueError) as problem:
        raise SettingRefused(f"the calendar named by UPSTANDER_CLOSED_DAYS cannot be read: {problem}") from problem
    days: set[date] = set()
    for event in calendar.walk("VEVENT"):
        named = str(event.get("SUMMARY", "an event"))
        if "RRULE" in event:
            raise SettingRefused(f"UPSTANDER_CLOSED_DAYS: “{named}” repeats; write an event for each day.")
        if "DTSTART" not in event:
            raise SettingRefused(f"UPSTANDER_CLOSED_DAYS: “{named}” has no beginning.")
        first = _day(event.decoded("DTSTART"))
        end = event.decoded("DTEND") if "DTEND" in event else first + timedelta(days=1)
        last = _day(end) if isinstance(end, datetime) else end - timedelta(days=1)
        days.update(first + timedelta(days=count) for count in range((last - first).days + 1))
    return frozenset(days)


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value
