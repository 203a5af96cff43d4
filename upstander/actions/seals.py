"""Sealing the record every night, and finding out whether it is still what was sealed (law 3)."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Q

from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.seal import seal_digest
from upstander.models import AuditLine, Completion, Seal
from upstander.queries.ledger import NOTHING, TABLES, AnyTable, Fault, Listed, Numbered, faults, listed_so_far, summed

log = logging.getLogger(__name__)
#: What the audit calls the whole record; one subject, so that the last word about it is found at once.
SUBJECT = "history"
VERIFIED, FAULT_SEEN, SEALED = "history-verified", "history-fault-seen", "history-sealed"
KEPT_FAULTS = 100


@dataclass(frozen=True, slots=True)
class Sealed:
    """The seal of a night, how many rows it covers beyond the one before, and whether this call made it."""

    seal: Seal
    rows: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Verified:
    """How many nights were walked, and what did not match, the first first."""

    seals: int
    faults: tuple[Fault, ...]

    @property
    def first(self) -> Fault | None:
        return self.faults[0] if self.faults else None


def seal(moment: Moment) -> Sealed:
    """Seals what was added since the last seal; asked again on the same day it changes nothing and gives the same.

    Rows are read without a lock: what is covered is settled first, in short transactions, and never changes after.
    Refuses `newer-seal` {day} where a later day is sealed already.
    """
    made = _made(moment.day)
    if made is not None:
        return Sealed(made, _count(made.reached), is_new=False)
    last = Seal.objects.order_by("day").last()
    _mark_completions(last.day if last else None, moment.day)
    reached = {table.name: _part(table, last, moment.day) for table in TABLES}
    return _written(moment, last, reached)


def _made(day: date) -> Seal | None:
    newer = Seal.objects.filter(day__gt=day).order_by("day").last()
    if newer is not None:
        raise Refusal("newer-seal", {"day": newer.day.isoformat()})
    return Seal.objects.filter(day=day).first()


def _count(reached: dict[str, Any]) -> int:
    return sum(part["rows"] for part in reached.values())


def _only_sealer() -> None:
    """One sealer at a time; on SQLite the transaction has held the write lock since it began."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {connection.ops.quote_name(Seal._meta.db_table)} IN EXCLUSIVE MODE")


@transaction.atomic
def _mark_completions(last_on: date | None, day: date) -> None:
    """Puts every completion that no seal covers, also one marked by a run that was cut short, under this night's."""
    _only_sealer()
    if Seal.objects.filter(day=day).exists():
        return
    uncovered = Q(sealed_on=None) | (Q(sealed_on__gt=last_on) if last_on else Q(sealed_on__isnull=False))
    Completion.objects.filter(uncovered).update(sealed_on=day)


def _part(table: AnyTable, last: Seal | None, day: date) -> dict[str, Any]:
    before = last.reached.get(table.name, NOTHING) if last else NOTHING
    part: dict[str, Any] = {}
    if isinstance(table, Numbered):
        part["upto"] = _settled(table) or before.get("upto", 0)
    if isinstance(table, Listed):
        part["listed"] = _fresh(table, day)
    part["rows"], part["digest"] = summed(table, before, part, day)
    return part


@transaction.atomic
def _settled(table: Numbered) -> int | None:
    """The highest number below which nothing more can come: whoever is writing is waited for."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {connection.ops.quote_name(table.model._meta.db_table)} IN SHARE MODE")
    return table.model._default_manager.aggregate(last=Max("pk"))["last"]


def _fresh(table: Listed, day: date) -> list[Any]:
    later = table.later(NOTHING, day, listed_so_far(table))
    keys = [key for rows in later for key in rows.order_by("pk").values_list("pk", flat=True)]
    return [key if isinstance(key, int) else str(key) for key in keys]


@transaction.atomic
def _written(moment: Moment, last: Seal | None, reached: dict[str, Any]) -> Sealed:
    _only_sealer()
    made = _made(moment.day)
    if made is not None:
        return Sealed(made, _count(made.reached), is_new=False)
    if Completion.objects.filter(sealed_on=moment.day).count() != reached["completions"]["rows"]:
        # another sealer of this night, cut short since, has put more completions under it
        again = next(table for table in TABLES if table.name == "completions")
        reached["completions"] = _part(again, last, moment.day)
    previous = last.digest if last else ""
    digest = seal_digest(moment.day, moment.at, previous, reached)
    made = Seal.objects.create(
        day=moment.day, made_at=moment.at, reached=reached, previous=previous, digest=digest
    )  # fmt: skip
    rows = _count(reached)
    told = {"day": moment.day.isoformat(), "digest": digest, "rows": rows}
    AuditLine.objects.create(at=moment.at, actor="", verb=SEALED, subject=SUBJECT, data=told)
    log.info("record sealed: day %s, %d rows, digest %s", moment.day, rows, digest)
    return Sealed(made, rows, is_new=True)


def verify(moment: Moment, tick: Callable[[int], None] = lambda walked: None) -> Verified:
    """Walks all seals and says what does not match; the outcome stands in the audit, and in the log where it is bad."""
    found: list[Fault] = []
    for fault in faults(tick):
        if len(found) < KEPT_FAULTS:
            found.append(fault)
    verified = Verified(Seal.objects.count(), tuple(found))
    told = {"seals": verified.seals, "faults": [fault.as_json() for fault in found]}
    AuditLine.objects.create(at=moment.at, actor="", verb=VERIFIED, subject=SUBJECT, data=told)
    if verified.first:
        log.error(
            "record altered: %d faults, the first in %s, %s", len(found), verified.first.day, verified.first.table
        )
    return verified


def fault_seen(moment: Moment, by: str) -> None:
    """An officer has seen that the record does not match its seals; the banner rests until the next walk."""
    AuditLine.objects.create(at=moment.at, actor=by, verb=FAULT_SEEN, subject=SUBJECT)
