"""One reader in one course: what every page of the player begins with."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from math import ceil

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from upstander.actions.seat import sign_of_life
from upstander.core.duty import default_duty
from upstander.core.outline import Outline
from upstander.core.seat_time import SeatTime
from upstander.delivery.native.pieces import Course, Page, Section
from upstander.models import Attempt, Enrolment, Person
from upstander.queries.doors import learner as doors
from upstander.queries.seat_time import seat_time_of
from upstander.web.learner.player_arrivals import Sending, sending
from upstander.web.learner.player_edition import course_of, taken_by


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One entry of the list of sections: where it leads (or nowhere yet) and how far the reader is in it."""

    title: str
    address: str
    is_current: bool
    is_done: bool


@dataclass
class Visit:
    """The reader, the course in their language, their enrolment (None before they begin) and the pages seen."""

    person: Person
    course: Course
    enrolment: Enrolment | None
    seen: frozenset[str] = field(default_factory=frozenset)
    sending: Sending | None = None
    #: What the reader had chosen in the lessons, by block, when the request came.
    answers: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def seat(self) -> SeatTime | None:
        """A law's floor to the time in the course, until it is completed."""
        return None if self.completed else seat_time_of(self.enrolment)

    def sign_of_life(self, at: datetime, stays: bool = True) -> None:
        """Counts the time since the reader's last sign of life, where a law asks for a time in this course."""
        if self.seat is None:
            return
        page = self.course.page(self.enrolment.place)
        item_seconds = self.course.assessment_seconds // max(self.outline.assessment.length, 1)
        seconds = max(page.seconds if page else 0, item_seconds if self.can_be_assessed else 0)
        sign_of_life(self.enrolment, at, seconds, stays)
        self.seat = SeatTime(self.seat.asked_minutes, self.enrolment.seat_seconds)

    @property
    def outline(self) -> Outline:
        return self.course.outline

    @property
    def completed(self) -> bool:
        return self.enrolment is not None and self.enrolment.completed_at is not None

    @property
    def is_check(self) -> bool:
        return self.outline.check == "check"

    def page_address(self, ref: str) -> str:
        section, page = ref.split("/", 1)
        return reverse("learn-page", args=[self.course.key, section, page])

    @property
    def resume_ref(self) -> str:
        place = self.enrolment.place if self.enrolment else ""
        return self.outline.resume_at(place, self.seen, self.completed)

    @property
    def resume_address(self) -> str:
        return self.page_address(self.resume_ref)

    @property
    def can_be_assessed(self) -> bool:
        return self.enrolment is not None and self.outline.may_be_assessed(self.seen, self.completed)

    def minutes_left(self, assessment_share: float = 1.0) -> int:
        """Whole minutes for the pages not seen and what is left of the assessment, 1 at least; 0 after completion."""
        if self.completed:
            return 0
        pages = sum(page.seconds for page in self.course.pages if page.ref not in self.seen)
        return max(1, ceil((pages + assessment_share * self.course.assessment_seconds) / 60))

    def section_lines(self, current: str) -> list[SectionLine]:
        """The sections with where they lead, and the assessment (`current` is a section's id, or `assessment`)."""
        return [self._section_line(section, current) for section in self.course.sections]

    def _section_line(self, section: Section, current: str) -> SectionLine:
        refs = [page.ref for page in section.pages]
        opened = next((ref for ref in refs if self.outline.may_open(ref, self.seen, self.completed)), "")
        return SectionLine(
            title=section.title,
            address=self.page_address(opened) if opened else "",
            is_current=section.id == current,
            is_done=self.completed or all(ref in self.seen for ref in refs),
        )

    def duty(self) -> str:
        """Which of the three feedback variants speaks to this reader."""
        return default_duty(doors.held_by(self.person))


def visit(request: HttpRequest, course_key: str) -> Visit:
    """The visit of the signed-in reader to this course; Http404 for a course that does not exist."""
    person = doors.person_of(request.user)
    taken = taken_by(person, course_key, (get_language() or "en").split("-")[0])
    course, enrolment = taken.course, taken.enrolment
    if not course.pages:
        raise Http404
    seen, answers = doors.kept_of(enrolment) if enrolment else (frozenset(), {})
    here = Visit(person, course, enrolment, seen | course.outline.known, sending(request, enrolment), answers)
    here.sign_of_life(request.moment.at)
    return here


def of_attempt(here: Visit, attempt: Attempt) -> Visit:
    """The visit in the edition of this attempt: it is shown, marked and reviewed as it was drawn."""
    return replace(here, course=course_of(attempt, here.course.lang))


def frame(visit: Visit, current: str, minutes_left: int) -> dict:
    """What the frame of every page in a course shows: the sections, the place among them, the time left."""
    sections = visit.course.sections
    number = next((i for i, section in enumerate(sections, 1) if section.id == current), 0)
    return {
        "visit": visit,
        "course": visit.course,
        "sections": visit.section_lines(current),
        "section_number": number,
        "section_count": len(sections),
        "section_title": sections[number - 1].title if number else "",
        "at_assessment": current == "assessment",
        "minutes_left": max(minutes_left, visit.seat.minutes_left) if visit.seat else minutes_left,
        "pages_done": sum(ref in visit.seen for ref in visit.outline.to_read),
        "pages_total": len(visit.outline.to_read),
        "section": "courses",
    }


def place_in_section(visit: Visit, page: Page) -> tuple[int, int]:
    """Which page of its section this is, of how many."""
    section = next(section for section in visit.course.sections if section.id == page.section)
    return section.pages.index(page) + 1, len(section.pages)
