"""Signs of life of a reader in a course, where a law asks for a time."""

from datetime import datetime

from django.db.models import F

from upstander.core.seat_time import counted
from upstander.models import Enrolment


def sign_of_life(enrolment: Enrolment, at: datetime, page_seconds: int, stays: bool = True) -> None:
    """Counts the time since the last sign, as far as it counts; of two at once only one counts.

    `stays` is false where the reader turns away: what follows counts from the next sign on.
    """
    if enrolment.seat_at is not None and at < enrolment.seat_at:
        return
    spent = counted(enrolment.seat_at, at, page_seconds)
    following = at if stays else None
    rows = Enrolment.objects.filter(pk=enrolment.pk, seat_at=enrolment.seat_at)
    if rows.update(seat_seconds=F("seat_seconds") + spent, seat_at=following):
        enrolment.seat_seconds += spent
        enrolment.seat_at = following
