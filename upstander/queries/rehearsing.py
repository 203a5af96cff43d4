"""What a rehearsal reads of people, in chunks of constant memory and queries; it writes nothing and locks nobody."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import QuerySet

from upstander.core.arrangements import PLANNED
from upstander.core.decision import SETTLED
from upstander.core.errors import Refusal
from upstander.core.facts import PersonFacts
from upstander.core.notices import FORESEEN, address_digest, is_address
from upstander.core.programme import Programme
from upstander.core.programme_file import parse_programme
from upstander.models import (
    AdjustmentRecord,
    Arrangement,
    Completion,
    FailingAddress,
    Notice,
    Person,
    ProgrammeVersion,
    RosterImport,
    Standing,
)
from upstander.queries.cases import resting
from upstander.queries.completion import taken_here
from upstander.queries.facts import id_chunks, iter_facts
from upstander.queries.notified import heard_of
from upstander.queries.post import SUPPRESSED

LONG_CHUNK = 500


class OnRecord(NamedTuple):
    """A stored standing as far as a rehearsal begins from it."""

    state: str
    opens_on: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Begun:
    """One person as the rehearsal begins; `vanished_on` as on the roster; `recent`: completion's ref -> recorded at;
    `rests`: a case about this programme rests what asks; `arranged`: the times to come that are arranged for it, in
    order; `suppressed`: mail to the address has come back too often.
    """

    facts: PersonFacts
    email: str
    time_zone: str
    vanished_on: date | None
    notices: Sequence[Notice]
    standings: dict[str, OnRecord]
    recent: dict[str, datetime]
    rests: bool
    arranged: tuple[datetime, ...] = ()
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class Since:
    """From when the rehearsal plays: notices planned up to `told_until`, completions taken here since `recent_from`,
    arrangements from `begins_at` on."""

    told_until: date | None
    recent_from: datetime
    begins_at: datetime


def roster_day() -> date | None:
    """The day on which a roster was first applied; None where there is none yet."""
    first = RosterImport.objects.exclude(applied_at=None).order_by("applied_at").first()
    return first.applied_at.date() if first else None


def version_of(key: str, number: int) -> Programme:
    """One version of a programme, published or a draft, as rules. Refusals: no-such-version; programme-invalid."""
    kept = ProgrammeVersion.objects.filter(programme_id=key, number=number, discarded_at=None).first()
    if kept is None:
        raise Refusal("no-such-version", {"programme": key, "version": number})
    return parse_programme(kept.document)


def present(day: date) -> QuerySet[Person]:
    """The people who are on the roster on the day."""
    return Person.objects.filter(vanished_on=None) | Person.objects.filter(vanished_on__gt=day)


def unreachable() -> list[str]:
    """The people whose address is none to which a message could go, or to which none goes any more, in order."""
    rows = Person.objects.order_by("id").values_list("id", "email").iterator()
    bad = {person_id for person_id, email in rows if not is_address(email)}
    return sorted(bad | suppressed_people())


def suppressed_people(ids: Sequence[str] | None = None) -> set[str]:
    """Those (of the given people) to whose present address nothing is sent, for mail to it did not go through."""
    failing = FailingAddress.objects.filter(SUPPRESSED).order_by()
    if ids is not None:
        failing = _between(failing, sorted(ids))
    rows = failing.values_list("person_id", "person__email", "address_digest")
    return {person_id for person_id, email, digest in rows if address_digest(email) == digest}


def adjusted(programme: str) -> list[str]:
    """The people about whom an officer recorded something that is in force, in order."""
    rows = AdjustmentRecord.objects.filter(programme_id=programme, ended_at=None)
    return list(rows.order_by("person_id").values_list("person_id", flat=True).distinct())


def iter_begun(
    programmes: Sequence[Programme], since: Since, ids: Sequence[str] | None = None
) -> Iterator[tuple[Begun, ...]]:
    """The given people (None: everybody) ordered by id, each as they begin in every one of these programmes.

    The rules may be a draft: what they read of earlier letters is read, whatever is published.
    """
    told_of = heard_of(programmes)
    for chunk in id_chunks(ids):
        people = {
            key: said
            for key, *said in _between(Person.objects, chunk, "id").values_list(
                "id", "email", "time_zone", "vanished_on"
            )
        }
        recent, resting_ones, failing = _recent(since, chunk), resting(chunk), suppressed_people(chunk)
        held = [(rules.key, _Held.read(rules.key, since, chunk)) for rules in programmes]
        for facts in iter_facts(chunk, told_of=told_of):
            person = facts.person_id
            yield tuple(
                Begun(
                    facts, *people[person], *in_it.of(person), recent.get(person, {}), (person, key) in resting_ones,
                    in_it.arranged.get(person, ()), person in failing,
                )
                for key, in_it in held
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Held:
    """What the outbox and the record hold of one programme, by person."""

    notices: dict[str, list[Notice]]
    standings: dict[str, dict[str, OnRecord]]
    arranged: dict[str, tuple[datetime, ...]]

    @classmethod
    def read(cls, programme: str, since: Since, ids: list[str]) -> "_Held":
        return cls(
            _notices(programme, since, ids), _unsettled(programme, ids), _arranged(programme, since.begins_at, ids)
        )

    def of(self, person_id: str) -> tuple[Sequence[Notice], dict[str, OnRecord]]:
        return self.notices.get(person_id, ()), self.standings.get(person_id, {})


def _between(rows: QuerySet, ids: list[str], name: str = "person_id") -> QuerySet:
    if len(ids) <= LONG_CHUNK:
        return rows.filter(**{f"{name}__in": ids})
    return rows.filter(**{f"{name}__gte": ids[0], f"{name}__lte": ids[-1]})


def _notices(programme: str, since: Since, ids: list[str]) -> dict[str, list[Notice]]:
    found: dict[str, list[Notice]] = defaultdict(list)
    foreseen = Notice.objects.filter(programme_id=programme, kind__in=FORESEEN)
    rows = _between(foreseen, ids).order_by("planned_at", "id")
    if since.told_until:
        rows = rows.filter(planned_for_on__lte=since.told_until)
    columns = ("dedupe_key", "kind", "person_id", "cycle", "planned_for_on", "state", "claimed_at", "retry_at")
    for notice in rows.only(*columns).iterator():
        found[notice.person_id].append(notice)
    return found


def _unsettled(programme: str, ids: list[str]) -> dict[str, dict[str, OnRecord]]:
    found: dict[str, dict[str, OnRecord]] = defaultdict(dict)
    rows = _between(Standing.objects.filter(programme_id=programme).exclude(state__in=SETTLED), ids).order_by()
    for person_id, cycle, *said in rows.values_list("person_id", "cycle", "state", "opens_on", "due_on").iterator():
        found[person_id][cycle] = OnRecord(*said)
    return found


def _recent(since: Since, ids: list[str]) -> dict[str, dict[str, datetime]]:
    found: dict[str, dict[str, datetime]] = defaultdict(dict)
    fresh = Completion.objects.filter(taken_here(), recorded_at__gt=since.recent_from, retracted_at=None)
    for person_id, key, at in _between(fresh, ids).order_by().values_list("person_id", "pk", "recorded_at"):
        found[person_id][str(key)] = at
    return found


def _arranged(programme: str, begins_at: datetime, ids: list[str]) -> dict[str, tuple[datetime, ...]]:
    found: dict[str, tuple[datetime, ...]] = defaultdict(tuple)
    ahead = Arrangement.objects.filter(programme_id=programme, state=PLANNED, starts_at__gt=begins_at)
    for person_id, starts_at in _between(ahead, ids).order_by("starts_at").values_list("person_id", "starts_at"):
        found[person_id] += (starts_at,)
    return found
