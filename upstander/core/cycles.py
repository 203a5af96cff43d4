"""The rounds of a programme: shared by everybody, or counted for each person from their own days (row B13)."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from upstander.core.days import ONE_DAY, months_between, plus_months

#: The key of the cycle that stands for "each person's own current cycle".
OWN = "own"
COUNTED_FROM = ("completion", "hire")


@dataclass(frozen=True, slots=True)
class Cycle:
    """One round of a programme; its days, both included, are also those in which completions count."""

    key: str
    first_on: date
    last_on: date


@cache
def _year_from(year: int, month: int, day: int) -> Cycle:
    first = date(year, month, day)
    last = date(year + 1, month, day) - ONE_DAY
    return Cycle(f"{year}-{(year + 1) % 100:02d}", first, last)


@dataclass(frozen=True, slots=True)
class YearlyCycles:
    """A cycle a year from a fixed day on (a fiscal year: the first of July), the first beginning in `first_year`."""

    month: int
    day: int
    first_year: int

    def on(self, day: date) -> Cycle:
        year = max(day.year if (day.month, day.day) >= (self.month, self.day) else day.year - 1, self.first_year)
        return self.beginning_in(year)

    def beginning_in(self, year: int) -> Cycle:
        return _year_from(year, self.month, self.day)

    def after(self, cycle: Cycle) -> Cycle | None:
        return self.beginning_in(cycle.first_on.year + 1)

    def before(self, cycle: Cycle) -> Cycle | None:
        year = cycle.first_on.year - 1
        return self.beginning_in(year) if year >= self.first_year else None


@dataclass(frozen=True, slots=True)
class NamedCycles:
    """Cycles with their own dates, in order; one lasts in effect until the next begins."""

    periods: tuple[Cycle, ...]

    def on(self, day: date) -> Cycle:
        begun = [period for period in self.periods if period.first_on <= day]
        return begun[-1] if begun else self.periods[0]

    def after(self, cycle: Cycle) -> Cycle | None:
        place = self.periods.index(cycle) + 1
        return self.periods[place] if place < len(self.periods) else None

    def before(self, cycle: Cycle) -> Cycle | None:
        place = self.periods.index(cycle)
        return self.periods[place - 1] if place else None


@cache
def nth_of(starts_on: date, every_months: int, rounding: str, place: int) -> Cycle:
    """The cycle at a place (from 0) of those that follow each other every so many months.

    Always counted from the first day, so that rounding in a short month does not move the later ones.
    """
    first = plus_months(starts_on, place * every_months, rounding)
    following = plus_months(starts_on, (place + 1) * every_months, rounding)
    return Cycle(first.isoformat(), first, following - ONE_DAY)


def place_on(starts_on: date, every_months: int, rounding: str, day: date) -> int:
    """The place of the cycle that holds the day; the first one before any has begun."""
    place = max(0, months_between(starts_on, day) // every_months)
    while place and nth_of(starts_on, every_months, rounding, place).first_on > day:
        place -= 1
    while nth_of(starts_on, every_months, rounding, place).last_on < day:
        place += 1
    return place


@dataclass(frozen=True, slots=True)
class EveryCycles:
    """Cycles of all people that follow each other every so many months from a fixed day; the first day is the key."""

    starts_on: date
    every_months: int
    rounding: str

    def on(self, day: date) -> Cycle:
        return self._nth(self._place(day))

    def after(self, cycle: Cycle) -> Cycle | None:
        return self._nth(self._place(cycle.first_on) + 1)

    def before(self, cycle: Cycle) -> Cycle | None:
        place = self._place(cycle.first_on)
        return self._nth(place - 1) if place else None

    def _nth(self, place: int) -> Cycle:
        return nth_of(self.starts_on, self.every_months, self.rounding, place)

    def _place(self, day: date) -> int:
        return place_on(self.starts_on, self.every_months, self.rounding, day)


@dataclass(frozen=True, slots=True)
class OwnCycles:
    """Cycles of each person, counted from their completions or from the day on which they were hired.

    Nothing opens before `starts_on`. Counted from completion, the window of a renewal opens `renewal_days` before its
    due day. Counted from hire without `every_months`, there is one cycle and it comes once. Who is in which cycle:
    `core/recurrence.py`.
    """

    counted_from: str
    every_months: int | None
    rounding: str
    starts_on: date
    renewal_days: int = 0

    def renews(self, cycle: Cycle, began_on: date) -> bool:
        """Whether the cycle repeats what was completed, and so is due by a completion and not by its opening."""
        return self.counted_from == "completion" and cycle.first_on > max(began_on, self.starts_on)

    def on(self, day: date) -> Cycle:
        return Cycle(OWN, self.starts_on, date.max)

    def after(self, cycle: Cycle) -> Cycle | None:
        return None

    def before(self, cycle: Cycle) -> Cycle | None:
        return None


Cycles = YearlyCycles | NamedCycles | EveryCycles | OwnCycles
