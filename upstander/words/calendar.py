"""Calendar files (RFC 5545, RFC 5546): one entry published, sent as an invitation, changed or taken away; a feed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vDuration

from upstander.words.calendar_zone import zone_component

PUBLISH, REQUEST, CANCEL = "PUBLISH", "REQUEST", "CANCEL"
CONTENT_TYPE = "text/calendar; charset=utf-8"
_MAKER = "-//Upstander//Training//EN"


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody of an entry: the name that people read, and an e-mail address."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: either from `starts_at` to `ends_at` (instants, written in the clock of `zone`), or all day `on`.

    `uid` stays with the event for ever, `sequence` grows with every change, and what is taken away goes out with a
    higher one than it came with. `stamped_at` is when it was written. `attendee` is who is invited, for `REQUEST`.
    """

    uid: str
    title: str
    stamped_at: datetime
    sequence: int = 0
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    on: date | None = None
    zone: str = "UTC"
    place: str = ""
    description: str = ""
    address: str = ""
    organizer: Party | None = None
    attendee: Party | None = None
    is_cancelled: bool = False


def calendar_text(entry: Entry, method: str = PUBLISH) -> str:
    """The file of one event.

    `method`: `PUBLISH` (somebody puts it into their calendar), `REQUEST` (an invitation; needs organizer and attendee)
    or `CANCEL` (takes it away). An entry that `is_cancelled` is always `CANCEL`. Without an organizer, whom a message
    between calendars must have (RFC 5546, 3.2.1), the file is no such message and names no method.
    """
    meant = CANCEL if entry.is_cancelled else method
    made = _calendar(meant if entry.organizer else "")
    _fill(made, [entry], meant)
    return _written(made)


def feed_text(entries: Sequence[Entry], name: str, refresh: timedelta) -> str:
    """A calendar that programs ask for again by themselves: its name, how often, and what stands in it now.

    It is no message from one calendar to another, and so names no method.
    """
    made = _calendar("")
    made.add("name", _plain(name))
    made.add("x-wr-calname", _plain(name))
    made.add("refresh-interval", refresh, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", vDuration(refresh).to_ical().decode())
    _fill(made, entries, PUBLISH)
    return _written(made)


def _calendar(method: str) -> Calendar:
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", _MAKER)
    made.add("calscale", "GREGORIAN")
    if method:
        made.add("method", method)
    return made


def _fill(made: Calendar, entries: Sequence[Entry], method: str) -> None:
    timed = [entry for entry in entries if entry.starts_at and entry.ends_at]
    for zone in sorted({entry.zone for entry in timed} - {"UTC"}):
        mine = [entry for entry in timed if entry.zone == zone]
        first, last = min(one.starts_at for one in mine), max(one.ends_at for one in mine)
        made.add_component(zone_component(zone, first, last))
    for entry in entries:
        made.add_component(_event(entry, method))


def _event(entry: Entry, method: str) -> Event:
    made = Event()
    made.add("uid", entry.uid)
    made.add("sequence", entry.sequence)
    made.add("dtstamp", entry.stamped_at.astimezone(UTC).replace(microsecond=0))
    for name, value in _times(entry):
        made.add(name, value)
    made.add("summary", _plain(entry.title))
    for name, text in (("description", entry.description), ("location", entry.place)):
        if text:
            made.add(name, _plain(text))
    if entry.address:
        made.add("url", entry.address)
    made.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    made.add("transp", "TRANSPARENT" if entry.on else "OPAQUE")
    if entry.organizer:
        made.add("organizer", _party(entry.organizer))
    if entry.attendee and method != PUBLISH:  # what is published is for whoever takes it (RFC 5546, 3.2.1)
        made.add("attendee", _invited(entry.attendee))
    return made


def _times(entry: Entry) -> Iterable[tuple[str, date | datetime]]:
    if entry.on:
        return (("dtstart", entry.on), ("dtend", entry.on + timedelta(days=1)))
    times = [at.astimezone(ZoneInfo(entry.zone)).replace(microsecond=0) for at in (entry.starts_at, entry.ends_at)]
    if any(at.fold for at in times) or entry.zone == "UTC":  # of an hour that comes twice, a calendar reads the first
        times = [at.astimezone(UTC) for at in times]
    return zip(("dtstart", "dtend"), times, strict=True)


def _party(party: Party) -> vCalAddress:
    made = vCalAddress(f"mailto:{party.email}")
    made.params["CN"] = " ".join(_plain(party.name).replace('"', "'").split())
    return made


def _invited(party: Party) -> vCalAddress:
    made = _party(party)
    made.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE"})
    return made


def _plain(text: str) -> str:
    """The text without characters that a calendar may not hold."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in lines if letter in "\n\t" or (letter >= " " and letter != "\x7f"))


def _written(made: Calendar) -> str:
    return made.to_ical(sorted=False).decode("utf-8")
