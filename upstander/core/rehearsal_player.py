"""What a rehearsal plays with: a person, their outbox, the calendar, and what came of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from upstander.core.days import Moment, Span
from upstander.core.decision import Decision, Reason
from upstander.core.earlier_cycle import Recorded
from upstander.core.facts import PersonFacts


class _Open:
    """A programme whose sending is open, as the sender's rules read it."""

    sending_opened_at = True


OPEN = _Open()


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
    -> the instant until which the planner would still confirm it; `rests`: a case rests what asks; `asked_of_gate`:
    whatever else about the person the gate asks about.
    """

    facts: PersonFacts
    zone: str
    has_address: bool
    messages: list[Message] = field(default_factory=list)
    unsettled: Mapping[str, Recorded] = field(default_factory=dict)
    news_until: Mapping[str, datetime] = field(default_factory=dict)
    rests: bool = False
    asked_of_gate: tuple = ()


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


@dataclass(frozen=True, slots=True)
class Post:
    """A notice that goes on a day, at an instant; `stopped` carries the reason's code where it does not.

    A letter of several programmes `carries` the kinds of this one's notices, `beside` those of these programmes.
    """

    day: date
    kind: str
    cycle: str
    stopped: str = ""
    at: datetime | None = None
    carries: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that follows from no duty of its reader's; `beside`: the other programmes of which it tells too."""

    day: date
    reader: str
    kind: str
    beside: tuple[str, ...] = ()


@dataclass(slots=True)
class Played:
    """What a person's days bring: each decision with the day it begins on, the notices, and whether any has nowhere
    to go.

    `earlier`: the decisions about a cycle that has ended and is still decided on; `beside`: the same person's days in
    other programmes whose letters could go together with these, by their keys.
    """

    player: Player
    stretches: list[tuple[date, Decision]]
    posts: list[Post] = field(default_factory=list)
    nowhere_on: date | None = None
    earlier: Sequence[tuple[date, Decision]] = ()
    beside: Mapping[str, "Played"] = field(default_factory=dict)

    def stands(self, cycle: str, day: date) -> Decision | None:
        """What would be on record about the cycle on the day; None where nothing was decided about it."""
        for begins, decision in reversed(self.earlier):
            if decision.cycle == cycle and begins <= day:
                return decision
        held = (decision for begins, decision in reversed(self.stretches) if begins <= day and decision.cycle == cycle)
        return next(held, None)
