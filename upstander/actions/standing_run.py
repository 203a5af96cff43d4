"""One run over many people in one programme: decided by profiles, compared with what is stored, written at once."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from upstander.actions.standing_prepared import Answer, Said
from upstander.actions.standing_rows import give_all, insert, update
from upstander.core.accountable import answering_unit
from upstander.core.days import Moment
from upstander.core.earlier_cycle import still_matters
from upstander.core.facts import PersonFacts
from upstander.core.profile import Profiles
from upstander.core.programme import Programme
from upstander.core.recurrence import cycle_before, cycle_of
from upstander.models import Standing, StandingChange
from upstander.queries.rows import of_people

#: What a standing is compared by, in the order of `_Stored`; a standing changed when one of them did.
DECIDED = (
    "cycle", "state", "group", "opens_on", "due_on", "satisfied_kind", "satisfied_on", "next_change_on",
    "satisfied_ref", "unit_id", "ongoing", "reasons",
)  # fmt: skip
#: A change in these is history; a change in the others only keeps the row true.
TOLD = ("state", "group", "opens_on", "due_on", "satisfied_ref")
_WRITTEN = (*DECIDED, "decided_on", "decided_at", "version")
_HISTORY = (
    "person", "programme", "cycle", "at", "day", "cause", "cause_ref", "before_state", "after_state", "after",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cause:
    """Why standings are decided again, and what brought it about."""

    kind: str
    ref: str = ""


class Told(NamedTuple):
    """One line that was added to the history of a standing."""

    person_id: str
    programme_id: str
    cycle: str
    before_state: str
    after_state: str


class _Stored(NamedTuple):
    """A standing as the database has it."""

    person_id: str
    id: int
    cycle: str
    state: str
    group: str | None
    opens_on: date | None
    due_on: date | None
    satisfied_kind: str | None
    satisfied_on: date | None
    next_change_on: date | None
    satisfied_ref: str | None
    unit_id: str
    ongoing: bool
    reasons: str


class Run:
    """Decides people in one programme at one moment; what is worked out for a profile serves everybody after."""

    def __init__(self, programme: Programme, moment: Moment, cause: Cause) -> None:
        self.programme, self.moment, self.cause = programme, moment, cause
        self._own = programme.has_own_cycles
        current = programme.cycle_on(moment.day)
        self._before = None if self._own else programme.cycles.before(current)
        shared = [cycle.key for cycle in (current, self._before) if cycle]
        self._wanted = Q() if self._own else Q(cycle__in=shared) | Q(next_change_on__isnull=False)
        self._profiles = Profiles(programme, moment.day, Answer)

    def decide(self, people: Sequence[PersonFacts]) -> list[Told]:
        """Decides the current cycle, and the one before where it is still open, of each person; writes what differs.

        The caller holds the locks of these people, and read their facts under them.
        """
        stored = self._stored([facts.person_id for facts in people])
        writing = _Writing(self)
        for facts in people:
            rows = stored.get(facts.person_id, {})
            said = self.said(facts)
            writing.take(rows.pop(said.prepared.cycle, None), said, ongoing=self._own)
            if rows:
                self._decide_earlier(rows, facts, said.unit, writing)
        return writing.write()

    def said(self, facts: PersonFacts) -> Said:
        """What the current cycle's decision is; nothing is read or written."""
        answer, own = self._profiles.of(facts)
        return answer.of(facts, own, answering_unit(facts.appointments, self.moment.day))

    def store(self, decided: Sequence[Said]) -> list[Told] | None:
        """Writes what differs of decisions made elsewhere; None, and nothing written, where an earlier cycle is on
        record, since that is decided along with the current one.

        The caller holds the locks, and knows that the facts are still those that were decided on.
        """
        stored = self._stored([said.person_id for said in decided])
        writing = _Writing(self)
        for said in decided:
            rows = stored.get(said.person_id, {})
            writing.take(rows.pop(said.prepared.cycle, None), said, ongoing=self._own)
            if rows:
                return None
        return writing.write()

    def _decide_earlier(self, rows: dict[str, _Stored], facts: PersonFacts, unit: str, writing: "_Writing") -> None:
        """The cycle before the current one is decided on while it matters; those before it are over."""
        before = self._before
        if self._own:
            before = cycle_before(self.programme, facts, cycle_of(self.programme, facts, self.moment.day))
        row = rows.pop(before.key, None) if before else None
        if before and row and still_matters(row, before):
            answer, own = self._profiles.of(facts, before)
            writing.take(row, answer.of(facts, own, unit), ongoing=False)
        elif row:
            writing.rest(row)
        for older in rows.values():
            writing.rest(older)

    def _stored(self, ids: list[str]) -> dict[str, dict[str, _Stored]]:
        rows = Standing.objects.filter(self._wanted, programme_id=self.programme.key).order_by()
        found: dict[str, dict[str, _Stored]] = defaultdict(dict)
        for row in of_people(rows.values_list("person_id", "id", *DECIDED), ids):
            found[row[0]][row[2]] = _Stored._make(row)
        return found


class _Writing:
    """Collects the differences of one chunk and writes them set by set."""

    def __init__(self, run: Run) -> None:
        adapt, moment = connection.ops, run.moment
        self._programme = run.programme.key
        day, at = adapt.adapt_datefield_value(moment.day), adapt.adapt_datetimefield_value(moment.at)
        self._when = (day, at, run.programme.version)
        self._why = (at, day, run.cause.kind, run.cause.ref)
        self._new: list[tuple] = []
        self._changed: list[tuple] = []
        self._rested: list[int] = []
        self._no_longer_ongoing: list[int] = []
        self._history: list[tuple] = []
        self._told: list[Told] = []

    def take(self, row: _Stored | None, said: Said, ongoing: bool) -> None:
        """Compares a decision, and the unit that answers for the person, with what is stored; keeps what is new."""
        person_id, prepared, text, ref, unit = said
        reasons = prepared.reasons(text)
        if row is not None:
            if row[2:13] == (*prepared.values, ref, unit, ongoing) and _same(row.reasons, reasons):
                return
            if row.ongoing and not ongoing:
                self._no_longer_ongoing.append(row.id)
        written = (*prepared.written, ref, unit, ongoing, reasons, *self._when)
        if row is None:
            self._new.append((person_id, self._programme, *written))
        else:
            self._changed.append((*written, row.id))
        if row is None or (row[3:7], row.satisfied_ref) != (prepared.values[1:5], ref):
            before = row.state if row else ""
            self._told.append(Told(person_id, self._programme, prepared.cycle, before, prepared.state))
            self._history.append((
                person_id, self._programme, prepared.cycle, *self._why, before, prepared.state, prepared.after(text),
            ))  # fmt: skip

    def rest(self, row: _Stored) -> None:
        """An earlier cycle that is over for this person: no coming day changes it by itself any more."""
        if row.next_change_on is not None:
            self._rested.append(row.id)
        if row.ongoing:
            self._no_longer_ongoing.append(row.id)

    def write(self) -> list[Told]:
        """Writes everything; a person's newest cycle is marked only after the mark was taken from the one before."""
        give_all(Standing, "next_change_on", None, self._rested)
        give_all(Standing, "ongoing", False, self._no_longer_ongoing)
        update(Standing, _WRITTEN, self._changed)
        insert(Standing, ("person", "programme", *_WRITTEN), self._new)
        insert(StandingChange, _HISTORY, self._history)
        return self._told


def _same(stored: str, reasons: str) -> bool:
    """Whether two JSON texts say the same; a database may keep one in a form of its own."""
    return stored == reasons or json.loads(stored) == json.loads(reasons)
