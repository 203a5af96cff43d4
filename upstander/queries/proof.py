"""What proves the record, as pages and figures show it: rechecks, seals, and alarms that nobody has seen yet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from upstander.models import AuditLine, Recheck, Seal

#: The audit's words about the whole record; the last one tells how it stands.
HISTORY, VERIFIED = "history", "history-verified"
A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Walk:
    """The last time that all seals were walked: when, how many, and what did not match."""

    at: datetime
    seals: int
    faults: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Alarm:
    """What nobody has marked as seen: rechecks with differences, and a record that does not match its seals."""

    rechecks: int
    walk: Walk | None

    def __bool__(self) -> bool:
        return bool(self.rechecks or self.walk)


def alarm() -> Alarm:
    """Two small queries, for the banner of the office's pages."""
    last = AuditLine.objects.filter(subject=HISTORY).exclude(verb="history-sealed").order_by("pk").last()
    walk = _walk(last) if last and last.verb == VERIFIED else None
    unseen = Recheck.objects.filter(differing__gt=0, seen_at=None).count()
    return Alarm(unseen, walk if walk and walk.faults else None)


def last_walk() -> Walk | None:
    """The last walk over all seals, seen or not."""
    line = AuditLine.objects.filter(subject=HISTORY, verb=VERIFIED).order_by("pk").last()
    return _walk(line) if line else None


def _walk(line: AuditLine) -> Walk:
    return Walk(line.at, line.data.get("seals", 0), line.data.get("faults", []))


def newest_seals(how_many: int = A_PAGE) -> list[Seal]:
    return list(Seal.objects.order_by("-day")[:how_many])


def newest_rechecks(how_many: int = A_PAGE) -> list[Recheck]:
    return list(Recheck.objects.order_by("-at", "-id")[:how_many])
