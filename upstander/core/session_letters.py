"""Which letters a seat in a training brings, when its reminder is due, and whether one still says what is true."""

from collections.abc import Collection
from datetime import date, datetime

from upstander.core.days import ONE_DAY
from upstander.core.in_person import BOOKED, CANCELLED, OPEN, WAITING
from upstander.core.notices import SEAT as ABOUT_A_SEAT
from upstander.core.notices import Kind
from upstander.core.working_days import is_working_day

REMINDER, CHANGED, SEAT, CALLED_OFF = "session-reminder", "session-changed", "session-seat", "session-cancelled"
#: What the gate must know of the reminder, here where a rehearsal asks it too.
REMINDER_KIND = Kind(REMINDER, asks=False, about=ABOUT_A_SEAT, declinable=True)
HOLDING = frozenset({BOOKED, WAITING})


def reminded_on(held_on: date, closed_days: Collection[date] = ()) -> date:
    """The working day before the session."""
    day = held_on - ONE_DAY
    while not is_working_day(day, closed_days):
        day -= ONE_DAY
    return day


def turn_of(starts_at: datetime) -> str:
    """What a reminder is about, so that one of the time before does not go when the session has been moved."""
    return f"{starts_at:%Y%m%d%H%M}"


def why_not(kind: str, seat: str, session: str, starts_at: datetime, at: datetime, turn: tuple[str, str]) -> str:
    """Why a letter about a seat need not go: "" where it still says what is true.

    `seat` and `session` are their states, `turn` what the letter was planned for and what holds now. `no-longer-due`:
    the seat is given up, the session called off, held or begun; `superseded`: a later letter says how it stands.
    """
    if kind == CALLED_OFF:
        return "" if session == CANCELLED and seat in HOLDING else "no-longer-due"
    if session != OPEN or starts_at <= at or seat not in (HOLDING if kind == CHANGED else {BOOKED}):
        return "no-longer-due"
    return "" if turn[0] == turn[1] or kind == SEAT else "superseded"
