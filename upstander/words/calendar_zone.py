"""The rules of a time zone around some days, as a calendar file carries them (RFC 5545, 3.6.5)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

#: Far enough before an event for the change of clocks that holds on its day.
_BEFORE, _AFTER = timedelta(days=400), timedelta(days=400)


def zone_component(zone: str, starts_at: datetime, ends_at: datetime) -> Timezone:
    """The zone around these instants: one observance for each change of its clocks, and what holds before the first.

    `Timezone.from_tzinfo` writes the beginning of summer time in the new clock, an hour late; the standard wants the
    clock that held until then.
    """
    info = ZoneInfo(zone)
    first = starts_at.astimezone(UTC) - _BEFORE
    made = Timezone()
    made.add("tzid", zone)
    made.add_component(_observance(first, first, info))
    for before, after in _changes(info, first, ends_at.astimezone(UTC) + _AFTER):
        made.add_component(_observance(before, after, info))
    return made


def _changes(info: ZoneInfo, first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Each change of the clocks as the last second of the old ones and the first of the new."""
    at = first
    while at < last:
        following = at + timedelta(days=1)
        low, high = at, following
        if _offset(low, info) != _offset(high, info):
            while high - low > timedelta(seconds=1):
                middle = (low + (high - low) / 2).replace(microsecond=0)
                low, high = (middle, high) if _offset(middle, info) == _offset(at, info) else (low, middle)
            yield low, high
        at = following


def _observance(before: datetime, after: datetime, info: ZoneInfo) -> TimezoneStandard | TimezoneDaylight:
    """What holds from an instant on; its beginning is written in the clock that held until then."""
    local = after.astimezone(info)
    made = TimezoneDaylight() if local.dst() else TimezoneStandard()
    made.add("dtstart", after.replace(tzinfo=None, microsecond=0) + _offset(before, info))
    made.add("tzoffsetfrom", _offset(before, info))
    made.add("tzoffsetto", _offset(after, info))
    made.add("tzname", local.tzname())
    return made


def _offset(at: datetime, info: ZoneInfo) -> timedelta:
    return at.astimezone(info).utcoffset() or timedelta()
