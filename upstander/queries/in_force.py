"""What is in force now: the latest published version of every programme, and the current edition of every course.

Both are asked by their digests in one small statement, and what a digest stands for is kept in the process: nothing
that another process publishes is missed. Within `one_look`, which a request is, the statement is sent once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import connection

from upstander.models import CourseEdition, ProgrammeVersion
from upstander.queries.rows import fetched

_VERSIONS = """
SELECT programme_id, digest, '', 0 FROM {versions} v WHERE published_at IS NOT NULL AND number = (
    SELECT MAX(number) FROM {versions} WHERE programme_id = v.programme_id AND published_at IS NOT NULL)
"""
_EDITIONS = """
SELECT course_key, digest, edition, id FROM {editions} e WHERE place = (
    SELECT MAX(place) FROM {editions} WHERE course_key = e.course_key)
"""


@dataclass(slots=True)
class InForce:
    """`versions` are (programme, digest) by programme; `editions` (course, digest, edition, row id) by course.

    `kept` holds what one request works out from them.
    """

    versions: tuple[tuple[str, str], ...]
    editions: tuple[tuple[str, str, str, int], ...]
    kept: dict[Any, Any] = field(default_factory=dict)


@cache
def _statement(sql: str) -> str:
    quoted = connection.ops.quote_name
    return sql.format(versions=quoted(ProgrammeVersion._meta.db_table), editions=quoted(CourseEdition._meta.db_table))


def versions_now() -> tuple[tuple[str, str], ...]:
    """The latest published version of every programme as (programme, digest), by programme; one query."""
    return tuple(sorted(row[:2] for row in fetched(_statement(_VERSIONS), [])))


def ask() -> InForce:
    """What is in force at this moment; one query."""
    rows = fetched(_statement(f"{_VERSIONS} UNION ALL {_EDITIONS}"), [])
    return InForce(
        tuple(sorted(row[:2] for row in rows if not row[3])), tuple(sorted(tuple(row) for row in rows if row[3]))
    )


_looked: ContextVar[list[InForce] | None] = ContextVar("looked_up_in_this_request", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Within the block, what is in force is asked of the database once, at the first need."""
    token = _looked.set([])
    try:
        yield
    finally:
        _looked.reset(token)


def look() -> InForce:
    """What is in force as this request has found it; asked anew where there is no request."""
    looked = _looked.get()
    if looked is None:
        return ask()
    if not looked:
        looked.append(ask())
    return looked[0]


def forget() -> None:
    """Has the next need within `one_look` ask anew: something was published."""
    looked = _looked.get()
    if looked is not None:
        looked.clear()
