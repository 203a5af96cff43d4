"""Which completion or equivalency counts for a cycle, and why another one does not."""

from dataclasses import dataclass
from datetime import date

from upstander.core.decision import Reason, SatisfiedBy
from upstander.core.facts import Completion, PersonFacts
from upstander.core.programme import Cycle, Programme


@dataclass(frozen=True, slots=True)
class Credit:
    """What settled the cycle by a day (None: nothing yet), and a reason for every completion that was looked at."""

    by: SatisfiedBy | None
    reasons: tuple[Reason, ...] = ()


NOTHING = Credit(None)


def counting_until(programme: Programme, cycle: Cycle, due_on: date | None) -> date:
    """The last day on which a completion counts for the cycle: its own last, or the person's later due day."""
    return max(cycle.last_on, due_on) if programme.window_days and due_on else cycle.last_on


def credit(programme: Programme, facts: PersonFacts, cycle: Cycle, due_on: date | None, day: date) -> Credit:
    """What counts for the cycle on the day; a completion counts from its own date on."""
    if not facts.completions and not facts.adjustments:
        return NOTHING
    until = counting_until(programme, cycle, due_on)
    known = sorted((c for c in facts.completions if c.completed_on <= day), key=lambda c: (c.completed_on, c.ref))
    counting = [c for c in known if _miss(programme, c, cycle, until) is None]
    first_of_each = list({c.course_key: c for c in reversed(counting)}.values())
    first_of_each.sort(key=lambda c: (c.completed_on, c.ref))
    candidates = _equivalencies(programme, facts, cycle, until, day)
    if len(first_of_each) >= programme.need:
        last = first_of_each[programme.need - 1]
        reason = Reason("completed", {"course": last.course_key, "on": last.completed_on.isoformat(), "ref": last.ref})
        candidates.insert(0, (SatisfiedBy("completion", last.ref, last.completed_on), reason))
    if candidates:
        by, reason = min(candidates, key=lambda pair: (pair[0].on, pair[0].kind, pair[0].ref))
        return Credit(by, (reason,))
    reasons = [reason for c in known if (reason := _miss(programme, c, cycle, until))]
    if first_of_each:
        reasons.insert(0, Reason("completed-in-part", {"done": len(first_of_each), "needed": programme.need}))
    return Credit(None, tuple(reasons))


def _miss(programme: Programme, completion: Completion, cycle: Cycle, until: date) -> Reason | None:
    """Why a completion does not count for the cycle; None if it does."""
    carried = {"course": completion.course_key, "on": completion.completed_on.isoformat()}
    if completion.course_key not in programme.course_keys:
        return Reason("completion-other-course", carried)
    if completion.completed_on < cycle.first_on:
        return Reason("completion-before-period", {**carried, "from_on": cycle.first_on.isoformat()})
    if completion.completed_on > until:
        return Reason("completion-after-period", {**carried, "to_on": until.isoformat()})
    if completion.role not in programme.roles:
        return Reason("completion-other-role", {**carried, "role": completion.role})
    return None


def _equivalencies(
    programme: Programme, facts: PersonFacts, cycle: Cycle, until: date, day: date
) -> list[tuple[SatisfiedBy, Reason]]:
    return [
        (
            SatisfiedBy("equivalency", a.ref, a.from_on),
            Reason("equivalency-accepted", {"on": a.from_on.isoformat(), "ref": a.ref}),
        )
        for a in facts.adjustments
        if a.kind == "equivalency"
        and a.programme == programme.key
        and a.cycle in (None, cycle.key)
        and a.from_on
        and cycle.first_on <= a.from_on <= min(until, day)
    ]
