"""Whether a reader's own role asks them to share what they learn: the default rule that lessons speak by."""

from collections.abc import Iterable
from typing import Protocol

DUTIES = ("required", "encouraged", "exempt")


class Held(Protocol):
    """What is read of an appointment here."""

    category: str
    confidential_role: bool
    supervises: bool


def default_duty(appointments: Iterable[Held]) -> str:
    """`exempt` for a confidential role, `required` for whoever is employed or supervises, else `encouraged`."""
    held = list(appointments)
    if any(appointment.confidential_role for appointment in held):
        return "exempt"
    employed = {"faculty", "staff", "postdoc"}
    if any(appointment.category in employed or appointment.supervises for appointment in held):
        return "required"
    return "encouraged"
