"""Points of an answer -> whole sentences in a language; the codes come from the core's questions (row C02)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any

from babel import Locale
from babel.lists import format_list
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_noop, override

from upstander.core.questions import Point
from upstander.words.answers_own import OWN
from upstander.words.answers_product import OF_PRODUCT
from upstander.words.answers_questions import ACTS, QUESTIONS, TOPICS
from upstander.words.answers_rules import OF_RULES
from upstander.words.dates import plain_date
from upstander.words.leaves import leave_words
from upstander.words.plan import number_word
from upstander.words.reasons import Naming, sentences

SENTENCES: Mapping[str, str] = {**OF_RULES, **OF_PRODUCT, **OWN, "text": "%(text)s"}
_CATEGORIES = {
    "faculty": gettext_noop("faculty"),
    "staff": gettext_noop("staff"),
    "postdoc": gettext_noop("postdoctoral researchers"),
    "graduate_student": gettext_noop("graduate students"),
    "undergraduate": gettext_noop("undergraduate students"),
    "affiliate": gettext_noop("affiliates"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One paragraph, with the lines of a list under it; `note` says where a line's fact comes from."""

    text: str
    items: tuple["Said", ...] = ()
    ordered: bool = False
    note: str = ""

    def __str__(self) -> str:
        return " ".join([self.text, *map(str, self.items)])


@dataclass(frozen=True, slots=True)
class Known:
    """The names that sentences need: of the reasons, of courses by key, and of the institution and its office.

    `institution` has office, phone, email, hours, emergency, line and coordinator.
    """

    institution: Mapping[str, str]
    courses: Mapping[str, str] = field(default_factory=dict)
    naming: Naming = field(default_factory=Naming)


def question_words(key: str) -> str:
    """The question as people ask it, in the active language."""
    return gettext(QUESTIONS[key])


def topic_words(key: str) -> str:
    return gettext(TOPICS[key])


def act_words(key: str) -> str:
    return gettext(ACTS[key])


def say(points: Iterable[Point], known: Known, lang: str) -> list[Said]:
    """Every point as one paragraph, reasons as one each. A code without a sentence is a defect (KeyError)."""
    said: list[Said] = []
    with override(lang):
        for point in points:
            said += _reasons(point, known, lang) if point.code == "reasons" else [_said(point, known, lang)]
    return said


def _said(point: Point, known: Known, lang: str) -> Said:
    items = [_said(item, known, lang) for item in point.items]
    if "reasons" in point.facts:
        items += _reasons(point, known, lang)
    shown = {**known.institution, **{name: _shown(name, fact, known, lang) for name, fact in point.facts.items()}}
    text = gettext(SENTENCES[point.code]) % shown
    return Said(capfirst(text), tuple(items), point.ordered)


def _reasons(point: Point, known: Known, lang: str) -> list[Said]:
    standing = SimpleNamespace(reasons=list(point.facts["reasons"]))
    sourced = point.facts.get("sourced", False)
    return [Said(one.text, note=one.source if sourced else "") for one in sentences(standing, lang, known.naming)]


def _shown(name: str, fact: Any, known: Known, lang: str) -> Any:
    if isinstance(fact, date):
        return plain_date(fact, lang)
    if isinstance(fact, Mapping):
        return fact.get(lang) or fact.get("en", "")
    if name in ("total", "need"):
        return number_word(fact)
    if name == "language":
        return _language(fact, lang)
    if name in ("leave", "kinds"):
        return leave_words([fact] if isinstance(fact, str) else fact)
    if name == "course":
        return known.courses.get(fact, fact)
    if isinstance(fact, tuple) and name != "reasons":
        return _listed(name, fact, known, lang)
    return fact


def _listed(name: str, facts: tuple, known: Known, lang: str) -> str:
    """A list as running text: people, courses, languages or days."""
    if name == "who":
        words = [gettext(_CATEGORIES[fact]) for fact in facts]
    elif name in ("courses", "options"):
        words = [gettext("“%(course)s”") % {"course": known.courses.get(fact, fact)} for fact in facts]
    elif name == "languages":
        words = [_language(fact, lang) for fact in facts]
    else:
        words = [plain_date(fact, lang) for fact in facts]
    return format_list(words, locale=lang)


def _language(code: str, lang: str) -> str:
    return Locale.parse(lang).languages.get(code, code)
