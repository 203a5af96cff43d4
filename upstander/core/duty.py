"""Whether a reader's own role asks them to share what they learn: the default rule that lessons speak by."""

from collections.abc import Iterable

from upstander.core.facts import Appointment

DUTIES = ("required", "encouraged", "exempt")


def default_duty(appointments: Iterable[Appointment]) -> str:
    """`exempt` for a confidential role, `required` for whoever is employed or supervises, else `encouraged`."""
    held = list(appointments)
    if any(appointment.confidential_role for appointment in held):
        return "exempt"
    employed = {"faculty", "staff", "postdoc"}
    if any(appointment.category in employed or appointment.supervises for appointment in held):
        return "required"
    return "encouraged"
