"""Deciding many people: each distinct profile of facts once, by `decide`, and its answer given to everybody who has it.

A profile is what the programme can read of a person on a day. From it alone a stand-in is made and decided; the ids in
the answer are then replaced by each person's own. Only what is named here is left out or evened out, and only where it
cannot have a say; every other fact, one added later too, stays in the profile as it is (law 1 of the house).
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache, partial
from operator import attrgetter
from typing import Any, Generic, TypeVar

from upstander.core.conditions import READS, Test
from upstander.core.days import ONE_DAY
from upstander.core.decide import decide
from upstander.core.decision import Decision, Reason, SatisfiedBy
from upstander.core.exemption import missed, released
from upstander.core.facts import Adjustment, Appointment, Completion, Notified, PersonFacts
from upstander.core.programme import Cycle, OnboardingExemption, Programme
from upstander.core.stand_in import is_marked, mark, put_back
from upstander.core.stated_ends import read_so

#: Profiles kept at a time, twice over: those met since the last turn, and those met before it.
KEPT = 8_000
#: What stands for every start, and every end, that lies before all days on which one could have a say.
LONG_AGO, LONG_OVER = date(1000, 1, 1), date(1000, 1, 2)
#: Parts of a programme with conditions that no decision reads.
UNREAD = ("recommendations",)
NO_RECORD = ((), ())


def _all_but(kind: type, *names: str) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.name not in names)


_APPOINTMENT = _all_but(
    Appointment, "appointment_id", "unit_id", "unit_line", "title", "graduates_on", "starts_on", "ends_on"
)
_COMPLETION = _all_but(Completion, "ref")
_ADJUSTMENT = _all_but(Adjustment, "ref")
_PERSON = _all_but(PersonFacts, "person_id", "onboarded_on", "appointments", "completions", "adjustments", "notified")
_of_appointment, _of_person = attrgetter(*_APPOINTMENT), attrgetter(*_PERSON)
_of_completion, _of_adjustment = attrgetter(*_COMPLETION), attrgetter(*_ADJUSTMENT)


def _tests_in(part: Any, but: tuple[str, ...] = ()) -> Iterator[Test]:
    """Every elementary condition anywhere in a programme, in whatever part of it but the named ones."""
    if isinstance(part, Test):
        yield part
    elif is_dataclass(part):
        for name in _all_but(type(part), *but):
            yield from _tests_in(getattr(part, name))
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from _tests_in(value)
    elif isinstance(part, tuple | list | frozenset):
        for value in part:
            yield from _tests_in(value)


class Reading:
    """What one programme reads on one day in one cycle (None: the one that contains the day), as profiles."""

    def __init__(self, programme: Programme, day: date, cycle: Cycle | None) -> None:
        tests = tuple(_tests_in(programme, UNREAD))
        read = {name for test in tests for name in _read_by(test)}
        elsewhere = {name for test in tests if test.key != "unit_within" for name in _read_by(test)}
        self.title, self.graduation = "title" in read, "graduates_on" in read
        self.every_unit = bool(elsewhere & {"unit_id", "unit_line"})
        self.named_units = frozenset(unit for test in tests if test.key == "unit_within" for unit in test.wanted)
        self.heard_of = programme.key if programme.minimum_notice_days else ""
        self.reads_line = self.every_unit or bool(self.named_units)
        self.thresholds = sorted({exemption.since_on for exemption in programme.exemptions})
        self.every_day = programme.has_own_cycles
        self.floor = date.min if self.every_day else _floor(programme, day, cycle)
        self.every_end = self.every_day or programme.ending_by_due_excludes

    def far_end(self, facts: PersonFacts, day: date) -> date | None:
        """The first end of an appointment that is held, if ends may prove too far away to have a say."""
        held = facts.appointments
        ends = [a.ends_on for a in held if a.ends_on and a.ends_on > day]
        if not ends or self.every_end or facts.adjustments:
            return None
        may_matter = any(a.leaves or (a.starts_on and a.starts_on >= self.floor) for a in held)
        return None if may_matter else min(ends)

    def profile(self, facts: PersonFacts, far_end: date | None = None) -> tuple[tuple, list[str]]:
        """The person's profile, and their own values: person id, ids of appointments and units, references.

        Ends from `far_end` on are taken for ends that are not known.
        """
        held = facts.appointments
        ids, units = [a.appointment_id for a in held], [a.unit_id for a in held]
        if len(held) > 1:
            ids.sort()
            units = sorted(set(units))
        units = [] if self.every_unit else [u for u in units if u and u not in self.named_units]
        own = [facts.person_id, *ids, *units]
        first_unit, marks = len(ids) + 1, []
        for a, days in zip(held, self._evened(held, far_end), strict=True):
            marks.append((
                _of_appointment(a), ids.index(a.appointment_id) + 1,
                first_unit + units.index(a.unit_id) if a.unit_id in units else a.unit_id,
                self._line(a) if self.reads_line else (), a.title if self.title else "",
                a.graduates_on if self.graduation else None, days,
            ))  # fmt: skip
        record = self._record(facts, own) if facts.completions or facts.adjustments else NO_RECORD
        heard = self._heard(facts) if facts.notified else ()
        return (_of_person(facts), self._onboarded(facts.onboarded_on), tuple(marks), record, heard), own

    def _heard(self, facts: PersonFacts) -> tuple[Notified, ...]:
        """The letters of this programme, where their days have a say."""
        return tuple(sorted(one for one in facts.notified if one.programme == self.heard_of))

    def _line(self, appointment: Appointment) -> tuple[str, ...]:
        """The part of the line of units that a condition names."""
        line = appointment.unit_line
        return line if self.every_unit else tuple(unit for unit in line if unit in self.named_units)

    def _evened(self, held: tuple[Appointment, ...], far_end: date | None) -> Iterator[tuple[date | None, date | None]]:
        """First and last day of each appointment; those before all days that have a say are evened out.

        Where everything that is held then begins before it, no run of appointments begins later, whatever ended before;
        where nothing is held then, the last end is all that is told.
        """
        floor = self.floor
        lasting = [a for a in held if a.ends_on is None or a.ends_on >= floor]
        for a in lasting or held:
            if a.starts_on and a.starts_on >= floor:
                return [(a.starts_on, a.ends_on) for a in held]
        if not lasting:
            return [(a.starts_on and LONG_AGO, a.ends_on) for a in held]
        return [(a.starts_on and LONG_AGO, self._end(a.ends_on, far_end)) for a in held]

    def _end(self, ends_on: date | None, far_end: date | None) -> date | None:
        if ends_on is None or (far_end and ends_on >= far_end):
            return None
        return ends_on if ends_on >= self.floor else LONG_OVER

    def _onboarded(self, on: date | None) -> date | None:
        """A day that stands for every day of onboarding on which the exemptions look alike."""
        if on is None or self.every_day:
            return on
        if not self.thresholds:
            return None
        passed = bisect_right(self.thresholds, on)
        return self.thresholds[passed - 1] if passed else self.thresholds[0] - ONE_DAY

    def _record(self, facts: PersonFacts, own: list[str]) -> tuple:
        """Completions and adjustments, their references in one order."""
        refs = sorted({c.ref for c in facts.completions} | {a.ref for a in facts.adjustments})
        first = len(own)
        own += refs
        return (
            tuple([(_of_completion(c), first + refs.index(c.ref)) for c in facts.completions]),
            tuple([(_of_adjustment(a), first + refs.index(a.ref)) for a in facts.adjustments]),
        )


def _read_by(test: Test) -> tuple[str, ...]:
    return READS.get(test.key, (test.key,))


def _floor(programme: Programme, day: date, cycle: Cycle | None) -> date:
    """The first day on which it can matter that an appointment begins: no window of the programme opens earlier."""
    windows = (group.window.opens_on for group in programme.groups if group.window)
    return min(day, (cycle or programme.cycle_on(day)).first_on, *windows)


def stand_in(profile: tuple) -> PersonFacts:
    """Somebody of this profile, made of nothing else."""
    plain, onboarded_on, marks, (completions, adjustments), notified = profile
    return PersonFacts(
        person_id=mark(0),
        onboarded_on=onboarded_on,
        appointments=tuple(_appointment(*parts) for parts in marks),
        completions=tuple(Completion(**_named(_COMPLETION, c), ref=mark(at)) for c, at in completions),
        adjustments=tuple(Adjustment(**_named(_ADJUSTMENT, a), ref=mark(at)) for a, at in adjustments),
        notified=notified,
        **_named(_PERSON, plain),
    )


def _named(names: tuple[str, ...], values: tuple) -> dict[str, Any]:
    return dict(zip(names, values, strict=True))


def _appointment(
    plain: tuple, at: int, unit: int | str, line: tuple[str, ...], title: str, graduates_on: date | None,
    days: tuple[date | None, date | None],
) -> Appointment:  # fmt: skip
    return Appointment(
        appointment_id=mark(at), unit_id=unit if isinstance(unit, str) else mark(unit), unit_line=line, title=title,
        graduates_on=graduates_on, starts_on=days[0], ends_on=days[1], **_named(_APPOINTMENT, plain),
    )  # fmt: skip


class Shared:
    """The decision of one profile, and how it becomes the decision of a person who has it.

    `own_count` is how many values of their own each of them has; `onboarding` the places of the reasons that tell a
    person's own day of onboarding, each with what makes it.
    """

    __slots__ = ("decision", "marked", "onboarding", "own_count")

    def __init__(self, decision: Decision, programme: Programme, facts: PersonFacts, own_count: int) -> None:
        self.decision, self.own_count = decision, own_count
        self.onboarding = tuple(_onboarding(decision, programme.exemptions, facts))
        told = {at for at, _ in self.onboarding}
        self.marked = tuple(
            at for at, reason in enumerate(decision.reasons) if at not in told and is_marked(reason.facts)
        )

    def decision_of(self, facts: PersonFacts, own: list[str]) -> Decision:
        """The decision about one person: their own ids, and their own days of onboarding where a reason tells them."""
        reasons = list(self.decision.reasons)
        for at in self.marked:
            reasons[at] = Reason(reasons[at].code, put_back(reasons[at].facts, own))
        for at, reason in self.onboarding:
            reasons[at] = reason(facts.onboarded_on, facts.onboarded_as)
        by = self.decision.satisfied_by
        d = self.decision
        return Decision(
            own[0], d.programme, d.cycle, d.state, d.group, d.opens_on, d.due_on,
            SatisfiedBy(by.kind, put_back(by.ref, own), by.on) if by else None, tuple(reasons), d.next_change_on,
        )  # fmt: skip


def _onboarding(
    decision: Decision, exemptions: tuple[OnboardingExemption, ...], facts: PersonFacts
) -> Iterator[tuple[int, Callable[[date, str], Reason]]]:
    """The reasons that tell the day of onboarding, each with what makes it of the person's own day."""
    if facts.onboarded_on is None:
        return
    made = [(of(facts.onboarded_on, facts.onboarded_as), of) for e in exemptions for of in _reasons_of(e)]
    for at, reason in enumerate(decision.reasons):
        of = next((of for made_reason, of in made if made_reason == reason), None)
        if of:
            yield at, of


@cache
def _reasons_of(exemption: OnboardingExemption) -> tuple[Callable[[date, str], Reason], ...]:
    return (lambda on, _: released(exemption, on), partial(missed, exemption))


Kept = TypeVar("Kept")


class Profiles(Generic[Kept]):
    """Decides in one programme on one day, each distinct profile once; `kept` is what is made of its decision.

    Profiles that were not met for long are forgotten, so that memory stays bounded however many there are.
    """

    def __init__(self, programme: Programme, day: date, kept: Callable[[Shared], Kept]) -> None:
        self.programme, self.day = programme, day
        self._kept = kept
        self._readings: dict[Cycle | None, Reading] = {}
        self._young: dict[tuple, tuple[date | None, Kept]] = {}
        self._old: dict[tuple, tuple[date | None, Kept]] = {}
        self.decided = 0

    def of(self, facts: PersonFacts, cycle: Cycle | None = None) -> tuple[Kept, list[str]]:
        """What is kept of the person's profile in a cycle (default: the current one), and the person's own values."""
        facts = read_so(self.programme.key, facts) if facts.adjustments else facts
        reading = self._reading(cycle)
        far_end = reading.far_end(facts, self.day)
        profile, own = reading.profile(facts, far_end)
        until, kept = self._decision(profile, cycle, len(own))
        if far_end and (until is None or until > far_end):
            profile, own = reading.profile(facts)  # the end comes first: it has a say
            _, kept = self._decision(profile, cycle, len(own))
        return kept, own

    def _reading(self, cycle: Cycle | None) -> Reading:
        place = None if self.programme.has_own_cycles else cycle
        found = self._readings.get(place)
        if found is None:
            found = self._readings[place] = Reading(self.programme, self.day, place)
        return found

    def _decision(self, profile: tuple, cycle: Cycle | None, own_count: int) -> tuple[date | None, Kept]:
        place = (cycle, profile)
        found = self._young.get(place)
        if found is None:
            found = self._old.pop(place, None) or self._decide(profile, cycle, own_count)
            if len(self._young) >= KEPT:
                self._old, self._young = self._young, {}
            self._young[place] = found
        return found

    def _decide(self, profile: tuple, cycle: Cycle | None, own_count: int) -> tuple[date | None, Kept]:
        self.decided += 1
        facts = stand_in(profile)
        decision = decide(self.programme, facts, self.day, cycle)
        return decision.next_change_on, self._kept(Shared(decision, self.programme, facts, own_count))


def decide_many(
    programme: Programme, people: Iterable[PersonFacts], day: date, cycle: Cycle | None = None
) -> Iterator[Decision]:
    """What `decide` says of each of many people, in their order."""
    profiles = Profiles(programme, day, lambda shared: shared)
    for facts in people:
        shared, own = profiles.of(facts, cycle)
        yield shared.decision_of(facts, own)
