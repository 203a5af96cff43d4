"""What the office arranges for somebody, in words: kinds, states, when, and why something was refused."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext, gettext_noop

from upstander.core.errors import Refusal
from upstander.models import Arrangement
from upstander.words.dates import moment_words
from upstander.words.in_person import when_words

_KINDS = {
    "room": gettext_noop("A room with a computer, and somebody to help"),
    "paper": gettext_noop("On paper"),
    "helped": gettext_noop("With somebody who reads out or writes"),
}
_PARTS = {
    "room": gettext_noop("There is a computer in the room."),
    "paper": gettext_noop("They answer on paper."),
    "helped": gettext_noop("Your part is to read out or to write, as they ask."),
}
_STATES = {
    "planned": (gettext_noop("Planned"), "open"),
    "held": (gettext_noop("Held"), "satisfied"),
    "missed": (gettext_noop("Nobody came"), "not-required"),
    "cancelled": (gettext_noop("Called off"), "not-required"),
}


def arrangement_kind_word(kind: str) -> str:
    return gettext(_KINDS[kind])


def arrangement_part_words(kind: str) -> str:
    """What whoever helps has to know of it."""
    return gettext(_PARTS[kind])


def arrangement_state_word(state: str) -> str:
    return gettext(_STATES[state][0])


def arrangement_looks_like(state: str) -> str:
    """The state of a standing whose shape and colour this one shares."""
    return _STATES[state][1]


def arrangement_when(found: Arrangement) -> str:
    """Day and hours by the institution's clock, in the active language."""
    if found.starts_at is None or found.ends_at is None:
        return gettext("No time: the papers come by post")
    return when_words(found.starts_at, found.ends_at, settings.INSTITUTION_ZONE)


_SENTENCES: dict[str, Callable[[], str]] = {
    "not-yourself": lambda: gettext("This is about yourself. Ask a colleague to do it."),
    "no-such-option": lambda: gettext("This course is no option of the programme."),
    "no-such-kind": lambda: gettext("Choose how it is to be done."),
    "arranged-already": lambda: gettext(
        "This course is arranged for this person already: %(number)s. Change that one, or call it off."
    ),
    "begun-already": lambda: gettext("This time is past. Choose one to come."),
    "changed-meanwhile": lambda: gettext(
        "Somebody else has saved a change since you opened this form. Open it again and look before you save."
    ),
    "arrangement-over": lambda: gettext("This was held, missed or called off already."),
    "time-needed": lambda: gettext("Say the day, when it begins and when it ends. Only papers by post need no time."),
    "place-needed": lambda: gettext("Say where it is."),
    "helps-themself": lambda: gettext("Nobody helps themself here. Name somebody else."),
    "too-long": lambda: gettext("This is longer than twelve hours. Look at the times again."),
    "time-too-short": lambda: gettext(
        "A law asks for at least %(asked)s minutes in this course. Make the time longer."
    ),
    "no-such-time": lambda: gettext("The clocks are put forward over this hour, so it does not exist that day."),
    "ends-as-it-begins": lambda: gettext("It ends as it begins. Look at the times again."),
    "no-such-person": lambda: gettext("Nobody on the roster has this number or address: %(named)s"),
    "one-person-only": lambda: gettext("Name one person."),
    "not-begun-yet": lambda: gettext("It has not begun yet."),
    "no-such-witness": lambda: gettext("Name the person who was there; it cannot be the one who answered."),
    "no-sheet": lambda: gettext("No sheet can be printed here: it was called off, or is passed already."),
    "bank-too-small": lambda: gettext("The course has too few questions for a sheet. Tell its authors."),
    "sheet-number-wrong": lambda: gettext(
        "This is no number of a sheet. Look at its twelve letters and digits once more: one or two are misread, or two "
        "are swapped. There is no O, I or L in it, and no 0 or 1."
    ),
    "no-such-sheet": lambda: gettext("There is no sheet of this number among those that you may key."),
    "sheet-marked": lambda: gettext("This sheet has been keyed twice and counted already. Nothing was changed."),
    "being-keyed": lambda: gettext(
        "Sheet %(number)s has been keyed by one person already, so it is the one that counts. Nothing was changed."
    ),
    "witness-other": lambda: gettext(
        "Somebody other than you has to have seen it. If it was you who was there, ask a colleague to do this."
    ),
    "sheet-called-off": lambda: gettext("This arrangement was called off. Make a new one, and print a new sheet."),
    "other-edition": lambda: gettext("This sheet was printed from an edition that is not here any more: %(edition)s."),
    "no-such-edition": lambda: gettext(
        "This sheet was printed from an edition that is not here any more: %(edition)s."
    ),
    "taken-later": lambda: gettext("This day is still to come. Look at the day on the sheet again."),
    "taken-before-printed": lambda: gettext("The sheet was printed after this day. Look at the day again."),
    "letters-wrong": lambda: gettext("These letters cannot be an answer to this question."),
    "two-hands-already": lambda: gettext("Two people have keyed this sheet. One of them mends what differs."),
}


def arrangement_refusal(refusal: Refusal) -> str:
    """The sentence for an expected "no", in the active language; KeyError for others."""
    if refusal.code in ("clash", "place-taken"):
        return _in_the_way(refusal.code, refusal.data)
    if refusal.code == "sheet-void":
        return _void(refusal.data["number"])
    return _SENTENCES[refusal.code]() % refusal.data


def _void(counting: str) -> str:
    if not counting:
        return gettext(
            "This sheet is void: the arrangement was changed after it was made. No other sheet counts yet; make one."
        )
    said = gettext("This sheet is void: the arrangement was changed after it was made. Sheet %(number)s counts.")
    return said % {"number": counting}


def _in_the_way(code: str, data: Mapping[str, Any]) -> str:
    lang = get_language() or "en"
    words = data["words"].get(lang.split("-")[0]) or data["words"].get("en", {})
    said = {
        "person": data.get("person", ""),
        "what": words.get("title") or data["number"],
        "at": moment_words(datetime.fromisoformat(data["starts_at"]), lang, settings.INSTITUTION_ZONE),
    }
    if code == "clash":
        return gettext("%(person)s is expected elsewhere at that time: “%(what)s”, %(at)s.") % said
    return (
        gettext("The place is taken at that time by “%(what)s”, %(at)s. Choose another, or say below that both fit in.")
        % said
    )
