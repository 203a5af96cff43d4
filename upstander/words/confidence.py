"""Questions about a page, and what is asked in confidence, in words; nothing here says why somebody asked."""

from collections.abc import Iterable

from django.utils.translation import get_language, gettext, gettext_noop

from upstander.core.requests import ACCEPTED, ANOTHER_WAY, ASKED, CONTENT_QUESTION, OPEN, SETTLED, WITHDRAWN
from upstander.models import Case
from upstander.words.dates import long_date

_WAYS = {
    "plain-text": gettext_noop("A plain text: the same points in short, no story told in detail"),
    "conversation": gettext_noop("A private conversation instead of the course"),
    "facilitated": gettext_noop("A session with somebody who leads through it"),
    "later": gettext_noop("The same course, at a later time"),
    "policy-signed": gettext_noop("Read the policy and the list of resources, and sign"),
    "other": gettext_noop("Something else, or I do not know yet"),
}


def way_word(key: str) -> str:
    """One of the ways that can be asked for, as a box to tick."""
    return gettext(_WAYS.get(key, key))


def ways_words(keys: Iterable[str]) -> list[str]:
    """What was ticked, in the order of the form."""
    chosen = set(keys)
    return [gettext(words) for key, words in _WAYS.items() if key in chosen]


def subject_words(case: Case) -> str:
    """What a case is called in a list; of one in confidence nothing that a glance at the screen could tell."""
    if case.kind == CONTENT_QUESTION:
        title = case.asked.get("title", "")
        if title:
            return gettext("Your question about “%(page)s”") % {"page": title}
        return gettext("Your question about the course")
    return gettext("A request to the office") if case.kind == ANOTHER_WAY else ""


def next_words(case: Case) -> str:
    """What happens next, to the person, for these two kinds; "" for any other."""
    if case.kind == CONTENT_QUESTION:
        return _next_of_question(case)
    return _next_of_request(case) if case.kind == ANOTHER_WAY else ""


def _by(case: Case) -> dict[str, str]:
    return {"by": long_date(case.answer_by_on, get_language() or "en") if case.answer_by_on else ""}


def _next_of_question(case: Case) -> str:
    if case.state == OPEN and case.answer_by_on:
        return gettext("The office answers here by %(by)s.") % _by(case)
    sentences = {
        ASKED: gettext("The office needs something from you before it can answer. Write below."),
        WITHDRAWN: gettext("You have taken this question back."),
        SETTLED: gettext("The office has answered; it stands below. You can ask further."),
    }
    return sentences.get(case.state, gettext("The office answers here."))


def _next_of_request(case: Case) -> str:
    if case.state == OPEN and case.answer_by_on:
        said = gettext("We answer here by %(by)s. Until it is settled no reminder goes out, and your place is kept.")
        return said % _by(case)
    sentences = {
        ASKED: gettext("We have a question for you, below. Answer it when and as you like."),
        ACCEPTED: gettext("What we have arranged stands below. No reminder goes out meanwhile."),
        WITHDRAWN: gettext("You have taken this back. Nothing was changed by it, and nobody else was told."),
        SETTLED: gettext("This is settled. Your training page shows how things stand now."),
    }
    return sentences.get(case.state, gettext("We answer here."))


def neutral_reason() -> str:
    """Why a date was moved, as the other officers read it."""
    return gettext("At the person’s request.")


_LOOKS = {
    "confidence-opened": gettext_noop("Sent the request"),
    "confidence-seen": gettext_noop("Read"),
    "confidence-note": gettext_noop("Noted something"),
    "confidence-adjusted": gettext_noop("Moved a date"),
    "confidence-completing": gettext_noop("Said that it is done"),
    "confidence-completed": gettext_noop("Recorded as done"),
}
_ANY_STEP = gettext_noop("Took a step in it")


def audit_word(verb: str) -> str:
    """What somebody did with a request, in the list that custodians read of each."""
    return gettext(_LOOKS.get(verb, _ANY_STEP))
