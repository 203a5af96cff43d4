"""Several trainings are open: one letter where those of several programmes fall on one day.

Each of them was decided again by itself; what no longer holds is not in it, and where one is left its own letter goes.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, gettext_lazy, ngettext

from upstander.actions.bundles import Carried
from upstander.actions.sending import Subject
from upstander.core.notices import DIGEST as KEY
from upstander.core.notices import Kind
from upstander.core.updates import changed_among
from upstander.notices.letter import Notice, in_language, link_to
from upstander.words.dates import long_date


def _subject(words: Mapping[str, Any]) -> str:
    return ngettext("%(count)s training is open for you", "%(count)s trainings are open for you", words["count"]) % {
        "count": words["count"]
    }


def _when(each: Carried, about: Subject) -> str:
    due_on = each.standing.due_on
    if due_on is None:
        return gettext("no due date is set")
    said = gettext("was due on %(day)s") if due_on < about.moment.day else gettext("due on %(day)s")
    return said % {"day": long_date(due_on, about.language)}


def _more(about: Subject) -> Mapping[str, Any]:
    ordered = sorted(about.carried, key=lambda each: (str(each.standing.due_on or "9999"), each.rules.key))
    items = [
        {
            "title": in_language(each.rules.title, about.language),
            "when": _when(each, about),
            "link": settings.BASE_URL
            + link_to(each.rules, [str(facts["course"]) for facts in changed_among(each.standing.reasons)]),
        }
        for each in ordered
    ]
    own, done = (f"{settings.BASE_URL}{path}" for path in ("/my-training/", "/ask/already-done/"))
    return {"count": len(items), "items": items, "link": own, "done": done}


DIGEST = Notice(
    Kind(KEY),
    to="the person",
    how_often="where letters of several programmes that ask for something fall on one day, in their place",
    subject=_subject,
    called=gettext_lazy("Several trainings in one letter"),
    more=_more,
)
