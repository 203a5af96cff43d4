"""An end of an appointment that its holder has told and the office has accepted, until the roster says otherwise (B09).

The roster's own record is never changed: a decision reads the appointment as if it ended on the told day, as long as
the roster still says what it said when the end was accepted. Once it says something else, it has the last word.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from upstander.core.decision import Reason
from upstander.core.facts import Adjustment, Appointment, PersonFacts

ENDING = "ending"


def read_so(programme: str, facts: PersonFacts) -> PersonFacts:
    """The facts as this programme reads them: each told end stands with its appointment, in force or overtaken.

    Facts without one come back as they are.
    """
    stated = _by_appointment(programme, facts)
    if not stated:
        return facts
    appointments = tuple(
        _read(a, stated[a.appointment_id]) if a.appointment_id in stated else a for a in facts.appointments
    )
    others = tuple(one for one in facts.adjustments if not _is_told(programme, one))
    return replace(facts, appointments=appointments, adjustments=others)


def reasons_of(appointments: Iterable[Appointment], since_on: date) -> Iterator[Reason]:
    """What to tell of the ends that somebody has told, from a day on."""
    for a in appointments:
        if a.told_end is not None and a.told_end >= since_on:
            code = "end-told" if a.told_holds else "end-told-overtaken"
            yield Reason(code, {"appointment": a.appointment_id, "ends_on": a.told_end.isoformat()})


def _is_told(programme: str, one: Adjustment) -> bool:
    return one.kind == ENDING and one.programme == programme and one.to_on is not None


def _by_appointment(programme: str, facts: PersonFacts) -> Mapping[str, Adjustment]:
    """The told end that counts of each appointment: of several the latest, since nobody is released by a doubt."""
    told = (one for one in facts.adjustments if _is_told(programme, one))
    return {one.appointment_id: one for one in sorted(told, key=lambda one: (one.to_on or date.min, one.ref))}


def _read(appointment: Appointment, told: Adjustment) -> Appointment:
    """`from_on` is the end that the roster had when this one was accepted; None where it had none."""
    holds = appointment.ends_on == told.from_on
    ends_on = told.to_on if holds else appointment.ends_on
    return replace(appointment, ends_on=ends_on, told_end=told.to_on, told_holds=holds)
