"""An arrangement is on the next working day: goes once to the person and to whoever helps (row A07)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from upstander.core.arrangement_letters import REMINDER_KIND
from upstander.notices.arrangement_letter import READS, still_so, without_entry
from upstander.notices.letter import Notice


def _subject(words: Mapping[str, Any]) -> str:
    return gettext("%(course)s: on %(day)s") % words


ARRANGEMENT_REMINDER = Notice(
    REMINDER_KIND,
    to="the person, and whoever helps",
    how_often="once for each time of it",
    subject=_subject,
    called=gettext_lazy("Reminder of an arrangement"),
    more=without_entry,
    still=still_so(REMINDER_KIND.key),
    reads=READS,
)
