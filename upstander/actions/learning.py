"""Beginning a course, reading its pages, answering in its lessons: each may be repeated and changes nothing twice."""

from datetime import datetime

from django.db import transaction

from upstander.actions.locks import lock_person
from upstander.actions.standing import decide_again
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.outline import Outline
from upstander.models import CourseStart, Enrolment, LessonAnswer, PageSeen, Person

EMPLOYED = frozenset({"faculty", "staff", "postdoc", "affiliate"})


def role_of(person: Person, moment: Moment) -> str:
    """`employee` where any current appointment is faculty, staff, postdoc or affiliate, else `student` (row A12)."""
    current = [
        appointment
        for appointment in person.appointments.all()
        if (appointment.starts_on is None or appointment.starts_on <= moment.day)
        and (appointment.ends_on is None or moment.day <= appointment.ends_on)
    ]
    return "employee" if any(appointment.category in EMPLOYED for appointment in current) else "student"


@transaction.atomic
def begin(person_id: str, outline: Outline, moment: Moment, holds: str = "") -> Enrolment:
    """The person's enrolment in this edition, made at the first call; a duty becomes `in-progress` by it.

    `holds` is the edition completed before, of which they read only what this one changed: `outline` is narrowed to
    that then. A course begun whole in this edition stays whole.
    """
    person = lock_person(person_id)
    enrolment, made = Enrolment.objects.get_or_create(
        person=person,
        course_key=outline.key,
        edition=outline.edition,
        defaults={
            "role": role_of(person, moment),
            "started_at": moment.at,
            "started_on": moment.day,
            "place": (outline.to_read or outline.pages)[0],
            "holds": holds,
        },
    )
    if made:
        started(enrolment, moment)
    return enrolment


@transaction.atomic
def begin_again(person_id: str, outline: Outline, moment: Moment) -> Enrolment:
    """A completed course from its first page on, as a new run; what is on record stays.

    Refuses `not-completed` while the present run goes on, or before the first.
    """
    person = lock_person(person_id)
    enrolment = Enrolment.objects.filter(person=person, course_key=outline.key, edition=outline.edition).first()
    if enrolment is None or enrolment.completed_at is None:
        raise Refusal("not-completed", {"course": outline.key})
    enrolment.pages_seen.all().delete()
    enrolment.lesson_answers.all().delete()
    enrolment.attempts.filter(submitted_at=None).delete()
    enrolment.role = role_of(person, moment)
    enrolment.started_at, enrolment.started_on = moment.at, moment.day
    enrolment.place, enrolment.completed_at, enrolment.holds = outline.pages[0], None, ""
    enrolment.seat_seconds, enrolment.seat_at = 0, None
    enrolment.save()
    started(enrolment, moment)
    return enrolment


def started(enrolment: Enrolment, moment: Moment) -> None:
    """Decides the person again; the day of a start stays on record when the course is begun again in another year."""
    CourseStart.objects.get_or_create(
        person_id=enrolment.person_id,
        course_key=enrolment.course_key,
        started_on=enrolment.started_on,
        defaults={"recorded_at": moment.at},
    )
    decide_again([enrolment.person_id], moment, "start", str(enrolment.pk))


def keep_place(enrolment: Enrolment, page: str) -> None:
    """Keeps the page as the place where the reader goes on, on whichever device (row A06)."""
    if enrolment.place != page:
        Enrolment.objects.filter(pk=enrolment.pk).update(place=page)
        enrolment.place = page


def page_seen(enrolment: Enrolment, page: str, outline: Outline, moment: Moment) -> None:
    """The page was read to its end. Refuses `page-not-open` where the order does not allow it yet (row B16)."""
    seen = set(enrolment.pages_seen.values_list("page", flat=True))
    if not outline.may_open(page, seen, enrolment.completed_at is not None):
        raise Refusal("page-not-open", {"page": page})
    if page not in seen:
        PageSeen.objects.get_or_create(enrolment=enrolment, page=page, defaults={"at": moment.at})


@transaction.atomic
def answer_lesson(
    enrolment: Enrolment, block: str, answer: str, moment: Moment, given_at: datetime | None = None
) -> None:
    """Keeps what the person last chose in a scenario or check, at once.

    Refuses `older-answer` where an answer that was given later than `given_at` (None: now) has arrived before.
    """
    at = given_at or moment.at
    kept, is_new = LessonAnswer.objects.select_for_update().get_or_create(
        enrolment=enrolment, block=block, defaults={"answer": answer, "at": at}
    )
    if is_new:
        return
    if at < kept.at:
        raise Refusal("older-answer", {"block": block})
    kept.answer, kept.at = answer, at
    kept.save(update_fields=["answer", "at"])
