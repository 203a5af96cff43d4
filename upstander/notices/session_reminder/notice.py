"""A session is held on the next working day: goes once to whoever has a seat, on the working day before (row A16)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from upstander.core.session_letters import REMINDER_KIND
from upstander.notices.letter import Notice
from upstander.notices.session_letter import READS, still_so, without_entry


def _subject(words: Mapping[str, Any]) -> str:
    return gettext("%(title)s: on %(day)s") % words


SESSION_REMINDER = Notice(
    REMINDER_KIND,
    to="whoever has a seat",
    how_often="once for each time of the session",
    subject=_subject,
    called=gettext_lazy("Reminder of a session"),
    more=without_entry,
    still=still_so(REMINDER_KIND.key),
    reads=READS,
)
