"""Writing planned people: rows, history and decisions of one batch in one transaction."""

import json
from collections.abc import Iterable, Sequence

from django.db import connection, models, transaction

from upstander.actions import standing
from upstander.actions.accounts import follow_addresses
from upstander.actions.locks import lock_people
from upstander.actions.roster_plan import last_documents
from upstander.core.days import Moment
from upstander.models import Appointment, Person, RosterImport, RosterRecord

_PERSON_TEXTS = ("legal_first_name", "legal_last_name", "preferred_name", "email", "preferred_language", "time_zone",
                 "onboarded_as")  # fmt: skip
_PERSON_DATES = ("birth_date", "onboarded_on")
_APPOINTMENT_TEXTS = ("category", "unit_id", "title", "supervisor_id", "work_state", "work_country")
_APPOINTMENT_VALUES = ("paid", "benefits_eligible", "student_year", "graduates_on", "supervises", "confidential_role",
                       "starts_on", "ends_on")  # fmt: skip
Planned = tuple[str, str, str, str]


def write_batch(batch: Sequence[Planned], source: RosterImport, moment: Moment) -> None:
    """Applies one batch of (person_id, kind, digest, document): all of it or none of it."""
    by_kind: dict[str, list[Planned]] = {}
    for planned in batch:
        by_kind.setdefault(planned[1], []).append(planned)
    told = [*by_kind.get("appear", []), *by_kind.get("change", []), *by_kind.get("return", [])]
    gone = [planned[0] for planned in by_kind.get("disappear", [])]
    ids = [planned[0] for planned in batch if planned[1] != "touch"]
    with transaction.atomic():
        lock_people(ids)
        _write_told(told, {planned[0] for planned in by_kind.get("appear", [])}, source, moment)
        _write_gone(gone, source, moment)
        follow_addresses([planned[0] for planned in told])
        _run(
            f"UPDATE {_table(Person)} SET roster_digest=%s WHERE id=%s",
            [(digest, person_id) for person_id, _, digest, _ in by_kind.get("touch", [])],
        )
        if ids:
            standing.decide_again(ids, moment, "roster", str(source.pk))


def _write_told(told: Sequence[Planned], new: set[str], source: RosterImport, moment: Moment) -> None:
    documents = [(person_id, digest, json.loads(text)) for person_id, _, digest, text in told]
    _upsert(
        Person,
        ("id", *_PERSON_TEXTS, *_PERSON_DATES, "vanished_on", "roster_digest", "extra"),
        (_person_values(document["person"], digest) for _, digest, document in documents),
        kept=("extra",),
    )
    appointments = [(person_id, row) for person_id, _, document in documents for row in document["appointments"]]
    _upsert(
        Appointment,
        ("id", "person_id", *_APPOINTMENT_TEXTS, *_APPOINTMENT_VALUES, "leaves", "extra"),
        (_appointment_values(person_id, row) for person_id, row in appointments),
    )
    known = [person_id for person_id, _, _ in documents if person_id not in new]
    stale = Appointment.objects.filter(person_id__in=known).exclude(
        id__in=[row["appointment_id"] for _, row in appointments]
    )
    if known:
        stale.delete()
    _append_records(((person_id, True, text) for person_id, _, _, text in told), source, moment)


def _write_gone(gone: Sequence[str], source: RosterImport, moment: Moment) -> None:
    """People who left the file are suspended from this day; their return takes it back."""
    if not gone:
        return
    Person.objects.filter(id__in=gone).update(vanished_on=moment.day)
    last = last_documents(gone)
    lines = []
    for person_id in gone:
        document = last.get(person_id) or {"person": {"person_id": person_id}, "appointments": []}
        lines.append((person_id, False, json.dumps(document, ensure_ascii=False)))
    _append_records(lines, source, moment)


def _append_records(lines: Iterable[tuple[str, bool, str]], source: RosterImport, moment: Moment) -> None:
    known_at = connection.ops.adapt_datetimefield_value(moment.at)
    _run(
        f"INSERT INTO {_table(RosterRecord)} (person_id, known_at, source_id, present, document)"
        " VALUES (%s,%s,%s,%s,%s)",
        [(person_id, known_at, source.pk, present, text) for person_id, present, text in lines],
    )


def _person_values(person: dict, digest: str) -> list:
    texts = [person.get(name, "") for name in _PERSON_TEXTS]
    return [person["person_id"], *texts, *map(person.get, _PERSON_DATES), None, digest, "{}"]


def _appointment_values(person_id: str, row: dict) -> list:
    texts = [row.get(name, "") for name in _APPOINTMENT_TEXTS]
    leaves = "[]"
    if "leaves" in row:
        leaves = json.dumps([{**one, "to_on": one.get("to_on")} for one in row["leaves"]])
    extra = json.dumps(row["extra"], ensure_ascii=False) if "extra" in row else "{}"
    return [row["appointment_id"], person_id, *texts, *map(row.get, _APPOINTMENT_VALUES), leaves, extra]


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _upsert(model: type[models.Model], columns: Sequence[str], rows: Iterable[list], kept: Sequence[str] = ()) -> None:
    """Inserts rows or, where the id is there already, overwrites every column but `kept`."""
    taken = ", ".join(f"{name}=excluded.{name}" for name in columns if name != "id" and name not in kept)
    marks = ",".join(["%s"] * len(columns))
    _run(
        f"INSERT INTO {_table(model)} ({', '.join(columns)}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {taken}",
        list(rows),
    )


def _run(sql: str, rows: list) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)
