"""What has to be completed, as a tree: N of M courses, all of them, parts for some roles, minutes on a topic (B02)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from upstander.core.conditions import Condition

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Update:
    """What a new edition of a course asks of those who completed an older one: to read what changed.

    Completions of the `older` editions do not stand alone from `since_on` on; `days` is how long the reading may take.
    """

    edition: str
    older: tuple[str, ...]
    since_on: date
    days: int


@dataclass(frozen=True, slots=True)
class Option:
    """A course that counts, with the letter by which people know it, its length and the topics that it covers.

    Who began it before `withdrawn_on` may finish it, and it counts; nobody else may take it from that day on.
    `minimum_minutes` is the seat time that a law asks for: a floor, never a ceiling. `updates` are in the order of
    their `since_on`. Only where `in_person` is set does attendance of a training in person count as it.
    """

    course_key: str
    label: str = ""
    minutes: int | None = None
    topics: tuple[str, ...] = ()
    withdrawn_on: date | None = None
    minimum_minutes: int | None = None
    updates: tuple[Update, ...] = ()
    in_person: bool = False


@dataclass(frozen=True, slots=True)
class Equivalency:
    """A course that counts as one of the options, never the other way round; dated and limited if the rule says so.

    `from_on` and `to_on` bound the days on which it was taken, `cycles` the cycles for which it counts. `at_most` is
    the number of options of one person's cycle that may be met by equivalencies where this one is among them.
    """

    course_key: str
    counts_as: str
    from_on: date | None = None
    to_on: date | None = None
    cycles: tuple[str, ...] = ()
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the requirement: courses (`of`), further parts, or minutes on topics; exactly one of the three.

    `complete` None means all of them. `when` is a role version: the part is only for whom the condition holds.
    Minutes are summed within the cycle, or over the last `within_months`.
    """

    key: str = ""
    title: Words = field(default_factory=dict)
    when: Condition | None = None
    complete: int | None = None
    of: tuple[str, ...] = ()
    parts: tuple["Part", ...] = ()
    minutes: int | None = None
    topics: tuple[str, ...] = ()
    within_months: int | None = None
    rounding: str = "last-day"

    def every(self) -> Iterator["Part"]:
        """This part and every part inside it, outermost first."""
        yield self
        for part in self.parts:
            yield from part.every()
