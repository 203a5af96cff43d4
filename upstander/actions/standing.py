"""Deciding again and storing what came out: the only writer of standings and of their history (laws 1 to 3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from upstander.actions.locks import lock_people
from upstander.core.accountable import answering_unit
from upstander.core.days import Moment
from upstander.core.decide import decide
from upstander.core.decision import SETTLED, Decision
from upstander.core.facts import PersonFacts
from upstander.core.programme import Cycle, Programme
from upstander.models import Standing, StandingChange
from upstander.queries.facts import CHUNK, id_chunks, iter_facts
from upstander.queries.programmes import all_published, published

#: The columns of a standing that the decision fills; a standing changed when one of them did.
DECIDED = (
    "state", "group", "opens_on", "due_on", "satisfied_kind", "satisfied_ref", "satisfied_on", "reasons",
    "next_change_on", "unit_id",
)  # fmt: skip
#: A change in these is history; a change in the others only keeps the row true.
TOLD = ("state", "group", "opens_on", "due_on", "satisfied_ref")


@dataclass(frozen=True, slots=True)
class Cause:
    """Why standings are decided again, and what brought it about."""

    kind: str
    ref: str = ""


def decide_again(person_ids: Sequence[str], moment: Moment, cause: str, cause_ref: str = "") -> list[StandingChange]:
    """Decides these people again in every published programme and stores what changed; takes their locks first.

    Runs inside the caller's transaction. Returns the history lines that were added.
    """
    changes: list[StandingChange] = []
    ids = sorted(set(person_ids))
    lock_people(ids)
    programmes = all_published()
    people = list(iter_facts(ids)) if programmes else []
    for programme in programmes:
        changes += _decide(programme, people, moment, Cause(cause, cause_ref))
    return changes


def decide_programme(key: str, moment: Moment, cause: str, cause_ref: str = "") -> int:
    """Decides everybody in one programme, in chunks that commit one by one; returns the number of changes."""
    programme = published(key)
    return _in_chunks(programme, None, moment, Cause(cause, cause_ref))


def refresh(person_id: str, moment: Moment) -> list[StandingChange]:
    """Decides a person again if a standing's day has come or a programme has none yet; one query when neither has."""
    programmes = all_published()
    stored = {
        (key, cycle): next_on
        for key, cycle, next_on in Standing.objects.filter(person_id=person_id).values_list(
            "programme_id", "cycle", "next_change_on"
        )
    }
    stale = []
    for programme in programmes:
        place = (programme.key, programme.cycle_on(moment.day).key)
        if place not in stored or (stored[place] is not None and stored[place] <= moment.day):
            stale.append(programme)
    if not stale:
        return []
    with transaction.atomic():
        lock_people([person_id])
        people = list(iter_facts([person_id]))
        return [change for programme in stale for change in _decide(programme, people, moment, Cause("day"))]


def run_due(moment: Moment) -> int:
    """The nightly run: decides again only where a stored standing's day has come, or a cycle has begun.

    Returns the number of changes. Safe to repeat: a second run of the same day touches nothing.
    """
    count = 0
    for programme in all_published():
        cycle = programme.cycle_on(moment.day)
        if not Standing.objects.filter(programme_id=programme.key, cycle=cycle.key).exists():
            count += _in_chunks(programme, None, moment, Cause("day"))
            continue
        due = Standing.objects.filter(programme_id=programme.key, next_change_on__lte=moment.day)
        ids = sorted(set(due.values_list("person_id", flat=True).iterator(chunk_size=CHUNK)))
        count += _in_chunks(programme, ids, moment, Cause("day"))
    return count


def _in_chunks(programme: Programme, ids: Sequence[str] | None, moment: Moment, cause: Cause) -> int:
    """Chunk by chunk under the people's locks: facts are read after the lock, so nothing is decided on old ones."""
    count = 0
    for chunk in id_chunks(ids):
        with transaction.atomic():
            lock_people(chunk)
            count += len(_decide(programme, list(iter_facts(chunk)), moment, cause))
    return count


def _decide(programme: Programme, people: Sequence[PersonFacts], moment: Moment, cause: Cause) -> list[StandingChange]:
    """Decides the current cycle, and the one before where it is still open, of each person; writes the differences."""
    current = programme.cycle_on(moment.day)
    before = programme.cycles.before(current)
    stored = _stored(programme, [facts.person_id for facts in people], [c for c in (current, before) if c])
    writing = _Writing(programme, moment, cause)
    for facts in people:
        unit = answering_unit(facts.appointments, moment.day)
        writing.take(stored.get((facts.person_id, current.key)), decide(programme, facts, moment.day), unit)
        earlier = stored.get((facts.person_id, before.key)) if before else None
        if earlier is None or before is None:
            continue
        if _still_matters(earlier, before):
            writing.take(earlier, decide(programme, facts, moment.day, before), unit)
        else:
            writing.rest(earlier)
    return writing.write()


def _still_matters(earlier: Standing, before: Cycle) -> bool:
    """An earlier cycle is decided on while it is not settled and its own due day may lie after its end.

    A window that opens only after the cycle's end belongs to the next cycle, which has the same dates.
    """
    unsettled = earlier.state not in SETTLED
    opened = earlier.opens_on is not None and earlier.opens_on <= before.last_on
    return unsettled and opened and (earlier.due_on is None or earlier.due_on > before.last_on)


def _stored(programme: Programme, ids: list[str], cycles: list[Cycle]) -> dict[tuple[str, str], Standing]:
    if not ids:
        return {}
    rows = Standing.objects.filter(
        programme_id=programme.key, cycle__in=[c.key for c in cycles], person_id__gte=min(ids), person_id__lte=max(ids)
    )
    if len(ids) <= 500:
        rows = rows.filter(person_id__in=ids)
    return {(row.person_id, row.cycle): row for row in rows}


class _Writing:
    """Collects the differences of one chunk and writes them set by set."""

    def __init__(self, programme: Programme, moment: Moment, cause: Cause) -> None:
        self.programme, self.moment, self.cause = programme, moment, cause
        self.new: list[Standing] = []
        self.changed: list[Standing] = []
        self.history: list[StandingChange] = []

    def take(self, row: Standing | None, decision: Decision, unit: str) -> None:
        """Compares a decision, and the unit that answers for the person, with what is stored; keeps what is new."""
        values = _values(decision, unit)
        if row is None:
            row = Standing(person_id=decision.person_id, programme_id=self.programme.key, cycle=decision.cycle)
            self._tell(row, decision, "")
            self._fill(row, values)
            self.new.append(row)
            return
        if all(getattr(row, name) == value for name, value in values.items()):
            return
        if any(getattr(row, name) != values[name] for name in TOLD):
            self._tell(row, decision, row.state)
        self._fill(row, values)
        self.changed.append(row)

    def rest(self, row: Standing) -> None:
        """An earlier cycle that is over for this person: no coming day changes it by itself any more."""
        if row.next_change_on is not None:
            row.next_change_on = None
            self.changed.append(row)

    def _fill(self, row: Standing, values: dict[str, Any]) -> None:
        for name, value in values.items():
            setattr(row, name, value)
        row.decided_on, row.decided_at = self.moment.day, self.moment.at
        row.version = self.programme.version

    def _tell(self, row: Standing, decision: Decision, before: str) -> None:
        self.history.append(
            StandingChange(
                person_id=decision.person_id, programme_id=self.programme.key, cycle=decision.cycle,
                at=self.moment.at, day=self.moment.day, cause=self.cause.kind, cause_ref=self.cause.ref,
                before_state=before, after_state=decision.state, after=decision.as_json(),
            )
        )  # fmt: skip

    def write(self) -> list[StandingChange]:
        Standing.objects.bulk_create(self.new, batch_size=1_000)
        Standing.objects.bulk_update(self.changed, [*DECIDED, "decided_on", "decided_at", "version"], batch_size=200)
        return StandingChange.objects.bulk_create(self.history, batch_size=1_000)


def _values(decision: Decision, unit: str) -> dict[str, Any]:
    by = decision.satisfied_by
    return {
        "state": decision.state,
        "group": decision.group,
        "opens_on": decision.opens_on,
        "due_on": decision.due_on,
        "satisfied_kind": by.kind if by else None,
        "satisfied_ref": by.ref if by else None,
        "satisfied_on": by.on if by else None,
        "reasons": [reason.as_json() for reason in decision.reasons],
        "next_change_on": decision.next_change_on,
        "unit_id": unit,
    }
