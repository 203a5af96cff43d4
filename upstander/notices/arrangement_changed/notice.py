"""Time, place or helper of an arrangement changed: told to both, with the entry as it is now (row A07)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from upstander.core.arrangement_letters import CHANGED as KEY
from upstander.core.notices import ARRANGEMENT, Kind
from upstander.notices.arrangement_letter import READS, still_so, with_entry
from upstander.notices.letter import Notice


def _subject(words: Mapping[str, Any]) -> str:
    return (
        gettext("Changed: %(course)s, %(day)s") % words if words["has_time"] else gettext("Changed: %(course)s") % words
    )


ARRANGEMENT_CHANGED = Notice(
    Kind(KEY, asks=False, about=ARRANGEMENT, at_once=True),
    to="the person, and whoever helps",
    how_often="once for each change",
    subject=_subject,
    called=gettext_lazy("Arrangement changed"),
    more=with_entry,
    still=still_so(KEY),
    reads=READS,
)
