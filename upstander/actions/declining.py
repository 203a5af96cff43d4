"""Declining letters of a kind that may be declined, and taking that back: ended, never deleted."""

from django.db import transaction

from upstander.actions.locks import lock_person
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.notices import Kind
from upstander.models import Unsubscribed
from upstander.queries.declining import declined_now


@transaction.atomic
def decline(person_id: str, kind: Kind, moment: Moment) -> bool:
    """No more letters of this kind to the person; false if they had declined. Refusal: letter-not-declinable."""
    if not kind.declinable:
        raise Refusal("letter-not-declinable", {"kind": kind.key})
    lock_person(person_id)
    if declined_now().filter(person_id=person_id, kind=kind.key).exists():
        return False
    Unsubscribed.objects.create(person_id=person_id, kind=kind.key, since_at=moment.at)
    return True


@transaction.atomic
def want_again(person_id: str, kind: str, moment: Moment) -> bool:
    """Letters of this kind again; false if they were never declined."""
    lock_person(person_id)
    return bool(declined_now().filter(person_id=person_id, kind=kind).update(ended_at=moment.at))
