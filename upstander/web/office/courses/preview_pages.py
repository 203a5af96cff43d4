"""The course as learners would meet it, both languages beside each other; nothing is recorded."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from upstander.core.duty import DUTIES
from upstander.delivery.native.pieces import Course, Page
from upstander.web.guard import signed_in
from upstander.web.office.courses.desk import Desk, desk_of
from upstander.web.office.courses.shown import BlockView, block_views, duty_of
from upstander.web.people import in_words


@dataclass(frozen=True, slots=True)
class Half:
    """One language of the look: the page, its place in its section, its blocks."""

    lang: str
    course: Course
    page: Page
    number: int
    count: int
    blocks: tuple[BlockView, ...]


@signed_in
@require_safe
def start(request: HttpRequest, draft_id: int) -> HttpResponse:
    """What stands before the course: goals, content note, minutes, sections."""
    desk = desk_of(request, draft_id)
    context = {**desk.context(), "courses": desk.read.courses.values(), "duty": duty_of(request)}
    context["first"] = next((ref for ref in _refs(desk)), "")
    context["first_parts"] = context["first"].split("/") if context["first"] else []
    return render(request, "office/courses/preview_start.html", context)


@signed_in
@require_safe
def page(request: HttpRequest, draft_id: int, section: str, page: str) -> HttpResponse:
    """One page in every language that has it, for a reader of the chosen duty."""
    desk = desk_of(request, draft_id)
    ref, duty = f"{section}/{page}", duty_of(request)
    halves = [half for course in desk.read.courses.values() if (half := _half(course, ref, duty))]
    if not halves:
        raise Http404
    refs = _refs(desk)
    at = refs.index(ref)
    context = {
        **desk.context(),
        "halves": halves,
        "page_title": in_words({half.lang: half.page.title for half in halves}) or halves[0].page.title,
        "duty": duty,
        "duties": DUTIES,
        "section_id": section,
        "page_id": page,
        "before": refs[at - 1].split("/") if at else [],
        "after": refs[at + 1].split("/") if at + 1 < len(refs) else [],
        "number": at + 1,
        "count": len(refs),
    }
    return render(request, "office/courses/preview.html", context)


def _refs(desk: Desk) -> list[str]:
    """Every page of any language, in order."""
    return list(dict.fromkeys(page.ref for course in desk.read.courses.values() for page in course.pages))


def _half(course: Course, ref: str, duty: str) -> Half | None:
    shown = course.page(ref)
    if shown is None:
        return None
    pages = next(section.pages for section in course.sections if section.id == shown.section)
    blocks = tuple(block_views(shown, duty))
    return Half(course.lang, course, shown, pages.index(shown) + 1, len(pages), blocks)
