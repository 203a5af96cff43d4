"""Why a case or an adjustment was not taken, as a sentence that says what to do."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext, ngettext

from upstander.core.errors import Refusal
from upstander.words.dates import plain_date
from upstander.words.request_files import file_refusal_words
from upstander.words.requests import adjustment_kind_word

_SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "case-open-already": lambda data: gettext("You have told us about this already. Here is your request %(number)s."),
    "case-declined-before": lambda data: gettext(
        "We have looked into this before, in your request %(number)s. If you have something new, ask us to look again."
    ),
    "declined-for-good": lambda data: gettext(
        "We have looked into this more than once and leave it as it is. If that does not settle it, call or write "
        "to us."
    ),
    "move-not-open": lambda data: gettext("Something has changed meanwhile, so this can no longer be done here."),
    "text-needed": lambda data: gettext("Write a few words, so that the reader knows what this is about."),
    "reason-needed": lambda data: gettext("Say why. The reason stays with the office."),
    "text-too-long": lambda data: ngettext(
        "This is longer than %(longest)s letter. Say it more briefly.",
        "This is longer than %(longest)s letters. Say it more briefly.",
        data["longest"],
    ),
    "field-too-long": lambda data: ngettext(
        "This is longer than %(longest)s letter. Say it more briefly.",
        "This is longer than %(longest)s letters. Say it more briefly.",
        data["longest"],
    ),
    "field-needed": lambda data: gettext("Fill in this field."),
    "not-yourself": lambda data: gettext("Nobody decides about their own duty. Ask another officer."),
    "date-needed": lambda data: gettext("Give the day."),
    "dates-reversed": lambda data: gettext("The last day lies before the first."),
    "nothing-owed": lambda data: gettext("This person owes nothing here, so there is nothing to adjust."),
    "no-such-option": lambda data: gettext("This course is none of the programme’s options."),
    "no-such-cycle": lambda data: gettext("This period is over; adjustments are recorded for the present one."),
    "adjustment-changes-nothing": lambda data: gettext(
        "With these days nothing would change: neither what is asked nor by when. Look at the days again."
    ),
    "completed-already": lambda data: gettext("This is on record already."),
    "adjustment-ended": lambda data: gettext("It has been ended already."),
    "no-such-adjustment-kind": lambda data: gettext("This kind of decision is not recorded here."),
    "no-such-appointment": lambda data: gettext("This appointment is not on the roster any more."),
    "elsewhere-ahead": lambda data: gettext("This day is still to come. Name the day on which you completed it."),
    "elsewhere-outside": lambda data: (
        gettext("Only what was completed from %(from)s to %(to)s can count here. Look at the day again, or call us.")
        % {"from": _day(data["from_on"]), "to": _day(data["to_on"])}
    ),
    "minutes-needed": lambda data: gettext("Give the minutes as a number."),
    "elsewhere-too-short": lambda data: ngettext(
        "Only a training of at least %(minutes)s minute can count here.",
        "Only a training of at least %(minutes)s minutes can count here.",
        data["minutes"],
    ),
    "elsewhere-source": lambda data: gettext("Choose one of these. What comes from elsewhere cannot count here."),
    "ending-changes-nothing": lambda data: gettext(
        "With this day nothing would change: neither what is asked of you nor by when. Look at the day again."
    ),
    "access-not-asked": lambda data: gettext("These courses are open to you already."),
    "access-granted-already": lambda data: gettext("These courses are open to this person already."),
    "access-ended": lambda data: gettext("It has been ended already."),
    "files-not-here": lambda data: gettext("No files can be sent with this. Leave them out."),
    "extension-not-open": lambda data: gettext("No due date is set at present that could move."),
    "extension-over": lambda data: gettext("This day is over. Choose one that is still to come."),
    "extension-too-long": lambda data: (
        gettext("This programme grants more time until %(latest)s at the latest. Choose an earlier day, or call us.")
        % {"latest": _day(data["latest"])}
    ),
    "exceptions-conflict": lambda data: gettext(
        "This contradicts what is in force already. End the other first, or choose other days."
    ),
}


def refusal_words(refusal: Refusal) -> str:
    """The sentence for an expected "no" about cases and adjustments, in the active language; KeyError for others."""
    if refusal.code.startswith("file-"):
        return file_refusal_words(refusal)
    if refusal.code == "extension-shortens":
        return _shortens(refusal.data.get("due_on"))
    kind = refusal.data.get("kind")
    data = {**refusal.data, "kind": adjustment_kind_word(kind) if kind else ""}
    return _SENTENCES[refusal.code](data) % data


def _day(text: str) -> str:
    return plain_date(date.fromisoformat(text), get_language() or "en")


def _shortens(due_on: str | None) -> str:
    if due_on is None:
        return gettext("No due date is set at present, so there is nothing to extend.")
    day = plain_date(date.fromisoformat(due_on), get_language() or "en")
    return gettext("An extension only moves the due date later. It is %(day)s now.") % {"day": day}
