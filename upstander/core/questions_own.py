"""The answer for the person asking: points that follow from the stored decision, the person's facts and the day."""

from collections.abc import Callable, Mapping
from datetime import date

from upstander.core import questions_appointments as held
from upstander.core import questions_record as record
from upstander.core.duty import default_duty
from upstander.core.notices import reminder_days
from upstander.core.programme import Programme
from upstander.core.questions import EMPLOYED, STUDENTS, Courses, Point
from upstander.core.questions_asker import Asker, reasons_among

Answering = Callable[[Programme, Courses, Asker, date], list[Point]]
#: Where the answer is one sentence that depends on how the person stands; `free` stands for "no date presses".
_ONE_SENTENCE: Mapping[str, Mapping[str, str]] = {
    "access": {
        "released": "access-anyway", "done": "access-again", "undecided": "access-undecided", "ahead": "access-soon",
        "resting": "access-leave", "due": "access-now", "late": "access-now", "free": "access-now",
    },
    "how-long": {
        "released": "time-released", "done": "time-done", "undecided": "undecided-nothing", "ahead": "time-window",
        "resting": "time-left", "due": "time-left", "late": "time-late", "free": "time-open",
    },
    "not-passing": {
        "released": "pass-released", "done": "pass-done", "undecided": "pass-free", "ahead": "pass-until",
        "resting": "pass-until", "due": "pass-until", "late": "pass-late", "free": "pass-free",
    },
    "more-time": {
        "released": "time-not-needed", "done": "done-nothing", "undecided": "undecided-nothing", "ahead": "write-by",
        "resting": "write-by", "due": "write-by", "late": "write-now", "free": "write-no-date",
    },
    "technical": {
        "released": "technical-free", "done": "technical-free", "undecided": "technical-free", "ahead": "technical-due",
        "resting": "technical-due", "due": "technical-due", "late": "technical-late", "free": "technical-free",
    },
    "no-computer": {
        "released": "computer-not-needed", "done": "done-nothing", "undecided": "call-free", "ahead": "call-before",
        "resting": "call-before", "due": "call-before", "late": "call-late", "free": "call-free",
    },
    "upsetting": {
        "released": "upset-released", "done": "upset-done", "undecided": "upset-free", "ahead": "upset-due",
        "resting": "upset-due", "due": "upset-due", "late": "upset-late", "free": "upset-free",
    },
    "in-person": {
        "released": "in-person-released", "done": "in-person-done", "undecided": "in-person-undecided",
        "ahead": "in-person-due", "resting": "in-person-due", "due": "in-person-due", "late": "in-person-late",
        "free": "in-person-free",
    },
    "happened-to-me": {
        "released": "happened-free", "done": "happened-free", "undecided": "happened-free", "ahead": "happened-due",
        "resting": "happened-due", "due": "happened-due", "late": "happened-due", "free": "happened-free",
    },
    "confirmation": {
        "released": "confirm-none", "done": "confirmed", "undecided": "not-yet", "ahead": "not-yet",
        "resting": "not-yet", "due": "not-yet", "late": "not-yet", "free": "not-yet",
    },
}  # fmt: skip
#: Reasons that move the days, beside those that say which days they are.
_OF_DAYS = (
    "group", "group-first-of-several", "cycle-window", "late-joiner", "due-moved-by-leave", "extended",
    "due-moved-by-notice", "not-told-yet",
    "deferred-by-officer", "deferred-without-end", "leave-without-end", "renewal",
    "edition-changed",
)  # fmt: skip


def personal(programme: Programme, courses: Courses, asker: Asker, day: date, key: str) -> list[Point]:
    """What the question's answer is for this person on the day (row C02)."""
    if key in _ONE_SENTENCE:
        return [Point(_ONE_SENTENCE[key][asker.stand], asker.dates)]
    return _PERSONAL[key](programme, courses, asker, day)


def status(asker: Asker, day: date) -> Point:
    """How the person stands in the programme, in one sentence; where an appointment's end releases, with both days."""
    decision = asker.decision
    ends = next((r.facts for r in decision.reasons if r.code == "ends-by-deadline"), None)
    if decision.state == "not-required" and decision.reasons and ends and decision.reasons[0].facts is ends:
        ends_on, due_on = date.fromisoformat(ends["ends_on"]), date.fromisoformat(ends["due_on"])
        return Point("you-ends-before" if ends_on < due_on else "you-ends-on", {"ends_on": ends_on, "due_on": due_on})
    named = {"released": f"you-{decision.state}", "done": "you-done", "undecided": "you-undecided"}
    if asker.stand in named:
        return Point(named[asker.stand], asker.dates)
    return Point(_asked(asker, day), asker.dates)


def _asked(asker: Asker, day: date) -> str:
    """The code for somebody of whom it is asked, by the state and by whether a last day is set."""
    state, due_on = asker.decision.state, asker.decision.due_on
    if state == "scheduled":
        return "you-scheduled" if due_on else "you-scheduled-open-end"
    if state == "deferred":
        return "you-deferred" if due_on else "you-deferred-open-end"
    if due_on is None:
        return "you-open-no-date"
    if due_on < day:
        return "you-late"
    return "you-open-today" if due_on == day else "you-open"


def _requirement(programme: Programme, courses: Courses, asker: Asker, day: date) -> list[Point]:
    said = status(asker, day)
    told = "ends-by-deadline" if said.code.startswith("you-ends") else ""
    reasons = tuple(reason for reason in asker.decision.reasons if reason.code != told)
    return [said, *([Point("reasons-why", {"reasons": reasons})] if reasons else [])]


def _by_when(programme: Programme, courses: Courses, asker: Asker, day: date) -> list[Point]:
    if asker.stand in ("released", "undecided"):
        return [status(asker, day), Point("date-none"), *reasons_among(asker, ("groups-tie", "no-group"))]
    return [status(asker, day), *reasons_among(asker, _OF_DAYS)]


def _every_year(programme: Programme, courses: Courses, asker: Asker, day: date) -> list[Point]:
    following = programme.cycles.after(programme.cycle_on(day))
    if asker.stand == "done":
        again = Point("next-from", {"next_on": following.first_on}) if following else Point("decided-next")
        return [Point("you-done", asker.dates), again]
    if asker.stand == "released":
        return [Point("decided-next")]
    due_on = asker.decision.due_on
    settles_both = due_on is not None and due_on > asker.cycle(programme, day).last_on
    return [*([] if settles_both else [Point("settle-this")]), Point("decided-next")]


def _reminders(programme: Programme, courses: Courses, asker: Asker, day: date) -> list[Point]:
    simple = {
        "released": "no-reminder-released", "done": "no-reminder-done", "undecided": "no-reminder-undecided",
        "resting": "no-reminder-leave", "free": "reminders-none",
    }  # fmt: skip
    if asker.reminders_rest and asker.stand not in ("released", "done"):
        return [Point("no-reminder-request")]
    if asker.stand in simple:
        return [Point(simple[asker.stand], asker.dates)]
    if asker.stand == "ahead":
        return [Point("reminders-later", asker.dates)]
    coming = tuple(on for on in reminder_days(programme.reminders, asker.decision.due_on) if on > day)
    return [Point("reminders-on", {"days": coming}) if coming else Point("reminders-none")]


def _hours(programme: Programme, courses: Courses, asker: Asker, day: date) -> list[Point]:
    if asker.is_among(EMPLOYED, day):
        return [Point("hours-you")]
    return [Point("hours-you-student" if asker.is_among(STUDENTS, day) else "hours-you-none")]


def _duty(asker: Asker, day: date) -> tuple[str, bool]:
    appointments = asker.appointments(day)
    return default_duty(appointments), any(appointment.supervises for appointment in appointments)


def _goals(programme: Programme, courses: Courses, asker: Asker, day: date) -> list[Point]:
    return [Point(f"goal-{_duty(asker, day)[0]}")]


def _responsible(programme: Programme, courses: Courses, asker: Asker, day: date) -> list[Point]:
    duty, supervises = _duty(asker, day)
    if duty == "required":
        return [Point("duty-supervises" if supervises else "duty-employed")]
    return [Point(f"duty-{duty}")]


def _told(programme: Programme, courses: Courses, asker: Asker, day: date) -> list[Point]:
    duty, supervises = _duty(asker, day)
    must = "told-must-all" if supervises else "told-must-student"
    return [Point({"required": must, "encouraged": "told-may", "exempt": "told-keep"}[duty])]


def _report(programme: Programme, courses: Courses, asker: Asker, day: date) -> list[Point]:
    duty, supervises = _duty(asker, day)
    must = "report-must-all" if supervises else "report-must-student"
    return [Point({"required": must, "encouraged": "report-may", "exempt": "report-keep"}[duty])]


def _help(programme: Programme, courses: Courses, asker: Asker, day: date) -> list[Point]:
    if asker.is_among(EMPLOYED, day):
        return [Point("help-employee")]
    return [Point("help-student" if asker.is_among(STUDENTS, day) else "help-anybody")]


def _wrong(programme: Programme, courses: Courses, asker: Asker, day: date) -> list[Point]:
    return [Point("reasons-are", {"reasons": asker.decision.reasons, "sourced": True})]


def _always(code: str) -> Answering:
    return lambda programme, courses, asker, day: [Point(code)]


_PERSONAL: Mapping[str, Answering] = {
    "requirement": _requirement,
    "goals": _goals,
    "recently-joined": record.recently_joined,
    "earlier-training": record.earlier_training,
    "elsewhere": record.elsewhere,
    "as-student": held.as_student,
    "appointment-ends": held.ending,
    "leave": held.leave,
    "graduating": held.graduating,
    "unpaid": held.unpaid,
    "by-when": _by_when,
    "every-year": _every_year,
    "sign-in": _always("signed-in"),
    "several-options": record.options,
    "working-hours": _hours,
    "languages": lambda p, c, asker, day: [Point("letters-in", {"language": asker.letters_in})],
    "phone": record.place,
    "survey": lambda p, c, asker, day: [Point("survey-you-may" if p.survey else "survey-you")],
    "reminders-done": _reminders,
    "again-later": record.again,
    "content-questions": record.asking,
    "wrong-reason": _wrong,
    "contact": lambda p, c, asker, day: [Point("say-number", {"number": asker.facts.person_id})],
    "told": _told,
    "resources": _help,
    "responsible-employee": _responsible,
    "must-report": _report,
}
