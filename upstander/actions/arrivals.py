"""What a page of a course sends arrives once: under the key that the page gave it, in one transaction (row A06)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar
from uuid import UUID

from django.db import transaction

from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.models import Arrival, Enrolment

#: A device keeps what it could not send for 14 days; a key is remembered for longer than that.
REMEMBERED = timedelta(days=30)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sent:
    """What a page sent: its key (None where the page gave none), and when the reader gave it."""

    key: UUID | None
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Arrived(Generic[T]):
    """What came of it; `before` is true where the same key had arrived earlier, and nothing was done again."""

    before: bool = False
    outcome: T | None = None


@transaction.atomic
def once(enrolment: Enrolment, sent: Sent, moment: Moment, act: Callable[[], T]) -> Arrived[T]:
    """Does `act` unless this key has arrived before; a refusal of `act` leaves no trace of the key.

    Refuses `older-answer` for what was given before the present run of the course began. Two that arrive at once wait
    for each other at the key (on SQLite at the write lock), and the second finds the first one's.
    """
    if sent.given_at < enrolment.started_at:
        raise Refusal("older-answer", {"course": enrolment.course_key})
    if sent.key is None:
        return Arrived(outcome=act())
    _, is_new = Arrival.objects.get_or_create(enrolment=enrolment, key=sent.key, defaults={"at": moment.at})
    return Arrived(outcome=act()) if is_new else Arrived(before=True)


def forget_arrivals(moment: Moment) -> int:
    """Forgets the keys that no device can send any more; how many."""
    return Arrival.objects.filter(at__lt=moment.at - REMEMBERED).delete()[0]
