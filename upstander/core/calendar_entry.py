"""A calendar file of one event with the rules of its time zone (RFC 5545, RFC 5546): published, changed, cancelled."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_OCTETS_A_LINE = 75
#: Far enough before an event for the change of clocks that holds on its day.
_BEFORE, _AFTER = timedelta(days=400), timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. `sequence` grows with every change; a cancelled one goes out with a higher one than it came with."""

    uid: str
    sequence: int
    title: str
    text: str
    place: str
    address: str
    starts_at: datetime
    ends_at: datetime
    office: str
    office_email: str
    is_cancelled: bool = False


def calendar_entry(entry: Entry, zone: str, stamped_at: datetime) -> str:
    """The file, with lines as calendars read them."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Upstander//Training//EN",
        "CALSCALE:GREGORIAN",
        f"METHOD:{'CANCEL' if entry.is_cancelled else 'PUBLISH'}",
        *_zone_lines(zone, entry.starts_at, entry.ends_at),
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTAMP:{stamped_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID={zone}:{entry.starts_at.astimezone(ZoneInfo(zone)):%Y%m%dT%H%M%S}",
        f"DTEND;TZID={zone}:{entry.ends_at.astimezone(ZoneInfo(zone)):%Y%m%dT%H%M%S}",
        f"SUMMARY:{_text(entry.title)}",
        f"DESCRIPTION:{_text(entry.text)}",
        f"LOCATION:{_text(entry.place)}",
        f"URL:{entry.address}",
        f'ORGANIZER;CN="{_quoted(entry.office)}":mailto:{entry.office_email}',
        f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _text(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _quoted(text: str) -> str:
    return " ".join(text.replace('"', "'").split())


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, none of which ends inside a character."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > _OCTETS_A_LINE:
            pieces.append(piece)
            piece = " "
        piece += letter
    return "\r\n".join([*pieces, piece])


def _zone_lines(zone: str, starts_at: datetime, ends_at: datetime) -> Iterator[str]:
    """The zone around the event: one observance for each change of its clocks, and what holds before the first."""
    info = ZoneInfo(zone)
    first = starts_at.astimezone(UTC) - _BEFORE
    yield from ("BEGIN:VTIMEZONE", f"TZID:{zone}")
    yield from _observance(first, first, info)
    for before, after in _changes(info, first, ends_at.astimezone(UTC) + _AFTER):
        yield from _observance(before, after, info)
    yield "END:VTIMEZONE"


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


def _observance(before: datetime, after: datetime, info: ZoneInfo) -> Iterator[str]:
    """What holds from an instant on; its beginning is written in the clock that held until then."""
    local = after.astimezone(info)
    kind = "DAYLIGHT" if local.dst() else "STANDARD"
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{after.replace(tzinfo=None) + _offset(before, info):%Y%m%dT%H%M%S}"
    yield f"TZOFFSETFROM:{_signed(_offset(before, info))}"
    yield f"TZOFFSETTO:{_signed(_offset(after, info))}"
    yield f"TZNAME:{local.tzname()}"
    yield f"END:{kind}"


def _offset(at: datetime, info: ZoneInfo) -> timedelta:
    return at.astimezone(info).utcoffset() or timedelta()


def _signed(offset: timedelta) -> str:
    minutes = int(abs(offset).total_seconds()) // 60
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02d}{minutes % 60:02d}"
