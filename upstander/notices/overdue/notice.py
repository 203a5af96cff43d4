"""A training is overdue: goes to the person on the programme's steps after the due date, never once it is settled."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from upstander.core.notices import LATE, Kind
from upstander.core.notices import OVERDUE as KEY
from upstander.notices.letter import Notice


def _subject(words: Mapping[str, Any]) -> str:
    return gettext("%(title)s: overdue since %(due_day)s") % words


OVERDUE = Notice(
    Kind(KEY, states=LATE),
    to="the person",
    how_often="on the steps of escalation that the programme names for the person, several missed ones as one",
    subject=_subject,
    called=gettext_lazy("Overdue notice"),
)
