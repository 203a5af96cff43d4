"""An end of an appointment that its holder has told and the office has accepted, until the roster says otherwise (B09).

The roster's own record is never changed: a decision reads the appointment as if it ended on the told day, as long as
the roster still says what it said when the end was accepted. Once it says something else, it has the last word.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from upstander.core.decision import Reason
from upstander.core.facts import Adjustment, Appointment, PersonFacts

ENDING = "ending"


def read_so(programme: str, facts: PersonFacts) -> PersonFacts:
    """The facts as this programme reads them: each told end stands with its appointment, in force or overtaken.

    Facts without one come back as they are.
    """
    told = [one for one in facts.adjustments if _is_told(programme, one)]
    if not told:
        return facts
    appointments = tuple(
        _read(a, [one for one in told if one.appointment_id == a.appointment_id]) for a in facts.appointments
    )
    others = tuple(one for one in facts.adjustments if not _is_told(programme, one))
    return replace(facts, appointments=appointments, adjustments=others)


def reasons_of(appointments: Iterable[Appointment], since_on: date) -> Iterator[Reason]:
    """What to tell of the ends that somebody has told, from a day on; in the order of the appointments' ids."""
    for a in sorted(appointments, key=lambda held: held.appointment_id):
        if a.told_end is not None and a.told_end >= since_on:
            code = "end-told" if a.told_holds else "end-told-overtaken"
            yield Reason(code, {"appointment": a.appointment_id, "ends_on": a.told_end.isoformat()})


def _is_told(programme: str, one: Adjustment) -> bool:
    return one.kind == ENDING and one.programme == programme and one.to_on is not None


def _read(appointment: Appointment, told: list[Adjustment]) -> Appointment:
    """The appointment with the told end that counts: of those that hold the latest, since no doubt releases anybody.

    `from_on` is the end that the roster had when it was accepted (None: it had none); once the roster says something
    else, it no longer holds. One that was accepted since then does.
    """
    if not told:
        return appointment
    holding = [one for one in told if one.from_on == appointment.ends_on]
    told_end = max(one.to_on or date.min for one in holding or told)
    return replace(
        appointment,
        ends_on=told_end if holding else appointment.ends_on,
        told_end=told_end,
        told_holds=bool(holding),
    )
