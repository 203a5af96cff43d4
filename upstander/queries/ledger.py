"""The tables of history as the seals read them, and whether what they hold is still what was sealed.

What may have to be erased stays out: who did something (an audit line's actor, an exception's officer) and the case
that an exception came from. Attempts, answers, scores and messages are no history at all.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q, QuerySet

from upstander.core.seal import is_backdated, rows_of, seal_digest, without_person
from upstander.models import (
    AdjustmentRecord,
    AuditLine,
    Completion,
    CourseStart,
    ProgrammeVersion,
    RosterRecord,
    Seal,
    StandingChange,
    UnitRecord,
)

AT_ONCE = 2_000
Row = tuple[Any, ...]
Part = Mapping[str, Any]
NOTHING: Part = {}


def _as_it_is(row: Row) -> Row:
    return row


def _without_person(row: Row) -> Row:
    return (*row[:3], without_person(row[3]), *row[4:])


def _with_digest(row: Row) -> Row:
    return (*row[:3], hashlib.sha256(row[3].encode()).hexdigest(), *row[4:])


@dataclass(frozen=True)
class Table:
    """One table of history; `columns` begin with the key; `at` is the column of the row's own instant."""

    name: str
    model: type[Model]
    columns: tuple[str, ...]
    at: str = ""
    shown: Callable[[Row], Row] = _as_it_is

    def rows(self, covered: QuerySet) -> Iterator[Row]:
        """The rows in the order of their keys, as they are sealed; flat in their number."""
        for row in covered.order_by("pk").values_list(*self.columns).iterator(chunk_size=AT_ONCE):
            yield self.shown(row)

    def backdated(self, rows: QuerySet, sealed_at: datetime | None) -> bool:
        """Whether a row that came after the seal of `sealed_at` claims an instant long before it."""
        if not self.at or sealed_at is None:
            return False
        first = rows.exclude(**{self.at: None}).order_by(self.at).values_list(self.at, flat=True).first()
        return is_backdated(first, sealed_at)


class Numbered(Table):
    """Rows whose number only grows: a seal covers those up to one, from the last of the seal before on."""

    def covered(self, before: Part, part: Part, day: date) -> Iterator[QuerySet]:
        rows = self.model._default_manager.filter(pk__lte=part["upto"])
        yield rows.filter(pk__gt=before["upto"]) if "upto" in before else rows

    def later(self, last: Part, day: date, listed: set[str]) -> Iterator[QuerySet]:
        yield self.model._default_manager.filter(pk__gt=last.get("upto", 0))


class Nightly(Table):
    """Rows without a number: each carries the night whose seal first covered it."""

    def covered(self, before: Part, part: Part, day: date) -> Iterator[QuerySet]:
        yield self.model._default_manager.filter(sealed_on=day)

    def later(self, last: Part, day: date, listed: set[str]) -> Iterator[QuerySet]:
        yield self.model._default_manager.filter(Q(sealed_on=None) | Q(sealed_on__gt=day))


class Listed(Table):
    """What was added to a row afterwards (its end, its publication): few, so that a seal names each."""

    def covered(self, before: Part, part: Part, day: date) -> Iterator[QuerySet]:
        keys = part["listed"]
        for start in range(0, len(keys), 500):
            yield self.model._default_manager.filter(pk__in=keys[start : start + 500])

    def later(self, last: Part, day: date, listed: set[str]) -> Iterator[QuerySet]:
        keys = self.model._default_manager.exclude(**{self.at: None}).order_by("pk").values_list("pk", flat=True)
        fresh = [key for key in keys.iterator(chunk_size=AT_ONCE) if str(key) not in listed]
        yield from self.covered(NOTHING, {"listed": fresh}, day)


AnyTable = Numbered | Nightly | Listed
TABLES: tuple[AnyTable, ...] = (
    Numbered("roster", RosterRecord, ("pk", "person_id", "known_at", "source_id", "present", "document"), "known_at"),
    Numbered("units", UnitRecord, ("pk", "unit_id", "known_at", "source_id", "document"), "known_at"),
    Numbered(
        "standings", StandingChange,
        ("pk", "person_id", "programme_id", "cycle", "at", "day", "cause", "cause_ref", "before_state", "after_state",
         "after"),
    ),
    Nightly(
        "completions", Completion,
        ("pk", "person_id", "course_key", "edition", "completed_on", "role", "source", "recorded_at", "minutes"),
        "recorded_at",
    ),
    Listed("completions-retracted", Completion, ("pk", "retracted_at"), "retracted_at"),
    Numbered(
        "adjustments", AdjustmentRecord,
        ("pk", "person_id", "programme_id", "cycle", "ref", "kind", "course_key", "from_on", "to_on", "recorded_at"),
        "recorded_at",
    ),
    Listed("adjustments-ended", AdjustmentRecord, ("pk", "ended_at"), "ended_at"),
    Numbered("starts", CourseStart, ("pk", "person_id", "course_key", "started_on", "recorded_at"), "recorded_at"),
    Listed(
        "versions", ProgrammeVersion, ("pk", "programme_id", "number", "document", "published_at"), "published_at",
        _with_digest,
    ),
    Numbered("audit", AuditLine, ("pk", "at", "verb", "subject", "data"), shown=_without_person),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """Where the record is not what was sealed: the night, the table, and `altered` `missing` `added` or `backdated`.

    `day` None: among rows that no seal covers yet. The table `seals` is the chain itself.
    """

    day: date | None
    table: str
    kind: str

    def as_json(self) -> dict[str, str | None]:
        return {"day": self.day.isoformat() if self.day else None, "table": self.table, "kind": self.kind}


def listed_so_far(table: AnyTable) -> set[str]:
    """The keys that earlier seals name."""
    if not isinstance(table, Listed):
        return set()
    every = Seal.objects.values_list("reached", flat=True).iterator(chunk_size=50)
    return {str(key) for reached in every for key in reached.get(table.name, {}).get("listed", ())}


def summed(table: AnyTable, before: Part, part: Part, day: date) -> tuple[int, str]:
    """The number of the rows that the seal covers, and their digest."""
    rows = rows_of(row for covered in table.covered(before, part, day) for row in table.rows(covered))
    return rows.count, rows.digest


def faults(tick: Callable[[int], None] = lambda walked: None) -> Iterator[Fault]:
    """Walks every seal from the first on and yields what does not match; memory flat in the number of rows."""
    last: Seal | None = None
    for walked, seal in enumerate(Seal.objects.order_by("day").iterator(chunk_size=50), 1):
        tick(walked)
        if seal.previous != (last.digest if last else ""):
            yield Fault(seal.day, "seals", "missing")
        if seal.digest != seal_digest(seal.day, seal.made_at, seal.previous, seal.reached):
            yield Fault(seal.day, "seals", "altered")
        yield from _of_seal(seal, last)
        last = seal
    if last is not None:
        yield from _since(last)


def _of_seal(seal: Seal, last: Seal | None) -> Iterator[Fault]:
    for table in TABLES:
        part = seal.reached.get(table.name)
        if part is None:
            continue
        before = last.reached.get(table.name, NOTHING) if last else NOTHING
        count, digest = summed(table, before, part, seal.day)
        if count != part["rows"]:
            yield Fault(seal.day, table.name, "missing" if count < part["rows"] else "added")
        elif digest != part["digest"]:
            yield Fault(seal.day, table.name, "altered")
        elif any(table.backdated(rows, last and last.made_at) for rows in table.covered(before, part, seal.day)):
            yield Fault(seal.day, table.name, "backdated")


def _since(last: Seal) -> Iterator[Fault]:
    """What stands in the record beyond the last seal and claims to be older than it."""
    for table in TABLES:
        later = table.later(last.reached.get(table.name, NOTHING), last.day, listed_so_far(table))
        if any(table.backdated(rows, last.made_at) for rows in later):
            yield Fault(None, table.name, "backdated")
    sealed = sum(seal["completions"]["rows"] for seal in Seal.objects.values_list("reached", flat=True))
    found = Completion.objects.filter(sealed_on__lte=last.day).count()
    if found > sealed:
        yield Fault(last.day, "completions", "added")
