"""Seals over what is only ever added: rows in one canonical form, a digest a table, and a chain from night to night."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

#: A row's own instant may lie so far before the seal that precedes it: a long import carries the instant of its start.
#: What is older was put in afterwards.
LONGEST_WRITE = timedelta(days=1)


def canonical(row: Sequence[Any]) -> bytes:
    """One row as a line of JSON: the same on every database and in every language."""
    plain = [_plain(value) for value in row]
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows, and the SHA-256 over their lines in order."""

    count: int
    digest: str


def rows_of(rows: Iterable[Sequence[Any]]) -> Rows:
    """Reads the rows once, keeping none."""
    digest, count = hashlib.sha256(), 0
    for row in rows:
        digest.update(canonical(row))
        count += 1
    return Rows(count, digest.hexdigest())


def seal_digest(day: date, made_at: datetime, previous: str, reached: Mapping[str, Any]) -> str:
    """The digest of a whole seal: its day and instant, the seal before it, and what it covers of every table."""
    return hashlib.sha256(canonical([day, made_at, previous, reached])).hexdigest()


def is_backdated(at: datetime | None, sealed_at: datetime | None) -> bool:
    """Whether a row that no seal up to `sealed_at` covers claims an instant long before it."""
    return at is not None and sealed_at is not None and at < sealed_at - LONGEST_WRITE


def without_person(subject: str) -> str:
    """An audit line's subject without a reference to a person, which must stay erasable."""
    return "person" if subject.startswith("person:") else subject
