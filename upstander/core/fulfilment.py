"""Whether what somebody has done meets a requirement, and which parts are still missing.

A part whose condition is not known releases nobody: whatever the blank turns out to be, what is `met` stays met, and
what only `could_be_met` leaves a blank to be filled in first.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from upstander.core.conditions import Verdict
from upstander.core.days import plus_months
from upstander.core.decision import Reason
from upstander.core.requirement import Equivalency, Part

#: The key of a conditional part -> whether it is for this person; what is not named applies.
Verdicts = Mapping[str, Verdict]
EVERYBODY: Verdicts = {}
WHOLE = ""


@dataclass(frozen=True, slots=True)
class Item:
    """Something on record that counts for one option (blank: for the whole requirement), and how it is told.

    `taken` is the course that was really taken, `edition` its edition; `rule` the equivalency by which it counts for
    another one. Outside the cycle (`in_cycle` false) it counts only for parts that look back.
    """

    on: date
    kind: str
    ref: str
    course: str
    reason: Reason
    taken: str = ""
    minutes: int = 0
    topics: tuple[str, ...] = ()
    rule: Equivalency | None = None
    cycle: str | None = None
    in_cycle: bool = True
    edition: str = ""

    @property
    def place(self) -> tuple[date, str, str]:
        """The order in which things count."""
        return self.on, self.kind, self.ref


@dataclass(frozen=True, slots=True)
class Held:
    """What somebody has done by a day."""

    items: tuple[Item, ...]
    day: date

    def courses(self, part: Part) -> int:
        """How many of the part's courses are done within the cycle."""
        return len({item.course for item in self.items if item.in_cycle}.intersection(part.of))

    def minutes(self, part: Part) -> int:
        """Minutes on the part's topics; a course taken twice on one day counts once, with its longer time."""
        longest: dict[tuple[str, date], int] = {}
        for item in self.items:
            if self._reaches(item, part) and not set(part.topics).isdisjoint(item.topics):
                key = (item.taken or item.ref, item.on)
                longest[key] = max(longest.get(key, 0), item.minutes)
        return sum(longest.values())

    def has_all(self) -> bool:
        """Whether something counts for the whole requirement."""
        return any(item.course == WHOLE and item.in_cycle for item in self.items)

    def _reaches(self, item: Item, part: Part) -> bool:
        if part.within_months is None:
            return item.in_cycle
        return self.day <= plus_months(item.on, part.within_months, part.rounding)


def applies(part: Part, verdicts: Verdicts) -> Verdict:
    """Whether a part asks anything of the person: one whose inner parts are all for others asks nothing."""
    own = verdicts.get(part.key, Verdict.YES)
    if own is Verdict.NO or not part.parts:
        return own
    inner = {applies(child, verdicts) for child in part.parts}
    if inner == {Verdict.NO}:
        return Verdict.NO
    return own if Verdict.YES in inner else Verdict.UNKNOWN


def is_met(part: Part, held: Held, verdicts: Verdicts) -> bool:
    """Whether the requirement, which asks something of the person, is met, whatever the blanks turn out to be."""
    done, needed = _count(part, held, verdicts, hopeful=False)
    return held.has_all() or done >= needed


def could_be_met(part: Part, held: Held, verdicts: Verdicts) -> bool:
    """Whether filling in the blanks could show that everything is done: only parts for which they matter are left."""
    done, needed = _count(part, held, verdicts, hopeful=True)
    return done >= needed


def _met(part: Part, held: Held, verdicts: Verdicts, hopeful: bool) -> bool:
    done, needed = _count(part, held, verdicts, hopeful)
    return needed > 0 and done >= needed


def _count(part: Part, held: Held, verdicts: Verdicts, hopeful: bool) -> tuple[int, int]:
    """How much of a part is done and how much is needed: minutes, courses, or inner parts that ask something.

    Of the inner parts that may or may not apply, the ones that are met count if we hope, the others if we fear.
    """
    if part.minutes:
        return held.minutes(part), part.minutes
    if part.of:
        return held.courses(part), part.complete or len(part.of)
    done = asked = 0
    for child in part.parts:
        verdict = applies(child, verdicts)
        if verdict is Verdict.NO:
            continue
        met = _met(child, held, verdicts, hopeful)
        if verdict is Verdict.YES or met is hopeful:
            asked += 1
            done += met
    return done, min(part.complete or len(part.parts), asked)


def finishing(part: Part, items: Iterable[Item], verdicts: Verdicts, day: date) -> Item | None:
    """The item, in the order in which they count, that completed the requirement; None if it is not complete."""
    so_far: tuple[Item, ...] = ()
    for item in items:
        so_far = (*so_far, item)
        if is_met(part, Held(so_far, day), verdicts):
            return item
    return None


def progress(part: Part, held: Held, verdicts: Verdicts) -> Iterator[Reason]:
    """How far somebody is: how much of the whole, then each part that asks something, done or not."""
    done, needed = _count(part, held, verdicts, hopeful=False)
    if not part.parts:
        if done:
            yield Reason("completed-in-part", {"done": done, "needed": needed})
        return
    yield Reason("parts-done", {"done": done, "needed": needed})
    for child in part.parts:
        yield from _progress_of(child, held, verdicts)


def _progress_of(part: Part, held: Held, verdicts: Verdicts) -> Iterator[Reason]:
    if applies(part, verdicts) is Verdict.NO:
        return
    done, needed = _count(part, held, verdicts, hopeful=False)
    if done >= needed:
        yield Reason("part-done", {"part": part.key})
        return
    code = "part-minutes-missing" if part.minutes else "part-missing"
    yield Reason(code, {"part": part.key, "done": done, "needed": needed})
    for child in part.parts:
        yield from _progress_of(child, held, verdicts)
