"""A person's own feed of dates: its address is made, made anew and ended; only a digest of it is kept."""

import secrets

from django.db import transaction

from upstander.actions.locks import lock_person
from upstander.core.days import Moment
from upstander.models import AuditLine, CalendarFeed
from upstander.queries.calendar_feeds import digest_of

#: 160 bits.
_TOKEN_BYTES = 20


@transaction.atomic
def make_feed(person_id: str, moment: Moment, by: str) -> str:
    """The secret part of a new address, told this once; an older address of this person ends."""
    lock_person(person_id)
    _end(person_id, moment)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    made = CalendarFeed.objects.create(person_id=person_id, token_digest=digest_of(token), made_at=moment.at)
    _audit("calendar-feed-made", made.pk, moment, by)
    return token


@transaction.atomic
def end_feed(person_id: str, moment: Moment, by: str) -> bool:
    """Ends the person's address; false where there was none."""
    lock_person(person_id)
    ended = _end(person_id, moment)
    for feed_id in ended:
        _audit("calendar-feed-ended", feed_id, moment, by)
    return bool(ended)


def _end(person_id: str, moment: Moment) -> list[int]:
    live = CalendarFeed.objects.filter(person_id=person_id, ended_at=None)
    ended = list(live.values_list("pk", flat=True))
    live.update(ended_at=moment.at)
    return ended


def _audit(verb: str, feed_id: int, moment: Moment, by: str) -> None:
    AuditLine.objects.create(at=moment.at, actor=by, verb=verb, subject=f"calendar-feed:{feed_id}")
