"""Time in a course where a law asks for it: a floor, never a ceiling, counted from one sign of life to the next.

A sign of life is a page opened, an answer, or a beat that the page sends while it is looked at and used. Between two
of them at most twice the page's own time counts, and never more than five minutes; so a page left open does not add
up, and a slow reader loses nothing.
"""

from dataclasses import dataclass
from datetime import datetime

#: Between two signs of life, whatever the length of the page.
LONGEST_SECONDS = 300
#: A page of a few words is still looked at.
SHORTEST_SECONDS = 30


@dataclass(frozen=True, slots=True)
class SeatTime:
    """The minutes that a law asks for in a course, and the seconds behind the reader."""

    asked_minutes: int
    spent_seconds: int

    @property
    def minutes(self) -> int:
        """Whole minutes behind the reader, at most those asked for."""
        return min(self.spent_seconds // 60, self.asked_minutes)

    @property
    def minutes_left(self) -> int:
        return self.asked_minutes - self.minutes

    @property
    def is_reached(self) -> bool:
        return self.spent_seconds >= self.asked_minutes * 60


def counted(last_at: datetime | None, at: datetime, page_seconds: int) -> int:
    """The seconds that count between two signs of life on a page of that length; 0 where there was none before."""
    if last_at is None:
        return 0
    longest = min(LONGEST_SECONDS, max(2 * page_seconds, SHORTEST_SECONDS))
    return max(0, min(int((at - last_at).total_seconds()), longest))
