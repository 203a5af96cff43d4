"""When: a person's own window in a cycle, the days on which the clock stands, and every date that had a say."""

from dataclasses import dataclass
from datetime import date

from upstander.core.audience import BEFORE_ALL, Judged, began_on
from upstander.core.cycles import OwnCycles
from upstander.core.days import ONE_DAY, Span, min_day, plus_days
from upstander.core.decision import Reason
from upstander.core.facts import Appointment, Leave, PersonFacts
from upstander.core.programme import Cycle, Group, Programme


@dataclass(frozen=True, slots=True)
class OwnWindow:
    """Opening and due day of one person, the spans in which the clock stands, and the reasons for the dates.

    `due_on` None: a leave without end stands before it.
    """

    opens_on: date
    due_on: date | None
    still: tuple[Span, ...]
    reasons: tuple[Reason, ...] = ()

    def stands_on(self, day: date) -> bool:
        within = self.opens_on <= day and (self.due_on is None or day <= self.due_on)
        return within and any(span.holds(day) for span in self.still)

    def meets(self, span: Span) -> bool:
        """Whether the span has a day in the window."""
        begins_in_time = self.due_on is None or span.first <= self.due_on
        return begins_in_time and (span.last is None or span.last >= self.opens_on)


def own_window(
    programme: Programme,
    facts: PersonFacts,
    cycle: Cycle,
    group: Group | None,
    yes: tuple[Judged, ...],
    run: tuple[Appointment, ...],
) -> OwnWindow:
    """The person's window: the group's or the cycle's, begun later by a late joiner, lengthened by rests, extended."""
    began = began_on(run)
    opens_on, due_on = _planned(programme, cycle, group, began)
    reasons = [_window_reason(group, opens_on, due_on)]
    if began == BEFORE_ALL and programme.counts_from_hire:
        reasons.append(Reason("hire-day-unknown", {"from_on": cycle.first_on.isoformat()}))
    if began > opens_on:
        due_on = began + (due_on - opens_on) if group else programme.due_after(began)
        opens_on = began
        reasons.append(Reason("late-joiner", {"began_on": began.isoformat(), "days": (due_on - began).days}))
    deferrals = _deferrals(programme, facts, cycle)
    still = _still_spans(programme, deferrals, yes, run, opens_on)
    due_on, moved = _due(opens_on, due_on, still, _granted(programme, facts, cycle))
    window = OwnWindow(opens_on, due_on, still)
    resting = rests(programme, facts, cycle, yes, window)
    return OwnWindow(opens_on, due_on, still, (*reasons, *resting, *moved))


def rests(
    programme: Programme, facts: PersonFacts, cycle: Cycle, yes: tuple[Judged, ...], window: OwnWindow
) -> tuple[Reason, ...]:
    """A reason for every leave and every officer's deferral that has a day in the window."""
    deferrals = _deferrals(programme, facts, cycle)
    return (*_leave_reasons(programme, yes, window), *_deferral_reasons(deferrals, window))


def _due(
    opens_on: date, planned_on: date, still: tuple[Span, ...], granted_on: date | None
) -> tuple[date | None, list[Reason]]:
    """The due day with a reason for every move: by rests, by an extension, by rests in what the extension added.

    An extension never shortens; the date that it replaced stays in its reason.
    """
    due_on = lengthened(opens_on, planned_on, still)
    reasons = moved_by_leave(planned_on, due_on)
    if due_on is None or granted_on is None or granted_on <= due_on:
        return due_on, reasons
    reasons.append(Reason("extended", {"from_due_on": due_on.isoformat(), "due_on": granted_on.isoformat()}))
    added = tuple(span for span in still if span.first > due_on)
    final_on = lengthened(opens_on, granted_on, added)
    return final_on, reasons + moved_by_leave(granted_on, final_on)


def moved_by_leave(from_on: date, to_on: date | None) -> list[Reason]:
    """The reason for a due day that leave has moved; none where it has not."""
    if to_on is None or to_on == from_on:
        return []
    dates = {"from_due_on": from_on.isoformat(), "due_on": to_on.isoformat()}
    return [Reason("due-moved-by-leave", {**dates, "days": (to_on - from_on).days})]


def _planned(programme: Programme, cycle: Cycle, group: Group | None, began: date) -> tuple[date, date]:
    """Opening and due day as the rules have them: the group's, the cycle's, or those of a person's renewal."""
    window = programme.window_in(group, cycle) if group else None
    if window:
        return window.opens_on, window.due_on
    cycles = programme.cycles
    if isinstance(cycles, OwnCycles) and cycles.renews(cycle, began):
        return cycle.first_on, plus_days(cycle.first_on, cycles.renewal_days)
    return cycle.first_on, programme.due_after(cycle.first_on)


def _window_reason(group: Group | None, opens_on: date, due_on: date) -> Reason:
    dates = {"opens_on": opens_on.isoformat(), "due_on": due_on.isoformat()}
    if group:
        return Reason("group", {"group": group.key, **dates})
    return Reason("cycle-window", {**dates, "days": (due_on - opens_on).days})


def lengthened(opens_on: date, due_on: date, still: tuple[Span, ...]) -> date | None:
    """The due day after leaving out every day on which the clock stands, those of the lengthened window included."""
    for span in still:
        if span.first > due_on:
            break
        if span.last is None:
            return None
        try:
            due_on += span.last - max(span.first, opens_on) + ONE_DAY
        except OverflowError:
            return None
    return due_on


def _in_force(appointment: Appointment, day: date) -> bool:
    return Span(appointment.starts_on or BEFORE_ALL, appointment.ends_on).holds(day)


def _defers(programme: Programme, appointment: Appointment, day: date) -> bool:
    return any(
        leave.kind in programme.deferring_leave and Span(leave.from_on, leave.to_on).holds(day)
        for leave in appointment.leaves
    )


def _stands(programme: Programme, qualifying: tuple[Appointment, ...], run: tuple[Appointment, ...], day: date) -> bool:
    """Whether the clock stands on a day: every appointment that carries the duty that day is on a deferring leave.

    Qualifying appointments in force carry it; before them, the earlier ones of the run; after them, the last ones.
    """
    carrying = [a for a in qualifying if _in_force(a, day)] or [a for a in run if _in_force(a, day)] or [*qualifying]
    return bool(carrying) and all(_defers(programme, a, day) for a in carrying)


def _still_spans(
    programme: Programme,
    deferrals: list[Span],
    yes: tuple[Judged, ...],
    run: tuple[Appointment, ...],
    opens_on: date,
) -> tuple[Span, ...]:
    spans = list(deferrals)
    qualifying = tuple(j.appointment for j in yes)
    if any(leave.kind in programme.deferring_leave for a in (*qualifying, *run) for leave in a.leaves):
        spans += _leave_spans(programme, qualifying, run, opens_on)
    return _merged([Span(max(s.first, opens_on), s.last) for s in spans if s.last is None or s.last >= opens_on])


def _leave_spans(
    programme: Programme, qualifying: tuple[Appointment, ...], run: tuple[Appointment, ...], opens_on: date
) -> list[Span]:
    """Sweeps over the days on which anything begins or ends, and asks once for each stretch between two of them."""
    edges = {opens_on}
    for appointment in (*qualifying, *run):
        edges.update(_edges(appointment.starts_on, appointment.ends_on))
        for leave in appointment.leaves:
            edges.update(_edges(leave.from_on, leave.to_on))
    ordered = sorted(edge for edge in edges if edge >= opens_on)
    spans = []
    for first, following in zip(ordered, [*ordered[1:], None], strict=True):
        if _stands(programme, qualifying, run, first):
            spans.append(Span(first, following - ONE_DAY if following else None))
    return spans


def _edges(first: date | None, last: date | None) -> set[date]:
    """The days on which a span begins and on which it no longer holds."""
    return {edge for edge in (first, last + ONE_DAY if last and last < date.max else None) if edge}


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.first, s.last or date.max)):
        if merged and (merged[-1].last is None or span.first - ONE_DAY <= merged[-1].last):
            before = merged.pop()
            last = None if before.last is None or span.last is None else max(before.last, span.last)
            span = Span(before.first, last)
        merged.append(span)
    return tuple(merged)


def _leave_reasons(programme: Programme, yes: tuple[Judged, ...], window: OwnWindow) -> list[Reason]:
    return [
        _leave_reason(programme, leave, window)
        for judged in yes
        for leave in judged.appointment.leaves
        if window.meets(Span(leave.from_on, leave.to_on))
    ]


def _leave_reason(programme: Programme, leave: Leave, window: OwnWindow) -> Reason:
    """What a leave does to the clock; one that the person's other appointments do not share is told apart."""
    begins = {"leave_kind": leave.kind, "from_on": leave.from_on.isoformat()}
    ends = {"to_on": leave.to_on.isoformat() if leave.to_on else None}
    if leave.kind not in programme.deferring_leave:
        return Reason("leave-does-not-defer", begins | ends)
    within = Span(max(leave.from_on, window.opens_on), min_day(leave.to_on, window.due_on))
    if not any(span.covers(within) for span in window.still):
        return Reason("leave-in-part", begins)
    return Reason("leave-defers", begins | ends) if leave.to_on else Reason("leave-without-end", begins)


def _deferrals(programme: Programme, facts: PersonFacts, cycle: Cycle) -> list[Span]:
    spans = [
        Span(a.from_on or cycle.first_on, a.to_on)
        for a in facts.adjustments
        if a.kind == "deferral" and a.programme == programme.key and a.cycle in (None, cycle.key)
    ]
    kept = (span for span in spans if span.last is None or span.first <= span.last)
    return sorted(kept, key=lambda span: (span.first, span.last or date.max))


def _deferral_reasons(deferrals: list[Span], window: OwnWindow) -> list[Reason]:
    reasons = []
    for span in deferrals:
        begins = {"from_on": span.first.isoformat()}
        if window.meets(span) and span.last:
            reasons.append(Reason("deferred-by-officer", {**begins, "to_on": span.last.isoformat()}))
        elif window.meets(span):
            reasons.append(Reason("deferred-without-end", begins))
    return reasons


def _granted(programme: Programme, facts: PersonFacts, cycle: Cycle) -> date | None:
    """The latest day to which an officer has extended the cycle's due day."""
    days = [
        a.to_on
        for a in facts.adjustments
        if a.kind == "extension" and a.programme == programme.key and a.cycle in (None, cycle.key) and a.to_on
    ]
    return max(days, default=None)
