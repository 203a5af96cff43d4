"""Counts of standings by state, brought into the few lines that an office or a department asks for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor

#: line -> the states it adds up; the order is the order of every table of figures.
LINES = {
    "finished": ("satisfied",),
    "open": ("open", "in-progress"),
    "late": ("in-grace", "overdue"),
    "coming": ("scheduled",),
    "on-leave": ("deferred",),
    "needs-a-fact": ("undecided",),
}
#: Within the audience, yet asked for nothing: never part of "N of M have finished". `not-required` stands outside it.
NOT_ASKED = ("exempt", "waived")
#: Reason codes that say which fact is missing for a decision.
MISSING = (
    "paid-unknown",
    "benefits-eligible-unknown",
    "student-year-unknown",
    "area-unknown",
    "no-group",
    "supervises-unknown",
    "confidential-role-unknown",
    "place-unknown",
    "graduation-unknown",
)


def missing_code(reasons: Iterable[Mapping]) -> str:
    """The code of the first missing fact among stored reasons; "" where none is missing."""
    return next((reason["code"] for reason in reasons if reason["code"] in MISSING), "")


@dataclass(frozen=True, slots=True)
class Figures:
    """How many people stand where: `lines` by the names of LINES, `asked` their sum, `not_asked` the rest."""

    lines: Mapping[str, int]
    not_asked: int = 0

    @property
    def asked(self) -> int:
        return sum(self.lines.values())

    @property
    def finished(self) -> int:
        return self.lines["finished"]

    @property
    def undecided(self) -> int:
        return self.lines["needs-a-fact"]


def figures(counts: Mapping[str, int]) -> Figures:
    """The figures of counts by state; a state that is missing counts nothing."""
    lines = {line: sum(counts.get(state, 0) for state in states) for line, states in LINES.items()}
    return Figures(lines=lines, not_asked=sum(counts.get(state, 0) for state in NOT_ASKED))


@dataclass(frozen=True, slots=True)
class Pace:
    """Where the present pace leads by the due date: finished by then, capped at everybody, and the days it is from."""

    finished_by_due: int
    per_week: float
    days: int


def pace(finished_on: Mapping[date, int], asked: int, first: date, day: date, due: date) -> Pace | None:
    """The straight line of the last fourteen days drawn on to the due date; None where that would be a guess.

    It needs seven days of the period behind it, five completions within the days it looks at, and a due date ahead.
    """
    looked_at = min(14, (day - first).days + 1)
    since = day - timedelta(days=looked_at - 1)
    recent = sum(count for on, count in finished_on.items() if since <= on <= day)
    if looked_at < 7 or recent < 5 or due <= day:
        return None
    done = sum(count for on, count in finished_on.items() if on <= day)
    ahead = floor(recent / looked_at * (due - day).days)
    return Pace(finished_by_due=min(asked, done + ahead), per_week=recent / looked_at * 7, days=looked_at)
