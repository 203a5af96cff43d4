"""One person's outbox and standings, day by day, as the nightly work and the sender would leave them.

Nothing is decided here a second time: a day's standing is `decide`, jumped along `next_change_on`; what is due is
`due_notices`; whether it goes is asked of the gate that the sender asks.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from upstander.core.days import ONE_DAY, Moment, Span
from upstander.core.decision import ACTIONABLE, Decision
from upstander.core.earlier_cycle import Recorded, still_matters
from upstander.core.escalation import PERSON
from upstander.core.facts import Notified, PersonFacts
from upstander.core.notices import (
    ADDED,
    ASKING,
    CONFIRMATION,
    LATER,
    Due,
    Owed,
    Told,
    due_notices,
    next_in_hours,
    reminder_days,
)
from upstander.core.programme import Cycle, Programme
from upstander.core.recurrence import cycle_before, cycle_of
from upstander.core.rehearsal_player import OPEN, Calendar, Gate, Message, Played, Player, Post
from upstander.core.updates import changed_among

#: Reasons for which a letter has nowhere to go.
NOWHERE = frozenset({"no-address", "suppressed-address"})
#: Answers as `decide` does: facts, day, and the cycle where another than the day's is meant.
Decider = Callable[[PersonFacts, date, Cycle | None], Decision]


@lru_cache(maxsize=20_000)
def _opening(at: datetime, zone: str, closed_days: frozenset[date]) -> datetime:
    return next_in_hours(at, zone, closed_days)


@lru_cache(maxsize=20_000)
def _turns(reminders: tuple[int, ...], due_on: date) -> list[date]:
    return reminder_days(reminders, due_on)


def stretches(facts: PersonFacts, calendar: Calendar, decider: Decider) -> list[tuple[date, Decision]]:
    """The decisions of the days, each with its first day."""
    found, day = [], calendar.first_on
    while day is not None and day <= calendar.shown.last:
        decision = decider(facts, day, None)
        found.append((day, decision))
        day = decision.next_change_on
    return found


class Days:
    """One person's days in one programme; `played` lets them pass."""

    def __init__(self, programme: Programme, player: Player, calendar: Calendar, gate: Gate, decider: Decider) -> None:
        self.programme, self.player, self.calendar, self.gate = programme, player, calendar, gate
        self.decider = decider
        self.messages = player.messages
        self.keys = {message.dedupe_key for message in self.messages}
        self.current = stretches(player.facts, calendar, decider)
        self.starts = [day for day, _ in self.current]
        self.earlier = self._decided_before()
        self.result = Played(player, self.current, earlier=self.earlier)

    def played(self) -> Played:
        if not self.messages and not self._ever_asked():
            return self.result
        day: date | None = self.calendar.first_on
        while day is not None and day <= self.calendar.shown.last:
            for cycle, decision in self._asked_in(day):
                self._plan(cycle, decision, day)
            day = self._send_until(self._next_planning(day))
        return self.result

    def alike(self) -> tuple | None:
        """Everything on which the notices depend: who gives the same has the same days; None where it is one's own."""
        player = self.player
        if player.news_until or self.programme.minimum_notice_days:
            return None
        told = tuple(
            (
                m.kind,
                m.cycle,
                m.dedupe_key.rpartition(":")[2],
                m.state,
                m.planned_for_on,
                m.wakes_at,
                m.claimed_at and self.calendar.moment(m.claimed_at).day,
            )
            for m in self.messages
        )
        stands = tuple((on, d.cycle, d.state, d.opens_on, d.due_on) for on, d in (*self.current, *self.earlier))
        open_ones = tuple(sorted((key, row.state, row.due_on) for key, row in player.unsettled.items()) if told else ())
        return stands, told, open_ones, player.zone, player.has_address, player.rests, player.asked_of_gate

    def _ever_asked(self) -> bool:
        told_of = (decision for _, decision in (*self.current, *self.earlier))
        return any(d.state in ACTIONABLE or (d.satisfied_by and self._is_news(d, None)) for d in told_of)

    def _decided_before(self) -> list[tuple[date, Decision]]:
        """The decisions about a cycle that ended while it still mattered, as the nightly run goes on to decide it."""
        found: list[tuple[date, Decision]] = []
        rows: dict[str, Recorded] = dict(self.player.unsettled)
        for (begins, now), ends in zip(self.current, [*self.starts[1:], None], strict=True):
            before = cycle_before(self.programme, self.player.facts, self._cycle(begins))
            if before is not None and before.key in rows:
                rows[before.key] = self._follow(before, rows[before.key], Span(begins, ends), found)
            rows[now.cycle] = now
        return found

    def _follow(self, before: Cycle, row: Recorded, span: Span, found: list[tuple[date, Decision]]) -> Recorded:
        """Decides the earlier cycle from the span's first day to before its last; what is on record then."""
        day: date | None = span.first
        while day is not None and day <= self.calendar.shown.last and (span.last is None or day < span.last):
            if not still_matters(row, before):
                break
            row = self.decider(self.player.facts, day, before)
            found.append((day, row))
            day = row.next_change_on
        return row

    def _cycle(self, day: date) -> Cycle:
        return cycle_of(self.programme, self.player.facts, day)

    def _standing(self, cycle: str, day: date) -> Recorded | None:
        """What would be on record about the cycle on the day."""
        for begins, decision in reversed(self.earlier):
            if decision.cycle == cycle and begins <= day:
                return decision
        place = bisect_right(self.starts, day)
        held = next((d for _, d in reversed(self.current[:place]) if d.cycle == cycle), None)
        return held or self.player.unsettled.get(cycle)

    def _asked_in(self, day: date) -> list[tuple[str, Decision]]:
        """The standings that the planner reads: the day's cycle, and of the one before what is due after its end."""
        now = self.current[bisect_right(self.starts, day) - 1][1]
        found = [(now.cycle, now)]
        if self.earlier and not self.programme.has_own_cycles:
            before = cycle_before(self.programme, self.player.facts, self._cycle(day))
            row = self._standing(before.key, day) if before else None
            if before and isinstance(row, Decision) and row.due_on and row.due_on > before.last_on:
                found.append((before.key, row))
        return found

    def _plan(self, cycle: str, decision: Decision, day: date) -> None:
        about = [message for message in self.messages if message.cycle == cycle]
        news = self._is_news(decision, self.calendar.night(day))
        owed = Owed(decision.state, decision.opens_on, decision.due_on, taken_here=news)
        for due in due_notices(owed, _told(about, decision), self.programme.plan, day):
            if due.kind in ASKING and self.player.rests:
                continue
            if not self.player.has_address:
                self._nowhere(day)
                continue
            self._add(due, cycle, day, about)

    def _nowhere(self, day: date) -> None:
        """Keeps the first day shown on which something for the person has nowhere to go."""
        if self.result.nowhere_on is None and self.calendar.shown.holds(day):
            self.result.nowhere_on = day

    def _is_news(self, decision: Decision, at: datetime | None) -> bool:
        by = decision.satisfied_by
        until = self.player.news_until.get(by.ref) if by and by.kind == "completion" else None
        return until is not None and (at is None or at < until)

    def _add(self, due: Due, cycle: str, day: date, about: Sequence[Message]) -> None:
        before = sum(1 for message in about if message.kind == ADDED)
        turn = str(before + 1) if due.kind == ADDED else due.turn
        key = f"{due.kind}:{self.player.facts.person_id}:{self.programme.key}:{cycle}:{turn}"
        if key in self.keys:
            return
        self.keys.add(key)
        wakes_at = self.calendar.night(day)
        if self.calendar.hours_matter and due.kind in ASKING:
            wakes_at = _opening(wakes_at, self.player.zone, self.calendar.closed_days)
        self.messages.append(
            Message(
                key, key, due.kind, self.player.facts.person_id, self.programme.key, cycle, day,
                max(wakes_at, self.calendar.opened_at), programme=OPEN,
            )
        )  # fmt: skip

    def _next_planning(self, day: date) -> date | None:
        """The next day on which the planner could find something new."""
        coming = {begins for begins, _ in (*self.current, *self.earlier) if begins > day}
        for _, decision in self._asked_in(day):
            if decision.state in ACTIONABLE and decision.due_on:
                turns = (*_turns(self.programme.reminders, decision.due_on), *self._late(decision.due_on))
                coming.update(turn for turn in turns if turn > day)
        return min(coming, default=None)

    def _late(self, due_on: date) -> list[date]:
        """The days on which the person is told that it is overdue."""
        grace = self.programme.grace_days
        return [due_on + timedelta(days=s.days_late(grace)) for s in self.programme.escalation if s.to == PERSON]

    def _hear(self, cycle: str, day: date) -> None:
        """A letter that has gone is a fact where a least notice is asked for: what comes is decided with it."""
        facts = self.player.facts
        told = (*facts.notified, Notified(self.programme.key, cycle, day))
        self.player = replace(self.player, facts=replace(facts, notified=told))
        self.current = self.result.stretches = stretches(self.player.facts, self.calendar, self.decider)
        self.starts = [begins for begins, _ in self.current]
        self.earlier = self.result.earlier = self._decided_before()

    def _send_until(self, planning_on: date | None) -> date | None:
        """Lets go what may go before the next planning; the day of that planning, sooner where a letter was stopped."""
        while True:
            waiting = [message for message in self.messages if message.state == "planned"]
            message = min(waiting, key=lambda m: (m.wakes_at, m.kind), default=None)
            if message is None:
                return planning_on
            if planning_on and message.wakes_at >= self.calendar.night(planning_on):
                return planning_on
            moment = self.calendar.moment(message.wakes_at)
            if moment.day > self.calendar.shown.last:
                return planning_on
            if self._ask(message, moment) and message.kind == ADDED:
                again_on = moment.day + ONE_DAY
                planning_on = min(planning_on or again_on, again_on)

    def _ask(self, message: Message, moment: Moment) -> bool:
        """Asks the gate as the sender does; true if the message was stopped for good."""
        others = [m for m in self.messages if m.cycle == message.cycle and m.state != "not-sent"]
        reason = self.gate(message, self._standing(message.cycle, moment.day), others, moment)
        if reason is not None and reason.code in LATER and "until" in reason.facts:
            message.wakes_at = datetime.fromisoformat(reason.facts["until"])
            return False
        message.state = "sent" if reason is None else "not-sent"
        message.claimed_at = moment.at if reason is None else None
        if reason is None and message.kind in ASKING and self.programme.minimum_notice_days:
            self._hear(message.cycle, moment.day)
        if reason is not None and reason.code in NOWHERE:
            self._nowhere(moment.day)
        if self.calendar.shown.holds(moment.day):
            stopped = reason.code if reason else ""
            self.result.posts.append(Post(moment.day, message.kind, message.cycle, stopped, moment.at))
        return reason is not None


def _told(about: Sequence[Message], decision: Decision) -> Told:
    """What the planner reads in the outbox about one cycle; a duty that opened again is told of anew."""
    since = decision.opens_on if changed_among(decision.reasons) else None
    asking = [message.planned_for_on for message in about if message.kind in ASKING]
    return Told(
        last_on=max(asking, default=None),
        added=any(
            message.kind == ADDED and message.state != "not-sent" and (since is None or message.planned_for_on >= since)
            for message in about
        ),
        confirmed=any(message.kind == CONFIRMATION and message.state != "not-sent" for message in about),
    )
