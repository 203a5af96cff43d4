"""What changed since a reader completed an older edition: shown on the start page, and read alone where they wish."""

from dataclasses import dataclass
from datetime import date
from math import ceil

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from upstander.actions import completion, learning
from upstander.core.course_source import CHANGE_CLASSES
from upstander.core.outline import Outline
from upstander.delivery import catalogue
from upstander.delivery.native.pieces import Page
from upstander.models import CourseEdition
from upstander.queries.completion import asks_for_whole, what_it_meets
from upstander.queries.course_editions import difference, editions_between
from upstander.queries.doors import learner as doors
from upstander.web.guard import signed_in
from upstander.web.learner.player_visit import Visit, frame, visit
from upstander.words.editions import CHANGE_SENTENCES


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """One page that changed: its title, and where it leads once its turn has come."""

    title: str
    address: str
    is_read: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """What the current edition changed for somebody who completed the one they hold.

    `sentence` says how it weighs, `said` what the office says about it, edition by edition. `asks_whole`: a duty asks
    for the whole course, which reading the changes alone does not meet.
    """

    held: str
    edition: str
    sentence: str
    said: tuple[str, ...]
    pages: tuple[ChangedPage, ...]
    minutes: int
    is_begun: bool
    asks_whole: bool


def edition_held(here: Visit) -> str:
    """The older edition that the reader completed and whose changes they may read; "" where there is none."""
    mine, current = here.enrolment, here.course.edition
    if mine is None:
        held = doors.edition_held_by(here.person, here.course.key)
        return "" if held == current else held
    if mine.edition == current:
        return "" if here.completed else mine.holds
    return mine.edition if here.completed else ""


def changes_of(here: Visit, day: date) -> Changes | None:
    """What changed for this reader; None where they hold no older edition, or it is not on record here."""
    held = edition_held(here)
    differs = difference(here.course.key, held, here.course.edition) if held else None
    if differs is None:
        return None
    rows = editions_between(here.course.key, held, here.course.edition)
    if not rows:
        return None
    pages = [page for page in here.course.pages if page.ref in differs.pages]
    narrow = catalogue.narrowed(here.course, set(differs.pages))
    begun = here.enrolment is not None and bool(here.enrolment.holds)
    return Changes(
        held=held,
        edition=here.course.edition,
        sentence=str(CHANGE_SENTENCES[_heaviest(rows)]),
        said=tuple(words for row in rows if (words := row.says.get(here.course.lang) or row.says.get("en", ""))),
        pages=tuple(_shown(page, here, begun) for page in pages),
        minutes=max(1, ceil((sum(page.seconds for page in pages) + narrow.assessment_seconds) / 60)),
        is_begun=begun,
        asks_whole=asks_for_whole(here.person.pk, here.course.key, day),
    )


def _heaviest(rows: list[CourseEdition]) -> str:
    return max(
        (row.change for row in rows if row.change in CHANGE_CLASSES), key=CHANGE_CLASSES.index, default="material"
    )


def _shown(page: Page, here: Visit, begun: bool) -> ChangedPage:
    is_open = begun and here.outline.may_open(page.ref, here.seen, here.completed)
    return ChangedPage(page.title, here.page_address(page.ref) if is_open else "", begun and page.ref in here.seen)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def changed(request: HttpRequest, course: str) -> HttpResponse:
    """The post begins to read what changed; the page says that it was read, and what it counts for."""
    here = visit(request, course)
    if request.method == "POST":
        return _begin(request, here)
    mine = here.enrolment
    if mine is None or not mine.holds or not here.completed:
        return redirect("learn-start", course=here.course.key)
    certificate = doors.newest_certificate_for(here.person, here.course.key)
    held = doors.completion_of_edition(here.person, here.course.key, mine.holds)
    meets = what_it_meets(here.person.pk, str(held.pk), here.course.lang) if held else []
    attempt = mine.attempts.exclude(submitted_at=None).last()
    context = {"certificate": certificate, "meets": meets, "attempt": attempt}
    return render(request, "player/changed.html", {**frame(here, "", 0), **context})


def _begin(request: HttpRequest, here: Visit) -> HttpResponse:
    held = edition_held(here)
    differs = difference(here.course.key, held, here.course.edition) if held else None
    if differs is None:
        return redirect("learn-start", course=here.course.key)
    outline = catalogue.narrowed(here.course, set(differs.pages)).outline
    mine = learning.begin(here.person.pk, outline, request.moment, held)
    if not outline.to_read and not outline.assessment.length:
        return finished(request, here.course.key, mine.pk, outline)
    if not outline.to_read:
        return redirect("learn-assessment", course=here.course.key)
    return redirect(here.page_address(outline.resume_at(mine.place, here.seen & set(outline.to_read), False)))


def finished(request: HttpRequest, course_key: str, enrolment_id: object, outline: Outline) -> HttpResponse:
    """After the last changed page where nothing is asked about them: completed, and told so."""
    completion.finish_reading(enrolment_id, outline, request.moment)
    return redirect("learn-changed", course=course_key)
