"""An arrangement as an entry of a calendar: of the person whom it is for, and of whoever helps."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import get_language, gettext

from upstander.core.arrangements import HELD, PLANNED
from upstander.models import Arrangement, Person
from upstander.words.arrangements import arrangement_kind_word
from upstander.words.calendar import Entry, Party


def arrangement_entry(found: Arrangement, at: datetime, attendee: Person | None = None, is_off: bool = False) -> Entry:
    """The entry in the active language; others who look into the calendar read no course, no name and no need in it.

    For an arrangement with a time. A calendar takes it away once it is called off, or `is_off` for this reader.
    """
    lang, office = (get_language() or "en").split("-")[0], settings.INSTITUTION["office"]
    name = office.get(lang, office["en"])["name"]
    guest = attendee or found.person
    return Entry(
        uid=f"arrangement-{found.pk}@upstander",
        title=gettext("Training, arranged by the office"),
        stamped_at=at,
        sequence=found.sequence,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        zone=settings.INSTITUTION_ZONE,
        place=found.place,
        description=f"{arrangement_kind_word(found.kind)}\n{name}, {office['phone']}",
        address=f"{settings.BASE_URL}/arrangements/{found.pk}/" if guest == found.person else "",
        organizer=Party(name, office["email"]),
        attendee=Party(guest.called, guest.email),
        is_cancelled=is_off or found.state not in (PLANNED, HELD),
    )
