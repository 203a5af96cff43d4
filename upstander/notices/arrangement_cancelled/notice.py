"""An arrangement was called off, or somebody helps no more: the entry leaves their calendar (row A07)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from upstander.core.arrangement_letters import CALLED_OFF as KEY
from upstander.core.notices import ARRANGEMENT, Kind
from upstander.notices.arrangement_letter import READS, still_so, with_entry
from upstander.notices.letter import Notice


def _subject(words: Mapping[str, Any]) -> str:
    return gettext("Called off: %(course)s") % words


ARRANGEMENT_CANCELLED = Notice(
    Kind(KEY, asks=False, about=ARRANGEMENT, at_once=True),
    to="the person, and whoever helps",
    how_often="once",
    subject=_subject,
    called=gettext_lazy("Arrangement called off"),
    more=with_entry,
    still=still_so(KEY),
    reads=READS,
)
