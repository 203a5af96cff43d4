"""What every letter about an arrangement says: as it stands at the moment of sending, to the person or the helper."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings

from upstander.actions.sending import Subject
from upstander.core.arrangement_letters import CALLED_OFF, REMINDER, why_not
from upstander.core.arrangements import PAPER
from upstander.core.days import Moment
from upstander.core.decision import Reason
from upstander.core.session_letters import turn_of
from upstander.models import Arrangement
from upstander.models import Notice as Row
from upstander.words.arrangement_calendar import arrangement_entry
from upstander.words.arrangements import arrangement_kind_word, arrangement_part_words, arrangement_when
from upstander.words.calendar import CANCEL, REQUEST, calendar_text
from upstander.words.dates import long_date

#: What these letters look at.
READS = ("arrangement__person", "arrangement__facilitator")


def words_of_arrangement(about: Subject, invites: bool) -> Mapping[str, Any]:
    """The words of the letter; `invites` puts the entry for the reader's calendar into it, as it stands now."""
    found = about.notice.arrangement
    is_own = about.person.pk == found.person_id
    said = {
        "when": arrangement_when(found),
        "day": _day(found, about.language),
        "has_time": found.starts_at is not None,
        "place": found.place,
        "how": arrangement_kind_word(found.kind),
        "is_accompanied": found.kind != PAPER,
        "part": arrangement_part_words(found.kind),
        "helper": found.facilitator.called if found.facilitator else "",
        "whom": found.person.called,
        "is_own": is_own,
        "link": f"{settings.BASE_URL}/arrangements/{found.pk}/" if is_own else f"{settings.BASE_URL}/helping/",
    }
    if not invites or found.starts_at is None:
        return said
    entry = arrangement_entry(found, about.moment.at, about.person, is_off=not _has_a_part(about.notice))
    method = CANCEL if entry.is_cancelled else REQUEST
    return {**said, "calendar": calendar_text(entry, method), "calendar_method": method}


def with_entry(about: Subject) -> Mapping[str, Any]:
    return words_of_arrangement(about, invites=True)


def without_entry(about: Subject) -> Mapping[str, Any]:
    return words_of_arrangement(about, invites=False)


def still_so(kind: str) -> Callable[[Row, Moment], Reason | None]:
    """Whether a letter of this kind still says what is true; asked in the claim, under the lock of its reader."""

    def still(notice: Row, moment: Moment) -> Reason | None:
        found = notice.arrangement
        if found is None:
            return Reason("not-theirs")
        if not _has_a_part(notice):  # whoever helped before is told that they need not come
            return None if kind == CALLED_OFF else Reason("not-theirs")
        turn = notice.dedupe_key.rpartition(":")[2]
        code = why_not(kind, found.state, found.starts_at, moment.at, turn == _turn(kind, found))
        return Reason(code) if code else None

    return still


def _turn(kind: str, found: Arrangement) -> str:
    """What the newest letter of this kind is planned for."""
    return turn_of(found.starts_at) if kind == REMINDER and found.starts_at else str(found.sequence)


def _has_a_part(notice: Row) -> bool:
    return notice.person_id in (notice.arrangement.person_id, notice.arrangement.facilitator_id)


def _day(found: Arrangement, lang: str) -> str:
    return long_date(Moment.of(found.starts_at, settings.INSTITUTION_ZONE).day, lang) if found.starts_at else ""
