"""What becomes of a course begun in one edition when another is published: carried on, or only its changes read.

Each may be repeated, and cut short at any point, without anything being lost or counted twice.
"""

from uuid import UUID

from django.db import transaction

from upstander.actions.learning import begin_again, role_of, started
from upstander.actions.locks import lock_person
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.outline import Outline
from upstander.models import Enrolment
from upstander.queries.course_editions import Difference


@transaction.atomic
def carry(enrolment_id: UUID, outline: Outline, differs: Difference | None) -> Enrolment:
    """Carries a course that is not completed to this edition: pages that did not change stay read, answers there stay.

    An open attempt is finished on its own edition first: until then nothing moves. Nor does it where the person has
    begun this edition already; that enrolment comes back then. `differs` is None where the older edition is not on
    record here: then every page that goes by the same name stays read, and its open attempt cannot be shown any more.
    """
    person_id = Enrolment.objects.values_list("person_id", flat=True).get(pk=enrolment_id)
    lock_person(person_id)
    enrolment = Enrolment.objects.get(pk=enrolment_id)
    begun = Enrolment.objects.filter(person_id=person_id, course_key=outline.key, edition=outline.edition).first()
    if begun is not None:
        return begun
    open_attempt = enrolment.attempts.filter(submitted_at=None)
    if enrolment.completed_at is not None or (differs is not None and open_attempt.exists()):
        return enrolment
    if differs is None:
        open_attempt.delete()
        differs = Difference()
    stays = set(outline.pages) - set(differs.pages)
    enrolment.pages_seen.exclude(page__in=stays).delete()
    enrolment.lesson_answers.filter(block__in=differs.questions).delete()
    enrolment.edition = outline.edition
    if enrolment.place not in outline.pages:
        enrolment.place = ""
    enrolment.save(update_fields=["edition", "place"])
    return enrolment


@transaction.atomic
def take_whole(person_id: str, outline: Outline, moment: Moment) -> Enrolment:
    """The whole course in this edition, for somebody who completed an older one or is reading what changed.

    Refuses `not-completed` where neither is so.
    """
    person = lock_person(person_id)
    rows = Enrolment.objects.filter(person=person, course_key=outline.key)
    enrolment = rows.filter(edition=outline.edition).first()
    held = enrolment.holds if enrolment and enrolment.completed_at is None else ""
    if not held and (enrolment is not None or not rows.exclude(completed_at=None).exists()):
        raise Refusal("not-completed", {"course": outline.key})
    if enrolment is None:
        enrolment = Enrolment(person=person, course_key=outline.key, edition=outline.edition, place=outline.pages[0])
        enrolment.started_at, enrolment.started_on = moment.at, moment.day
    enrolment.role, enrolment.holds = role_of(person, moment), ""
    enrolment.save()
    started(enrolment, moment)
    return enrolment


@transaction.atomic
def begin_anew(person_id: str, outline: Outline, moment: Moment) -> Enrolment:
    """The whole course once more, in the current edition, whichever edition was completed before.

    Refuses `not-completed` while the present run goes on, or before the first.
    """
    lock_person(person_id)
    mine = Enrolment.objects.filter(person_id=person_id, course_key=outline.key, edition=outline.edition)
    if mine.exclude(completed_at=None).exists():
        return begin_again(person_id, outline, moment)
    return take_whole(person_id, outline, moment)
