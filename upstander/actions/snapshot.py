"""The official figures of a night: every standing copied once, sealed by a digest, never touched again (row B18)."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, models, transaction
from django.db.models import Case, F, FilteredRelation, Max, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from upstander.actions import standing
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.models import Appointment, Snapshot, SnapshotCount, SnapshotRow, Standing
from upstander.queries.accountable import not_ended
from upstander.queries.programmes import all_published
from upstander.queries.standings import counted_in, current

PEOPLE_AT_ONCE = 20_000
MOVERS_AT_ONCE = 1_000
_ROW = ("snapshot_id", "person_id", "programme_id", "cycle", "unit_id", "accountable", "state", "group", "due_on")
#: Where a row's column comes from, if not from the standing's column of that name.
_TAKEN_FROM = {"unit_id": "in_unit", "cycle": "counted_in"}
_COUNT = ("snapshot_id", "programme_id", "cycle", "unit_id", "state", "group", "people")


@dataclass(frozen=True, slots=True)
class Taken:
    """A sealed snapshot: its day, its rows, the digest over them, and whether this call made it."""

    day: date
    row_count: int
    digest: str
    is_new: bool


def take(moment: Moment, people_at_once: int = PEOPLE_AT_ONCE) -> Taken:
    """Takes the official figures of the moment's day; asked again on that day it changes nothing and gives the same.

    Standings whose day has come are decided first. People go in chunks, each its own transaction; a run cut short is
    taken up where it stopped, and two runs at once share the work.
    """
    snapshot, _ = Snapshot.objects.get_or_create(day=moment.day, defaults={"taken_at": moment.at})
    if snapshot.digest:
        return Taken(snapshot.day, snapshot.row_count, snapshot.digest, is_new=False)
    standing.run_due(moment)
    _place_movers(moment)
    asked = current(all_published(), moment.day) & ~Q(state="not-required")
    reached = ""
    while (upto := _fill(snapshot, asked, reached, people_at_once)) is not None:
        reached = upto
    return _seal(snapshot)


def verify(day: date) -> Taken:
    """The snapshot of a past day, after its rows were found to give its digest still.

    Refusals: no-such-snapshot, snapshot-altered.
    """
    snapshot = Snapshot.objects.filter(day=day).exclude(digest="").first()
    if snapshot is None:
        raise Refusal("no-such-snapshot", {"day": day.isoformat()})
    digest, count = _digest(snapshot)
    if (digest, count) != (snapshot.digest, snapshot.row_count):
        raise Refusal("snapshot-altered", {"day": day.isoformat(), "expected": snapshot.digest, "found": digest})
    return Taken(snapshot.day, snapshot.row_count, snapshot.digest, is_new=False)


def _place_movers(moment: Moment) -> None:
    """Decides those again for whom another unit may answer since the night before: an appointment began or ended."""
    before = Snapshot.objects.filter(day__lt=moment.day).exclude(digest="").order_by("-day").first()
    since = before.day if before else moment.day - timedelta(days=1)
    moved = Q(starts_on__gt=since, starts_on__lte=moment.day) | Q(ends_on__gte=since, ends_on__lt=moment.day)
    people = sorted(set(Appointment.objects.filter(moved).values_list("person_id", flat=True)))
    for start in range(0, len(people), MOVERS_AT_ONCE):
        with transaction.atomic():
            standing.decide_again(people[start : start + MOVERS_AT_ONCE], moment, "day")


@transaction.atomic
def _fill(snapshot: Snapshot, asked: Q, reached: str, people_at_once: int) -> str | None:
    """Copies the next people's standings; the last person copied, or None when nobody is left."""
    Snapshot.objects.select_for_update().get(pk=snapshot.pk)
    filled = SnapshotRow.objects.filter(snapshot=snapshot).aggregate(last=Max("person_id"))["last"] or ""
    ahead = Standing.objects.filter(asked, person_id__gt=max(reached, filled))
    people = list(ahead.order_by("person_id").values_list("person_id", flat=True).distinct()[:people_at_once])
    if not people:
        return None
    rows = ahead.filter(person_id__lte=people[-1])
    _insert(SnapshotRow, _ROW, _as_rows(rows, snapshot))
    return people[-1]


def _as_rows(standings: QuerySet[Standing], snapshot: Snapshot) -> QuerySet:
    """One row for each unit in which the person holds an appointment that has not ended; one of them answers."""
    return (
        standings.annotate(
            held=FilteredRelation("person__appointments", condition=not_ended(snapshot.day, "person__appointments__")),
        )
        .annotate(
            snapshot_id=Value(snapshot.pk, output_field=models.BigIntegerField()),
            in_unit=Coalesce(F("held__unit_id"), Value("")),
            counted_in=counted_in(),
        )
        .annotate(
            accountable=Case(
                When(in_unit=F("unit_id"), then=Value(True)),
                default=Value(False),
                output_field=models.BooleanField(),
            )
        )
        .order_by()
        .values_list(*[_TAKEN_FROM.get(name, name) for name in _ROW])
        .distinct()
    )


def _insert(model: type[models.Model], fields: tuple[str, ...], rows: QuerySet) -> None:
    """INSERT … SELECT: the rows never pass through this process."""
    quote = connection.ops.quote_name
    names = {field.attname: field.column for field in model._meta.fields}
    columns = ", ".join(quote(names[name]) for name in fields)
    sql, params = rows.query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {quote(model._meta.db_table)} ({columns}) {sql}", params)


def _lines(snapshot: Snapshot) -> Iterator[str]:
    rows = SnapshotRow.objects.filter(snapshot=snapshot).order_by("person_id", "programme_id", "cycle", "unit_id")
    for row in rows.values_list(*_ROW[1:]).iterator(chunk_size=5_000):
        yield "\t".join("" if value is None else str(value) for value in row)


def _digest(snapshot: Snapshot) -> tuple[str, int]:
    """SHA-256 over the rows in the order of person, programme, cycle and unit, and their number."""
    digest, count = hashlib.sha256(), 0
    for line in _lines(snapshot):
        digest.update(line.encode() + b"\n")
        count += 1
    return digest.hexdigest(), count


def _seal(snapshot: Snapshot) -> Taken:
    digest, count = _digest(snapshot)
    with transaction.atomic():
        snapshot = Snapshot.objects.select_for_update().get(pk=snapshot.pk)
        is_new = not snapshot.digest
        if is_new:
            counted = SnapshotRow.objects.filter(snapshot=snapshot, accountable=True).order_by()
            _insert(SnapshotCount, _COUNT, counted.values(*_COUNT[:-1]).annotate(people=Sum(Value(1))))
            snapshot.digest, snapshot.row_count = digest, count
            snapshot.save(update_fields=["digest", "row_count"])
    return Taken(snapshot.day, snapshot.row_count, snapshot.digest, is_new)
