"""Rows -> facts: everything that a decision may read about people, now or as it was known at an earlier instant.

The present comes from the current tables, the past from the appended records; both pass through the same reading of an
appointment (`core.roster.appointment_from_document`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from upstander.core.errors import Refusal
from upstander.core.facts import Adjustment, Appointment, Completion, Leave, PersonFacts
from upstander.core.roster import Place, UnitRow, facts_from_document, places
from upstander.models import (
    AdjustmentRecord,
    CourseStart,
    Person,
    RosterRecord,
    Unit,
    UnitRecord,
)
from upstander.models import Appointment as AppointmentRow
from upstander.models import Completion as CompletionRow

CHUNK = 5_000
_COLUMNS = (
    "person_id", "id", "category", "unit_id", "paid", "benefits_eligible", "student_year", "graduates_on",
    "supervises", "confidential_role", "title", "work_state", "work_country", "starts_on", "ends_on", "leaves",
)  # fmt: skip


def facts_of(person_id: str, known_at: datetime | None = None) -> PersonFacts:
    """One person's facts; a batch of one. Raises Refusal `no-such-person` {person_id}."""
    for facts in iter_facts([person_id], known_at):
        return facts
    raise Refusal("no-such-person", {"person_id": person_id})


def iter_facts(person_ids: Sequence[str] | None = None, known_at: datetime | None = None) -> Iterator[PersonFacts]:
    """Facts of the given people (None: of everybody), ordered by person id, in chunks of constant memory and queries.

    With `known_at` (aware instant) only what was on record then counts; people not yet on record are left out.
    """
    units = places(_units(known_at))
    for ids in id_chunks(person_ids):
        base = _recorded(ids, units, known_at) if known_at else _current(ids, units)
        completions = _completions(ids, known_at)
        adjustments = _adjustments(ids, known_at)
        started = _started(ids, known_at)
        for facts in base:
            key = facts.person_id
            yield replace(
                facts,
                completions=completions.get(key, ()),
                adjustments=adjustments.get(key, ()),
                started=started.get(key, frozenset()),
            )


def id_chunks(person_ids: Sequence[str] | None = None) -> Iterator[list[str]]:
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


def _among(rows: QuerySet, ids: list[str]) -> QuerySet:
    """Rows of a chunk of people: a range and no list of thousands of parameters where the chunk is long."""
    between = rows.filter(person_id__gte=ids[0], person_id__lte=ids[-1])
    return between if len(ids) > 500 else between.filter(person_id__in=ids)


def _units(known_at: datetime | None) -> dict[str, UnitRow]:
    if known_at is None:
        rows = Unit.objects.values_list("id", "name", "parent_id", "area")
        return {key: UnitRow(key, name, parent or "", area) for key, name, parent, area in rows}
    found = {}
    records = UnitRecord.objects.filter(known_at__lt=known_at).order_by("unit_id", "known_at", "id")
    for key, said in records.values_list("unit_id", "document"):
        found[key] = UnitRow(key, said["name"], said["parent_id"] or "", said["area"])
    return found


def _current(ids: list[str], units: Mapping[str, Place]) -> Iterator[PersonFacts]:
    wanted = set(ids)
    rows = _among(AppointmentRow.objects, ids).order_by("person_id", "id").values_list(*_COLUMNS)
    held: dict[str, list[Appointment]] = defaultdict(list)
    for row in rows.iterator(chunk_size=CHUNK):
        held[row[0]].append(_appointment(row, units))
    people = Person.objects.filter(id__gte=ids[0], id__lte=ids[-1]).order_by("id")
    for key, onboarded_on, onboarded_as, vanished_on in people.values_list(
        "id", "onboarded_on", "onboarded_as", "vanished_on"
    ).iterator(chunk_size=CHUNK):
        if key in wanted:
            yield PersonFacts(key, onboarded_on, onboarded_as, tuple(held.get(key, ())), vanished_on=vanished_on)


_NOWHERE = Place(None, ())


def _appointment(row: Sequence, units: Mapping[str, Place]) -> Appointment:
    place = units.get(row[3], _NOWHERE)
    return Appointment(
        row[1], row[2], row[3], place.area, place.line, *row[4:15],
        tuple(Leave(said["kind"], date.fromisoformat(said["from_on"]), _day(said.get("to_on"))) for said in row[15]),
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _recorded(ids: list[str], units: Mapping[str, Place], known_at: datetime) -> Iterator[PersonFacts]:
    wanted = set(ids)
    zone = ZoneInfo(settings.INSTITUTION_ZONE)
    records = _among(RosterRecord.objects.filter(known_at__lt=known_at), ids).order_by("person_id", "known_at", "id")
    rows = records.values_list("person_id", "known_at", "present", "document").iterator(chunk_size=CHUNK)
    for key, versions in groupby(rows, key=itemgetter(0)):
        *_, (_, at, present, document) = versions
        if key in wanted:
            yield facts_from_document(document, units, None if present else at.astimezone(zone).date())


def _grouped(pairs: Iterable[tuple[str, object]]) -> dict[str, tuple]:
    found: dict[str, list] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}


def _completions(ids: list[str], known_at: datetime | None) -> dict[str, tuple[Completion, ...]]:
    if known_at is None:
        rows = CompletionRow.objects.filter(retracted_at=None)
    else:
        standing_then = Q(retracted_at=None) | Q(retracted_at__gte=known_at)
        rows = CompletionRow.objects.filter(standing_then, recorded_at__lt=known_at)
    columns = _among(rows, ids).values_list(
        "person_id", "course_key", "completed_on", "role", "id", "source", "minutes"
    )
    return _grouped((row[0], Completion(*row[1:4], str(row[4]), *row[5:])) for row in columns)


def _adjustments(ids: list[str], known_at: datetime | None) -> dict[str, tuple[Adjustment, ...]]:
    if known_at is None:
        rows = AdjustmentRecord.objects.filter(ended_at=None)
    else:
        in_force = Q(ended_at=None) | Q(ended_at__gte=known_at)
        rows = AdjustmentRecord.objects.filter(in_force, recorded_at__lt=known_at)
    columns = _among(rows, ids).values_list(
        "person_id", "kind", "programme_id", "ref", "cycle", "from_on", "to_on", "course_key"
    )
    return _grouped((row[0], Adjustment(row[1], row[2], str(row[3]), *row[4:])) for row in columns)


def _started(ids: list[str], known_at: datetime | None) -> dict[str, frozenset[tuple[str, date]]]:
    rows = CourseStart.objects.all() if known_at is None else CourseStart.objects.filter(recorded_at__lt=known_at)
    columns = _among(rows, ids).values_list("person_id", "course_key", "started_on")
    return {key: frozenset(pairs) for key, pairs in _grouped((row[0], row[1:]) for row in columns).items()}
