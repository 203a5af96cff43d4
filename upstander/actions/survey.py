"""Answering or declining a survey: the flag first, then the box, in two transactions that share nothing.

A crash between them loses an answer that was never acknowledged; nothing is ever stored twice. Whoever declines has
the spool rewritten just as somebody who answers, so that the database does not tell one from the other.
"""

import secrets

from django.conf import settings
from django.db import IntegrityError, transaction

from upstander.core.errors import Refusal
from upstander.core.survey import encoded
from upstander.models import SealedAnswer, SurveyKey, SurveySpool, SurveyTaken
from upstander.queries.survey import Owed, current_key
from upstander.wires.sealing import from_spool, seal, spooled

#: Answers lie in the spool until so many are in it; then they are dealt out at once, in random order.
DEALT_AT = 32


def decline(person_id: str, owed: Owed) -> None:
    """The survey never comes back in this cycle. Refuses `survey-taken`."""
    _flag(person_id, owed)
    key = current_key()
    if key is not None:
        _rewrite(owed.boxes, key, None)


def answer(person_id: str, owed: Owed, answers: dict[str, str]) -> None:
    """Stores the answers where nothing joins them to the person.

    Refuses `survey-taken` (this person has taken or declined it; nothing is stored again), `no-survey-key`,
    `spool-locked`.
    """
    key = current_key()
    if key is None:
        raise Refusal("no-survey-key")
    box = seal(bytes(key.public), encoded(owed.survey, answers), owed.boxes)
    _in_spool(SurveySpool.objects.filter(pk=spool_name(owed.boxes, key)).first())  # before anybody counts as done
    _flag(person_id, owed)
    _rewrite(owed.boxes, key, box)


def _flag(person_id: str, owed: Owed) -> None:
    try:
        with transaction.atomic(durable=True):
            SurveyTaken.objects.create(person_id=person_id, survey=owed.survey.key, cycle=owed.cycle)
    except IntegrityError as problem:
        raise Refusal("survey-taken") from problem


def spool_name(name: str, key: SurveyKey) -> str:
    """Boxes to different keys never lie in one spool."""
    return f"{name}@{key.fingerprint[:12]}"


def _in_spool(spool: SurveySpool | None) -> list[bytes]:
    return from_spool(bytes(spool.slots), settings.SECRET_KEY, spool.name) if spool else []


def _rewrite(name: str, key: SurveyKey, box: bytes | None) -> None:
    place = spool_name(name, key)
    with transaction.atomic(durable=True):
        blank = spooled([], DEALT_AT, settings.SECRET_KEY, place)
        SurveySpool.objects.get_or_create(name=place, defaults={"key": key.fingerprint, "slots": blank})
        spool = SurveySpool.objects.select_for_update().get(pk=place)
        boxes = _in_spool(spool)
        if box is not None:
            boxes.append(box)
        if len(boxes) >= DEALT_AT:
            deal(name, key.fingerprint, boxes)
            boxes = []
        spool.slots = spooled(boxes, DEALT_AT, settings.SECRET_KEY, place)
        spool.save()


def deal(name: str, fingerprint: str, boxes: list[bytes]) -> None:
    """Puts the boxes into the table in random order, each under a random id."""
    order = list(boxes)
    secrets.SystemRandom().shuffle(order)
    SealedAnswer.objects.bulk_create(SealedAnswer(name=name, key=fingerprint, box=box) for box in order)
