"""What every page, notice and report may say of a course: its card, in the reader's language."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from upstander.actions.course_editions import files_in
from upstander.core.bank import Item
from upstander.core.course_source import edition_digest, manifest_of
from upstander.core.errors import Refusal
from upstander.core.preset_draft import Offered
from upstander.delivery.editions import root_of
from upstander.delivery.native.loader import load, newest_change
from upstander.delivery.native.minutes import assessment_seconds
from upstander.delivery.native.pieces import Course
from upstander.delivery.registry import DELIVERIES
from upstander.models import CourseEdition
from upstander.queries.course_editions import editions_in_force, recorded
from upstander.queries.in_force import look


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
    """The folder that holds the shipped courses."""
    return Path(settings.CONTENT_ROOT)


def current_editions() -> dict[str, CourseEdition]:
    """Course key -> the current edition of every course on record."""
    return editions_in_force(look())


def edition(course_key: str, lang: str, edition: str = "") -> Course:
    """The whole course in this language (or in one it has), in its current edition or in the one that is named.

    Refuses `no-such-course`, and `no-such-edition` {course, edition} for an edition that was never on record.
    """
    current = current_editions().get(course_key)
    if current is None or edition not in ("", current.edition):
        return _not_current(course_key, lang, edition)
    return _of_record(current, lang)


def _not_current(course_key: str, lang: str, edition: str) -> Course:
    """An older edition, or a course that is not on record: then its files are its edition."""
    if edition and (row := recorded(course_key, edition)):
        return _of_record(row, lang)
    delivery = next((one for one in DELIVERIES if course_key in one.course_keys(content_root())), None)
    if delivery is None:
        raise Refusal("no-such-course", {"course": course_key})
    course = delivery.load(content_root(), course_key, lang, settings.INSTITUTION)
    if edition not in ("", course.edition):
        raise Refusal("no-such-edition", {"course": course_key, "edition": edition})
    return course


def _of_record(row: CourseEdition, lang: str) -> Course:
    """The course of this row; whether its files have changed is looked at once a request."""
    kept, place = look().kept, ("course", row.course_key, row.digest, lang)
    if place not in kept:
        kept[place] = _read(row, lang)
    return kept[place]


def _read(row: CourseEdition, lang: str) -> Course:
    """The shipped files where they are this very edition, else the folder made of its texts."""
    shipped = content_root()
    if row.digest == _digest_of(shipped, row.course_key, newest_change(shipped / row.course_key)):
        return load(shipped, row.course_key, lang, settings.INSTITUTION)
    return load(root_of(row, shipped), row.course_key, lang, settings.INSTITUTION)


@lru_cache(maxsize=256)
def _digest_of(root: Path, course_key: str, stamp: int) -> str:
    """The digest of the files as they lie there; read once for each stamp."""
    return edition_digest(manifest_of(files_in(root / course_key))) if stamp else ""


def narrowed(course: Course, changed: Set[str]) -> Course:
    """The course for somebody who knows the rest: these pages are read, and the check asks about them alone."""
    outline = course.outline.narrowed(changed)
    asked = assessment_seconds(outline.assessment.bank, outline.assessment.blueprint, course.lang)
    return replace(course, outline=outline, assessment_seconds=asked)


def bank_of(course_key: str, edition_name: str) -> Mapping[str, Item] | None:
    """The items of one edition (their ids and right answers are the same in every language); None where it is gone."""
    try:
        return edition(course_key, "en", edition_name).items
    except Refusal:
        return None


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
    shipped = {key for delivery in DELIVERIES for key in delivery.course_keys(content_root())}
    return [course(key, lang) for key in sorted(shipped | set(current_editions()))]


def offered() -> list[Offered]:
    """The installed courses as a programme drafted from legal presets may offer them."""
    return [Offered(card.key, card.minutes, frozenset(card.covers)) for card in courses("en")]
