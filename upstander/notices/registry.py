"""Every kind of notice, one line each; a new one is a folder here and a line in this list."""

from django.utils.translation import gettext

from upstander.notices.added.notice import ADDED
from upstander.notices.arrangement_cancelled.notice import ARRANGEMENT_CANCELLED
from upstander.notices.arrangement_changed.notice import ARRANGEMENT_CHANGED
from upstander.notices.arrangement_made.notice import ARRANGEMENT_MADE
from upstander.notices.arrangement_reminder.notice import ARRANGEMENT_REMINDER
from upstander.notices.case_answered.notice import CASE_ANSWERED
from upstander.notices.certificate.notice import CERTIFICATE
from upstander.notices.confirmation.notice import CONFIRMATION
from upstander.notices.digest.notice import DIGEST
from upstander.notices.draft_ready.notice import DRAFT_READY
from upstander.notices.extension_granted.notice import EXTENSION_GRANTED
from upstander.notices.letter import Cards, Notice, Writer
from upstander.notices.overdue.notice import OVERDUE
from upstander.notices.overdue_others.notice import OVERDUE_OTHERS
from upstander.notices.reminder.notice import REMINDER
from upstander.notices.session_cancelled.notice import SESSION_CANCELLED
from upstander.notices.session_changed.notice import SESSION_CHANGED
from upstander.notices.session_reminder.notice import SESSION_REMINDER
from upstander.notices.session_seat.notice import SESSION_SEAT
from upstander.notices.test_letter.notice import TRIED, Trial

NOTICES: tuple[Notice, ...] = (
    ADDED,
    REMINDER,
    OVERDUE,
    OVERDUE_OTHERS,
    DIGEST,
    CONFIRMATION,
    CASE_ANSWERED,
    EXTENSION_GRANTED,
    CERTIFICATE,
    DRAFT_READY,
    SESSION_REMINDER,
    SESSION_CHANGED,
    SESSION_SEAT,
    SESSION_CANCELLED,
    ARRANGEMENT_MADE,
    ARRANGEMENT_CHANGED,
    ARRANGEMENT_CANCELLED,
    ARRANGEMENT_REMINDER,
    TRIED,
)


def letters(cards: Cards) -> dict[str, Writer]:
    """The kinds of notice by key, able to write; `cards` gives a course's title and minutes in a language."""
    writers = {notice.kind.key: Writer(notice, cards) for notice in NOTICES}
    return {**writers, TRIED.kind.key: Trial(TRIED, cards, writers)}


def called(key: str) -> str:
    """What a kind of notice is called in the reader's language; of one that is no longer known the general word."""
    return next((str(notice.called) for notice in NOTICES if notice.kind.key == key), gettext("A message"))
