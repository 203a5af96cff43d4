"""What somebody who was there says of a session: kept without their name, a time or a place in a row."""

import random
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from upstander.actions.locks import lock_person
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.session_feedback import checked, may_answer
from upstander.models import SessionFeedback, SessionSeat, TrainingSession


@transaction.atomic
def give_feedback(session_id: UUID, person_id: str, given: Mapping[str, str], moment: Moment) -> None:
    """Keeps the answers, once; that they were given is known, not which they are.

    All answers of the session are written anew in an order of chance, so that neither the order of the rows nor the
    transaction that wrote them tells whose is whose. No line of the audit, for it would carry a time.
    Refuses `feedback-closed`, `no-such-answer` {question}, `nothing-said`.
    """
    answers = checked(given)
    lock_person(person_id)
    session = TrainingSession.objects.select_for_update(of=("self",)).get(pk=session_id)
    seat = SessionSeat.objects.filter(session=session, person_id=person_id).first()
    if seat is None or not may_answer(session.state, seat.state, seat.gave_feedback, session.ends_at, moment.at):
        raise Refusal("feedback-closed")
    kept = [*session.feedback.values_list("answers", flat=True), answers]
    session.feedback.all().delete()
    random.SystemRandom().shuffle(kept)
    SessionFeedback.objects.bulk_create(SessionFeedback(session=session, answers=one) for one in kept)
    SessionSeat.objects.filter(pk=seat.pk).update(gave_feedback=True)
