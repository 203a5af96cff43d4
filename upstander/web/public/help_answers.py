"""The questions of one programme with their general answers as sentences, and what a reader can do about each."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from upstander.core.programme import Programme
from upstander.core.questions import TOPICS, CourseFact, Point, Question, questions_of
from upstander.core.questions_general import general
from upstander.core.questions_own import personal
from upstander.core.requests import ASKED_HERE, can_be_asked
from upstander.delivery import catalogue
from upstander.queries.naming import group_names
from upstander.web.context import words_of_institution
from upstander.web.public.help_reader import Reader
from upstander.words.answers import Known, Said, act_words, question_words, say, topic_words
from upstander.words.reasons import Naming

#: question -> what somebody can do about its answer, signed in or not
_ACTS = {
    "by-when": ("schedule",),
    "several-options": ("courses",),
    "goals": ("courses",),
    "access": ("my-training", "trouble"),
    "sign-in": ("account", "new-password", "trouble", "write"),
    "survey": ("privacy", "ask"),
    "phone": ("trouble",),
    "confirmation": ("check-certificate",),
    "reminders-done": ("ask", "write", "check-message"),
    "elsewhere": ("ask", "write"),
    "earlier-training": ("ask", "write"),
    "appointment-ends": ("ask", "write"),
    "leave": ("ask", "write"),
    "unpaid": ("courses", "ask"),
    "languages": ("ask", "write"),
    "more-time": ("ask", "write"),
    "technical": ("trouble", "ask", "write"),
    "no-computer": ("ask", "write"),
    "upsetting": ("ask", "write"),
    "content-questions": ("write",),
    "in-person": ("in-person", "ask", "write"),
    "wrong-reason": ("my-training",),
    "contact": ("ask", "write"),
    "resources": ("courses",),
}
#: question -> the kind of request that its answer leads to; "" is the list of all kinds.
_ASKS = {
    "survey": "privacy",
    "reminders-done": "already-done",
    "earlier-training": "already-done",
    "elsewhere": "equivalency",
    "appointment-ends": "appointment-ending",
    "leave": "leave",
    "unpaid": "voluntary-access",
    "languages": "language",
    "more-time": "extension",
    "technical": "technical",
    "no-computer": "no-computer",
    "in-person": "in-person",
    "contact": "",
}


@dataclass(frozen=True, slots=True)
class Act:
    """A link below an answer."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One question with its answers; `own` is for the reader and empty without one.

    `wrong_href`, followed by the place of a reason in `own`, is where the reader says that it is wrong.
    """

    key: str
    topic: str
    title: str
    general: list[Said]
    acts: tuple[Act, ...] = ()
    own: tuple[Said, ...] = ()
    own_acts: tuple[Act, ...] = ()
    wrong_href: str = ""


@dataclass(frozen=True)
class Answers:
    """One programme's questions in one language on one day."""

    programme: Programme
    courses: tuple[CourseFact, ...]
    day: date
    lang: str

    @cached_property
    def questions(self) -> list[Question]:
        return questions_of(self.programme, self.courses)

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(question.key for question in self.questions)

    @cached_property
    def institution(self) -> dict[str, str]:
        """The office as the programme names it, else the institution's, and whom to call when it cannot wait."""
        with override(self.lang):
            words = words_of_institution()
        own = self.programme.office.get(self.lang) or self.programme.office.get("en") or {}
        office, local = {**words["office"], **own}, words["institution_words"]
        return {
            "office": office["name"],
            "phone": office["phone"],
            "email": office["email"],
            "hours": office.get("hours", ""),
            "emergency": words["institution"]["emergency_number"],
            "line": local["confidential_line"],
            "coordinator": local["coordinator"],
        }

    @property
    def title(self) -> str:
        return self.programme.title.get(self.lang) or self.programme.title["en"]

    @cached_property
    def titles(self) -> dict[str, str]:
        """Course key -> its title, those that count by an equivalency included."""
        others = {one.course_key for one in self.programme.equivalencies}
        found = {key: catalogue.title_of(key, self.lang) for key in others}
        return {**found, **{course.key: course.title for course in self.courses}}

    def say(self, points: Iterable[Point], naming: Naming | None = None) -> list[Said]:
        """Points as sentences, with every name that the programme knows."""
        named = naming or Naming()
        parts = {p.key: p.title.get(self.lang) or p.title["en"] for p in self.programme.requirement.every() if p.key}
        named = replace(named, groups=group_names(self.programme, self.lang), parts=parts)
        return say(points, Known(self.institution, {**named.courses, **self.titles}, named), self.lang)

    @cached_property
    def entries(self) -> list[Entry]:
        """Every question with its general answer."""
        made = []
        for question in self.questions:
            points = general(self.programme, self.courses, self.day, question.key)
            with override(self.lang):
                title = question_words(question.key)
            made.append(Entry(question.key, question.topic, title, self.say(points)))
        return made

    @cached_property
    def contents(self) -> list[dict]:
        return parts_of(self.entries)


def answers_of(programme: Programme, day: date, lang: str) -> Answers:
    """The programme's answers on the day, in the language; courses that are not installed are left out."""
    courses = []
    for option in programme.options:
        if (card := catalogue.card_of(option.course_key, lang)) is None:
            continue
        outline = catalogue.edition(option.course_key, lang).outline
        courses.append(
            CourseFact(
                key=card.key, label=option.label, title=card.title, minutes=card.minutes, languages=card.languages,
                pass_percent=outline.assessment.pass_percent, in_order=outline.sequence == "in-order", goals=card.goals,
            )
        )  # fmt: skip
    return Answers(programme, tuple(courses), day, lang)


def parts_of(shown: Iterable[Entry]) -> list[dict]:
    """The entries under the parts of the page, in order; a part without any is left out."""
    known = list(shown)
    parts = [
        {"key": topic, "title": topic_words(topic), "entries": [e for e in known if e.topic == topic]}
        for topic in TOPICS
    ]
    return [part for part in parts if part["entries"]]


def entries(answers: Answers, reader: Reader | None, day: date, wanted: Collection[str]) -> list[Entry]:
    """The wanted questions with their links; with a reader, with the answer for them."""
    made = []
    for entry in answers.entries:
        if entry.key not in wanted:
            continue
        acts = tuple(
            _act(answers, code, entry.key) for code in _ACTS.get(entry.key, ()) if _may(entry.key, code, reader)
        )
        own: tuple[Said, ...] = ()
        own_acts: tuple[Act, ...] = ()
        if reader:
            points = personal(answers.programme, answers.courses, reader.asker, day, entry.key)
            own = tuple(answers.say(points, reader.naming))
            own_acts = tuple(Act(act_words(code), href) for code, href in reader.acts(entry.key, day))
        wrong = f"{reverse('wrong', args=[answers.programme.key])}?reason=" if entry.key == "wrong-reason" else ""
        made.append(replace(entry, acts=acts, own=own, own_acts=own_acts, wrong_href=wrong))
    return made


def _may(question: str, code: str, reader: Reader | None) -> bool:
    """Whether the link leads somewhere: a reader is not led to a form that could take nothing from them."""
    kind = _ASKS.get(question, "")
    if code != "ask" or reader is None or kind not in ASKED_HERE:
        return True
    return can_be_asked(kind, reader.standing.state, reader.standing.due_on)


def _ask(question: str, programme: str) -> str:
    """The form for it, to which a visitor comes by the sign-in. What is asked in confidence has its own."""
    if question == "upsetting":
        return reverse("support")
    kind = _ASKS[question]
    return f"{reverse('ask-kind', args=[kind])}?programme={programme}" if kind in ASKED_HERE else reverse("ask")


def _act(answers: Answers, code: str, question: str) -> Act:
    key = answers.programme.key
    hrefs = {
        "ask": lambda: _ask(question, key),
        "schedule": lambda: reverse("schedule", args=[key]),
        "write": lambda: f"mailto:{answers.institution['email']}?subject={quote(answers.title)}",
        "account": lambda: reverse("account_signup"),
        "new-password": lambda: reverse("account_reset_password"),
        "check-certificate": lambda: reverse("verify-form"),
        "check-message": lambda: reverse("check-form"),
    }
    return Act(act_words(code), hrefs[code]() if code in hrefs else reverse(code))


def languages() -> list[str]:
    return [code for code, _ in settings.LANGUAGES]
