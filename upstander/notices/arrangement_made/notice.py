"""The office has arranged a course for somebody: told at once to them and to whoever helps (row A07)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from upstander.core.arrangement_letters import MADE as KEY
from upstander.core.notices import ARRANGEMENT, Kind
from upstander.notices.arrangement_letter import READS, still_so, with_entry
from upstander.notices.letter import Notice


def _subject(words: Mapping[str, Any]) -> str:
    if words["is_own"]:
        return (
            gettext("Arranged for you: %(course)s, %(day)s") % words
            if words["has_time"]
            else gettext("Papers for you: %(course)s") % words
        )
    return (
        gettext("You are asked to help on %(day)s") % words if words["has_time"] else gettext("You are asked to help")
    )


ARRANGEMENT_MADE = Notice(
    Kind(KEY, asks=False, about=ARRANGEMENT, at_once=True),
    to="the person, and whoever helps",
    how_often="once",
    subject=_subject,
    called=gettext_lazy("Arrangement made"),
    more=with_entry,
    still=still_so(KEY),
    reads=READS,
)
