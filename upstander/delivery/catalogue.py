"""What every page, notice and report may say of a course: its card, in the reader's language."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from upstander.core.errors import Refusal
from upstander.core.preset_draft import Offered
from upstander.delivery.native.pieces import Course
from upstander.delivery.registry import DELIVERIES


@dataclass(frozen=True, slots=True)
class CourseCard:
    """A course as a reader chooses it; `sections` are (id, title), `goals` and `objectives` sentences."""

    key: str
    edition: str
    lang: str
    title: str
    summary: str
    who_for: str
    minutes: int
    languages: tuple[str, ...]
    topics: tuple[str, ...]
    covers: tuple[str, ...]
    format: str
    content_note: str
    goals: tuple[str, ...]
    objectives: tuple[str, ...]
    sections: tuple[tuple[str, str], ...]
    roles: tuple[str, ...]
    delivery: str = "native"


def content_root() -> Path:
    """The folder that holds the courses."""
    return Path(settings.CONTENT_ROOT)


def edition(course_key: str, lang: str) -> Course:
    """The whole course in this language (or in one it has). Refuses `no-such-course`."""
    for delivery in DELIVERIES:
        if course_key in delivery.course_keys(content_root()):
            return delivery.load(content_root(), course_key, lang, settings.INSTITUTION)
    raise Refusal("no-such-course", {"course": course_key})


def course(course_key: str, lang: str) -> CourseCard:
    """The card of one course. Refuses `no-such-course`."""
    whole = edition(course_key, lang)
    return CourseCard(
        key=whole.key,
        edition=whole.edition,
        lang=whole.lang,
        title=whole.title,
        summary=whole.summary,
        who_for=whole.who_for,
        minutes=whole.minutes,
        languages=whole.languages,
        topics=whole.topics,
        covers=whole.covers,
        format=whole.format,
        content_note=whole.content_note,
        goals=tuple(whole.goals.values()) or tuple(whole.objectives.values()),
        objectives=tuple(whole.objectives.values()),
        sections=tuple((section.id, section.title) for section in whole.sections),
        roles=whole.outline.roles,
    )


def card_of(course_key: str, lang: str) -> CourseCard | None:
    """The card of a course; None where it is not installed, as an earlier training may not be."""
    try:
        return course(course_key, lang)
    except Refusal:
        return None


def title_of(course_key: str, lang: str) -> str:
    """The course's title; its key where it is not installed."""
    card = card_of(course_key, lang)
    return card.title if card else course_key


def courses(lang: str) -> list[CourseCard]:
    """The cards of every installed course, in the order of their keys."""
    keys = [key for delivery in DELIVERIES for key in delivery.course_keys(content_root())]
    return [course(key, lang) for key in keys]


def offered() -> list[Offered]:
    """The installed courses as a programme drafted from legal presets may offer them."""
    return [Offered(card.key, card.minutes, frozenset(card.covers)) for card in courses("en")]
