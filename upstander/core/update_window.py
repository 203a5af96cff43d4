"""When what changed in a course is to be read: in a window of its own, bounded by the person's window in the cycle."""

from datetime import date

from upstander.core.audience import Judged
from upstander.core.days import plus_days
from upstander.core.facts import PersonFacts
from upstander.core.programme import Cycle, Programme
from upstander.core.updates import Reopening
from upstander.core.window import OwnWindow, lengthened, moved_by_leave, rests


def reading_window(
    programme: Programme,
    facts: PersonFacts,
    cycle: Cycle,
    yes: tuple[Judged, ...],
    own: OwnWindow,
    reopening: Reopening,
) -> OwnWindow:
    """The window in which it is to be read, with the reasons for its dates that the person's own window does not tell.

    It does not open before that one, and is not due before that one is, extensions and leave included: whoever was
    early has no less time than whoever has done nothing. The days of a deferring leave are left out of it too.
    """
    opening = [max(own.opens_on, asked.asked_on) for asked in reopening.carried]
    planned = [plus_days(on, asked.days) for on, asked in zip(opening, reopening.carried, strict=True)]
    ends = [_lengthened(own, on, to_on) for on, to_on in zip(opening, planned, strict=True)]
    reading_on, planned_on = reopening.last_day(ends), reopening.last_day(planned)
    was_met = planned_on != date.min
    opens_on = max(own.opens_on, reopening.opens_on) if was_met else own.opens_on
    due_on = max(own.due_on, reading_on) if own.due_on and reading_on else None
    moved = moved_by_leave(planned_on, due_on) if planned_on and was_met and due_on == reading_on else []
    window = OwnWindow(opens_on, due_on, own.still)
    reasons = (*rests(programme, facts, cycle, yes, window), *moved)
    return OwnWindow(opens_on, due_on, own.still, tuple(r for r in reasons if r not in own.reasons))


def _lengthened(own: OwnWindow, opens_on: date, due_on: date) -> date | None:
    """The last day of a reading without the days on which the person's clock stands meanwhile."""
    still = tuple(span for span in own.still if span.last is None or span.last >= opens_on)
    return lengthened(opens_on, due_on, still)
