"""An arrangement as an entry of a calendar: of the person whom it is for, and of whoever helps."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import get_language, gettext

from upstander.core.arrangements import PLANNED
from upstander.models import Arrangement, Person
from upstander.words.arrangements import arrangement_kind_word
from upstander.words.calendar import Entry, Party


def arrangement_entry(found: Arrangement, course: str, at: datetime, attendee: Person | None = None) -> Entry:
    """The entry in the active language; it says nothing of the person's needs. For an arrangement with a time.

    `course` is its title. A calendar takes the entry away once the arrangement is called off.
    """
    lang, office = (get_language() or "en").split("-")[0], settings.INSTITUTION["office"]
    name = office.get(lang, office["en"])["name"]
    guest = attendee or found.person
    return Entry(
        uid=f"arrangement-{found.pk}@upstander",
        title=gettext("Training with the office: %(course)s") % {"course": course},
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
        is_cancelled=found.state not in (PLANNED, "held"),
    )
