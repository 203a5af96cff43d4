"""Somebody got a seat without pressing for it at that moment: from the waiting list, or from the office (row A16)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from upstander.core.notices import SEAT, Kind
from upstander.core.session_letters import SEAT as KEY
from upstander.notices.letter import Notice
from upstander.notices.session_letter import READS, still_so, with_entry


def _subject(words: Mapping[str, Any]) -> str:
    return gettext("You have a seat: %(title)s, %(day)s") % words


SESSION_SEAT = Notice(
    Kind(KEY, asks=False, about=SEAT, at_once=True),
    to="whoever moved up or was put in",
    how_often="once for each seat",
    subject=_subject,
    called=gettext_lazy("A seat in a session"),
    more=with_entry,
    still=still_so(KEY),
    reads=READS,
)
