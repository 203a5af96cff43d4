"""Answers for one person that rest on their appointments: role, pay, end, leave, studies."""

from datetime import date

from upstander.core.facts import Appointment
from upstander.core.programme import Programme
from upstander.core.questions import EMPLOYED, STUDENTS, Courses, Point, tests_read
from upstander.core.questions_asker import Asker, reasons_among, verdict
from upstander.core.questions_record import suiting

_OF_LEAVE = (
    "leave-defers", "leave-without-end", "leave-does-not-defer", "leave-in-part", "due-moved-by-leave",
    "deferred-by-officer", "deferred-without-end",
)  # fmt: skip


def as_student(programme: Programme, courses: Courses, asker: Asker, day: date) -> list[Point]:
    """The role in which a course finished now would be recorded, and whether that role counts (row A12)."""
    current = {a.category for a in asker.appointments(day) if a.starts_on is None or a.starts_on <= day}
    decided = reasons_among(asker, ("completion-other-role",))
    if not current:
        return [*decided, Point("as-neither"), verdict(asker)]
    role = "employee" if current & (EMPLOYED | {"affiliate"}) else "student"
    counts = Point("role-counts" if role in programme.roles else "role-does-not-count")
    return [verdict(asker), *decided, Point(f"as-{role}"), *([] if asker.stand == "released" else [counts])]


def ending(programme: Programme, courses: Courses, asker: Asker, day: date) -> list[Point]:
    """Whether an end releases (row B09): by the decision where it speaks of it, else as it stands on record."""
    decided = next((r for r in asker.decision.reasons if r.code == "ends-by-deadline"), None)
    if decided and asker.decision.state == "not-required":
        days = {name: date.fromisoformat(decided.facts[name]) for name in ("ends_on", "due_on")}
        return [Point("you-ends-before" if days["ends_on"] < days["due_on"] else "you-ends-on", days)]
    appointments = asker.appointments(day)
    if not appointments:
        return [verdict(asker), Point("no-appointment-now")]
    after = reasons_among(asker, ("ends-after-deadline",))
    ends = [a.ends_on for a in appointments if a.ends_on]
    said = after or ([Point("end-on-record", {"ends_on": max(ends)})] if ends else [Point("no-end-on-record")])
    if ends and len(ends) < len(appointments):
        said = [*said, Point("some-without-end")]
    return [verdict(asker), *said]


def leave(programme: Programme, courses: Courses, asker: Asker, day: date) -> list[Point]:
    decided = reasons_among(asker, _OF_LEAVE)
    if decided:
        return [verdict(asker), *decided]
    known = [
        _leave_on_record(appointment, place)
        for appointment in asker.appointments(day)
        for place, one in enumerate(appointment.leaves)
        if one.to_on is None or one.to_on >= day
    ]
    return [verdict(asker), *(known or [Point("no-leave")])]


def _leave_on_record(appointment: Appointment, place: int) -> Point:
    one = appointment.leaves[place]
    facts = {"leave": one.kind, "from_on": one.from_on}
    if one.to_on is None:
        return Point("leave-on-record-open", facts)
    return Point("leave-on-record", {**facts, "to_on": one.to_on})


def graduating(programme: Programme, courses: Courses, asker: Asker, day: date) -> list[Point]:
    studies = [a for a in asker.appointments(day) if a.category in STUDENTS]
    if not studies:
        return [verdict(asker), Point("not-a-student")]
    ends = [a.graduates_on for a in studies if a.graduates_on]
    said = [Point("graduates-on", {"on": max(ends)}) if ends else Point("graduation-unknown")]
    suits = suiting(programme, asker, day)[:1] if asker.stand not in ("released", "done") else []
    return [verdict(asker), *said, *suits]


def unpaid(programme: Programme, courses: Courses, asker: Asker, day: date) -> list[Point]:
    """What is on record of pay, or of benefits where the programme reads those (row B20)."""
    appointments = asker.appointments(day)
    if not appointments:
        return [verdict(asker), Point("no-appointment-now")]
    if "paid" not in tests_read(programme):
        codes = {True: "you-benefits", False: "you-no-benefits", None: "you-benefits-unknown"}
        said = Point(codes[_best([a.benefits_eligible for a in appointments])])
    else:
        said = _pay(appointments)
    return [verdict(asker), said, *([Point("may-take-you")] if asker.stand == "released" else [])]


def _pay(appointments: tuple[Appointment, ...]) -> Point:
    if all(appointment.category in STUDENTS for appointment in appointments):
        return Point("you-pay-no-matter")
    known = [appointment.paid for appointment in appointments]
    if True in known and False in known:
        return Point("you-paid-among")
    return Point({True: "you-paid", False: "you-unpaid", None: "you-pay-unknown"}[_best(known)])


def _best(known: list[bool | None]) -> bool | None:
    """Yes if any is; no if all are known to be none; else not known."""
    return True if True in known else None if None in known else False
