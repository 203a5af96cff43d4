"""Which one unit answers for a person; the others that hold an appointment of theirs are informed only."""

from collections.abc import Iterable
from datetime import date

from upstander.core.facts import Appointment


def answering_unit(appointments: Iterable[Appointment], day: date) -> str:
    """The unit of the appointment that weighs most on the day; "" where every appointment has ended.

    Begun before coming, then benefits-eligible, then paid, then the longest held, then by id: so that each person is
    counted in exactly one unit, and units add up to the institution.
    """
    held = [a for a in appointments if a.ends_on is None or a.ends_on >= day]
    if len(held) == 1:
        return held[0].unit_id
    return min(held, key=lambda a: _weight(a, day)).unit_id if held else ""


def _weight(appointment: Appointment, day: date) -> tuple:
    starts_on = appointment.starts_on or date.min
    not_begun = starts_on > day
    return (not_begun, not appointment.benefits_eligible, not appointment.paid, starts_on, appointment.appointment_id)
