"""Which cycle a person is in: the programme's own, or, where cycles are counted from a person's facts, theirs."""

from datetime import date

from upstander.core.facts import PersonFacts
from upstander.core.programme import Cycle, Programme


def cycle_of(programme: Programme, facts: PersonFacts, day: date) -> Cycle:
    """The cycle that the person is in on the day."""
    cycle = programme.cycle_on(day)
    return Cycle(cycle.first_on.isoformat(), cycle.first_on, cycle.last_on) if programme.has_own_cycles else cycle


def cycle_before(programme: Programme, facts: PersonFacts, cycle: Cycle) -> Cycle | None:
    """The person's cycle before this one; None if it was the first."""
    return programme.cycles.before(cycle)
