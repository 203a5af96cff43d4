"""Which edition of a course a reader stands in, and what an older page of theirs still means.

The current one; the one of an attempt that is still open; or the current one with only its changes left to read.
"""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from upstander.actions.carrying import carry
from upstander.core.errors import Refusal
from upstander.delivery import catalogue
from upstander.delivery.native.pieces import Course
from upstander.models import Attempt, Enrolment, Person
from upstander.queries.course_editions import difference
from upstander.queries.doors import learner as doors


@dataclass(frozen=True, slots=True)
class Taken:
    """The course in the edition in which the reader stands, and their enrolment: None before they begin.

    Whoever completed an older edition stands in the current one with that older enrolment, every page open.
    """

    course: Course
    enrolment: Enrolment | None


def taken_by(person: Person, course_key: str, lang: str) -> Taken:
    """Where the reader stands; carries a course begun in an older edition on. Http404 where there is no such course."""
    try:
        course = catalogue.edition(course_key, lang)
    except Refusal as refusal:
        raise Http404 from refusal
    rows = doors.enrolments_for(person, course.key)
    mine = next((row for row in rows if row.edition == course.edition), None)
    if mine is not None:
        return Taken(_to_be_read(course, mine), mine)
    going = next((row for row in rows if row.completed_at is None), None)
    if going is not None:
        return _going_on(going, course)
    return Taken(course, next(iter(sorted(rows, key=lambda row: row.completed_at, reverse=True)), None))


def _going_on(going: Enrolment, course: Course) -> Taken:
    """Somebody in the middle of an older edition: an open attempt is finished there, all else goes on in the new."""
    differs = difference(course.key, going.edition, course.edition)
    row = carry(going.pk, course.outline, differs)
    if row.edition != course.edition:
        course = catalogue.edition(course.key, course.lang, row.edition)
    return Taken(_to_be_read(course, row), row)


def _to_be_read(course: Course, enrolment: Enrolment) -> Course:
    """The course, narrowed for somebody who completed an older edition and reads only what changed."""
    if not enrolment.holds or enrolment.completed_at is not None:
        return course
    differs = difference(course.key, enrolment.holds, enrolment.edition)
    return course if differs is None else catalogue.narrowed(course, set(differs.pages))


def course_of(attempt: Attempt, lang: str) -> Course:
    """The whole course in the edition of this attempt, in which it is shown, marked and reviewed."""
    return catalogue.edition(attempt.enrolment.course_key, lang, attempt.edition or attempt.enrolment.edition)


def is_of_older_text(request: HttpRequest, course: Course, ref: str) -> bool:
    """Whether what was posted belongs to a page of an older edition that reads otherwise by now: it counts for nothing.

    A page that did not change counts, in whichever edition it was opened.
    """
    posted = request.POST.get("edition", "")
    if posted in ("", course.edition):
        return False
    differs = difference(course.key, posted, course.edition)
    return differs is not None and (ref in differs.pages or ref not in course.outline.pages)
