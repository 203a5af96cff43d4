"""decide(programme, facts, day): the one place in which a duty is decided (law 1 of the house).

Of several states that hold, the first in this order is the state: not-required, exempt, satisfied, waived, undecided,
then by day (docs/reference/decisions.md).
"""

from collections.abc import Iterable
from datetime import date, timedelta

from upstander.core.audience import Audience, best_claims
from upstander.core.conditions import Verdict
from upstander.core.conflicts import conflicts
from upstander.core.credit import credit
from upstander.core.cycles import OwnCycles
from upstander.core.days import ONE_DAY, plus_days, plus_months
from upstander.core.decision import SETTLED, Decision, Reason, SatisfiedBy
from upstander.core.facts import PersonFacts
from upstander.core.minimum_notice import LeastNotice, least_notice
from upstander.core.programme import Cycle, Group, Programme
from upstander.core.recurrence import cycle_of, doubts_of
from upstander.core.situation import Situation, situation_of
from upstander.core.stated_ends import read_so, reasons_of
from upstander.core.update_window import reading_window
from upstander.core.updates import Reopening
from upstander.core.window import OwnWindow


def decide(programme: Programme, facts: PersonFacts, day: date, cycle: Cycle | None = None) -> Decision:
    """What the person owes in the cycle (default: the one that contains the day) as things stand on the day, and why.

    Pure: the same programme, facts and day give the same answer. Rows A05, A09, A10, A12, B02, B07-B11, B20.
    """
    duty = _Duty(programme, facts, cycle)
    outcome = duty.on(day)
    return outcome.until(duty.next_change_after(day, outcome))


class _Duty:
    """One person's duty, asked day by day; what the day cannot change is found once."""

    def __init__(self, programme: Programme, facts: PersonFacts, cycle: Cycle | None) -> None:
        self.programme = programme
        self.facts = read_so(programme.key, facts) if facts.adjustments else facts
        self.cycle = cycle
        self._situations: dict[tuple, Situation] = {}
        self._notices: dict[date, LeastNotice] = {}

    def on(self, day: date) -> Decision:
        """The decision of one day, without its next change."""
        cycle = self.cycle or cycle_of(self.programme, self.facts, day)
        since = self.facts.vanished_on
        if since and since <= day:
            return self._settle(cycle, "not-required", [Reason("not-on-roster", {"since_on": since.isoformat()})])
        situation = self._situation(day, cycle)
        if situation.audience.is_out:
            return self._settle(cycle, "not-required", _out_reasons(self.facts, situation.audience))
        if situation.versions.asks_nothing:
            why_not = (Reason("no-part-asked"), *situation.versions.told(Verdict.NO))
            return self._settle(cycle, "not-required", why_not)
        if situation.exempt:
            return self._settle(cycle, "exempt", situation.exempt, situation.group)
        own = self.cycle is None and self.programme.has_own_cycles
        doubts = doubts_of(self.programme, self.facts, day) if own else ()
        if doubts:
            return self._settle(cycle, "undecided", doubts)
        return self._owed(day, cycle, situation)

    def next_change_after(self, day: date, outcome: Decision) -> date | None:
        """The first later day on which the same facts give another answer; None if no day does.

        A day that changes nothing may still move what comes after it: where each person has their own cycles, the
        days are looked for anew from there.
        """
        waiting = self._waiting(day, outcome)
        while waiting:
            candidate = waiting.pop(0)
            if self.on(candidate) != outcome:
                return candidate
            if self.programme.has_own_cycles:
                waiting = self._waiting(candidate, outcome)
        return None

    def _waiting(self, day: date, outcome: Decision) -> list[date]:
        """The later days on which the outcome may end: those of what has a say, and those of its own due day."""
        ends = (_after(outcome.due_on), _after(outcome.due_on, self.programme.grace_days))
        asked = outcome.due_on and outcome.state not in SETTLED and day in self._notices
        heard = self._notices[day].changes_after(day) if asked else ()
        return sorted(c for c in {*self._candidates(day), *ends, *heard} if c and c > day)

    def _situation(self, day: date, cycle: Cycle) -> Situation:
        ended = sum(1 for a in self.facts.appointments if a.ends_on and a.ends_on < day)
        key = (cycle.key, ended, day if self.programme.days_within else None)
        if key not in self._situations:
            self._situations[key] = situation_of(self.programme, self.facts, cycle, day)
        return self._situations[key]

    def _settle(
        self,
        cycle: Cycle,
        state: str,
        reasons: Iterable[Reason],
        group: Group | None = None,
        window: OwnWindow | None = None,
        by: SatisfiedBy | None = None,
    ) -> Decision:
        return Decision(
            person_id=self.facts.person_id,
            programme=self.programme.key,
            cycle=cycle.key,
            state=state,
            group=group.key if group else None,
            opens_on=window.opens_on if window else None,
            due_on=window.due_on if window else None,
            satisfied_by=by,
            reasons=(*reasons, *reasons_of(self.facts.appointments, cycle.first_on)),
        )

    def _owed(self, day: date, cycle: Cycle, situation: Situation) -> Decision:
        programme, facts = self.programme, self.facts
        group, window, versions = situation.group, situation.window, situation.versions
        conflicting = conflicts(programme, facts, cycle) if facts.adjustments else ()
        why = (*situation.why, *conflicting) if conflicting else situation.why
        if window:
            window = self._heard(day, cycle, window)
        counted = credit(programme, facts, cycle, window.due_on if window else None, day, versions.verdicts)
        if counted.by:
            renewal = _renewal(programme, cycle) if programme.has_own_cycles else ()
            window, moved = self._met(counted.by.on, cycle, situation.window)
            reasons = (*counted.reasons, *renewal, *why, *moved)
            return self._settle(cycle, "satisfied", reasons, group, window, counted.by)
        waived = _waived(programme, facts, cycle, day)
        if waived:
            return self._settle(cycle, "waived", (waived, *why), group, situation.window)
        if window is None or counted.only_blanks_left:
            blanks = (*_undecided_reasons(programme, situation), *versions.told(Verdict.UNKNOWN))
            return self._settle(cycle, "undecided", (*blanks, *counted.reasons, *conflicting))
        if counted.reopening:
            return self._reopened(day, cycle, situation, counted.reopening, (*counted.reasons, *why))
        begun = any(course in programme.course_keys and cycle.first_on <= on <= day for course, on in facts.started)
        state = _by_day(programme, day, window, begun)
        reasons = (*why, *self._moved(window), *versions.told(Verdict.UNKNOWN), *counted.reasons)
        return self._settle(cycle, state, reasons, group, window)

    def _heard(self, day: date, cycle: Cycle, window: OwnWindow, since_on: date = date.min) -> OwnWindow:
        """The window as it stands on the day by the least notice, where the programme asks for one."""
        if not self.programme.minimum_notice_days:
            return window
        self._notices[day] = least_notice(self.programme, self.facts, cycle, window, since_on)
        return self._notices[day].on(day)

    def _met(self, on: date, cycle: Cycle, window: OwnWindow | None) -> tuple[OwnWindow | None, tuple[Reason, ...]]:
        """The window as it stood on the day on which the duty was met: no letter asks afterwards; and why."""
        if window is None or not self.programme.minimum_notice_days:
            return window, ()
        window = least_notice(self.programme, self.facts, cycle, window).on(on)
        return window, window.reasons

    def _moved(self, window: OwnWindow) -> tuple[Reason, ...]:
        """Why the least notice moved the due date; the window's other reasons are among those of the situation."""
        return window.reasons if self.programme.minimum_notice_days else ()

    def _reopened(
        self,
        day: date,
        cycle: Cycle,
        situation: Situation,
        reopening: Reopening,
        why: tuple[Reason, ...],
    ) -> Decision:
        """What was done stands on record; what changed since is to be read in a window of its own."""
        own, held = situation.window, situation.audience.yes
        reading = reading_window(self.programme, self.facts, cycle, held, own, reopening)
        window = self._heard(day, cycle, reading, since_on=reading.opens_on)
        state = _by_day(self.programme, day, window, reopening.has_begun(self.facts, day))
        asked = [each.told(window.due_on) for each in reopening.asked]
        moved = self._moved(window)
        reasons = (*asked, *reading.reasons, *moved, *why, *situation.versions.told(Verdict.UNKNOWN))
        return self._settle(cycle, state, reasons, situation.group, window)

    def _candidates(self, day: date) -> set[date]:
        """Every day on which something that has a say begins or ends."""
        facts, programme = self.facts, self.programme
        days: set[date | None] = {facts.vanished_on}
        days.update(_after(a.ends_on) for a in facts.appointments)
        days.update(c.completed_on for c in facts.completions)
        days.update(on for _, on in facts.started)
        for adjustment in facts.adjustments:
            days.update((adjustment.from_on, _after(adjustment.to_on)))
        days.update(update.since_on for option in programme.options for update in option.updates)
        if programme.looking_back:
            days.update(_after_looking_back(programme, facts))
        cycle = self.cycle or cycle_of(programme, facts, day)
        if self.cycle is None and programme.has_own_cycles:
            days.add(_after(cycle.last_on))
        elif self.cycle is None:
            following = programme.cycles.after(cycle)
            days.add(following.first_on if following else None)
        window = self._situation(day, cycle).window
        if window:
            days.update((window.opens_on, _after(window.due_on), _after(window.due_on, programme.grace_days)))
            days.update(edge for span in window.still for edge in (span.first, _after(span.last)))
        for within in programme.days_within:
            for graduates_on in (a.graduates_on for a in facts.appointments if a.graduates_on):
                days.update((graduates_on - timedelta(days=within), _after(graduates_on)))
        return {c for c in days if c}


def _by_day(programme: Programme, day: date, window: OwnWindow, begun: bool) -> str:
    if day < window.opens_on:
        return "scheduled"
    if window.stands_on(day):
        return "deferred"
    if window.due_on is None or day <= window.due_on:
        return "in-progress" if begun else "open"
    return "in-grace" if (day - window.due_on).days <= programme.grace_days else "overdue"


def _out_reasons(facts: PersonFacts, audience: Audience) -> list[Reason]:
    """Why nothing is owed: the nearest miss first; the last ended appointment is named where there is no other."""
    if audience.no:
        return [reason for judged in audience.no for reason in judged.reasons]
    ended = max((a for a in facts.appointments if a.ends_on), key=lambda a: (a.ends_on, a.appointment_id), default=None)
    if ended is None:
        return [Reason("no-appointment")]
    named = {"appointment": ended.appointment_id, "ended_on": ended.ends_on.isoformat()}
    return [Reason("no-appointment"), Reason("appointment-ended", named)]


def _waived(programme: Programme, facts: PersonFacts, cycle: Cycle, day: date) -> Reason | None:
    """The waiver that holds on the day; of several, the one that holds longest."""
    holding = [
        a
        for a in facts.adjustments
        if a.kind == "waiver"
        and a.programme == programme.key
        and a.cycle in (None, cycle.key)
        and (a.from_on or day) <= day <= (a.to_on or day)
    ]
    if not holding:
        return None
    longest = max(holding, key=lambda a: (a.to_on or date.max, a.ref))
    return Reason("waived", {"from_on": _iso(longest.from_on), "to_on": _iso(longest.to_on)})


def _undecided_reasons(programme: Programme, situation: Situation) -> list[Reason]:
    """What must be known before this can be decided: the blanks, the gap between the groups, or the tie of two."""
    if situation.window:
        return []
    audience = situation.audience
    reasons = [reason for j in audience.unknown for reason in j.reasons]
    tied = best_claims(programme, audience.yes)
    if len(tied) > 1:
        reasons.append(Reason("groups-tie", {"groups": [group.key for group in tied]}))
    for judged in audience.yes if programme.groups and not tied else ():
        a = judged.appointment
        carried = {"appointment": a.appointment_id, "category": a.category, "area": a.area, "unit": a.unit_id}
        reasons.append(Reason("no-group", carried))
    return reasons


def _renewal(programme: Programme, cycle: Cycle) -> tuple[Reason, ...]:
    """When the next of a person's own cycles opens, and when it is due."""
    cycles = programme.cycles
    if not isinstance(cycles, OwnCycles) or cycle.last_on == date.max:
        return ()
    opens_on = cycle.last_on + ONE_DAY
    by_completion = cycles.counted_from == "completion"
    due_on = plus_days(opens_on, cycles.renewal_days) if by_completion else programme.due_after(opens_on)
    return (Reason("renewal", {"opens_on": opens_on.isoformat(), "due_on": due_on.isoformat()}),)


def _after_looking_back(programme: Programme, facts: PersonFacts) -> set[date | None]:
    """The days on which something drops out of sight of a part that looks back."""
    taken = {c.completed_on for c in facts.completions} | {a.from_on for a in facts.adjustments if a.from_on}
    return {
        _after(plus_months(on, part.within_months or 0, part.rounding))
        for part in programme.looking_back
        for on in taken
    }


def _after(day: date | None, more_days: int = 0) -> date | None:
    return day + timedelta(days=more_days) + ONE_DAY if day and day.year < date.max.year else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
