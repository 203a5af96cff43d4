"""Rows -> facts: everything that a decision may read about people, now or as it was known at an earlier instant.

The present comes from the current tables, the past from the appended records; both pass through the same reading of an
appointment (`core.roster.appointment_from_document`).
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from upstander.core.errors import Refusal
from upstander.core.facts import Adjustment, Appointment, Completion, Leave, PersonFacts
from upstander.core.roster import Place, facts_from_document
from upstander.models import AdjustmentRecord, CourseStart, Person, RosterRecord
from upstander.models import Appointment as AppointmentRow
from upstander.models import Completion as CompletionRow
from upstander.queries.notified import heard_of_published, notified
from upstander.queries.places import Places, places_known_at
from upstander.queries.rows import of_people, of_people_always

CHUNK = 5_000
_COLUMNS = (
    "person_id", "id", "category", "unit_id", "paid", "benefits_eligible", "student_year", "graduates_on",
    "supervises", "confidential_role", "title", "work_state", "work_country", "starts_on", "ends_on", "leaves",
)  # fmt: skip
_NOWHERE = Place(None, ())
NOTHING_BEGUN: frozenset[tuple[str, date]] = frozenset()


def facts_of(person_id: str, known_at: datetime | None = None, told_of: Collection[str] | None = None) -> PersonFacts:
    """One person's facts; a batch of one. Raises Refusal `no-such-person` {person_id}."""
    for facts in iter_facts([person_id], known_at, told_of=told_of):
        return facts
    raise Refusal("no-such-person", {"person_id": person_id})


def iter_facts(
    person_ids: Collection[str] | None = None,
    known_at: datetime | None = None,
    places: Places | None = None,
    told_of: Collection[str] | None = None,
) -> Iterator[PersonFacts]:
    """Facts of the given people (None: of everybody), ordered by person id, in chunks of constant memory and queries.

    With `known_at` (aware instant) only what was on record then counts; people not yet on record are left out.
    `places` keeps the units of one chunk for the next ones of the same run. `told_of` are the programmes for which it
    is a fact on which days people were told (`queries.notified.heard_of`); None: those that are published.
    """
    told_of = heard_of_published(known_at) if told_of is None else told_of
    if known_at is None:
        places = places or Places()
        for ids in id_chunks(person_ids):
            yield from _current(ids, places, told_of)
        return
    units = places_known_at(known_at)
    for ids in id_chunks(person_ids):
        record, heard = _Record(ids, known_at), notified(ids, told_of, known_at)
        for facts in _recorded(ids, units, known_at):
            completions, adjustments, started = record.of(facts.person_id)
            told = heard.get(facts.person_id, ())
            yield replace(facts, completions=completions, adjustments=adjustments, started=started, notified=told)


def id_chunks(person_ids: Collection[str] | None = None) -> Iterator[list[str]]:
    """The given ids (None: of everybody on record), ordered, in lists of at most CHUNK."""
    if person_ids is not None:
        ordered = sorted(set(person_ids))
        for start in range(0, len(ordered), CHUNK):
            yield ordered[start : start + CHUNK]
        return
    last = ""
    while ids := list(Person.objects.filter(id__gt=last).order_by("id").values_list("id", flat=True)[:CHUNK]):
        yield ids
        last = ids[-1]


def _held_now() -> QuerySet:
    return AppointmentRow.objects.order_by("person_id", "id").values_list(*_COLUMNS)


def _people_now() -> QuerySet:
    return Person.objects.order_by("id").values_list("id", "onboarded_on", "onboarded_as", "vanished_on")


def _current(ids: list[str], places: Places, told_of: Collection[str]) -> Iterator[PersonFacts]:
    rows = of_people_always(_held_now, ids)
    units = places.of({row[3] for row in rows})
    held: dict[str, list[Appointment]] = defaultdict(list)
    for row in rows:
        held[row[0]].append(_appointment(row, units))
    record, heard = _Record(ids), notified(ids, told_of)
    for key, onboarded_on, onboarded_as, vanished_on in of_people_always(_people_now, ids, "id"):
        yield PersonFacts(
            key, onboarded_on, onboarded_as, tuple(held.get(key, ())), *record.of(key), vanished_on, heard.get(key, ())
        )


def _appointment(row: tuple, units: Mapping[str, Place]) -> Appointment:
    place = units.get(row[3], _NOWHERE)
    leaves = () if row[15] == "[]" else _leaves(row[15])
    return Appointment(row[1], row[2], row[3], place.area, place.line, *row[4:15], leaves)


def _leaves(text: str) -> tuple[Leave, ...]:
    return tuple(
        Leave(said["kind"], date.fromisoformat(said["from_on"]), _day(said.get("to_on"))) for said in json.loads(text)
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _recorded(ids: list[str], units: Mapping[str, Place], known_at: datetime) -> Iterator[PersonFacts]:
    zone = ZoneInfo(settings.INSTITUTION_ZONE)
    records = RosterRecord.objects.filter(known_at__lt=known_at, person_id__in=ids)
    rows = records.order_by("person_id", "known_at", "id").values_list("person_id", "known_at", "present", "document")
    for _, versions in groupby(rows.iterator(chunk_size=CHUNK), key=itemgetter(0)):
        at, present, document = list(versions)[-1][1:]
        yield facts_from_document(document, units, None if present else at.astimezone(zone).date())


class _Record:
    """What the record holds of a chunk of people beside the roster: completions, adjustments, courses begun."""

    def __init__(self, ids: list[str], known_at: datetime | None = None) -> None:
        self._completions = _completions(ids, known_at)
        self._adjustments = _adjustments(ids, known_at)
        self._started = _started(ids, known_at)

    def of(self, person_id: str) -> tuple[tuple[Completion, ...], tuple[Adjustment, ...], frozenset]:
        """Their completions, adjustments and starts."""
        return (
            self._completions.get(person_id, ()),
            self._adjustments.get(person_id, ()),
            self._started.get(person_id, NOTHING_BEGUN),
        )


def _grouped(pairs: Iterable[tuple[str, object]]) -> dict[str, tuple]:
    found: dict[str, list] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}


def _completions(ids: list[str], known_at: datetime | None) -> dict[str, tuple[Completion, ...]]:
    if known_at is None:
        rows = of_people_always(_completions_now, ids)
    else:
        standing_then = Q(retracted_at=None) | Q(retracted_at__gte=known_at)
        rows = of_people(_of_completions(Q(standing_then, recorded_at__lt=known_at)), ids)
    return _grouped((row[0], Completion(*row[1:4], _ref(row[4]), *row[5:])) for row in rows)


def _of_completions(which: Q) -> QuerySet:
    rows = CompletionRow.objects.filter(which).order_by("person_id", "completed_on", "id")
    return rows.values_list("person_id", "course_key", "completed_on", "role", "id", "source", "minutes", "edition")


def _completions_now() -> QuerySet:
    return _of_completions(Q(retracted_at=None))


def _adjustments(ids: list[str], known_at: datetime | None) -> dict[str, tuple[Adjustment, ...]]:
    if known_at is None:
        rows = of_people_always(_adjustments_now, ids)
    else:
        in_force = Q(ended_at=None) | Q(ended_at__gte=known_at)
        rows = of_people(_of_adjustments(Q(in_force, recorded_at__lt=known_at)), ids)
    return _grouped((row[0], Adjustment(row[1], row[2], _ref(row[3]), *row[4:])) for row in rows)


def _of_adjustments(which: Q) -> QuerySet:
    rows = AdjustmentRecord.objects.filter(which).order_by("person_id", "id")
    return rows.values_list(
        "person_id", "kind", "programme_id", "ref", "cycle", "from_on", "to_on", "course_key", "appointment_id"
    )


def _adjustments_now() -> QuerySet:
    return _of_adjustments(Q(ended_at=None))


def _ref(value: UUID | str) -> str:
    """The reference as decisions carry it, in whichever form the database keeps a UUID."""
    return str(value if isinstance(value, UUID) else UUID(value))


def _started(ids: list[str], known_at: datetime | None) -> dict[str, frozenset[tuple[str, date]]]:
    if known_at is None:
        rows = of_people_always(_started_now, ids)
    else:
        rows = of_people(_of_starts(Q(recorded_at__lt=known_at)), ids)
    return {key: frozenset(pairs) for key, pairs in _grouped((row[0], row[1:]) for row in rows).items()}


def _of_starts(which: Q) -> QuerySet:
    rows = CourseStart.objects.filter(which).order_by("person_id", "id")
    return rows.values_list("person_id", "course_key", "started_on")


def _started_now() -> QuerySet:
    return _of_starts(Q())
