"""A published programme version as rules: audience, groups and windows, options, exemptions, leave, cycles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property

from upstander.core.conditions import AnyOf, Condition, read_by, tests_of

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cycle:
    """One round of a programme; its days, both included, are also those in which completions count."""

    key: str
    first_on: date
    last_on: date


@cache
def _year_from(year: int, month: int, day: int) -> Cycle:
    first = date(year, month, day)
    last = date(year + 1, month, day) - timedelta(days=1)
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


@dataclass(frozen=True, slots=True)
class Window:
    """The days of a group: opens and due, both included; a late joiner gets the same length from their own day."""

    opens_on: date
    due_on: date

    @property
    def length_days(self) -> int:
        return (self.due_on - self.opens_on).days


@dataclass(frozen=True, slots=True)
class Group:
    """A training group: the first group in the file's order that an appointment matches is its group."""

    key: str
    title: Words
    when: Condition | None
    window: Window | None


@dataclass(frozen=True, slots=True)
class Route:
    """One way into the audience."""

    key: str
    when: Condition


@dataclass(frozen=True, slots=True)
class Option:
    """A course that counts, with the letter by which people know it."""

    course_key: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class OnboardingExemption:
    """Exempt from a day of onboarding on, if onboarded in a given capacity (row B07).

    A blank capacity is read from the categories of the qualifying appointments.
    """

    key: str
    since_on: date
    onboarded_as: str
    if_blank_with_category: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Options that may suit a person; never a filter (row B11)."""

    options: tuple[str, ...]
    when: Condition


@dataclass(frozen=True)
class Programme:
    """Everything that deciding, explaining and reminding in one programme may read.

    Without slots, so that what follows from its rules alone is worked out once.
    """

    key: str
    version: int
    title: Words
    summary: Words
    cycles: YearlyCycles | NamedCycles
    routes: tuple[Route, ...]
    groups: tuple[Group, ...]
    options: tuple[Option, ...]
    need: int = 1
    roles: tuple[str, ...] = ("employee",)
    window_days: int | None = None
    grace_days: int = 0
    ending_by_due_excludes: bool = False
    deferring_leave: frozenset[str] = frozenset()
    exemptions: tuple[OnboardingExemption, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    reminders: tuple[int, ...] = ()
    every_months: int | None = None
    office: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    examples: tuple[Mapping, ...] = ()

    def cycle_on(self, day: date) -> Cycle:
        """The cycle that contains the day: the last one begun, or the first one before any has."""
        return self.cycles.on(day)

    def group(self, key: str | None) -> Group | None:
        return next((group for group in self.groups if group.key == key), None)

    @cached_property
    def course_keys(self) -> frozenset[str]:
        return frozenset(option.course_key for option in self.options)

    @cached_property
    def audience(self) -> AnyOf:
        """The audience's condition: any one of the routes."""
        return AnyOf(tuple(route.when for route in self.routes))

    @cached_property
    def read_by_groups(self) -> tuple[str, ...]:
        """The attributes of an appointment on which its group depends."""
        return read_by(group.when for group in self.groups)

    @cached_property
    def groups_found(self) -> dict[tuple, Group | None]:
        """What `read_by_groups` led to so far."""
        return {}

    @cached_property
    def days_within(self) -> tuple[int, ...]:
        """The numbers of days by which the audience's conditions look ahead; empty: they do not look at the day."""
        conditions = [self.audience, *(group.when for group in self.groups if group.when)]
        tests = (test for condition in conditions for test in tests_of(condition))
        return tuple(test.wanted for test in tests if test.key == "graduates_within_days")
