"""Trainings in person: what an offer and a date must hold, what overlaps, who gets a seat, and the code of the room."""

import hashlib
import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from upstander.core.errors import Refusal

DRAFT, OPEN, CANCELLED, HELD = "draft", "open", "cancelled", "held"
BOOKED, WAITING, GIVEN_UP, ATTENDED, ABSENT = "booked", "waiting", "cancelled", "attended", "absent"
#: Whoever holds one of these counts among the seats that are taken.
SEATED = frozenset({BOOKED, ATTENDED, ABSENT})
#: For whom a training is; the words stand with the pages.
AUDIENCES = ("faculty", "staff", "students", "supervisors")
#: Letters and digits that nobody mistakes for another when they are read from a wall.
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 6
CODE_SECONDS = 30
#: How long before its beginning and after its end the code of a session is good.
BEFORE, AFTER = timedelta(minutes=30), timedelta(minutes=30)
LONGEST, MOST_SEATS = timedelta(hours=24), 2_000


@dataclass(frozen=True, slots=True)
class Times:
    """From when to when, as instants."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Times") -> bool:
        """Whether both run at some instant; one that begins as the other ends does not."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def instant_of(day: date, clock: time, zone: str) -> datetime:
    """The instant of a wall clock; of an hour that comes twice the first.

    Refuses `no-such-time` {at} for one that the clocks leave out.
    """
    local = datetime.combine(day, clock, ZoneInfo(zone))
    instant = local.astimezone(UTC)
    if instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise Refusal("no-such-time", {"at": f"{day.isoformat()} {clock:%H:%M}"})
    return instant


def times_of(day: date, begins: time, ends: time, zone: str) -> Times:
    """The times of a session on one day; one that ends before it begins runs past midnight.

    Refuses `no-such-time`, and `ends-as-it-begins`.
    """
    last = day + timedelta(days=1) if ends < begins else day
    times = Times(instant_of(day, begins, zone), instant_of(last, ends, zone))
    if times.ends_at <= times.starts_at:
        raise Refusal("ends-as-it-begins")
    return times


def check_seats(seats: int, taken: int = 0) -> None:
    """Refuses `seats-out-of-range` {most}, and `seats-taken` {taken} where more sit there already."""
    if not 1 <= seats <= MOST_SEATS:
        raise Refusal("seats-out-of-range", {"most": MOST_SEATS})
    if seats < taken:
        raise Refusal("seats-taken", {"taken": taken})


def check_words(words: Mapping[str, Mapping[str, str]], languages: Collection[str]) -> None:
    """Refuses `words-missing` {language, field} where an offer has no title or summary in one of the languages."""
    for language in languages:
        for name in ("title", "summary"):
            if not words.get(language, {}).get(name, "").strip():
                raise Refusal("words-missing", {"language": language, "field": name})


def same_place(one: str, other: str) -> bool:
    """Whether both name the same place, however they are spaced and written; no place is never the same."""
    first, second = (" ".join(place.casefold().split()) for place in (one, other))
    return bool(first) and first == second


def print_of(values: object) -> str:
    """A short print of values, so that of two who change the same the second is told."""
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]


def code_at(secret: str, at: datetime) -> str:
    """The six characters that the room shows in this half minute."""
    return _code(secret, int(at.timestamp()) // CODE_SECONDS)


def _code(secret: str, turn: int) -> str:
    made = int.from_bytes(hmac.new(secret.encode(), str(turn).encode(), hashlib.sha256).digest()[:8])
    letters = []
    for _ in range(CODE_LENGTH):
        made, place = divmod(made, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[place])
    return "".join(letters)


def is_code(given: str, secret: str, at: datetime) -> bool:
    """Whether this is the code of the present half minute or of the last; spaces, hyphens and case do not matter."""
    typed = "".join(given.upper().split()).replace("-", "")
    turn = int(at.timestamp()) // CODE_SECONDS
    good = [_code(secret, one) for one in (turn, turn - 1)]
    return any(hmac.compare_digest(typed.encode(), code.encode()) for code in good)


def takes_codes(state: str, times: Times, at: datetime) -> bool:
    """Whether the room's code is good now: from half an hour before until half an hour after, while it is not over."""
    return state == OPEN and times.starts_at - BEFORE <= at <= times.ends_at + AFTER


def may_mark(state: str, times: Times, at: datetime) -> bool:
    """Whether attendance can be marked by the roster: from half an hour before on, also long afterwards."""
    return state in (OPEN, HELD) and times.starts_at - BEFORE <= at
