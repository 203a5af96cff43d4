"""A published programme version as rules: audience, groups and windows, options, exemptions, leave, cycles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from upstander.core.conditions import AnyOf, Condition, read_by, tests_of
from upstander.core.cycles import OWN as OWN
from upstander.core.cycles import Cycle, Cycles, OwnCycles
from upstander.core.cycles import EveryCycles as EveryCycles
from upstander.core.cycles import NamedCycles as NamedCycles
from upstander.core.cycles import YearlyCycles as YearlyCycles
from upstander.core.days import plus_months
from upstander.core.elsewhere import ElsewhereLimits
from upstander.core.escalation import Step
from upstander.core.notices import Plan
from upstander.core.requirement import Equivalency, Option, Part, Words


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
    """A training group: the first group in the file's order that an appointment matches is its group.

    Where the groups have ranks, the lowest rank goes first, and two that match with the same rank are a tie.
    """

    key: str
    title: Words
    when: Condition | None
    window: Window | None
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """One way into the audience."""

    key: str
    when: Condition


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


@dataclass(frozen=True, slots=True)
class LegalPreset:
    """A legal preset stacked in the programme, by the digest of the text that was signed here."""

    preset: str
    digest: str


@dataclass(frozen=True, slots=True)
class ExtensionLimits:
    """How far a due date may move at somebody's request: so many days at once, and at most so many (None: no limit).

    Both are counted from the due date as it would be without any extension, so that small ones do not add up.
    """

    automatic_days: int = 0
    most_days: int | None = None


@dataclass(frozen=True, slots=True)
class OpenTo:
    """Who may open the courses beside those who must: everybody, or (`asked_only`) whoever has asked (row B20).

    `automatic`: asking is enough, no officer decides.
    """

    asked_only: bool = False
    automatic: bool = False


@dataclass(frozen=True)
class Programme:
    """Everything that deciding, explaining and reminding in one programme may read.

    `period_windows` keeps the windows that groups (by period and group key) had in earlier periods.
    `need` is how many of the options are needed, or of the `parts` that apply to the person where there are parts.
    `minimum_notice_days`: so many days at least lie between the first delivered notice and the due date; 0: no rule.
    `survey` names the survey that stands before the needs page; blank: none does.
    Without slots, so that what follows from its rules alone is worked out once.
    """

    key: str
    version: int
    title: Words
    summary: Words
    cycles: Cycles
    routes: tuple[Route, ...]
    groups: tuple[Group, ...]
    options: tuple[Option, ...]
    need: int = 1
    parts: tuple[Part, ...] = ()
    equivalencies: tuple[Equivalency, ...] = ()
    roles: tuple[str, ...] = ("employee",)
    window_days: int | None = None
    window_months: int | None = None
    window_rounding: str = "last-day"
    grace_days: int = 0
    ending_by_due_excludes: bool = False
    deferring_leave: frozenset[str] = frozenset()
    exemptions: tuple[OnboardingExemption, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    reminders: tuple[int, ...] = ()
    every_months: int | None = None
    recurrence_rounding: str = "last-day"
    office: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    examples: tuple[Mapping, ...] = ()
    period_windows: Mapping[tuple[str, str], Window] = field(default_factory=dict)
    legal: tuple[LegalPreset, ...] = ()
    keep_years: int | None = None
    survey: str = ""
    extension: ExtensionLimits = ExtensionLimits()
    elsewhere: ElsewhereLimits = field(default_factory=ElsewhereLimits)
    access: OpenTo = OpenTo()
    minimum_notice_days: int = 0
    escalation: tuple[Step, ...] = ()

    def cycle_on(self, day: date) -> Cycle:
        """The cycle that contains the day: the last one begun, or the first one before any has.

        Where cycles are each person's own, one with the key OWN stands for all of them.
        """
        return self.cycles.on(day)

    def due_after(self, opens_on: date) -> date:
        """The due day of a window of the programme's own length."""
        if self.window_months:
            return plus_months(opens_on, self.window_months, self.window_rounding)
        return opens_on + timedelta(days=self.window_days or 0)

    def window_in(self, group: Group, cycle: Cycle) -> Window | None:
        """The group's window in a cycle: its own, or the one that an earlier period has kept."""
        return self.period_windows.get((cycle.key, group.key), group.window) if self.period_windows else group.window

    def option(self, course_key: str) -> Option | None:
        return self.options_by_key.get(course_key)

    def group(self, key: str | None) -> Group | None:
        return next((group for group in self.groups if group.key == key), None)

    @cached_property
    def plan(self) -> Plan:
        """What the programme says of notices."""
        return Plan(self.reminders, self.escalation, self.grace_days)

    @cached_property
    def has_own_cycles(self) -> bool:
        """Whether every person has cycles of their own."""
        return isinstance(self.cycles, OwnCycles)

    @cached_property
    def counts_from_hire(self) -> bool:
        """Whether a person's cycles are counted from the first day of their run of appointments."""
        return isinstance(self.cycles, OwnCycles) and self.cycles.counted_from == "hire"

    @cached_property
    def requirement(self) -> Part:
        """The whole requirement as a tree."""
        if self.parts:
            return Part(complete=self.need, parts=self.parts)
        return Part(complete=self.need, of=tuple(option.course_key for option in self.options))

    @cached_property
    def conditional_parts(self) -> tuple[Part, ...]:
        """The parts that are only for some of the people."""
        return tuple(part for part in self.requirement.every() if part.when)

    @cached_property
    def looking_back(self) -> tuple[Part, ...]:
        """The parts that look back from the day, beyond the cycle."""
        return tuple(part for part in self.requirement.every() if part.within_months)

    @cached_property
    def options_by_key(self) -> dict[str, Option]:
        return {option.course_key: option for option in self.options}

    @cached_property
    def course_keys(self) -> frozenset[str]:
        return frozenset(option.course_key for option in self.options)

    @cached_property
    def has_updates(self) -> bool:
        """Whether a new edition of any course asks something of those who completed an older one."""
        return any(option.updates for option in self.options)

    @cached_property
    def audience(self) -> AnyOf:
        """The audience's condition: any one of the routes."""
        return AnyOf(tuple(route.when for route in self.routes))

    @cached_property
    def read_by_groups(self) -> tuple[str, ...]:
        """The attributes of an appointment on which its group depends."""
        return read_by(group.when for group in self.groups)

    @cached_property
    def groups_by_rank(self) -> tuple[tuple[Group, ...], ...]:
        """The groups in their order, those of equal rank together; without ranks each stands by itself."""
        by_rank: dict[int, list[Group]] = {}
        for place, group in enumerate(self.groups):
            by_rank.setdefault(place if group.rank is None else group.rank, []).append(group)
        return tuple(tuple(by_rank[rank]) for rank in sorted(by_rank))

    @cached_property
    def claims_found(self) -> dict[tuple, tuple[Group, ...]]:
        """What `read_by_groups` led to so far."""
        return {}

    @cached_property
    def days_within(self) -> tuple[int, ...]:
        """The numbers of days by which the audience's conditions look ahead; empty: they do not look at the day."""
        conditions = [self.audience, *(g.when for g in self.groups), *(p.when for p in self.conditional_parts)]
        tests = (test for condition in conditions for test in tests_of(condition))
        return tuple(test.wanted for test in tests if test.key == "graduates_within_days")
