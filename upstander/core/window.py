"""When: a person's own window in a cycle, the days on which the clock stands, and every date that had a say."""

from dataclasses import dataclass
from datetime import date, timedelta

from upstander.core.audience import BEFORE_ALL, Judged, began_on
from upstander.core.days import Span
from upstander.core.decision import Reason
from upstander.core.facts import Appointment, PersonFacts
from upstander.core.programme import Cycle, Group, Programme

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OwnWindow:
    """Opening and due day of one person, the spans in which the clock stands, and the reasons for the dates.

    `due_on` None: a leave without end stands before it.
    """

    opens_on: date
    due_on: date | None
    still: tuple[Span, ...]
    reasons: tuple[Reason, ...]

    def stands_on(self, day: date) -> bool:
        within = self.opens_on <= day and (self.due_on is None or day <= self.due_on)
        return within and any(span.holds(day) for span in self.still)


def own_window(
    programme: Programme,
    facts: PersonFacts,
    cycle: Cycle,
    group: Group | None,
    yes: tuple[Judged, ...],
    run: tuple[Appointment, ...],
) -> OwnWindow:
    """The person's window: the group's or the cycle's, begun later by a late joiner, lengthened by rests."""
    opens_on, length = _planned(programme, cycle, group)
    reasons = [_window_reason(programme, group, opens_on, length)]
    began = began_on(run)
    if began > opens_on:
        opens_on = began
        reasons.append(Reason("late-joiner", {"began_on": began.isoformat(), "days": length}))
    still = _still_spans(programme, facts, cycle, yes, run, opens_on)
    planned_due = opens_on + timedelta(days=length)
    due_on = lengthened(opens_on, planned_due, still)
    reasons += _leave_reasons(programme, yes, opens_on, due_on)
    if due_on and due_on != planned_due:
        moved = {"from_due_on": planned_due.isoformat(), "due_on": due_on.isoformat()}
        reasons.append(Reason("due-moved-by-leave", {**moved, "days": (due_on - planned_due).days}))
    return _extended(programme, facts, cycle, OwnWindow(opens_on, due_on, still, tuple(reasons)))


def _planned(programme: Programme, cycle: Cycle, group: Group | None) -> tuple[date, int]:
    if group and group.window:
        return group.window.opens_on, group.window.length_days
    return cycle.first_on, programme.window_days or 0


def _window_reason(programme: Programme, group: Group | None, opens_on: date, length: int) -> Reason:
    dates = {"opens_on": opens_on.isoformat(), "due_on": (opens_on + timedelta(days=length)).isoformat()}
    if group and group.window:
        return Reason("group", {"group": group.key, **dates})
    return Reason("cycle-window", {**dates, "days": length})


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
    facts: PersonFacts,
    cycle: Cycle,
    yes: tuple[Judged, ...],
    run: tuple[Appointment, ...],
    opens_on: date,
) -> tuple[Span, ...]:
    spans = [
        Span(a.from_on or cycle.first_on, a.to_on)
        for a in facts.adjustments
        if a.kind == "deferral" and a.programme == programme.key and a.cycle in (None, cycle.key)
    ]
    qualifying = tuple(j.appointment for j in yes)
    concerned = {a.appointment_id: a for a in (*qualifying, *run)}.values()
    if any(leave.kind in programme.deferring_leave for a in concerned for leave in a.leaves):
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
        if merged and (merged[-1].last is None or span.first <= merged[-1].last + ONE_DAY):
            before = merged.pop()
            last = None if before.last is None or span.last is None else max(before.last, span.last)
            span = Span(before.first, last)
        merged.append(span)
    return tuple(merged)


def _leave_reasons(programme: Programme, yes: tuple[Judged, ...], opens_on: date, due_on: date | None) -> list[Reason]:
    reasons = []
    for leave in (leave for j in yes for leave in j.appointment.leaves):
        touches = (leave.to_on is None or leave.to_on >= opens_on) and (due_on is None or leave.from_on <= due_on)
        if not touches:
            continue
        to_on = leave.to_on.isoformat() if leave.to_on else None
        carried = {"leave_kind": leave.kind, "from_on": leave.from_on.isoformat(), "to_on": to_on}
        if leave.kind not in programme.deferring_leave:
            reasons.append(Reason("leave-does-not-defer", carried))
        elif to_on is None:
            del carried["to_on"]
            reasons.append(Reason("leave-without-end", carried))
        else:
            reasons.append(Reason("leave-defers", carried))
    return reasons


def _extended(programme: Programme, facts: PersonFacts, cycle: Cycle, window: OwnWindow) -> OwnWindow:
    """An extension moves the due day later, never earlier; the date it replaced stays in the reason."""
    granted = [
        a.to_on
        for a in facts.adjustments
        if a.kind == "extension" and a.programme == programme.key and a.cycle in (None, cycle.key) and a.to_on
    ]
    if not granted or window.due_on is None or max(granted) <= window.due_on:
        return window
    moved = {"from_due_on": window.due_on.isoformat(), "due_on": max(granted).isoformat()}
    return OwnWindow(window.opens_on, max(granted), window.still, (*window.reasons, Reason("extended", moved)))
