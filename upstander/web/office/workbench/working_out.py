"""Long work that a page waits for: done beside the request, its progress in the cache that all web processes share.

A page never hangs on it: it asks how far the work is and shows that. Work whose process went away is begun anew by the
next who asks. A small roster is worked out at once.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import connection

from upstander.core.errors import Refusal
from upstander.queries.preview import EXACT_PEOPLE, Progress

KEPT_SECONDS = 1800
#: Work that has said nothing for so long is taken for dead.
SILENT_SECONDS = 120
SAID_EVERY_SECONDS = 1.0
Work = Callable[[Progress], Any]


@dataclass(frozen=True, slots=True)
class Worked:
    """How far the work is: done with its result, refused, failed, or so many people so far."""

    state: str
    people: int = 0
    of_people: int = 0
    result: Any = None
    refusal: tuple[str, dict] | None = None
    said_at: float = 0.0

    @property
    def is_done(self) -> bool:
        return self.state == "done"

    @property
    def is_running(self) -> bool:
        return self.state == "running"

    @property
    def percent(self) -> int:
        return min(99, 100 * self.people // self.of_people) if self.of_people else 0


def worked_out(key: str, of_people: int, work: Work) -> Worked:
    """The work under this key: its result where it is done; else it is begun, once, and its progress is given."""
    found = cache.get(key)
    alive = found and (not found.is_running or time.time() - found.said_at < SILENT_SECONDS)
    if alive:
        return found
    begun = Worked("running", 0, of_people, said_at=time.time())
    if found:
        cache.set(key, begun, KEPT_SECONDS)
    elif not cache.add(key, begun, KEPT_SECONDS):
        return cache.get(key) or begun
    if of_people <= EXACT_PEOPLE:
        return _do(key, of_people, work)
    threading.Thread(target=_aside, args=(key, of_people, work), daemon=True, name="workbench").start()
    return begun


def how_far(key: str) -> Worked | None:
    """How far work under this key is, without beginning it."""
    return cache.get(key)


def forget(key: str) -> None:
    cache.delete(key)


def _aside(key: str, of_people: int, work: Work) -> None:
    try:
        _do(key, of_people, work)
    finally:
        connection.close()


def _do(key: str, of_people: int, work: Work) -> Worked:
    said = [time.monotonic()]

    def progress(what: str, people: int) -> None:
        if time.monotonic() - said[0] >= SAID_EVERY_SECONDS:
            said[0] = time.monotonic()
            cache.set(key, Worked("running", people, of_people, said_at=time.time()), KEPT_SECONDS)

    try:
        done = Worked("done", of_people, of_people, work(progress))
    except Refusal as refusal:
        done = Worked("refused", refusal=(refusal.code, refusal.data))
    except Exception:
        cache.set(key, Worked("failed"), KEPT_SECONDS)
        raise
    cache.set(key, done, KEPT_SECONDS)
    return done
