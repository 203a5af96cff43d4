"""A training was added to the person's plan: goes once, when their window opens (row A04), and when it opens anew."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from upstander.core.notices import ADDED as KEY
from upstander.core.notices import Kind
from upstander.notices.letter import Notice


def _subject(words: Mapping[str, Any]) -> str:
    if words["changed"]:
        return gettext("%(title)s: please read what changed") % words
    if not words["due_day"]:
        return gettext("%(title)s: added to your training") % words
    return gettext("%(title)s: added to your training, due %(due_day)s") % words


ADDED = Notice(
    Kind(KEY), to="the person", how_often="once in a cycle", subject=_subject, called=gettext_lazy("Added to the plan")
)
