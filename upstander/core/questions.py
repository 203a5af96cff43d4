"""Which questions a programme's help page answers: in order, and for each when the programme's rules raise it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from upstander.core.conditions import tests_of
from upstander.core.programme import Programme

EMPLOYED = frozenset({"faculty", "staff", "postdoc"})
STUDENTS = frozenset({"graduate_student", "undergraduate"})
#: The parts of the page, in order.
TOPICS = ("for-me", "when", "taking", "afterwards", "in-the-way", "happened")


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that an answer says: a permanent code, the facts of its sentence, and points that stand under it."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    items: tuple["Point", ...] = ()
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class CourseFact:
    """What the answers say of one option's course; the texts are in the reader's language."""

    key: str
    label: str
    title: str
    minutes: int
    languages: tuple[str, ...]
    pass_percent: int
    in_order: bool
    goals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question by its permanent key, which is also its anchor on the page, and the part where it stands."""

    key: str
    topic: str


Courses = tuple[CourseFact, ...]
#: Whether a programme's rules and courses raise a question; what is not named is raised by every programme.
_RAISED: Mapping[str, Callable[[Programme, Courses], bool]] = {
    "goals": lambda programme, courses: len(courses) == 1 and bool(courses[0].goals),
    "several-options": lambda programme, courses: len(programme.options) > 1,
    "graduating": lambda programme, courses: bool(STUDENTS & categories_of(programme)),
    "unpaid": lambda programme, courses: bool({"paid", "benefits_eligible"} & tests_read(programme)),
    "working-hours": lambda programme, courses: bool(EMPLOYED & categories_of(programme)),
    "how-long": lambda programme, courses: bool(courses),
    "languages": lambda programme, courses: bool(courses),
    "not-passing": lambda programme, courses: bool(courses),
    "again-later": lambda programme, courses: bool(courses),
}
_IN_ORDER = {
    "for-me": (
        "requirement", "goals", "recently-joined", "earlier-training", "elsewhere", "as-student", "appointment-ends",
        "leave", "graduating", "unpaid",
    ),
    "when": ("by-when", "every-year"),
    "taking": (
        "access", "sign-in", "several-options", "how-long", "working-hours", "languages", "phone", "not-passing",
        "survey",
    ),
    "afterwards": ("confirmation", "reminders-done", "again-later"),
    "in-the-way": (
        "more-time", "technical", "no-computer", "upsetting", "content-questions", "in-person", "wrong-reason",
        "contact",
    ),
    "happened": ("happened-to-me", "told", "resources", "responsible-employee", "must-report"),
}  # fmt: skip
QUESTIONS = tuple(Question(key, topic) for topic in TOPICS for key in _IN_ORDER[topic])


def questions_of(programme: Programme, courses: Iterable[CourseFact]) -> list[Question]:
    """The questions that the programme raises, in their order (row C02)."""
    known = tuple(courses)
    return [q for q in QUESTIONS if q.key not in _RAISED or _RAISED[q.key](programme, known)]


def tests_read(programme: Programme) -> frozenset[str]:
    """The keys of the elementary conditions that the audience asks."""
    return frozenset(test.key for route in programme.routes for test in tests_of(route.when))


def categories_of(programme: Programme) -> frozenset[str]:
    """The categories that the audience names; none named means that it asks of everybody."""
    named = {
        category
        for route in programme.routes
        for test in tests_of(route.when)
        if test.key == "category"
        for category in test.wanted
    }
    return frozenset(named) or EMPLOYED | STUDENTS | {"affiliate"}


def offered(programme: Programme, courses: Courses, day: date) -> Courses:
    """The courses that somebody may begin on the day: those that are not withdrawn."""
    gone = {o.course_key for o in programme.options if o.withdrawn_on and o.withdrawn_on <= day}
    return tuple(course for course in courses if course.key not in gone)
