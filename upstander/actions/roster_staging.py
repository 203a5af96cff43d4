"""The scratch table in which a roster waits, sorted by person, before anything is written: flat memory at any size.

A file of SQLite in the data folder, apart from the database proper, thrown away at the end. Holding it is the lock:
one roster import at a time.
"""

import json
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from upstander.core.errors import Refusal
from upstander.core.roster import Problem

_SEPARATOR = "\x1f"
_TABLES = """
PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-32000; PRAGMA temp_store=FILE;
CREATE TABLE staged (person_id TEXT, line INTEGER, appointment_id TEXT, cells TEXT);
CREATE TABLE stray (line INTEGER, in_order INTEGER, person_id TEXT, cells TEXT);
CREATE TABLE blocked (person_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE protected (person_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE bad (file TEXT, line INTEGER, name TEXT, value TEXT, code TEXT, data TEXT);
CREATE TABLE plan (person_id TEXT PRIMARY KEY, kind TEXT, digest TEXT, document TEXT, note TEXT, linked INTEGER)
    WITHOUT ROWID;
"""


class Staging:
    """The scratch tables of one import; use it as a context."""

    def __init__(self, data_dir: Path) -> None:
        data_dir.mkdir(parents=True, exist_ok=True)
        self._lock = sqlite3.connect(data_dir / "roster-import.lock", timeout=0, isolation_level=None)
        self._folder = data_dir / "roster-import"

    def __enter__(self) -> "Staging":
        try:
            self._lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as problem:
            self._lock.close()
            raise Refusal("roster-import-running") from problem
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir()
        self.db = sqlite3.connect(self._folder / "staging.sqlite3", isolation_level=None)
        self.db.executescript(_TABLES)
        self.db.execute("BEGIN")
        return self

    def __exit__(self, *_: object) -> None:
        self.db.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._lock.close()

    def one(self, sql: str, *values: object) -> int:
        return self.db.execute(sql, values).fetchone()[0]

    def stage(self, rows: Iterable[tuple[str, int, str, list[str]]]) -> None:
        """Keeps rows of (person_id, line, appointment_id, cells) whose person is known."""
        self.db.executemany(
            "INSERT INTO staged VALUES (?,?,?,?)",
            ((person_id, line, appointment_id, joined(cells)) for person_id, line, appointment_id, cells in rows),
        )

    def stage_stray(self, line: int, in_order: bool, person_id: str, cells: list[str]) -> None:
        """Keeps a row that cannot be read as one; `person_id` is whom it seems to speak of, or ""."""
        self.db.execute("INSERT INTO stray VALUES (?,?,?,?)", (line, in_order, person_id, joined(cells)))

    def strays(self) -> Iterator[tuple[int, bool, str, list[str]]]:
        for line, in_order, person_id, cells in self.db.cursor().execute("SELECT * FROM stray ORDER BY line"):
            yield line, bool(in_order), person_id, cells.split(_SEPARATOR)

    def people(self) -> Iterator[tuple[str, list[tuple[int, str]]]]:
        """(person_id, [(line, cells as kept)]) in the order of the ids, lines in their order."""
        rows = self.db.cursor().execute("SELECT person_id, line, cells FROM staged ORDER BY person_id, line")
        for person_id, group in groupby(rows, key=itemgetter(0)):
            yield person_id, [(line, cells) for _, line, cells in group]

    def contested(self) -> Iterator[tuple[str, str, int, str]]:
        """(person_id, first other person, line, appointment_id) of rows whose appointment several people claim."""
        return self.db.cursor().execute(
            "SELECT s.person_id, CASE s.person_id WHEN c.low THEN c.high ELSE c.low END, s.line, s.appointment_id"
            " FROM staged s JOIN (SELECT appointment_id, MIN(person_id) AS low, MAX(person_id) AS high FROM staged"
            " WHERE appointment_id <> '' GROUP BY appointment_id HAVING MIN(person_id) <> MAX(person_id)) c"
            " ON c.appointment_id = s.appointment_id ORDER BY s.line"
        )

    def block(self, person_ids: Iterable[str]) -> None:
        """These people have a bad row: they stay as they are."""
        rows = [(person_id,) for person_id in person_ids]
        self.db.executemany("INSERT OR IGNORE INTO blocked VALUES (?)", rows)
        self.db.executemany("INSERT OR IGNORE INTO protected VALUES (?)", rows)

    def protect(self, person_ids: Iterable[str]) -> None:
        """These people may be meant by a bad row: they are not taken for vanished."""
        self.db.executemany("INSERT OR IGNORE INTO protected VALUES (?)", [(one,) for one in person_ids])

    def holds(self, table: str, person_id: str) -> bool:
        return bool(self.db.execute(f"SELECT 1 FROM {table} WHERE person_id=?", (person_id,)).fetchone())

    def report(self, problems: Iterable[Problem]) -> None:
        self.db.executemany(
            "INSERT INTO bad VALUES (?,?,?,?,?,?)",
            [(one.file, one.line, one.column, one.value, one.code, json.dumps(one.data)) for one in problems],
        )

    def problems(self) -> Iterator[Problem]:
        """Every bad cell in the order of the lines, units first."""
        rows = self.db.cursor().execute("SELECT * FROM bad ORDER BY file DESC, line, rowid")
        for file, line, name, value, code, data in rows:
            yield Problem(file, line, name, value, code, tuple((key, text) for key, text in json.loads(data)))

    def plan(self, rows: Iterable[tuple[str, str, str, str, str]]) -> None:
        """Keeps (person_id, kind, digest, document as JSON, note as JSON); the first plan for a person stands."""
        self.db.executemany("INSERT OR IGNORE INTO plan VALUES (?,?,?,?,?,0)", rows)

    def planned(self, size: int, kinds: Iterable[str]) -> Iterator[list[tuple[str, str, str, str]]]:
        """Batches of (person_id, kind, digest, document) in the order of the ids; linked people share the first."""
        marks = ",".join(f"'{kind}'" for kind in kinds)
        fields = f"SELECT person_id, kind, digest, document FROM plan WHERE kind IN ({marks})"
        if linked := self.db.execute(f"{fields} AND linked=1 ORDER BY person_id").fetchall():
            yield linked
        rows = self.db.cursor().execute(f"{fields} AND linked=0 ORDER BY person_id")
        while batch := rows.fetchmany(size):
            yield batch


def joined(cells: list[str]) -> str:
    """The cells of a row as one text that can be split again."""
    text = _SEPARATOR.join(cells)
    if text.count(_SEPARATOR) == len(cells) - 1:
        return text
    return _SEPARATOR.join(cell.replace(_SEPARATOR, "\x1e") for cell in cells)


def split(text: str) -> list[str]:
    return text.split(_SEPARATOR)
