"""A training is still open: goes on the programme's days before and after the due date, never once it is settled."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from upstander.core.notices import REMINDER as KEY
from upstander.core.notices import Kind
from upstander.notices.letter import Notice


def _subject(words: Mapping[str, Any]) -> str:
    if words["days_left"] is None:
        return gettext("%(title)s: still open") % words
    if words["days_left"] < 0:
        return gettext("%(title)s: was due %(due_day)s") % words
    if words["days_left"] == 0:
        return gettext("%(title)s: due today") % words
    return gettext("%(title)s: due %(due_day)s") % words


REMINDER = Notice(
    Kind(KEY),
    to="the person",
    how_often="on the days that the programme names, at most once a day",
    subject=_subject,
    called=gettext_lazy("Reminder"),
)
