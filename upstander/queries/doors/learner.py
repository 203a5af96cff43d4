"""The doors of the learner: what stands behind them belongs to the viewer alone; for anybody else it does not exist.

Every "no" here is Http404, so that an address tells nothing about other people's training.
"""

import json
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.http import Http404

from upstander.core.facts import CHANGES_ONLY
from upstander.models import Appointment, Attempt, Certificate, Completion, Enrolment, LessonAnswer, PageSeen, Person
from upstander.queries.rows import fetched, of_people_always

_KEPT = """
SELECT page, NULL FROM {pages} WHERE enrolment_id = %s
UNION ALL SELECT block, answer FROM {answers} WHERE enrolment_id = %s
"""


def person_of(user) -> Person:
    """The person who is signed in; Http404 for an account that belongs to no person."""
    person = getattr(user, "person", None) if user.is_authenticated else None
    if person is None:
        raise Http404
    return person


def enrolment_for(viewer: Person, course_key: str, edition: str) -> Enrolment | None:
    """The viewer's own enrolment in this edition, or None where they have not begun."""
    return Enrolment.objects.filter(person=viewer, course_key=course_key, edition=edition).first()


def enrolments_for(viewer: Person, course_key: str) -> list[Enrolment]:
    """The viewer's own enrolments in every edition of the course, the last begun first."""
    return list(Enrolment.objects.filter(person=viewer, course_key=course_key).order_by("-started_at"))


class Held(NamedTuple):
    """What an appointment says of its holder's duty to share what they learn."""

    confidential_role: bool
    category: str
    supervises: bool


def _held() -> QuerySet:
    return Appointment.objects.order_by().values_list(*Held._fields)


def held_by(viewer: Person) -> list[Held]:
    """The viewer's own appointments; one small query."""
    return [Held(*row) for row in of_people_always(_held, [viewer.pk])]


def kept_of(enrolment: Enrolment) -> tuple[frozenset[str], dict[str, str]]:
    """The pages that were read in this run of the course, and what was chosen in its lessons by block; one query."""
    quoted = connection.ops.quote_name
    pages, answers = quoted(PageSeen._meta.db_table), quoted(LessonAnswer._meta.db_table)
    own = Enrolment._meta.pk.get_db_prep_value(enrolment.pk, connection)
    rows = fetched(_KEPT.format(pages=pages, answers=answers), [own, own])
    return (
        frozenset(name for name, chosen in rows if chosen is None),
        {name: json.loads(chosen) for name, chosen in rows if chosen is not None},
    )


def edition_held_by(viewer: Person, course_key: str) -> str:
    """The edition of the viewer's last completion of this course that has one; "" where there is none."""
    rows = Completion.objects.filter(person=viewer, course_key=course_key, retracted_at=None).exclude(edition="")
    newest = rows.order_by("-completed_on", "-recorded_at").values_list("edition", flat=True)
    return newest.first() or ""


def completion_of_edition(viewer: Person, course_key: str, edition: str) -> Completion | None:
    """The viewer's last whole completion of this edition, where there is one."""
    rows = Completion.objects.filter(person=viewer, course_key=course_key, edition=edition, retracted_at=None)
    return rows.exclude(source=CHANGES_ONLY).order_by("completed_on", "recorded_at").last()


def attempt_for(viewer: Person, attempt_id: UUID, course_key: str) -> Attempt:
    """The viewer's own attempt, with its enrolment; Http404 for anybody else's."""
    attempts = Attempt.objects.select_related("enrolment")
    attempt = attempts.filter(pk=attempt_id, enrolment__person=viewer, enrolment__course_key=course_key).first()
    if attempt is None:
        raise Http404
    return attempt


def certificate_by_code(code: str) -> Certificate:
    """The certificate that this unguessable code opens, for whoever holds the code; Http404 where there is none."""
    certificate = (
        Certificate.objects.select_related("completion__person")
        .filter(code=code, completion__retracted_at=None)
        .first()
    )
    if certificate is None:
        raise Http404
    return certificate


def newest_certificate_for(viewer: Person, course_key: str) -> Certificate | None:
    """The certificate of the viewer's last completion of this course, where there is one."""
    return (
        Certificate.objects.select_related("completion")
        .filter(completion__person=viewer, completion__course_key=course_key, completion__retracted_at=None)
        .order_by("-completion__completed_on", "-made_at")
        .first()
    )
