"""Every kind of notice, one line each; a new one is a folder here and a line in this list."""

from upstander.notices.added.notice import ADDED
from upstander.notices.case_answered.notice import CASE_ANSWERED
from upstander.notices.confirmation.notice import CONFIRMATION
from upstander.notices.letter import Cards, Notice, Writer
from upstander.notices.reminder.notice import REMINDER
from upstander.notices.session_cancelled.notice import SESSION_CANCELLED
from upstander.notices.session_changed.notice import SESSION_CHANGED
from upstander.notices.session_reminder.notice import SESSION_REMINDER
from upstander.notices.session_seat.notice import SESSION_SEAT

NOTICES: tuple[Notice, ...] = (
    ADDED,
    REMINDER,
    CONFIRMATION,
    CASE_ANSWERED,
    SESSION_REMINDER,
    SESSION_CHANGED,
    SESSION_SEAT,
    SESSION_CANCELLED,
)


def letters(cards: Cards) -> dict[str, Writer]:
    """The kinds of notice by key, able to write; `cards` gives a course's title and minutes in a language."""
    return {notice.kind.key: Writer(notice, cards) for notice in NOTICES}


def called(key: str) -> str:
    """What a kind of notice is called in the reader's language; the key itself of one that is no longer known."""
    return next((str(notice.called) for notice in NOTICES if notice.kind.key == key and notice.called), key)
