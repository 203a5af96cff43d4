"""What a new edition asks of those who completed an older one, where the programme says so: to read what changed.

A completion of an older edition stands alone until the update begins, or until its own day if that is later. It then
carries the requirement for as long as there is time to read what changed, and afterwards for good once that is read.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from upstander.core.days import ONE_DAY
from upstander.core.decision import Reason
from upstander.core.facts import Completion, PersonFacts
from upstander.core.fulfilment import Item
from upstander.core.programme import Cycle, Programme
from upstander.core.requirement import Update

#: Whether some of what somebody has done would be enough by itself.
IsEnough = Callable[[Sequence[Item]], bool]
CHANGED = "edition-changed"


@dataclass(frozen=True, slots=True)
class Asked:
    """A completion that does not stand alone since `asked_on`: which edition is to be read, and for how many days.

    Of several updates in a row the first still unread sets the clock, the last one names the edition.
    """

    item: Item
    edition: str
    since_on: date
    asked_on: date
    days: int

    @property
    def course(self) -> str:
        """The course that was taken, and in which something changed."""
        return self.item.taken

    def told(self, due_on: date | None) -> Reason:
        """The reason with the day by which it is to be read (None: not known)."""
        days = {"since_on": self.since_on.isoformat(), "due_on": due_on.isoformat() if due_on else None}
        return Reason(CHANGED, {"course": self.course, "edition": self.edition, **days, "ref": self.item.ref})


@dataclass(frozen=True, slots=True)
class Reopening:
    """A requirement that was met and no longer is, because older editions do not stand alone.

    `opens_on` is the day on which it ceased to be met, `asked` what must be read, one entry a course. `carried` are all
    completions that carry it only for a time, `standing` those that carry it for good.
    """

    opens_on: date
    asked: tuple[Asked, ...]
    carried: tuple[Asked, ...]
    standing: tuple[Item, ...]
    is_enough: IsEnough

    def has_begun(self, facts: PersonFacts, day: date) -> bool:
        """Whether the person has begun to read what changed."""
        return any(course == asked.course and asked.asked_on <= on <= day
                   for course, on in facts.started for asked in self.asked)  # fmt: skip

    def last_day(self, ends: Sequence[date | None]) -> date | None:
        """The last day on which what was completed is enough; each of `carried` carries until its end (None: open).

        date.min where it never was enough at once; None where it is without end.
        """
        closing = [end or date.max for end in ends]
        for last in sorted(set(closing), reverse=True):
            still = [a.item for a, end in zip(self.carried, closing, strict=True) if a.item.on <= last <= end]
            if self.is_enough(_in_order((*(i for i in self.standing if i.on <= last), *still))):
                return None if last == date.max else last
        return date.min


def reopening(
    programme: Programme, facts: PersonFacts, items: Sequence[Item], cycle: Cycle, day: date, is_enough: IsEnough
) -> Reopening | None:
    """What must be read so that a requirement that the items meet stays met on the day; None: nothing.

    An update that begins after the cycle asks nothing of it.
    """
    found = [(item, _asked(programme, facts, item, cycle.last_on, day)) for item in items]
    carried = tuple(asked for _, asked in found if asked)
    standing = tuple(item for item, asked in found if asked is None)
    if not carried or is_enough(standing):
        return None
    opens_on = _ceased_on(carried, standing, is_enough) or max(item.on for item in items)
    return Reopening(opens_on, _needed(carried, standing, is_enough), carried, standing, is_enough)


def changed_among(reasons: Iterable[Any]) -> list[Mapping[str, Any]]:
    """What the reasons of a decision, or of a stored standing, ask to be read anew: the facts of `edition-changed`."""
    pairs = ((r["code"], r["facts"]) if isinstance(r, Mapping) else (r.code, r.facts) for r in reasons)
    return [facts for code, facts in pairs if code == CHANGED]


def readings(programme: Programme, facts: PersonFacts, items: Iterable[Item], cycle: Cycle, day: date) -> list[Reason]:
    """A reason for each course of which what changed was read by the day, naming the last reading."""
    last: dict[str, Completion] = {}
    for item in items:
        for update in _updates_of(programme, item):
            read = _first_later(programme, facts, item, update, day)
            if read and _asked_on(update, item) <= min(read.completed_on, cycle.last_on):
                last[item.taken] = max(read, last.get(item.taken, read), key=lambda c: (c.completed_on, c.ref))
    return [
        Reason("update-completed", {"course": c.course_key, "edition": c.edition, "on": c.completed_on.isoformat(),
                                    "ref": c.ref})
        for c in last.values()
    ]  # fmt: skip


def without_readings(programme: Programme, facts: PersonFacts, items: Sequence[Item]) -> list[Item]:
    """The items but those that are the reading of what changed since an earlier one of them: no clock starts anew."""
    if not programme.has_updates:
        return list(items)
    return [item for item in items if not any(_is_reading_of(programme, facts, item, held) for held in items)]


def _is_reading_of(programme: Programme, facts: PersonFacts, item: Item, held: Item) -> bool:
    if not item.taken or item.taken != held.taken or held.place >= item.place:
        return False
    for update in _updates_of(programme, held):
        read = _first_later(programme, facts, held, update, item.on)
        if read and read.completed_on == item.on >= _asked_on(update, held) and item.edition == read.edition:
            return True
    return False


def _asked(programme: Programme, facts: PersonFacts, item: Item, last_on: date, day: date) -> Asked | None:
    """What is asked of the holder of a completion on the day; None if it stands."""
    unread = [
        update
        for update in _updates_of(programme, item)
        if _asked_on(update, item) <= min(day, last_on) and not _first_later(programme, facts, item, update, day)
    ]
    if not unread:
        return None
    first, last = unread[0], unread[-1]
    return Asked(item, last.edition, first.since_on, _asked_on(first, item), first.days)


def _updates_of(programme: Programme, item: Item) -> list[Update]:
    """The updates that speak of the edition in which the course was completed."""
    option = programme.option(item.taken)
    return [update for update in option.updates if item.edition in update.older] if option else []


def _asked_on(update: Update, item: Item) -> date:
    return max(update.since_on, item.on)


def _first_later(programme: Programme, facts: PersonFacts, item: Item, update: Update, day: date) -> Completion | None:
    """The first completion of the course by the day, no earlier than the item, of which the update asks nothing."""
    option = programme.option(item.taken)
    later = [
        c
        for c in facts.completions
        if c.course_key == item.taken
        and (not c.is_in_person or (option is not None and option.in_person))
        and item.on <= c.completed_on <= day
        and c.role in programme.roles
        and c.edition not in update.older
    ]
    return min(later, key=lambda c: (c.completed_on, c.ref), default=None)


def _ceased_on(carried: Sequence[Asked], standing: Sequence[Item], is_enough: IsEnough) -> date | None:
    """The day after the last one on which it was met by what then stood alone; None if it never was."""
    for ceased_on in sorted({asked.asked_on for asked in carried}, reverse=True):
        before = ceased_on - ONE_DAY
        alone = (a.item for a in carried if a.item.on <= before < a.asked_on)
        if is_enough(_in_order((*(item for item in standing if item.on <= before), *alone))):
            return ceased_on
    return None


def _needed(carried: Sequence[Asked], standing: Sequence[Item], is_enough: IsEnough) -> tuple[Asked, ...]:
    """As few of the readings as are enough, one a course: what was completed first is kept, what came later let go."""
    by_course: dict[str, list[Asked]] = {}
    for asked in carried:
        by_course.setdefault(asked.course, []).append(asked)
    kept = dict(by_course)
    for course in reversed(by_course):
        rest = [a.item for other, several in kept.items() if other != course for a in several]
        if is_enough(_in_order((*standing, *rest))):
            del kept[course]
    return tuple(several[-1] for several in kept.values())


def _in_order(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: item.place)
