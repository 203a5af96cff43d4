"""A seat in a training as an entry of a calendar, for the page, the letters and the feed alike."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import get_language

from upstander.core.in_person import CANCELLED, GIVEN_UP
from upstander.models import SessionSeat
from upstander.words.calendar import Entry, Party


def seat_entry(seat: SessionSeat, at: datetime, attendee: Party | None = None) -> Entry:
    """The entry of this seat in the active language; given up or called off, it takes itself away.

    `attendee` is who is invited by it in a letter.
    """
    session, is_given_up = seat.session, seat.state == GIVEN_UP
    lang = (get_language() or "en").split("-")[0]
    words = session.offer.words.get(lang) or session.offer.words["en"]
    office = settings.INSTITUTION["office"]
    return Entry(
        # a seat that is booked again after it was given up is another entry
        uid=f"{session.pk}-{seat.pk}-{seat.asked_at:%Y%m%d%H%M%S}@upstander",
        title=words["title"],
        stamped_at=at,
        sequence=session.sequence + is_given_up,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        zone=settings.INSTITUTION_ZONE,
        place=session.place,
        description=words["summary"],
        address=f"{settings.BASE_URL}/in-person/{session.pk}/",
        organizer=Party(office.get(lang, office["en"])["name"], office["email"]),
        attendee=attendee,
        is_cancelled=is_given_up or session.state == CANCELLED,
    )
