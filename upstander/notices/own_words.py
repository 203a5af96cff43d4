"""A letter in the office's own words: what each placeholder says of this reader, and which conditions hold."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, ngettext

from upstander.core import wording_names as names
from upstander.core.wording_letter import Filled, Value, filled, speaks_of, subject_line
from upstander.core.wording_names import VOCABULARIES
from upstander.models import NoticeText
from upstander.words.dates import days_phrase

log = logging.getLogger(__name__)


def _days_left(words: Mapping[str, Any]) -> str:
    left = words.get("days_left")
    return "" if left is None else days_phrase(left)


def _minutes(words: Mapping[str, Any]) -> str:
    minutes = words.get("minutes")
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes} if minutes else ""


def _list(words: Mapping[str, Any]) -> list[str]:
    """Who has not finished what, one a line; those beyond the most that a letter names are counted."""
    said = [gettext("%(name)s: “%(title)s”, due on %(due)s") % line for line in words.get("lines", ())]
    more = words.get("unnamed")
    if more:
        said.append(ngettext("And %(unnamed)s more.", "And %(unnamed)s more.", more) % {"unnamed": more})
    return said


def _trainings(words: Mapping[str, Any]) -> list[str]:
    """The open trainings of a letter of several, one a line."""
    return [gettext("“%(title)s”: %(when)s") % item for item in words.get("items", ())]


def _plan(words: Mapping[str, Any]) -> str:
    return f"{settings.BASE_URL}/my-training/"


#: placeholder -> what it says; any other says the word of its own name.
_VALUES: dict[str, Callable[[Mapping[str, Any]], Value]] = {
    "name": lambda words: words["called"],
    "office": lambda words: words["office"]["name"],
    "phone": lambda words: words["office"]["phone"],
    "email": lambda words: words["office"]["email"],
    "training": lambda words: words.get("title") or "",
    "due date": lambda words: words.get("due") or "",
    "days left": _days_left,
    "minutes": _minutes,
    "changed courses": lambda words: words.get("changed") or "",
    "my training": _plan,
    "list": _list,
    "trainings": _trainings,
    "how many": lambda words: str(len(words.get("items", ())) or ""),
    "other dates": lambda words: words.get("others") or "",
    "person helped": lambda words: words.get("whom") or "",
}
_HOLDS: dict[str, Callable[[Mapping[str, Any]], bool]] = {
    names.BEFORE: lambda words: (words.get("days_left") or 0) > 0,
    names.TODAY: lambda words: words.get("days_left") == 0,
    names.AFTER: lambda words: (words.get("days_left") or 0) < 0,
    names.NO_DATE: lambda words: words.get("days_left") is None,
    names.BEGUN: lambda words: words.get("state") == "in-progress",
    names.NOT_BEGUN: lambda words: words.get("state") != "in-progress",
    names.CHOICE: lambda words: (words.get("count") or 0) > 1,
    names.ONE_COURSE: lambda words: (words.get("count") or 0) == 1,
    names.CHANGED: lambda words: bool(words.get("changed")),
    names.OWN: lambda words: words.get("is_own") is not False,
    names.HELPER: lambda words: words.get("is_own") is False,
    names.WAITING: lambda words: bool(words.get("waits")),
    names.MOVED_UP: lambda words: bool(words.get("moved_up")),
}


#: Situations in which only a text that speaks of them is used.
_APART: dict[str, Callable[[Mapping[str, Any]], bool]] = {
    "changed": _HOLDS[names.CHANGED],
    "helps": _HOLDS[names.HELPER],
    "waits": _HOLDS[names.WAITING],
}


def values_of(kind: str, words: Mapping[str, Any]) -> dict[str, Value]:
    """placeholder -> what it says to this reader; empty where it has nothing to say."""
    return {name: _value(name, words) for name in VOCABULARIES[kind].placeholders}


def _value(name: str, words: Mapping[str, Any]) -> Value:
    value = _VALUES[name](words) if name in _VALUES else words.get(name.replace(" ", "_"))
    return [str(one) for one in value] if isinstance(value, list | tuple) else str(value or "")


def holding_of(kind: str, words: Mapping[str, Any]) -> set[str]:
    """The conditions that hold for this reader."""
    return {name for name in VOCABULARIES[kind].conditions if _HOLDS[name](words)}


def in_own_words(kind: str, subject: str, text: str, words: Mapping[str, Any]) -> tuple[str, Filled] | None:
    """The subject and the body with this reader's facts, or None where these words do not do for them.

    They don't where a fact of the subject is missing, where nothing is left of the text or of what it cannot do
    without, and in a situation apart of which they do not speak (a course that changed, a reader who helps or waits).
    """
    vocabulary, values = VOCABULARIES[kind], values_of(kind, words)
    made = filled(text, vocabulary, values, holding_of(kind, words), settings.BASE_URL)
    line = subject_line(subject, vocabulary, values)
    if not line or not made.text or not _is_there(values.get(vocabulary.needs, "-"), made.text):
        return None
    if any(holds(words) and not speaks_of(text, situation, vocabulary) for situation, holds in _APART.items()):
        return None
    return line, made


def _is_there(needed: Value, text: str) -> bool:
    """Whether what the letter cannot do without stands in it."""
    first = needed if isinstance(needed, str) else next(iter(needed), "")
    return first == "-" or bool(first and first in text)


def tried(kind: str, own: NoticeText, words: Mapping[str, Any]) -> tuple[tuple[str, Filled] | None, bool]:
    """The letter in these words, or None; and whether they are at fault. Nothing that they do stops a batch."""
    try:
        return in_own_words(kind, own.subject, own.text, words), False
    except Exception:  # whatever it is, the letter goes in the built-in words
        log.warning("own words %s of %s cannot be used", own.pk, kind)
        return None, True
