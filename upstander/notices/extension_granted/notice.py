"""Somebody has more time: goes once for each extension, with the new date (row B17)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from upstander.core.days import Moment
from upstander.core.decision import ACTIONABLE, Reason
from upstander.core.notices import EXTENSION_GRANTED as KEY
from upstander.core.notices import Kind
from upstander.models import Notice as Row
from upstander.notices.letter import Notice

#: A clock that stands for leave, or a window that is still to open, has its later date too.
TOLD_IN = ACTIONABLE | {"deferred", "scheduled"}


def _subject(words: Mapping[str, Any]) -> str:
    if not words["due_day"]:
        return gettext("%(title)s: you have more time") % words
    return gettext("%(title)s: you have time until %(due_day)s") % words


def _still(notice: Row, moment: Moment) -> Reason | None:
    """Whether this extension is in force still; its reference is the notice's turn."""
    ref = notice.dedupe_key.rpartition(":")[2]
    in_force = {str(one.ref) for one in notice.person.adjustments.all() if one.ended_at is None}
    return None if ref in in_force else Reason("no-longer-due")


EXTENSION_GRANTED = Notice(
    Kind(KEY, at_once=True, states=TOLD_IN),
    to="the person",
    how_often="once for each extension",
    subject=_subject,
    called=gettext_lazy("More time granted"),
    still=_still,
    reads=("person__adjustments",),
)
