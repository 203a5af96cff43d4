"""When a duty that is done another way goes on record: soon, and at an instant that tells of no meeting (row B15)."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from upstander.core.days import ONE_DAY

#: It goes on record within so many days, the first one counted.
WITHIN_DAYS = 7
#: The hours of the day in which people complete a course themselves, mostly.
FROM, UNTIL = time(8), time(22)


def days_of_record(asked_on: date, opens_on: date | None, due_on: date | None, day: date) -> list[date]:
    """The days of which one is drawn: today and those that follow, none that would contradict the record.

    Never after the due date where the person asked by then: the office's time is not theirs. Where that day has passed
    already it is the due date itself. Whoever asked too late stays late; nothing before the window opens.
    """
    first = max(day, opens_on or day)
    last = first + timedelta(days=WITHIN_DAYS - 1)
    if due_on is None or asked_on > due_on:
        return _days(first, last)
    return _days(min(first, due_on), min(last, due_on))


def drawn_instant(days: list[date], draw: int, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant that a keyed number draws among these days: the same one each time, and nobody without the key can.

    Within waking hours of the zone and never before `now`, but on a day that has passed.
    """
    day = days[draw % len(days)]
    here = now.astimezone(zone)
    first, last = (datetime.combine(day, hour, zone) for hour in (FROM, UNTIL))
    if day == here.date() and here > first:
        first, last = here, max(last, datetime.combine(day, time(23, 59, 59), zone) if here >= last else last)
    seconds = max(1, int((last - first).total_seconds()))
    return first + timedelta(seconds=draw // len(days) % seconds)


def _days(first: date, last: date) -> list[date]:
    return [first + ONE_DAY * number for number in range((last - first).days + 1)]
