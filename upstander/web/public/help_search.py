"""Search over all help: questions and answers, the guide to computer problems, courses, explainers, kinds of request.

Whatever the accents, in every language at once; a word also finds those that people use for the same thing.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override

from upstander.core.browser import PLATFORMS
from upstander.core.requests import ASKED_HERE
from upstander.core.search import alike, is_found, words_of
from upstander.delivery import catalogue
from upstander.delivery.native.explainers import explainer_names, read_explainer
from upstander.delivery.native.markup import placeholders
from upstander.web.public.help_answers import Answers, Entry, answers_of, languages
from upstander.words.request_kinds import line_of, purpose_of
from upstander.words.requests import kind_word
from upstander.words.trouble import checks, problems

SYNONYMS = Path(__file__).resolve().parents[2] / "content" / "search" / "synonyms.toml"
#: The parts of what is found beside the questions, in their order.
PARTS = ("now", "trouble", "courses", "explainers", "ask")


@dataclass(frozen=True, slots=True)
class Place:
    """A page, or a place on one, that can be found beside the questions: part, address, title, and its text."""

    part: str
    href: str
    title: str
    text: str


@cache
def _told() -> dict[str, list]:
    return tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))


@cache
def _groups() -> tuple[frozenset[str], ...]:
    return tuple(map(frozenset, _told()["alike"]))


def _words(typed: str) -> list[str]:
    """The words that say something: people type whole sentences, and some of them on the worst day of their life."""
    words = words_of(typed)
    return [word for word in words if word not in _told()["passed_over"]] or words


def _all_found(words: Iterable[str], among: set[str]) -> bool:
    """Whether each word, or one that is used for the same, begins some word."""
    return all(any(is_found(other, among) for other in alike(word, _groups())) for word in words)


def found(typed: str, answers: Answers) -> list[Entry]:
    """The programme's questions in which every word begins some word, those with it in the question first."""
    words = _words(typed)
    everything = _everything(answers)
    hits = []
    for entry in answers.entries:
        titles, texts = everything[entry.key]
        if words and _all_found(words, texts):
            exact = all(is_found(word, titles) for word in words)
            rank = 0 if exact else 1 if _all_found(words, titles) else 2
            hits.append((rank, len(hits), entry))
    return [entry for _, _, entry in sorted(hits)]


def _everything(answers: Answers) -> dict[str, tuple[set[str], set[str]]]:
    """Question -> the words of its titles, and the words of titles and answers, in every language."""
    texts: dict[str, tuple[set[str], set[str]]] = {}
    for lang in languages():
        spoken = answers if lang == answers.lang else answers_of(answers.programme, answers.day, lang)
        for entry in spoken.entries:
            titles, every = texts.setdefault(entry.key, (set(), set()))
            titles.update(words_of(entry.title))
            every.update(words_of(f"{entry.title} {' '.join(map(str, entry.general))}"))
    return texts


def places_found(typed: str, lang: str) -> dict[str, list[Place]]:
    """What is found beside the questions, by part; the titles are in this language, the words of any are looked for."""
    words, shown = _words(typed), {place.href: place for place in _places(lang)}
    texts: dict[str, set[str]] = {}
    for one in languages():
        for place in _places(one):
            texts.setdefault(place.href, set()).update(words_of(f"{place.title} {place.text}"))
    hits = [place for href, place in shown.items() if words and _all_found(words, texts[href])]
    hits.sort(key=lambda place: not _all_found(words, set(words_of(place.title))))
    return {part: [place for place in hits if place.part == part] for part in PARTS}


def _places(lang: str) -> Iterator[Place]:
    with override(lang):
        told = gettext("Harassment happened: what now?"), gettext("Whom to call, what to say, what you must do.")
        yield Place("now", f"{reverse('help')}#told", *told)
        yield Place("now", reverse("check-form"), gettext("Is this message genuine?"), "")
    guide = reverse("trouble")
    for problem in problems(lang):
        yield Place("trouble", f"{guide}#{problem.key}", problem.title, " ".join(problem.steps))
    for check in checks(lang, PLATFORMS[0]):
        yield Place("trouble", f"{guide}#check-{check.key}", check.title, check.why)
    for course in catalogue.courses(lang):
        yield Place(
            "courses", reverse("learn-start", args=[course.key]), course.title, f"{course.summary} {course.key}"
        )
    for name in explainer_names():
        if told := read_explainer(name, lang, placeholders(settings.INSTITUTION, lang)):
            yield Place("explainers", reverse("explainer", args=[name]), told.title, told.summary)
    with override(lang):
        for kind in ASKED_HERE:
            yield Place(
                "ask", reverse("ask-kind", args=[kind]), line_of(kind), f"{kind_word(kind)} {kind} {purpose_of(kind)}"
            )


def meant(typed: str, answers: Iterable[Answers], lang: str) -> str:
    """The nearest words that would find something, where somebody mistyped one; "" where none comes near."""
    known = {word for each in answers for titles, _ in _everything(each).values() for word in titles}
    known |= {word for place in _places(lang) for word in words_of(place.title)} | set().union(*_groups())
    words = _words(typed)
    nearest = [next(iter(get_close_matches(word, known, 1, 0.75)), "") for word in words]
    return " ".join(nearest) if all(nearest) and nearest != words else ""
