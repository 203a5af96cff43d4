"""Counts of standings by state, brought into the few lines that an office or a department asks for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

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
    """Where the present pace leads by the due date: between `low` and `high` finished; `rates` are shares a day."""

    low: int
    high: int
    days: int
    rates: tuple[float, float]


def pace(finished_on: Mapping[date, int], can_act: int, first: date, day: date, due: date) -> Pace | None:
    """Carries the share of those still open that finished a day, lately, on to the due date; None where it would be
    a guess.

    The last seven and the last fourteen days give one end of the range each. It needs seven days of the period
    behind it, five completions within them all, and a due date ahead. People who cannot act (on leave, opening later,
    undecided) are not counted on.
    """
    behind = min(14, (day - first).days + 1)
    done = sum(count for on, count in finished_on.items() if on <= day)
    if behind < 7 or due <= day or _within(finished_on, day, behind) < 5:
        return None
    rates = sorted(_share_a_day(_within(finished_on, day, days), can_act, days) for days in {7, behind})
    low, high = (done + round(finished_after(can_act, rate, (due - day).days)) for rate in (rates[0], rates[-1]))
    return Pace(low=low, high=high, days=behind, rates=(rates[0], rates[-1]))


def finished_after(can_act: int, rate: float, days: int) -> float:
    """How many of those who can act will have finished after so many days, if that share of the rest does each day."""
    return can_act * (1 - (1 - rate) ** days)


def _within(finished_on: Mapping[date, int], day: date, days: int) -> int:
    since = day - timedelta(days=days - 1)
    return sum(count for on, count in finished_on.items() if since <= on <= day)


def _share_a_day(finished: int, can_act: int, days: int) -> float:
    """The even share of those left that finishes each day, so that `finished` of them did in these days."""
    before = finished + can_act
    return 1 - (can_act / before) ** (1 / days) if before else 0.0
