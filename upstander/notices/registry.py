"""Every kind of notice, one line each; a new one is a folder here and a line in this list."""

from upstander.notices.added.notice import ADDED
from upstander.notices.confirmation.notice import CONFIRMATION
from upstander.notices.letter import Cards, Notice, Writer
from upstander.notices.reminder.notice import REMINDER

NOTICES: tuple[Notice, ...] = (ADDED, REMINDER, CONFIRMATION)


def letters(cards: Cards) -> dict[str, Writer]:
    """The kinds of notice by key, able to write; `cards` gives a course's title and minutes in a language."""
    return {notice.kind.key: Writer(notice, cards) for notice in NOTICES}
