"""Which cycle a person is in: the programme's own, or, where cycles are counted from a person's days, theirs (B13).

Own cycles are a chain. The first begins with the first day of the person's unbroken run of qualifying appointments, or
with the programme's `starts_on`, whichever is later. Counted from hire, the next begins on the run's next anniversary.
Counted from completion, it begins when the window of the renewal opens: `renewal_days` before the day that lies
`every_months` after the requirement was last met; met again before that, the clock starts anew. A cycle that is not met
lasts until it is. Whoever has left stays in the cycle in which they left.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from upstander.core.audience import POSSIBLY, SURELY, Judged, began_on, in_audience, judge, run_of
from upstander.core.conditions import Verdict
from upstander.core.credit import best, known_items
from upstander.core.cycles import OwnCycles, nth_of, place_on
from upstander.core.days import ONE_DAY, plus_days, plus_months
from upstander.core.decision import Reason
from upstander.core.facts import Appointment, PersonFacts
from upstander.core.fulfilment import Item, Verdicts
from upstander.core.programme import Cycle, Programme
from upstander.core.role_versions import versions_of
from upstander.core.updates import without_readings


def cycle_of(programme: Programme, facts: PersonFacts, day: date) -> Cycle:
    """The cycle that the person is in on the day."""
    if not isinstance(programme.cycles, OwnCycles):
        return programme.cycles.on(day)
    return _chain(programme, programme.cycles, facts, day)[-1]


def cycle_before(programme: Programme, facts: PersonFacts, cycle: Cycle) -> Cycle | None:
    """The person's cycle before this one; None if it was the first of its chain."""
    if not isinstance(programme.cycles, OwnCycles):
        return programme.cycles.before(cycle)
    chain = _chain(programme, programme.cycles, facts, cycle.first_on)
    return next((earlier for earlier in reversed(chain) if earlier.first_on < cycle.first_on), None)


def doubts_of(programme: Programme, facts: PersonFacts, day: date) -> tuple[Reason, ...]:
    """The blanks on which it depends in which cycle the person is; none where every answer leads to the same one.

    A blank must not move anybody into a cycle that happens to be settled.
    """
    cycles = programme.cycles
    if not isinstance(cycles, OwnCycles) or len(facts.appointments) < 2:
        return ()
    until = _last_day(facts, day)
    audience = judge(programme, facts, until)
    possible = [audience.yes] if audience.yes else [(judged,) for judged in audience.unknown]
    seen = cycle_of(programme, facts, day)
    verdicts = versions_of(programme, facts, audience, until).verdicts
    begun = (began_on(run_of(programme, facts, held, until, SURELY)) for held in possible)
    if all(_begun(programme, cycles, facts, _Run(first, until, verdicts))[-1] == seen for first in begun):
        return ()
    ordered = sorted(facts.appointments, key=lambda a: a.appointment_id)
    answers = (in_audience(programme, a, facts, until) for a in ordered)
    blanks = [reason for answer in answers if answer.verdict is Verdict.UNKNOWN for reason in answer.reasons]
    return (Reason("cycle-unknown"), *blanks)


@dataclass(frozen=True, slots=True)
class _Run:
    """Where a person's chain begins, the day until which it goes on, and what is asked of them."""

    began_on: date
    until: date
    verdicts: Verdicts


def _chain(programme: Programme, cycles: OwnCycles, facts: PersonFacts, day: date) -> list[Cycle]:
    """The cycles begun by the day, in order; the first one before any has. Counted from hire, only the last two."""
    run = _run(programme, facts, day)
    if run is None:
        return [Cycle(cycles.starts_on.isoformat(), cycles.starts_on, date.max)]
    return _begun(programme, cycles, facts, run)


def _begun(programme: Programme, cycles: OwnCycles, facts: PersonFacts, run: _Run) -> list[Cycle]:
    if cycles.counted_from == "hire":
        return _anniversaries(cycles, run)
    return _renewals(programme, cycles, facts, run)


def _run(programme: Programme, facts: PersonFacts, day: date) -> _Run | None:
    """The run of appointments that carries, may carry, or last carried the duty; None if none ever did."""
    until = _last_day(facts, day)
    audience = judge(programme, facts, until)
    verdicts = versions_of(programme, facts, audience, until).verdicts
    carrying = (*audience.yes, *audience.unknown)
    if not carrying:
        last = _last_one(programme, facts, until)
        if last is None or last.ends_on is None:
            return None
        carrying, until = (Judged(last, Verdict.YES, ()),), last.ends_on
    return _Run(began_on(run_of(programme, facts, carrying, until, POSSIBLY)), until, verdicts)


def _last_day(facts: PersonFacts, day: date) -> date:
    """The day, or the one on which the person vanished from the roster: there a chain stops."""
    return min(day, facts.vanished_on) if facts.vanished_on else day


def _last_one(programme: Programme, facts: PersonFacts, day: date) -> Appointment | None:
    """The last appointment that had ended before the day and would have carried the duty."""
    ended = [
        a
        for a in facts.appointments
        if a.ends_on and a.ends_on < day and in_audience(programme, a, facts, day).verdict is not Verdict.NO
    ]
    return max(ended, key=lambda a: (a.ends_on or date.min, a.appointment_id), default=None)


def _anniversaries(cycles: OwnCycles, run: _Run) -> list[Cycle]:
    """The cycle of the day and the one before it; what lies before `starts_on` is cut off, not asked for."""
    first_on = max(run.began_on, cycles.starts_on) if _is_blank(run) else run.began_on
    if cycles.every_months is None:
        return [_cut(Cycle(first_on.isoformat(), first_on, date.max), cycles.starts_on)]
    every = (first_on, cycles.every_months, cycles.rounding)
    place = place_on(*every, max(run.until, cycles.starts_on))
    chain = [nth_of(*every, at) for at in (place - 1, place) if at >= 0]
    return [_cut(cycle, cycles.starts_on) for cycle in chain if cycle.last_on >= cycles.starts_on]


def _is_blank(run: _Run) -> bool:
    """Whether nobody knows when the run began: its anniversaries are then those of the programme."""
    return run.began_on == date.min


def _cut(cycle: Cycle, starts_on: date) -> Cycle:
    first_on = max(cycle.first_on, starts_on)
    return Cycle(first_on.isoformat(), first_on, cycle.last_on)


def _renewals(programme: Programme, cycles: OwnCycles, facts: PersonFacts, run: _Run) -> list[Cycle]:
    first_on = max(run.began_on, cycles.starts_on)
    due_on = programme.due_after(first_on)
    begun: list[Cycle] = []
    while True:
        key = first_on.isoformat()
        again_on = _again_on(programme, cycles, facts, run, Cycle(key, first_on, date.max), due_on)
        begun.append(Cycle(key, first_on, again_on - ONE_DAY if again_on else date.max))
        if again_on is None or again_on > run.until:
            return begun
        first_on, due_on = again_on, plus_days(again_on, cycles.renewal_days)


def _again_on(
    programme: Programme, cycles: OwnCycles, facts: PersonFacts, run: _Run, cycle: Cycle, due_on: date
) -> date | None:
    """The day on which the cycle after this one begins; None while it is neither met nor released.

    Every time the whole requirement is met again, by what was done since it last was, the clock starts anew. Of a
    release, the clock runs from the due day. Who reads what changed in a new edition sets no clock anew.
    """
    again_on = _opens_after(cycles, due_on) if _is_released(programme, facts, cycle) else None
    since: list[Item] = []
    known = known_items(programme, facts, cycle, run.until)
    within = [item for item in known if item.on >= cycle.first_on and item.cycle in (None, cycle.key)]
    for item in without_readings(programme, facts, within):
        if again_on and item.on >= again_on:
            break
        since.append(item)
        if best(programme, since, run.verdicts, run.until)[0]:
            again_on, since = max(again_on or date.min, _opens_after(cycles, item.on)), []
    return again_on


def _opens_after(cycles: OwnCycles, met_on: date) -> date:
    return plus_months(met_on, cycles.every_months or 0, cycles.rounding) - timedelta(days=cycles.renewal_days)


def _is_released(programme: Programme, facts: PersonFacts, cycle: Cycle) -> bool:
    """Whether an officer has waived this very cycle, without an end."""
    return any(
        a.kind == "waiver" and a.programme == programme.key and a.cycle == cycle.key and a.to_on is None
        for a in facts.adjustments
    )
