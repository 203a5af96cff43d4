"""A session was called off: told to whoever had a seat or waited; takes the entry out of the calendar (row A16)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from upstander.core.notices import SEAT, Kind
from upstander.core.session_letters import CALLED_OFF as KEY
from upstander.notices.letter import Notice
from upstander.notices.session_letter import READS, still_so, with_entry


def _subject(words: Mapping[str, Any]) -> str:
    return gettext("Called off: %(title)s, %(day)s") % words


SESSION_CANCELLED = Notice(
    Kind(KEY, asks=False, about=SEAT, at_once=True),
    to="whoever had a seat or waited for one",
    how_often="once",
    subject=_subject,
    called=gettext_lazy("A session called off"),
    more=with_entry,
    still=still_so(KEY),
    reads=READS,
)
