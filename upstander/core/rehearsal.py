"""One person's days played ahead: the decisions by `decide`, the notices by the rules that plan and hold them.

Nothing is decided here a second time: a day's standing is `decide`, jumped along `next_change_on`; what is due is
`due_notices`; whether it goes is asked of the gate that the sender asks.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from hashlib import blake2b
from zoneinfo import ZoneInfo

from upstander.core.days import Moment, Span
from upstander.core.decide import decide
from upstander.core.decision import ACTIONABLE, Decision, Reason
from upstander.core.earlier_cycle import Recorded, still_matters
from upstander.core.errors import Refusal
from upstander.core.facts import Completion, PersonFacts
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

LONGEST_DAYS = 731
ONE_DAY = timedelta(days=1)
#: How the reference of a completion begins that only an assumed pace has made.
ASSUMED = "assumed"


@dataclass(slots=True, eq=False)
class Message:
    """A notice as it would stand in the outbox; named as the stored one, so that the sender's rules read both alike.

    `wakes_at` is the instant from which it is asked about.
    """

    pk: str
    dedupe_key: str
    kind: str
    person_id: str
    programme_id: str
    cycle: str
    planned_for_on: date
    wakes_at: datetime
    state: str = "planned"
    claimed_at: datetime | None = None
    programme: object = None


@dataclass(frozen=True, slots=True)
class Player:
    """One person as the rehearsal begins: facts, zone, what the outbox holds of the programme, what is still news.

    `unsettled`: what is on record of the cycles that stand open, by their keys; `news_until`: a completion's reference
    -> the instant until which the planner would still confirm it; `rests`: a case rests what asks.
    """

    facts: PersonFacts
    zone: str
    has_address: bool
    messages: list[Message] = field(default_factory=list)
    unsettled: Mapping[str, Recorded] = field(default_factory=dict)
    news_until: Mapping[str, datetime] = field(default_factory=dict)
    rests: bool = False


Gate = Callable[[Message, Recorded | None, Sequence[Message], Moment], Reason | None]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days to play and when the nightly work falls; sending is open from `opened_at` on.

    Days before `shown.first` are played, so that nothing piles up on the first day, and not shown.
    """

    first_on: date
    shown: Span
    zone: str
    night_at: time
    begins_at: datetime
    opened_at: datetime
    closed_days: frozenset[date] = frozenset()
    hours_matter: bool = True

    def night(self, day: date) -> datetime:
        """When the day's notices are planned; on the first day not before the rehearsal begins."""
        return max(_instant(day, self.night_at, self.zone), self.begins_at)

    def moment(self, at: datetime) -> Moment:
        return _moment(at, self.zone)


@lru_cache(maxsize=4_000)
def _instant(day: date, at: time, zone: str) -> datetime:
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))


@lru_cache(maxsize=20_000)
def _moment(at: datetime, zone: str) -> Moment:
    return Moment.of(at, zone)


@lru_cache(maxsize=20_000)
def _opening(at: datetime, zone: str, closed_days: frozenset[date]) -> datetime:
    return next_in_hours(at, zone, closed_days)


@lru_cache(maxsize=20_000)
def _turns(reminders: tuple[int, ...], due_on: date) -> list[date]:
    return reminder_days(reminders, due_on)


@dataclass(frozen=True, slots=True)
class Post:
    """A notice that goes on a day; `stopped` carries the reason's code where it does not."""

    day: date
    kind: str
    cycle: str
    stopped: str = ""


@dataclass(slots=True)
class Played:
    """What a person's days bring: each decision with the day it begins on, the notices, and whether any has nowhere
    to go."""

    player: Player
    stretches: list[tuple[date, Decision]]
    posts: list[Post] = field(default_factory=list)
    nowhere_on: date | None = None


def period(first_on: date, last_on: date) -> Span:
    """The days to rehearse. Refusals: rehearsal-backwards {from_on, to_on}, rehearsal-too-long {days, at_most}."""
    if last_on < first_on:
        raise Refusal("rehearsal-backwards", {"from_on": first_on.isoformat(), "to_on": last_on.isoformat()})
    days = (last_on - first_on).days + 1
    if days > LONGEST_DAYS:
        raise Refusal("rehearsal-too-long", {"days": days, "at_most": LONGEST_DAYS})
    return Span(first_on, last_on)


def play(programme: Programme, player: Player, calendar: Calendar, gate: Gate) -> Played:
    """Plays one person's days and says what they bring; nothing is kept anywhere."""
    return _Days(programme, player, calendar, gate).played()


def finishing(programme: Programme, player: Player, calendar: Calendar, share: float, seed: str) -> Player:
    """The player as if, by the assumed share, they finished on some day of their window (or, past due, of the period).

    The same seed and person give the same day; the days are spread evenly.
    """
    digest = blake2b(f"{seed}:{player.facts.person_id}".encode(), digest_size=16).digest()
    chance, place = (int.from_bytes(half, "big") / 2**64 for half in (digest[:8], digest[8:]))
    if chance >= share:
        return player
    asked = (d for _, d in _stretches(programme, player.facts, calendar) if d.state in ACTIONABLE and d.opens_on)
    decision = next(asked, None)
    if decision is None:
        return player
    first = max(decision.opens_on, calendar.first_on)
    last = decision.due_on if decision.due_on and decision.due_on >= first else max(calendar.shown.last, first)
    on = first + timedelta(days=int(place * ((last - first).days + 1)))
    made = [
        Completion(option.course_key, on, programme.roles[0], f"{ASSUMED}-{number}")
        for number, option in enumerate(programme.options)
    ]
    until = {completion.ref: calendar.night(on) + ONE_DAY for completion in made}
    facts = replace(player.facts, completions=(*player.facts.completions, *made))
    return replace(player, facts=facts, news_until={**player.news_until, **until})


def _stretches(programme: Programme, facts: PersonFacts, calendar: Calendar) -> list[tuple[date, Decision]]:
    """The decisions of the days, each with its first day."""
    found, day = [], calendar.first_on
    while day is not None and day <= calendar.shown.last:
        decision = decide(programme, facts, day)
        found.append((day, decision))
        day = decision.next_change_on
    return found


class _Days:
    """One person's outbox and standings, day by day, as the nightly work and the sender would leave them."""

    def __init__(self, programme: Programme, player: Player, calendar: Calendar, gate: Gate) -> None:
        self.programme, self.player, self.calendar, self.gate = programme, player, calendar, gate
        self.messages = player.messages
        self.keys = {message.dedupe_key for message in self.messages}
        self.current = _stretches(programme, player.facts, calendar)
        self.starts = [day for day, _ in self.current]
        self.earlier = self._decided_before()
        self.result = Played(player, self.current)

    def played(self) -> Played:
        if not self.messages and not self._ever_asked():
            return self.result
        day: date | None = self.calendar.first_on
        while day is not None and day <= self.calendar.shown.last:
            for cycle, decision in self._asked_in(day):
                self._plan(cycle, decision, day)
            day = self._send_until(self._next_planning(day))
        return self.result

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
            row = decide(self.programme, self.player.facts, day, before)
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
        if self.earlier:
            before = cycle_before(self.programme, self.player.facts, self._cycle(day))
            row = self._standing(before.key, day) if before else None
            if before and isinstance(row, Decision) and row.due_on and row.due_on > before.last_on:
                found.append((before.key, row))
        return found

    def _plan(self, cycle: str, decision: Decision, day: date) -> None:
        about = [message for message in self.messages if message.cycle == cycle]
        news = self._is_news(decision, self.calendar.night(day))
        owed = Owed(decision.state, decision.opens_on, decision.due_on, taken_here=news)
        for due in due_notices(owed, _told(about), self.programme.reminders, day):
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
        stopped = sum(1 for message in about if message.kind == ADDED and message.state == "not-sent")
        turn = str(stopped + 1) if due.kind == ADDED else due.turn
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
                coming.update(turn for turn in _turns(self.programme.reminders, decision.due_on) if turn > day)
        return min(coming, default=None)

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
        if reason is not None and reason.code == "no-address":
            self._nowhere(moment.day)
        if self.calendar.shown.holds(moment.day):
            self.result.posts.append(Post(moment.day, message.kind, message.cycle, reason.code if reason else ""))
        return reason is not None


class _Open:
    """A programme whose sending is open, as the sender's rules read it."""

    sending_opened_at = True


OPEN = _Open()


def _told(about: Sequence[Message]) -> Told:
    """What the planner reads in the outbox about one cycle."""
    asking = [message.planned_for_on for message in about if message.kind in ASKING]
    return Told(
        last_on=max(asking, default=None),
        added=any(message.kind == ADDED and message.state != "not-sent" for message in about),
        confirmed=any(message.kind == CONFIRMATION and message.state != "not-sent" for message in about),
    )
