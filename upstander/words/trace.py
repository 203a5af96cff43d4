"""What brought a change of a standing about, as sentences: for the office, and for the person themself (row C03)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import get_language, gettext, gettext_noop

from upstander.core.decision import SETTLED
from upstander.core.replay import Cause
from upstander.models import StandingChange
from upstander.words.dates import moment_words, plain_date
from upstander.words.states import state_word

_COLUMNS = {
    "appointments": gettext_noop("which appointments there are"),
    "benefits_eligible": gettext_noop("eligibility for benefits"),
    "category": gettext_noop("the kind of appointment"),
    "confidential_role": gettext_noop("the confidential role"),
    "ends_on": gettext_noop("the last day of an appointment"),
    "graduates_on": gettext_noop("the day of graduation"),
    "leaves": gettext_noop("leave"),
    "onboarded_as": gettext_noop("the capacity in which they were onboarded"),
    "onboarded_on": gettext_noop("the day of onboarding"),
    "paid": gettext_noop("paid or unpaid"),
    "starts_on": gettext_noop("the first day of an appointment"),
    "student_year": gettext_noop("the year of study"),
    "supervises": gettext_noop("whether they supervise anybody"),
    "title": gettext_noop("the title"),
    "unit_id": gettext_noop("the unit"),
    "work_country": gettext_noop("the country of work"),
    "work_state": gettext_noop("the state of work"),
}
#: code -> what the office reads; `number` is the import, `columns` what it changed, `officer` who decided
_FOR_OFFICE = {
    "roster-first": gettext_noop("The person came onto the roster (import %(number)s)."),
    "roster-changed": gettext_noop("The roster changed: %(columns)s (import %(number)s)."),
    "roster-left": gettext_noop("The person left the roster (import %(number)s)."),
    "roster-back": gettext_noop("The person came back to the roster (import %(number)s)."),
    "unit-changed": gettext_noop("The roster changed where a unit of the person stands (import %(number)s)."),
    "roster": gettext_noop("The roster was imported (import %(number)s)."),
    "programme": gettext_noop("Version %(version)s of the programme’s rules was published."),
    "day": gettext_noop("Nothing was changed by anybody: the day had come."),
    "completion": gettext_noop("A completion was recorded."),
    "completion-retracted": gettext_noop("A completion was taken back."),
    "start": gettext_noop("A course was begun."),
    "waiver": gettext_noop("%(officer)s released the person from this duty."),
    "waiver-ended": gettext_noop("%(officer)s ended the release from this duty."),
    "extension": gettext_noop("%(officer)s gave a later due date."),
    "extension-ended": gettext_noop("%(officer)s took the later due date back."),
    "deferral": gettext_noop("%(officer)s let the clock stand."),
    "deferral-ended": gettext_noop("%(officer)s let the clock run again."),
    "equivalency": gettext_noop("%(officer)s accepted another training for this one."),
    "equivalency-ended": gettext_noop("%(officer)s took back that another training counts for this one."),
    "told": gettext_noop("The first message about this was delivered."),
    "told-came-back": gettext_noop("The first message about this came back undelivered."),
    "office": gettext_noop("The office decided so."),
    "unknown": gettext_noop("The record does not say what brought this about."),
}
#: code -> what the person reads about themself; nobody else is named
_FOR_PERSON = {
    "roster-first": gettext_noop("You came onto the roster of Human Resources."),
    "roster-changed": gettext_noop("The roster of Human Resources changed: %(columns)s."),
    "roster-left": gettext_noop("You were no longer on the roster of Human Resources."),
    "roster-back": gettext_noop("You came back to the roster of Human Resources."),
    "unit-changed": gettext_noop("The roster changed where your unit stands."),
    "roster": gettext_noop("The roster of Human Resources was read again."),
    "completion": gettext_noop("A completion of yours was recorded."),
    "completion-retracted": gettext_noop("A completion of yours was taken back."),
    "start": gettext_noop("You began a course."),
    "waiver": gettext_noop("The office released you from this duty."),
    "waiver-ended": gettext_noop("The office ended your release from this duty."),
    "extension": gettext_noop("The office gave you a later due date."),
    "extension-ended": gettext_noop("The office took the later due date back."),
    "deferral": gettext_noop("The office let your clock stand."),
    "deferral-ended": gettext_noop("The office let your clock run again."),
    "equivalency": gettext_noop("The office accepted another training of yours for this one."),
    "told": gettext_noop("The first message about this was delivered to you."),
    "told-came-back": gettext_noop("The first message to you about this came back undelivered."),
    "equivalency-ended": gettext_noop("The office took back that another training of yours counts for this one."),
}
#: code -> what the person reads where the course is known by a title
_WITH_COURSE = {
    "completion": gettext_noop("Your completion of “%(course)s” was recorded."),
    "completion-retracted": gettext_noop("Your completion of “%(course)s” was taken back."),
    "start": gettext_noop("You began “%(course)s”."),
}
#: what a standing became: first decided, as it was, another; with a due date or without one
_WHAT = {
    ("first", True): gettext_noop("First decided: “%(after)s”, due on %(due)s."),
    ("first", False): gettext_noop("First decided: “%(after)s”."),
    ("same", True): gettext_noop("Still “%(after)s”, with other dates or reasons; due on %(due)s."),
    ("same", False): gettext_noop("Still “%(after)s”, with other dates or reasons."),
    ("other", True): gettext_noop("From “%(before)s” to “%(after)s”, due on %(due)s."),
    ("other", False): gettext_noop("From “%(before)s” to “%(after)s”."),
}
NO_COURSES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Told:
    """One change in words: when, what it became, what brought it about."""

    at: str
    what: str
    why: str


def _language() -> str:
    return get_language() or "en"


def cause_sentence(cause: Cause) -> str:
    """What brought a change about, as the office reads it."""
    return gettext(_FOR_OFFICE[cause.code]) % _shown(cause)


def own_cause_sentence(cause: Cause, courses: Mapping[str, str] = NO_COURSES) -> str:
    """The same for the person themself; `courses` are the titles of the courses by their keys."""
    course = courses.get(cause.facts.get("course", ""), "")
    if course and cause.code in _WITH_COURSE:
        return gettext(_WITH_COURSE[cause.code]) % {"course": course}
    return gettext(_FOR_PERSON.get(cause.code) or _FOR_OFFICE[cause.code]) % _shown(cause)


def _shown(cause: Cause) -> dict[str, object]:
    shown = {"number": "–", "version": "–", **cause.facts}
    shown["officer"] = cause.facts.get("officer") or gettext("The office")
    shown["columns"] = ", ".join(gettext(_COLUMNS[name]) for name in cause.facts.get("columns", ()) if name in _COLUMNS)
    return shown


def told(change: StandingChange, cause: Cause, why: Callable[[Cause], str] = cause_sentence) -> Told:
    """A change with its cause, for the office unless `why` says otherwise."""
    return Told(moment_words(change.at, _language(), settings.INSTITUTION_ZONE), _what(change), why(cause))


def _what(change: StandingChange) -> str:
    """From what to what, and the due date from then on where the duty is still open."""
    due_on = (change.after or {}).get("due_on") if change.after_state not in SETTLED else None
    kind = "same" if change.before_state == change.after_state else "other" if change.before_state else "first"
    return gettext(_WHAT[kind, bool(due_on)]) % {
        "before": state_word(change.before_state) if change.before_state else "",
        "after": state_word(change.after_state),
        "due": plain_date(date.fromisoformat(due_on), _language()) if due_on else "",
    }


def causes_together(causes: Iterable[Cause]) -> str:
    """Several causes of one instant, one sentence each."""
    return " ".join(cause_sentence(cause) for cause in causes)
