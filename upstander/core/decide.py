"""decide(programme, facts, day): the one place in which a duty is decided (law 1 of the house).

Of several states that hold, the first in this order is the state: not-required, exempt, satisfied, waived, undecided,
then by day (contracts, "What the two pages leave open").
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from upstander.core.audience import Audience, first_group, judge, run_of
from upstander.core.conditions import tests_of
from upstander.core.credit import credit
from upstander.core.decision import Decision, Reason
from upstander.core.facts import PersonFacts
from upstander.core.programme import Cycle, Group, Programme
from upstander.core.window import OwnWindow, own_window

ONE_DAY = timedelta(days=1)


def decide(programme: Programme, facts: PersonFacts, day: date, cycle: Cycle | None = None) -> Decision:
    """What the person owes in the cycle (default: the one that contains the day) as things stand on the day, and why.

    Pure: the same programme, facts and day give the same answer. Rows A05, A09, A10, A12, B02, B07-B11, B20.
    """
    own = cycle or programme.cycle_on(day)
    outcome, window = _outcome(programme, facts, day, own)
    return replace(outcome, next_change_on=_next_change(programme, facts, day, cycle, outcome, window))


def decide_many(programme: Programme, people: Iterable[PersonFacts], day: date) -> Iterator[Decision]:
    """The same decision for each of many people, in their order."""
    for facts in people:
        yield decide(programme, facts, day)


@dataclass(frozen=True, slots=True)
class _Draft:
    """The parts of a decision that every state shares."""

    person_id: str
    programme: str
    cycle: str

    def settle(self, state: str, reasons: Iterable[Reason], **dates: object) -> Decision:
        return Decision(self.person_id, self.programme, self.cycle, state, reasons=tuple(reasons), **dates)


def _outcome(programme: Programme, facts: PersonFacts, day: date, cycle: Cycle) -> tuple[Decision, OwnWindow | None]:
    draft = _Draft(facts.person_id, programme.key, cycle.key)
    if facts.vanished_on and facts.vanished_on <= day:
        return draft.settle(
            "not-required", [Reason("not-on-roster", {"since_on": facts.vanished_on.isoformat()})]
        ), None
    audience = judge(programme, facts, day)
    if audience.is_out:
        return draft.settle("not-required", _out_reasons(facts, audience)), None
    group = first_group(programme, audience.yes)
    placed = bool(audience.yes) and (group is not None or not programme.groups)
    exempt = _exempt(programme, facts, audience)
    if exempt:
        of_all = group or first_group(programme, audience.unknown)
        return draft.settle("exempt", exempt, group=of_all.key if of_all else None), None
    window = None
    if placed:
        run = run_of(programme, facts, audience.yes, day)
        window = own_window(programme, facts, cycle, group, audience.yes, run)
    return _owed(programme, facts, day, cycle, draft, audience, group, window), window


def _owed(
    programme: Programme,
    facts: PersonFacts,
    day: date,
    cycle: Cycle,
    draft: _Draft,
    audience: Audience,
    group: Group | None,
    window: OwnWindow | None,
) -> Decision:
    counted = credit(programme, facts, cycle, window.due_on if window else None, day)
    dates = {
        "group": group.key if group else None,
        "opens_on": window.opens_on if window else None,
        "due_on": window.due_on if window else None,
    }
    why = _why(programme, facts, audience, group, window)
    if counted.by:
        return draft.settle("satisfied", (*counted.reasons, *why), satisfied_by=counted.by, **dates)
    waived = _waived(programme, facts, cycle, day)
    if waived:
        return draft.settle("waived", (waived, *why), **dates)
    if window is None:
        return draft.settle("undecided", (*_undecided_reasons(programme, audience), *counted.reasons))
    state = _by_day(programme, facts, day, cycle, window)
    return draft.settle(state, (*why, *counted.reasons), **dates)


def _by_day(programme: Programme, facts: PersonFacts, day: date, cycle: Cycle, window: OwnWindow) -> str:
    if day < window.opens_on:
        return "scheduled"
    if window.stands_on(day):
        return "deferred"
    if window.due_on is None or day <= window.due_on:
        begun = any(course in programme.course_keys and cycle.first_on <= on <= day for course, on in facts.started)
        return "in-progress" if begun else "open"
    return "in-grace" if (day - window.due_on).days <= programme.grace_days else "overdue"


def _out_reasons(facts: PersonFacts, audience: Audience) -> list[Reason]:
    """Why nothing is owed: the nearest miss first; ended appointments are named where there is no other."""
    if audience.no:
        return [reason for judged in audience.no for reason in judged.reasons]
    ended = sorted((a for a in facts.appointments if a.ends_on), key=lambda a: a.ends_on, reverse=True)
    named = [
        Reason("appointment-ended", {"appointment": a.appointment_id, "ended_on": a.ends_on.isoformat()})
        for a in ended[:1]
    ]
    return [Reason("no-appointment"), *named]


def _exempt(programme: Programme, facts: PersonFacts, audience: Audience) -> list[Reason]:
    for exemption in programme.exemptions:
        if facts.onboarded_on is None or facts.onboarded_on < exemption.since_on:
            continue
        held = {j.appointment.category for j in audience.yes}
        by_category = not facts.onboarded_as and held & set(exemption.if_blank_with_category)
        if facts.onboarded_as == exemption.onboarded_as or by_category:
            dates = {"onboarded_on": facts.onboarded_on.isoformat(), "since_on": exemption.since_on.isoformat()}
            return [Reason("exempt-onboarded", dates)]
    return []


def _not_exempt(programme: Programme, facts: PersonFacts) -> list[Reason]:
    """Why each exemption does not release the person: how near it was."""
    reasons = []
    for exemption in programme.exemptions:
        since = exemption.since_on.isoformat()
        on = facts.onboarded_on
        if on is None:
            reasons.append(Reason("onboarded-on-unknown", {"since_on": since}))
        elif on < exemption.since_on:
            missed = (exemption.since_on - on).days
            carried = {"onboarded_on": on.isoformat(), "since_on": since, "missed_days": missed}
            reasons.append(Reason("onboarded-before-exemption", carried))
        else:
            carried = {"onboarded_on": on.isoformat(), "onboarded_as": facts.onboarded_as}
            reasons.append(Reason("onboarded-otherwise", carried))
    return reasons


def _waived(programme: Programme, facts: PersonFacts, cycle: Cycle, day: date) -> Reason | None:
    for a in facts.adjustments:
        fits = a.kind == "waiver" and a.programme == programme.key and a.cycle in (None, cycle.key)
        if fits and (a.from_on is None or a.from_on <= day) and (a.to_on is None or day <= a.to_on):
            return Reason("waived", {"from_on": _iso(a.from_on), "to_on": _iso(a.to_on)})
    return None


def _why(
    programme: Programme,
    facts: PersonFacts,
    audience: Audience,
    group: Group | None,
    window: OwnWindow | None,
) -> tuple[Reason, ...]:
    """Why the duty is this person's: the appointment that carries it, its group and dates, the exemptions missed."""
    carrying = next((j for j in audience.yes if group is None or j.group == group), None)
    reasons = list(carrying.reasons) if carrying else []
    if group:
        others = sorted({j.group.key for j in audience.yes if j.group and j.group != group})
        if others:
            reasons.append(Reason("group-first-of-several", {"group": group.key, "others": others}))
    if window:
        reasons += window.reasons
    return (*reasons, *_not_exempt(programme, facts))


def _undecided_reasons(programme: Programme, audience: Audience) -> list[Reason]:
    """What must be known before this can be decided: the blanks, and the gap between the groups."""
    reasons = [reason for j in audience.unknown for reason in j.reasons]
    for judged in audience.yes if programme.groups else ():
        a = judged.appointment
        carried = {"appointment": a.appointment_id, "category": a.category, "area": a.area, "unit": a.unit_id}
        reasons.append(Reason("no-group", carried))
    return reasons


def _next_change(
    programme: Programme,
    facts: PersonFacts,
    day: date,
    cycle: Cycle | None,
    outcome: Decision,
    window: OwnWindow | None,
) -> date | None:
    """The first later day on which the same facts give another answer; None if no day does."""
    for candidate in sorted(c for c in _candidates(programme, facts, day, cycle, window) if c > day):
        later, _ = _outcome(programme, facts, candidate, cycle or programme.cycle_on(candidate))
        if later != outcome:
            return candidate
    return None


def _candidates(
    programme: Programme, facts: PersonFacts, day: date, cycle: Cycle | None, window: OwnWindow | None
) -> set[date]:
    days: set[date | None] = {facts.vanished_on}
    days.update(_after(a.ends_on) for a in facts.appointments)
    days.update(c.completed_on for c in facts.completions)
    days.update(on for _, on in facts.started)
    for adjustment in facts.adjustments:
        days.update({adjustment.from_on, _after(adjustment.to_on)})
    if cycle is None:
        following = programme.cycles.after(programme.cycle_on(day))
        days.add(following.first_on if following else None)
    if window:
        grace = timedelta(days=programme.grace_days)
        days.update({window.opens_on, _after(window.due_on), _after(window.due_on, grace)})
        days.update(edge for span in window.still for edge in (span.first, _after(span.last)))
    if any(a.graduates_on for a in facts.appointments):
        days.update(_graduation_days(programme, facts))
    return {c for c in days if c}


def _graduation_days(programme: Programme, facts: PersonFacts) -> set[date | None]:
    wanted = [test.wanted for route in programme.routes for test in tests_of(route.when)
              if test.key == "graduates_within_days"]  # fmt: skip
    return {
        edge
        for days in wanted
        for a in facts.appointments
        if a.graduates_on
        for edge in (a.graduates_on - timedelta(days=days), _after(a.graduates_on))
    }


def _after(day: date | None, more: timedelta = timedelta(0)) -> date | None:
    return day + more + ONE_DAY if day and day.year < date.max.year else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
