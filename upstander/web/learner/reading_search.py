"""Search inside one course, and over all courses: only what stands open is shown, the rest is counted (row B16)."""

from collections.abc import Container
from dataclasses import dataclass
from html import unescape

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from upstander.core.search import LONGEST, Found, is_found, words_of
from upstander.delivery import catalogue
from upstander.delivery.catalogue import CourseCard
from upstander.delivery.native.passages import index_of
from upstander.queries.course_access import closed_courses
from upstander.queries.doors import learner as doors
from upstander.queries.programmes import all_published
from upstander.web.guard import signed_in
from upstander.web.learner.player_visit import Visit, frame, visit


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One page found: where it leads, its section, and the excerpt as (text, is a word found)."""

    address: str
    title: str
    section: str
    excerpt: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class FoundHere:
    """What one course has: the pages that stand open to the reader, and how many do not yet."""

    course: CourseCard | None
    lines: tuple[FoundLine, ...] = ()
    waiting: int = 0
    begun: bool = False
    by_name: bool = False


def _typed(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:LONGEST]


@signed_in
@require_safe
def in_course(request: HttpRequest, course: str) -> HttpResponse:
    """What one course says to the words typed."""
    here, typed = visit(request, course), _typed(request)
    found = _found(here, typed, None) if words_of(typed) else None
    context = {"typed": typed, "found": found, "searches": True}
    return render(request, "player/reading_search.html", {**frame(here, "", here.minutes_left()), **context})


@never_cache
@require_safe
def in_courses(request: HttpRequest) -> HttpResponse:
    """What every offered course says to the words typed; without sign-in, where to look."""
    typed = _typed(request)
    found = []
    if words_of(typed):
        offered = _offered()
        closed = _closed(request, offered)
        found = [one for card in offered if (one := _in_one(request, card, typed, card.key in closed))]
        found.sort(key=lambda one: not one.lines)
    context = {"section": "courses", "typed": typed, "searched": bool(words_of(typed)), "courses_found": found}
    return render(request, "player/reading_search_all.html", context)


def _language() -> str:
    return (get_language() or "en").split("-")[0]


def _offered() -> list[CourseCard]:
    """The courses that a published programme offers, each once, in the programmes' order."""
    keys = dict.fromkeys(option.course_key for programme in all_published() for option in programme.options)
    return [card for key in keys if (card := catalogue.card_of(key, _language()))]


def _closed(request: HttpRequest, offered: list[CourseCard]) -> Container[str]:
    """The courses that the reader would have to ask for first (row B20)."""
    person = getattr(request.user, "person", None)
    return closed_courses(person.pk, [card.key for card in offered], request.moment.day) if person else ()


def _in_one(request: HttpRequest, card: CourseCard, typed: str, is_closed: bool) -> FoundHere | None:
    """What this course has for this reader; None where it has nothing."""
    if getattr(request.user, "person", None) and not is_closed:
        found = _found(_glance(request, card.key), typed, card)
    else:
        pages = index_of(catalogue.edition(card.key, _language())).find(typed)
        found = FoundHere(card, waiting=len(pages), by_name=_by_name(card, typed))
    return found if found.lines or found.waiting or found.by_name else None


def _glance(request: HttpRequest, course_key: str) -> Visit:
    """The reader's course as it stands, without a visit to it."""
    person, course = doors.person_of(request.user), catalogue.edition(course_key, _language())
    enrolment = doors.enrolment_for(person, course.key, course.edition)
    seen = frozenset(enrolment.pages_seen.values_list("page", flat=True)) if enrolment else frozenset()
    return Visit(person, course, enrolment, seen)


def _by_name(card: CourseCard, typed: str) -> bool:
    known = words_of(" ".join((card.title, card.summary, *card.topics)))
    return all(is_found(word, known) for word in words_of(typed))


def _found(here: Visit, typed: str, card: CourseCard | None) -> FoundHere:
    pages = index_of(here.course).find(typed, here.completed)
    open_now = [hit for hit in pages if _is_open(here, hit.ref)]
    return FoundHere(
        course=card,
        lines=tuple(_line(here, hit) for hit in open_now),
        waiting=len(pages) - len(open_now),
        begun=here.enrolment is not None,
        by_name=bool(card) and _by_name(card, typed),
    )


def _is_open(here: Visit, ref: str) -> bool:
    return here.enrolment is not None and here.outline.may_open(ref, here.seen, here.completed)


def _line(here: Visit, hit: Found) -> FoundLine:
    page = here.course.page(hit.ref)
    section = next(section for section in here.course.sections if section.id == page.section)
    opened = f"?others={hit.passage.anchor}" if hit.passage.afterwards else ""
    anchor = f"#{hit.passage.anchor}" if hit.passage.anchor else ""
    title = unescape(strip_tags(page.title))
    return FoundLine(here.page_address(hit.ref) + opened + anchor, title, section.title, hit.excerpt)
