"""Planning what is written to people who have a seat in a training, or wait for one; the gate asks again (law 4)."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings

from upstander.actions import outbox
from upstander.core.days import Moment
from upstander.core.in_person import BOOKED, OPEN
from upstander.core.session_letters import CALLED_OFF, CHANGED, HOLDING, REMINDER, SEAT, reminded_on, turn_of
from upstander.models import SessionSeat, TrainingSession

#: Further ahead than any run of closed days.
_AHEAD = timedelta(days=30)


def tell_seat(seats: Iterable[SessionSeat], moment: Moment) -> None:
    """To whom a seat was given without their pressing for it: moved up from the waiting list, or put in."""
    for seat in seats:
        _plan(SEAT, seat, moment, f"{seat.changed_at:%Y%m%d%H%M%S}")


def tell_changed(session: TrainingSession, moment: Moment) -> int:
    """To everybody who has a seat or waits, in the caller's transaction; how many letters there are."""
    return sum(_plan(CHANGED, seat, moment, str(session.sequence)) for seat in holding(session))


def tell_called_off(session: TrainingSession, moment: Moment) -> int:
    """To everybody who has a seat or waits, in the caller's transaction; how many letters there are."""
    return sum(_plan(CALLED_OFF, seat, moment, str(session.sequence)) for seat in holding(session))


def holding(session: TrainingSession) -> list[SessionSeat]:
    """Who has a seat or waits for one, and is on the roster of people."""
    rows = session.seats_taken.filter(state__in=HOLDING, person__vanished_on=None)
    return list(rows.select_related("person"))


def plan_session_reminders(moment: Moment) -> int:
    """The reminders of seats whose working day before has come; whoever got the seat that day or later needs none."""
    soon = SessionSeat.objects.select_related("session").filter(
        state=BOOKED,
        session__state=OPEN,
        session__starts_at__gt=moment.at,
        session__starts_at__lt=moment.at + _AHEAD,
    )
    planned = 0
    for seat in soon:
        held_on = Moment.of(seat.session.starts_at, settings.INSTITUTION_ZONE).day
        due_on = reminded_on(held_on, settings.CLOSED_DAYS)
        got_on = Moment.of(seat.changed_at, settings.INSTITUTION_ZONE).day
        if got_on < due_on <= moment.day:
            planned += _plan(REMINDER, seat, moment, turn_of(seat.session.starts_at))
    return planned


def _plan(kind: str, seat: SessionSeat, moment: Moment, turn: str) -> bool:
    return outbox.plan(kind, seat.person_id, None, "", moment, turn, seat=seat)
