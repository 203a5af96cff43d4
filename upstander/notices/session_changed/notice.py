"""Time or place of a session changed: told to whoever has a seat or waits, with the entry as it is now (row A16)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from upstander.core.notices import SEAT, Kind
from upstander.core.session_letters import CHANGED as KEY
from upstander.notices.letter import Notice
from upstander.notices.session_letter import READS, still_so, with_entry


def _subject(words: Mapping[str, Any]) -> str:
    return gettext("Changed: %(title)s, now on %(day)s") % words


SESSION_CHANGED = Notice(
    Kind(KEY, asks=False, about=SEAT, at_once=True),
    to="whoever has a seat or waits for one",
    how_often="once for each change",
    subject=_subject,
    called=gettext_lazy("Change of a session"),
    more=with_entry,
    still=still_so(KEY),
    reads=READS,
)
