"""What many tests begin with, made once a process by the product and then recalled, row by row.

Making the office takes a roster import and two published programmes; its rows go in again in a twentieth of the time.
Only where nothing else can matter: in a database as empty as the first one was, under the same settings.
"""

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

Rows = dict[str, list[tuple]]


class _Kept(NamedTuple):
    before: dict[str, int]
    added: Rows


_KEPT: dict[Hashable, _Kept] = {}


def recalled(what: Hashable, make: Callable[[], object]) -> None:
    """Lets `make` write, or writes what it wrote the first time."""
    key, before = (what, _settings()), _rows()
    counts = {table: len(rows) for table, rows in before.items()}
    kept = _KEPT.get(key)
    if kept is not None and kept.before == counts:
        _write(kept.added)
        return
    make()
    if kept is None and (added := _added(before, _rows())) is not None:
        _KEPT[key] = _Kept(counts, added)


def _settings() -> str:
    """Every setting as it is now: a test that sets one has an office of its own; of courses, what lies there."""
    values = {name: getattr(settings, name, None) for name in sorted(dir(settings)) if name.isupper()}
    root = Path(settings.CONTENT_ROOT)
    files = ((str(path.relative_to(root)), path.stat().st_size) for path in root.rglob("*") if path.is_file())
    return repr(values | {"CONTENT_ROOT": sorted(files)})


def _rows() -> Rows:
    with connection.cursor() as cursor:
        tables = [table.name for table in connection.introspection.get_table_list(cursor) if table.type == "t"]
        return {table: _all(cursor, table) for table in sorted(tables)}


def _all(cursor: CursorWrapper, table: str) -> list[tuple]:
    cursor.execute(f'SELECT * FROM "{table}"')
    return cursor.fetchall()


def _added(before: Rows, after: Rows) -> Rows | None:
    """The rows that are new, by table; None where one that was there is not there any more."""
    added = {}
    for table, rows in after.items():
        old = set(before[table])
        if not old <= set(rows):
            return None
        added[table] = [row for row in rows if row not in old]
    return {table: rows for table, rows in added.items() if rows}


def _write(added: Rows) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table, rows in added.items():
            marks = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True)):
            cursor.execute(statement)
