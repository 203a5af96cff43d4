"""What every letter about a seat says: the session as it stands at the moment of sending, and the reader's seat."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from upstander.actions.sending import Subject
from upstander.core.days import Moment
from upstander.core.decision import Reason
from upstander.core.session_letters import REMINDER, turn_of, why_not
from upstander.models import Notice as Row
from upstander.notices.letter import office_of
from upstander.words.calendar import CANCEL, REQUEST, Party, calendar_text
from upstander.words.dates import long_date
from upstander.words.in_person import when_words
from upstander.words.in_person_calendar import seat_entry

#: What these letters look at.
READS = ("seat__session__offer", "seat__notices")


def words_of_seat(about: Subject, invites: bool) -> Mapping[str, Any]:
    """The words of the letter; `invites` puts the entry for the reader's calendar into it, as it stands now."""
    seat, office = about.notice.seat, office_of(None, about.language)
    session, lang = seat.session, (get_language() or "en").split("-")[0]
    day = Moment.of(session.starts_at, settings.INSTITUTION_ZONE).day
    said = {
        "title": (session.offer.words.get(lang) or session.offer.words["en"])["title"],
        "when": when_words(session.starts_at, session.ends_at, settings.INSTITUTION_ZONE),
        "day": long_date(day, lang),
        "place": session.place,
        "waits": seat.state == "waiting",
        "moved_up": seat.changed_by == "upstander",
        "link": f"{settings.BASE_URL}/in-person/{session.pk}/",
        "others": f"{settings.BASE_URL}/in-person/",
        "office": office,
        "office_name": office["name"],
    }
    if not invites or seat.state == "waiting":
        return said
    invited = Party(about.person.called, about.person.email)
    entry = seat_entry(seat, about.moment.at, invited)
    method = CANCEL if entry.is_cancelled else REQUEST
    return {**said, "calendar": calendar_text(entry, method), "calendar_method": method}


def with_entry(about: Subject) -> Mapping[str, Any]:
    return words_of_seat(about, invites=True)


def without_entry(about: Subject) -> Mapping[str, Any]:
    return words_of_seat(about, invites=False)


def still_so(kind: str) -> Callable[[Row, Moment], Reason | None]:
    """Whether a letter of this kind still says what is true; asked in the claim, under the lock of its reader."""

    def still(notice: Row, moment: Moment) -> Reason | None:
        seat = notice.seat
        if seat is None or seat.person_id != notice.person_id:
            return Reason("not-theirs")
        session, planned = seat.session, notice.dedupe_key.rpartition(":")[2]
        now = turn_of(session.starts_at) if kind == REMINDER else _newest(notice)
        code = why_not(kind, seat.state, session.state, session.starts_at, moment.at, (planned, now))
        return Reason(code) if code else None

    return still


def _newest(notice: Row) -> str:
    """The turn of the newest letter of this kind about this seat."""
    alike = [one for one in notice.seat.notices.all() if one.kind == notice.kind]
    return max((one.dedupe_key.rpartition(":")[2] for one in alike), key=int)
