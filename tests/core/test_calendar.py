"""Calendar files: read back by another reader, and held against the rules of the standard by hand."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from upstander.words.calendar import CANCEL, REQUEST, Entry, Party, calendar_text, feed_text

pytestmark = pytest.mark.row("A16")
ZONE = "America/New_York"
AT = datetime(2027, 3, 15, 14, 0, tzinfo=UTC)
OFFICE = Party('The "Office"; Elm, Hall', "office@training.example")
GUEST = Party("Inés", "ines@training.example")
TITLE = "Año nuevo; para testigos, \\o/ 😀" + "ñ" * 60 + "😀" * 30
TEXT = "What to say,\r\nwhat to do.\x07 " + "é" * 80


def entry(**changed) -> Entry:
    said = {
        "uid": "one@upstander", "title": TITLE, "stamped_at": AT, "sequence": 3, "starts_at": AT,
        "ends_at": AT + timedelta(hours=1), "zone": ZONE, "place": "Elm Hall 12", "description": TEXT,
        "address": "https://training.example/in-person/", "organizer": OFFICE,
    }  # fmt: skip
    return Entry(**said | changed)


def lines_of(text: str) -> list[str]:
    """The content lines, unfolded, after every rule about lines has been held against the raw text."""
    raw = text.encode()
    assert raw.endswith(b"\r\n") and b"\n" not in raw.replace(b"\r\n", b"") and b"\r" not in raw.replace(b"\r\n", b"")
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no line ends inside a character
        assert not any(octet < 32 and octet != 9 for octet in line)
    return raw.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n")


def one(text: str, name: str) -> str:
    """The only line of this property, name included."""
    found = [line for line in lines_of(text) if line.split(":")[0].split(";")[0] == name]
    assert len(found) == 1, (name, found)
    return found[0]


def test_a_file_keeps_to_the_rules_of_lines_and_escapes_what_must_be():
    text = calendar_text(entry())
    escaped = TITLE.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    assert one(text, "SUMMARY") == f"SUMMARY:{escaped}"
    assert one(text, "DESCRIPTION") == "DESCRIPTION:What to say\\,\\nwhat to do. " + "é" * 80
    assert one(text, "ORGANIZER") == "ORGANIZER;CN=\"The 'Office'; Elm, Hall\":mailto:office@training.example"


def test_another_reader_reads_the_same_back():
    event = Calendar.from_ical(calendar_text(entry())).walk("VEVENT")[0]
    assert (str(event["SUMMARY"]), str(event["UID"]), event["SEQUENCE"]) == (TITLE, "one@upstander", 3)
    assert event.decoded("DTSTART") == AT and event.decoded("DTEND") == AT + timedelta(hours=1)
    assert event.decoded("DTSTAMP") == AT


def test_what_every_file_and_event_must_have_stands_once():
    text = calendar_text(entry())
    for name in ("VERSION", "PRODID", "METHOD", "UID", "DTSTAMP", "SEQUENCE", "STATUS", "URL"):
        one(text, name)
    lines = lines_of(text)
    assert lines[0] == "BEGIN:VCALENDAR" and lines[1] == "VERSION:2.0" and lines[-1] == "END:VCALENDAR"
    assert "DTSTART;TZID=America/New_York:20270315T100000" in lines and "DTSTAMP:20270315T140000Z" in lines
    assert lines.index("END:VTIMEZONE") < lines.index("BEGIN:VEVENT")


def test_the_zone_changes_its_clocks_in_the_clock_that_held_until_then():
    lines = lines_of(calendar_text(entry()))
    change = lines.index("DTSTART:20270314T020000")
    assert lines[change - 1 : change + 4] == [
        "BEGIN:DAYLIGHT", "DTSTART:20270314T020000", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400", "TZNAME:EDT",
    ]  # fmt: skip


CHANGES = [
    ("America/New_York", date(2027, 3, 14)), ("America/New_York", date(2027, 11, 7)),
    ("Europe/Madrid", date(2027, 3, 28)), ("Europe/Madrid", date(2027, 10, 31)),
    ("America/Puerto_Rico", date(2027, 3, 14)), ("Australia/Sydney", date(2027, 4, 4)),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "day"), CHANGES)
def test_the_rules_that_the_file_carries_give_every_hour_of_a_day_of_change_as_the_clocks_do(zone, day):
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    for hours in range(25):
        at = midnight + timedelta(hours=hours)
        assert meant(calendar_text(entry(starts_at=at, ends_at=at + timedelta(hours=1), zone=zone)), zone) == at


def meant(text: str, zone: str) -> datetime:
    """The instant of the beginning by the file's own rules alone, the first one where a time comes twice."""
    said = one_of_event(text, "DTSTART")
    written = datetime.fromisoformat(said.split(":", 1)[1].removesuffix("Z")).replace(tzinfo=UTC)
    if said.endswith("Z"):
        return written
    assert said.startswith(f"DTSTART;TZID={zone}:")
    onsets = sorted(observances(text))
    meanings = [written - offset for _, offset in onsets if held_at(written - offset, onsets) == offset]
    return min(meanings)


def held_at(at: datetime, onsets: list) -> timedelta:
    return [offset for onset, offset in onsets if onset <= at][-1]


def one_of_event(text: str, name: str) -> str:
    lines = lines_of(text)
    event = lines[lines.index("BEGIN:VEVENT") :]
    return next(line for line in event if line.startswith(name))


def observances(text: str):
    """Each change of the clocks: its instant, and the offset from it on."""
    for part in Calendar.from_ical(text).walk("VTIMEZONE")[0].subcomponents:
        begins = part.decoded("DTSTART").replace(tzinfo=UTC) - part.decoded("TZOFFSETFROM")
        yield begins, part.decoded("TZOFFSETTO")


def test_a_zone_without_changes_has_one_observance():
    text = calendar_text(entry(zone="America/Puerto_Rico"))
    assert text.count("BEGIN:STANDARD") == 1 and "BEGIN:DAYLIGHT" not in text and "TZOFFSETTO:-0400" in text


def test_an_invitation_names_who_is_invited_and_what_is_published_does_not():
    mine = entry(attendee=Party("Inés", "ines@training.example"))
    assert "METHOD:REQUEST" in lines_of(calendar_text(mine, REQUEST))
    assert one(calendar_text(mine, REQUEST), "ATTENDEE").endswith(":mailto:ines@training.example")
    assert "ATTENDEE" not in calendar_text(mine)


def test_what_is_called_off_takes_itself_away_whatever_is_asked():
    for text in (calendar_text(entry(is_cancelled=True)), calendar_text(entry(), CANCEL)):
        assert {"METHOD:CANCEL", "STATUS:CANCELLED", "UID:one@upstander"} <= set(lines_of(text))


def test_a_day_is_all_day_and_leaves_the_calendar_free():
    text = calendar_text(entry(starts_at=None, ends_at=None, on=date(2027, 2, 28)))
    assert {"DTSTART;VALUE=DATE:20270228", "DTEND;VALUE=DATE:20270301", "TRANSP:TRANSPARENT"} <= set(lines_of(text))
    assert "VTIMEZONE" not in text


def test_a_feed_says_how_often_to_ask_again_and_carries_each_zone_once():
    days = entry(uid="day@upstander", starts_at=None, ends_at=None, on=date(2027, 2, 28))
    text = feed_text([entry(), entry(uid="two@upstander"), days], "Capacitación", timedelta(hours=12))
    lines = lines_of(text)
    assert {"REFRESH-INTERVAL;VALUE=DURATION:PT12H", "X-PUBLISHED-TTL:PT12H", "NAME:Capacitación"} <= set(lines)
    assert lines.count("BEGIN:VTIMEZONE") == 1 and lines.count("BEGIN:VEVENT") == 3


@pytest.mark.row("A04")
def test_what_has_no_organizer_is_no_message_between_calendars_and_names_no_method():
    day = entry(organizer=None, starts_at=None, ends_at=None, on=date(2021, 2, 17))
    assert "METHOD" not in calendar_text(day)
    assert "METHOD" not in feed_text([day, entry()], "Dates", timedelta(hours=12))


def test_an_invitation_moved_and_called_off_keeps_its_name_and_counts_on():
    files = [
        calendar_text(entry(sequence=0, attendee=GUEST), REQUEST),
        calendar_text(entry(sequence=1, attendee=GUEST, place="Elm Hall 3"), REQUEST),
        calendar_text(entry(sequence=2, attendee=GUEST, is_cancelled=True), REQUEST),
    ]
    assert [one(text, "METHOD") for text in files] == ["METHOD:REQUEST", "METHOD:REQUEST", "METHOD:CANCEL"]
    assert [one_of_event(text, "SEQUENCE") for text in files] == ["SEQUENCE:0", "SEQUENCE:1", "SEQUENCE:2"]
    assert len({one_of_event(text, "UID") for text in files}) == 1
    assert all(one_of_event(text, name) for text in files for name in ("DTSTAMP", "ORGANIZER", "ATTENDEE"))
