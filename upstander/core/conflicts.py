"""Officers' decisions about one duty that contradict each other: told loudly, never resolved in silence."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from upstander.core.decision import Reason
from upstander.core.facts import Adjustment, PersonFacts
from upstander.core.programme import Cycle, Programme


def conflicts(programme: Programme, facts: PersonFacts, cycle: Cycle) -> tuple[Reason, ...]:
    """A reason for every two decisions in force that cannot both be meant, and for each that cannot by itself.

    The choice made meanwhile is the one kinder to the person: released before owed, later before earlier.
    """
    if not facts.adjustments:
        return ()
    held = sorted(
        (a for a in facts.adjustments if a.programme == programme.key and a.cycle in (None, cycle.key)),
        key=lambda a: (a.kind, a.ref),
    )
    return tuple(
        Reason("exceptions-conflict", {"kinds": [a.kind for a in pair], "refs": [a.ref for a in pair]})
        for pair in _contradicting(held)
    )


def contradicts(one: Adjustment, other: Adjustment) -> bool:
    """Whether two decisions about the same duty cannot both be meant."""
    kinds = {one.kind, other.kind}
    if kinds == {"extension"}:
        return one.to_on != other.to_on
    if kinds == {"ending"}:
        same = one.appointment_id == other.appointment_id and one.from_on == other.from_on
        return same and one.to_on != other.to_on
    if kinds in ({"waiver"}, {"deferral"}):
        return one.to_on != other.to_on and _overlap(one, other)
    if kinds == {"waiver", "deferral"}:
        return _overlap(one, other)
    return kinds == {"waiver", "extension"} and _waived_when_due(one, other)


def _contradicting(held: list[Adjustment]) -> Iterator[tuple[Adjustment, ...]]:
    for adjustment in held:
        if is_backwards(adjustment):
            yield (adjustment,)
    for one, other in combinations(held, 2):
        if contradicts(one, other):
            yield (one, other)


def is_backwards(adjustment: Adjustment) -> bool:
    """Whether it ends before it begins."""
    from_on, to_on = adjustment.from_on, adjustment.to_on
    return adjustment.kind in {"waiver", "deferral"} and bool(from_on and to_on and to_on < from_on)


def _overlap(one: Adjustment, other: Adjustment) -> bool:
    if is_backwards(one) or is_backwards(other):
        return False
    first = max(one.from_on or date.min, other.from_on or date.min)
    return first <= min(one.to_on or date.max, other.to_on or date.max)


def _waived_when_due(one: Adjustment, other: Adjustment) -> bool:
    """A release that holds on the extended due day: one says that nothing is due, the other when it is."""
    waiver, extension = (one, other) if one.kind == "waiver" else (other, one)
    due_on = extension.to_on
    return bool(due_on) and (waiver.from_on or date.min) <= due_on <= (waiver.to_on or date.max)
