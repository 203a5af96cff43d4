"""What is known of one person on one day: frozen, sourced, and with unknown as a value of its own.

Dates are civil dates of the institution's zone. `None` in a fact means "not known" for `paid`, `benefits_eligible`,
`student_year`, `onboarded_on` and "no end known" for `ends_on` and `Leave.to_on`.
"""

from dataclasses import dataclass
from datetime import date

LEAVE_KINDS = ("sabbatical", "junior_faculty", "parental", "medical", "military", "unpaid", "other")


@dataclass(frozen=True, slots=True)
class Leave:
    """One leave of one appointment; both days are included, `to_on` None means until further notice."""

    kind: str
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """One appointment as the roster has it, with the area and the line of units resolved from the unit table.

    `told_end` is an end that its holder told and the office accepted; while it holds, `ends_on` is that day
    (`core/stated_ends.py`). Facts as they are read from rows have none.
    """

    appointment_id: str
    category: str
    unit_id: str = ""
    area: str | None = None
    unit_line: tuple[str, ...] = ()
    paid: bool | None = None
    benefits_eligible: bool | None = None
    student_year: int | None = None
    graduates_on: date | None = None
    supervises: bool | None = None
    confidential_role: bool | None = None
    title: str = ""
    work_state: str = ""
    work_country: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    leaves: tuple[Leave, ...] = ()
    told_end: date | None = None
    told_holds: bool = False


#: The source of a completion of somebody who had completed an older edition and read only what changed since: it brings
#: that earlier completion up to date and counts for nothing by itself, whatever the cycle.
CHANGES_ONLY = "upstander-changes"


#: The source of a completion by being there; after a correction of the mark a number follows it (`in-person-2`).
IN_PERSON = "in-person"


@dataclass(frozen=True, slots=True)
class Completion:
    """A course was completed: a fact with its own date, the role in which it was taken and where it is on record.

    `minutes` is how long it took, where that is on record; else the option's own length counts. `edition` is the
    course's, blank where none is on record (an imported completion has none).
    """

    course_key: str
    completed_on: date
    role: str = "employee"
    ref: str = ""
    source: str = "upstander"
    minutes: int | None = None
    edition: str = ""

    @property
    def is_changes_only(self) -> bool:
        """True where only what a new edition changed was read."""
        return self.source == CHANGES_ONLY

    @property
    def is_in_person(self) -> bool:
        """True where the person attended a training in person."""
        return self.source == IN_PERSON or self.source.startswith(f"{IN_PERSON}-")


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A recorded decision of an officer about one person's duty: waiver, extension, deferral, equivalency, alternative,
    and ending: the end of the appointment `appointment_id` on `to_on`, accepted when the roster had `from_on` or none.

    `cycle` None means every cycle; `from_on`/`to_on` are the days for which it holds (waiver, deferral), the date on
    which it counts (equivalency, alternative: `from_on`) or the new due date (extension: `to_on`). `course_key` names
    the option that an equivalency or alternative stands for; blank is the whole requirement.
    """

    kind: str
    programme: str
    ref: str
    cycle: str | None = None
    from_on: date | None = None
    to_on: date | None = None
    course_key: str = ""
    appointment_id: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Notified:
    """A notice that asks for this programme's training in this cycle was delivered on a day, and did not come back."""

    programme: str
    cycle: str
    on: date


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Everything that a decision about one person may read.

    `notified` is known only of programmes that ask for a minimum of notice; no others read it.
    """

    person_id: str
    onboarded_on: date | None = None
    onboarded_as: str = ""
    appointments: tuple[Appointment, ...] = ()
    completions: tuple[Completion, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    started: frozenset[tuple[str, date]] = frozenset()
    vanished_on: date | None = None
    notified: tuple[Notified, ...] = ()
