"""Trainings in person as sentences: when, for whom, how a seat stands, and why something was refused."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, gettext, gettext_noop, ngettext

from upstander.core.errors import Refusal
from upstander.words.dates import long_date, moment_words, zone_words

_AUDIENCES = {
    "faculty": gettext_noop("Faculty"),
    "staff": gettext_noop("Staff"),
    "students": gettext_noop("Students"),
    "supervisors": gettext_noop("Supervisors"),
}
_SEATS = {
    "booked": gettext_noop("Has a seat"),
    "waiting": gettext_noop("On the waiting list"),
    "cancelled": gettext_noop("Gave the seat up"),
    "attended": gettext_noop("Was there"),
    "absent": gettext_noop("Was not there"),
}
_CAME_BY = {
    "code": gettext_noop("Code of the room"),
    "roster": gettext_noop("Roster"),
}
_STATES = {
    "draft": gettext_noop("Draft"),
    "open": gettext_noop("Can be booked"),
    "cancelled": gettext_noop("Called off"),
    "held": gettext_noop("Held"),
}


def audience_word(key: str) -> str:
    return gettext(_AUDIENCES[key])


def seat_word(state: str) -> str:
    return gettext(_SEATS[state])


def came_by_word(came_by: str) -> str:
    """How somebody was seen to be there; empty for who was not."""
    return gettext(_CAME_BY[came_by]) if came_by else ""


def session_state_word(state: str) -> str:
    return gettext(_STATES[state])


def when_words(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """ "Wednesday 17 February 2027, 10:00 to 11:30, Eastern time", in the active language."""
    lang, info = get_language() or "en", ZoneInfo(zone)
    begins, ends = starts_at.astimezone(info), ends_at.astimezone(info)
    return gettext("%(day)s, %(begins)s to %(ends)s, %(zone)s") % {
        "day": long_date(begins.date(), lang),
        "begins": f"{begins:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "zone": zone_words(zone, lang),
    }


def session_words(data: Mapping[str, Any], zone: str) -> str:
    """A session as a request's thread tells it: its title, when and where."""
    words = data["words"].get((get_language() or "en").split("-")[0]) or data["words"]["en"]
    starts_at, ends_at = (datetime.fromisoformat(data[name]) for name in ("starts_at", "ends_at"))
    said = {"title": words["title"], "when": when_words(starts_at, ends_at, zone), "place": data["place"]}
    return gettext("“%(title)s”: %(when)s. Place: %(place)s.") % said


_SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "no-such-time": lambda data: gettext("The clocks are put forward over this hour, so it does not exist that day."),
    "ends-as-it-begins": lambda data: gettext("The session ends as it begins. Look at the times again."),
    "seats-out-of-range": lambda data: gettext("Give a number of seats from 1 to %(most)s."),
    "seats-taken": lambda data: ngettext(
        "%(taken)s seat is taken already; there cannot be fewer.",
        "%(taken)s seats are taken already; there cannot be fewer.",
        data["taken"],
    ),
    "words-missing": lambda data: gettext("Write the title and the summary in every language."),
    "language-needed": lambda data: gettext("Choose at least one language."),
    "offer-there-already": lambda data: gettext("There is a training of this short name already. Choose another."),
    "changed-meanwhile": lambda data: gettext(
        "Somebody else has saved a change since you opened this form. Open it again and look before you save."
    ),
    "session-over": lambda data: gettext("This session has been called off or held, or is open already."),
    "session-began": lambda data: gettext("This session has begun already."),
    "date-past": lambda data: gettext("This time is past. Choose one to come."),
    "session-not-open": lambda data: gettext("This session cannot be booked."),
    "place-needed": lambda data: gettext("Say where it is before people can book it."),
    "too-many-lines": lambda data: gettext("This list is too long. Put in at most %(most)s people at once."),
    "no-such-person": lambda data: gettext("Nobody on the roster has this number or address: %(named)s"),
    "leads-it": lambda data: gettext("Whoever leads the session needs no seat in it."),
    "no-seat-left": lambda data: gettext("No seat is left. Add seats first."),
    "no-seat": lambda data: gettext("There is no seat in your name. Ask whoever leads the session."),
    "no-codes-now": lambda data: gettext(
        "The code of the room is good from half an hour before the session until half an hour after it."
    ),
    "wrong-code": lambda data: gettext("This is not the code that the room shows now. It changes every half minute."),
    "too-many-codes": lambda data: gettext("Too many tries. Wait a few minutes, or ask whoever leads the session."),
    "feedback-closed": lambda data: gettext("There is nothing to answer any more."),
    "no-such-answer": lambda data: gettext("One of the answers is none. Choose again."),
    "nothing-said": lambda data: gettext("Nothing is ticked yet. Tick what you like, or leave the page."),
    "not-yet": lambda data: gettext("Attendance is marked from half an hour before the session on."),
    "not-over-yet": lambda data: gettext("The session is not over yet."),
    "not-yourself": lambda data: gettext("Nobody marks their own attendance. Ask a colleague."),
}


def in_person_refusal(refusal: Refusal, zone: str) -> str:
    """The sentence for an expected "no" about trainings in person, in the active language; KeyError for others."""
    if refusal.code in _CLASHES:
        return _CLASHES[refusal.code](refusal.data, zone)
    return _SENTENCES[refusal.code](refusal.data) % refusal.data


def _where(data: Mapping[str, Any], zone: str) -> dict[str, str]:
    """The title and the time of the session that is in the way."""
    lang = get_language() or "en"
    words = data["words"].get(lang.split("-")[0]) or data["words"]["en"]
    return {"title": words["title"], "at": _at(data, zone)}


def _clash(data: Mapping[str, Any], zone: str) -> str:
    said = {"person": data["person"], **_where(data, zone)}
    if data["person"]:
        return gettext("%(person)s is in another session at that time: “%(title)s”, %(at)s.") % said
    return gettext("You are in another session at that time: “%(title)s”, %(at)s.") % said


def _room_clash(data: Mapping[str, Any], zone: str) -> str:
    said = {"place": data["place"], **_where(data, zone)}
    return gettext("There is another session in this place at that time (%(place)s): “%(title)s”, %(at)s.") % said


def _clash_arranged(data: Mapping[str, Any], zone: str) -> str:
    said = {"person": data["person"], "at": _at(data, zone)}
    if data["person"]:
        return gettext("The office has arranged something for %(person)s at that time: %(at)s.") % said
    return gettext("The office has arranged something for you at that time: %(at)s. See My training.") % said


def _room_arranged(data: Mapping[str, Any], zone: str) -> str:
    said = {"place": data["place"], "at": _at(data, zone)}
    return gettext("The office has arranged something in this place at that time (%(place)s): %(at)s.") % said


def _at(data: Mapping[str, Any], zone: str) -> str:
    return moment_words(datetime.fromisoformat(data["starts_at"]), get_language() or "en", zone)


_CLASHES = {
    "clash": _clash,
    "room-clash": _room_clash,
    "clash-arranged": _clash_arranged,
    "room-arranged": _room_arranged,
}
