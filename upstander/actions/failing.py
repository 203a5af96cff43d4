"""Addresses to which mail does not go through: ended after a failure, released by an officer."""

from datetime import timedelta

from django.db import transaction

from upstander.actions.hearing import came_back
from upstander.actions.locks import lock_person
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.notices import address_digest
from upstander.core.post import LOST, SOFT_DAYS, Came, ends_sending
from upstander.models import AuditLine, FailingAddress, Notice


def letter_failed(notice: Notice, came: Came, moment: Moment) -> None:
    """Keeps that a letter was lost or called junk, once, and ends sending to its address where that is due.

    Inside the caller's transaction, under the lock of the letter's person. The address is the one that the letter went
    to: another one on the roster starts clean.
    """
    if came in LOST and not Notice.objects.filter(pk=notice.pk, bounced_at=None).update(bounced_at=moment.at):
        return
    if came in LOST:
        came_back(notice, moment)
    row = FailingAddress.objects.filter(
        person_id=notice.person_id, address_digest=address_digest(notice.address)
    ).first()
    if row and row.released_at and notice.claimed_at and notice.claimed_at < row.released_at:
        return  # what the officer released it after
    lost = _lost_lately(notice, row, moment) if came is Came.TEMPORARY else 0
    row = row or FailingAddress(
        person_id=notice.person_id, address_digest=address_digest(notice.address), first_at=moment.at
    )
    if row.released_at:
        row.first_at, row.suppressed_at, row.released_at, row.released_by = moment.at, None, None, ""
    if row.suppressed_at is None:
        row.reason = came
    row.soft_count, row.last_at = lost or row.soft_count, moment.at
    if row.suppressed_at is None and ends_sending(came, lost):
        row.suppressed_at = moment.at
    row.save()


def _lost_lately(notice: Notice, row: FailingAddress | None, moment: Moment) -> int:
    """How many letters to this address were lost within two weeks, this one too, since it was last released."""
    since = moment.at - timedelta(days=SOFT_DAYS)
    if row and row.released_at:
        since = max(since, row.released_at)
    lost = Notice.objects.filter(person_id=notice.person_id, address__iexact=notice.address, bounced_at__gt=since)
    return lost.count()


def letter_arrived(notice: Notice) -> None:
    """Forgets that letters to this address were lost, as long as sending to it has not ended."""
    FailingAddress.objects.filter(
        person_id=notice.person_id, address_digest=address_digest(notice.address), suppressed_at=None
    ).delete()


@transaction.atomic
def release(failing_id: int, moment: Moment, by: str) -> FailingAddress:
    """Lets letters go to the address again; Refusal `address-not-suppressed` where they do already."""
    lock_person(FailingAddress.objects.values_list("person_id", flat=True).get(pk=failing_id))
    row = FailingAddress.objects.get(pk=failing_id)
    if row.suppressed_at is None or row.released_at is not None:
        raise Refusal("address-not-suppressed", {"failing": failing_id})
    row.released_at, row.released_by, row.soft_count = moment.at, by, 0
    row.save(update_fields=["released_at", "released_by", "soft_count"])
    AuditLine.objects.create(at=moment.at, actor=by, verb="address-released", subject=f"failing-address:{row.pk}")
    return row
