"""Reading and deciding ahead of the writer, in a second process, where many are decided on the embedded database.

The second process only reads. What it decided is stored under the write lock, and only if no other connection has
committed anything since before it was asked (`PRAGMA data_version`); else the chunk is read and decided again under the
lock. So nothing is decided on facts older than the lock, as everywhere.
"""

import gc
import logging
import os
import pickle
import subprocess
import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection

from upstander.actions.standing_prepared import Said
from upstander.actions.standing_run import Cause, Run
from upstander.core.days import Moment
from upstander.core.programme import Programme
from upstander.models import Person
from upstander.queries.facts import iter_facts
from upstander.queries.notified import heard_of
from upstander.queries.places import Places

#: From how many people on the start of a second process is worth its while.
WORTHWHILE = 20_000
#: After so many chunks decided ahead in vain the second process is given up.
PATIENCE = 3
_PROCESS = "import django; django.setup(); from upstander.actions.standing_ahead import serve; serve()"
_ROOT = Path(settings.PACKAGE).parent
_log = logging.getLogger(__name__)


class Early(NamedTuple):
    """What was decided of a chunk ahead of its lock, and the state of the database that was there before."""

    decided: list[Said]
    version: int

    def holds(self) -> bool:
        """Whether the facts are still those that were decided on; to be asked under the lock."""
        return _data_version() == self.version


class Ahead:
    """Gives every chunk with what was decided of it ahead: nothing, where that is not worthwhile or went wrong."""

    def __init__(self, programme: Programme, moment: Moment, ids: Collection[str] | None) -> None:
        self._process = _start() if _worthwhile(ids) else None
        self._tell((connection.settings_dict["NAME"], programme, moment))
        self._in_vain = 0

    def of(self, chunks: Iterable[list[str]]) -> Iterator[tuple[list[str], Early | None]]:
        """Each chunk with its answer; while a chunk is written the next one is decided."""
        asked: list[str] = []
        version = 0
        for chunk in chunks:
            early = self._answer(version) if asked else None
            before, asked, version = asked, chunk, _data_version() if self._process else 0
            self._tell(chunk)
            if before:
                yield before, early
        if asked:
            yield asked, self._answer(version)

    def was_in_vain(self) -> None:
        """A chunk had to be decided again under the lock; where that happens often it is not worth doing twice."""
        self._in_vain += 1
        if self._in_vain == PATIENCE:
            self.close()

    def close(self) -> None:
        """Ends the second process, which only reads."""
        process, self._process = self._process, None
        if process:
            process.kill()
            with suppress(OSError):
                process.communicate()

    def _tell(self, what: object) -> None:
        try:
            if self._process:
                pickle.dump(what, self._process.stdin, pickle.HIGHEST_PROTOCOL)
                self._process.stdin.flush()
        except OSError:
            self._gone()

    def _answer(self, version: int) -> Early | None:
        try:
            return Early(pickle.load(self._process.stdout), version) if self._process else None
        except (EOFError, OSError, pickle.UnpicklingError):
            self._gone()
            return None

    def _gone(self) -> None:
        _log.warning("the process that decides ahead has ended; deciding goes on without it")
        self.close()


def serve() -> None:
    """The second process: decides every chunk that it is told of, until nobody tells it any more."""
    told, answers = sys.stdin.buffer, sys.stdout.buffer
    gc.freeze()
    name, programme, moment = pickle.load(told)
    connection.settings_dict["NAME"] = name
    run, places, told_of = Run(programme, moment, Cause("")), Places(), heard_of([programme])
    with suppress(EOFError, OSError):
        while True:
            gc.disable()
            people = iter_facts(pickle.load(told), places=places, told_of=told_of)
            pickle.dump([run.said(facts) for facts in people], answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
            gc.enable()


def _worthwhile(ids: Collection[str] | None) -> bool:
    """Only on a file of SQLite outside any transaction: there one connection's commits can be told from another's."""
    if connection.vendor != "sqlite" or connection.in_atomic_block or (os.cpu_count() or 1) < 2:
        return False
    many = Person.objects.count() if ids is None else len(ids)
    return many >= WORTHWHILE and Path(connection.settings_dict["NAME"]).is_file()


def _start() -> subprocess.Popen | None:
    path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH")]))
    try:
        return subprocess.Popen(
            [sys.executable, "-c", _PROCESS],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )
    except OSError:
        _log.warning("no second process could be started; deciding goes on without it")
        return None


def _data_version() -> int:
    """Changes whenever another connection commits anything."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return cursor.fetchone()[0]
