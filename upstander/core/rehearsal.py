"""A programme's days played ahead, person by person: by `decide`, by the rules of notices, and by the sender's gate.

What is alike is played once: a decision for everybody of one profile on the days that many share, and the notices for
everybody whose decisions, outbox and zone are the same.
"""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from hashlib import blake2b

from upstander.core.days import ONE_DAY, Span
from upstander.core.decide import decide
from upstander.core.decision import ACTIONABLE, Decision
from upstander.core.errors import Refusal
from upstander.core.facts import Completion, PersonFacts
from upstander.core.profile import Profiles, Shared
from upstander.core.programme import Cycle, Programme
from upstander.core.rehearsal_days import Days, stretches
from upstander.core.rehearsal_player import Calendar, Gate, Played, Player

LONGEST_DAYS = 731
#: How the reference of a completion begins that only an assumed pace has made.
ASSUMED = "assumed"
#: A day asked about so often is worked out by profiles; of so many days at once, so that memory stays bounded.
SHARED_FROM, SHARED_DAYS = 50, 8
#: So many different courses of notices are remembered before the memory begins anew.
ALIKE = 20_000


def period(first_on: date, last_on: date) -> Span:
    """The days to rehearse. Refusals: rehearsal-backwards {from_on, to_on}, rehearsal-too-long {days, at_most}."""
    if last_on < first_on:
        raise Refusal("rehearsal-backwards", {"from_on": first_on.isoformat(), "to_on": last_on.isoformat()})
    days = (last_on - first_on).days + 1
    if days > LONGEST_DAYS:
        raise Refusal("rehearsal-too-long", {"days": days, "at_most": LONGEST_DAYS})
    return Span(first_on, last_on)


class Rehearser:
    """Plays many people's days in one programme; what it learns of one serves everybody who is alike."""

    def __init__(self, programme: Programme, calendar: Calendar) -> None:
        self.programme, self.calendar = programme, calendar
        self._asked: Counter[date] = Counter()
        self._profiles: dict[date, Profiles[Shared]] = {}
        self._alike: dict[tuple, Played] = {}

    def play(self, player: Player, gate: Gate) -> Played:
        """One person's days and what they bring; nothing is kept of them anywhere."""
        days = Days(self.programme, player, self.calendar, gate, self._decide)
        alike = None if self.programme.has_own_cycles else days.alike()
        known = self._alike.get(alike) if alike else None
        if known is not None:
            return Played(player, days.current, known.posts, known.nowhere_on, days.earlier)
        found = days.played()
        if alike:
            if len(self._alike) >= ALIKE:
                self._alike.clear()
            self._alike[alike] = found
        return found

    def finishing(self, player: Player, share: float, seed: str) -> Player:
        """The player as if, by the share, they finished on a day of their window (past due: of the period).

        The same seed and person give the same day; the days are spread evenly.
        """
        digest = blake2b(f"{seed}:{player.facts.person_id}".encode(), digest_size=16).digest()
        chance, place = (int.from_bytes(half, "big") / 2**64 for half in (digest[:8], digest[8:]))
        return self._finished(player, place) if chance < share else player

    def _finished(self, player: Player, place: float) -> Player:
        owed = (d for _, d in stretches(player.facts, self.calendar, self._decide) if d.state in ACTIONABLE)
        decision = next((d for d in owed if d.opens_on), None)
        if decision is None:
            return player
        first = max(decision.opens_on, self.calendar.first_on)
        last = decision.due_on if decision.due_on and decision.due_on >= first else max(self.calendar.shown.last, first)
        on = first + timedelta(days=int(place * ((last - first).days + 1)))
        made = [
            Completion(option.course_key, on, self.programme.roles[0], f"{ASSUMED}-{number}", minutes=option.minutes)
            for number, option in enumerate(self.programme.options)
        ]
        until = {completion.ref: self.calendar.night(on) + ONE_DAY for completion in made}
        facts = replace(player.facts, completions=(*player.facts.completions, *made))
        return replace(player, facts=facts, news_until={**player.news_until, **until})

    def _decide(self, facts: PersonFacts, day: date, cycle: Cycle | None = None) -> Decision:
        """`decide`, by profiles on the days about which many are asked."""
        profiles = self._profiles.get(day)
        if profiles is None:
            self._asked[day] += 1
            if self._asked[day] < SHARED_FROM or len(self._profiles) >= SHARED_DAYS:
                return decide(self.programme, facts, day, cycle)
            profiles = self._profiles[day] = Profiles(self.programme, day, lambda shared: shared)
        shared, own = profiles.of(facts, cycle)
        return shared.decision_of(facts, own)


def play(programme: Programme, player: Player, calendar: Calendar, gate: Gate) -> Played:
    """One person's days; a batch of one."""
    return Rehearser(programme, calendar).play(player, gate)
