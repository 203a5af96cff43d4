"""What the office arranges for somebody: kinds, states, the moves between them, and what a time must be (row A07)."""

from datetime import datetime, timedelta

from upstander.core.errors import Refusal

#: A room with a computer and a person beside it; on paper; with somebody who reads out or writes.
ROOM, PAPER, HELPED = "room", "paper", "helped"
KINDS = (ROOM, PAPER, HELPED)
PLANNED, HELD, MISSED, CANCELLED = "planned", "held", "missed", "cancelled"
STATES = (PLANNED, HELD, MISSED, CANCELLED)
LONGEST = timedelta(hours=12)


def check_change(state: str) -> None:
    """Refuses `arrangement-over` {state} once it was held, missed or called off."""
    if state != PLANNED:
        raise Refusal("arrangement-over", {"state": state})


def check_time(starts_at: datetime, ends_at: datetime, asked_minutes: int) -> None:
    """Refuses `too-long`, and `time-too-short` {asked} where a law asks for more minutes in this course."""
    if ends_at - starts_at > LONGEST:
        raise Refusal("too-long")
    if ends_at - starts_at < timedelta(minutes=asked_minutes):
        raise Refusal("time-too-short", {"asked": asked_minutes})


def check_over(state: str, starts_at: datetime | None, at: datetime) -> None:
    """Refuses `arrangement-over` {state} for one that was called off, and `not-begun-yet` before its time."""
    if state == CANCELLED:
        raise Refusal("arrangement-over", {"state": state})
    if starts_at is not None and at < starts_at:
        raise Refusal("not-begun-yet")


def sheet_counts(kind: str, language: str, printed_in: str) -> bool:
    """Whether a sheet printed in this language is one to key: the arrangement is on paper, in the same language."""
    return kind == PAPER and language == printed_in


def may_print(state: str, kind: str, is_done: bool) -> bool:
    """Whether a sheet can be printed: on paper, not called off, and not passed yet."""
    return kind == PAPER and state != CANCELLED and not is_done
