"""A person's feed of dates: whose address it is, and what stands in it."""

import hashlib
from datetime import datetime

from upstander.core.decision import SETTLED
from upstander.core.in_person import BOOKED, OPEN
from upstander.models import Account, Arrangement, CalendarFeed, Person, SessionSeat, Standing

#: States of a standing of whose date nothing is to be done, or nothing is sure.
_NOT_TO_DO = SETTLED | {"undecided"}


def digest_of(token: str) -> str:
    """What is kept of the secret part of an address."""
    return hashlib.sha256(token.encode()).hexdigest()


def owner_of_feed(token: str) -> Person | None:
    """Whose address this is; None where it was never made or is ended, or the person is not on the roster."""
    live = CalendarFeed.objects.select_related("person").filter(token_digest=digest_of(token), ended_at=None)
    feed = live.filter(person__vanished_on=None).first()
    return feed.person if feed else None


def feed_of(person_id: str) -> CalendarFeed | None:
    """The person's present feed."""
    return CalendarFeed.objects.filter(person_id=person_id, ended_at=None).first()


def language_of(person: Person) -> str:
    """The language that the person chose, else the roster's; "" where neither is said."""
    chosen = Account.objects.filter(person=person).values_list("language", flat=True).first()
    return chosen or person.preferred_language or ""


def to_be_done(standings: list[Standing]) -> list[Standing]:
    """Those with a due date that is still to be met."""
    return [one for one in standings if one.due_on and one.state not in _NOT_TO_DO]


def seats_ahead(person_id: str, at: datetime) -> list[SessionSeat]:
    """The person's seats in sessions that are not over."""
    rows = SessionSeat.objects.select_related("session__offer")
    mine = rows.filter(person_id=person_id, state=BOOKED, session__state=OPEN, session__ends_at__gt=at)
    return list(mine.order_by("session__starts_at"))


def arrangements_ahead(person_id: str, at: datetime) -> list[Arrangement]:
    """What the office has arranged with the person and is not over."""
    mine = Arrangement.objects.filter(person_id=person_id, state="planned", ends_at__gt=at)
    return list(mine.order_by("starts_at"))
