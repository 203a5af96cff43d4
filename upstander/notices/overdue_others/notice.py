"""Others have not finished a training: goes to whom the programme names, one letter a day with all of them (row B12).

It says names, trainings and due dates, and that the time may be working time; nothing of reasons, leave, scores, cases.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy, ngettext

from upstander.actions.sending import Subject
from upstander.core.notices import LATE, OTHERS, Kind
from upstander.core.notices import OVERDUE_OTHERS as KEY
from upstander.notices.letter import Notice, in_language
from upstander.words.dates import long_date

#: So many are named in one letter; the rest are counted, and stand on the pages of whoever may see them.
MOST_NAMED = 100


def _subject(words: Mapping[str, Any]) -> str:
    return ngettext(
        "Not finished yet: a training of %(people)s person",
        "Not finished yet: trainings of %(people)s people",
        words["people"],
    ) % {"people": words["people"]}


def _more(about: Subject) -> Mapping[str, Any]:
    lang = about.language
    told = {
        (each.person.pk, each.rules.key): (
            each.person.called, in_language(each.rules.title, lang), each.standing.due_on,
        )
        for each in about.carried
    }  # fmt: skip
    lines = sorted(told.values(), key=lambda line: (line[2], line[1], line[0]))
    named = [{"name": name, "title": title, "due": long_date(due_on, lang)} for name, title, due_on in lines]
    duties: dict[tuple[str, str], list[str]] = {}
    for line in named[:MOST_NAMED]:
        duties.setdefault((line["title"], line["due"]), []).append(line["name"])
    return {
        "people": len({each.person.pk for each in about.carried}),
        "lines": named[:MOST_NAMED],
        "duties": [{"title": title, "due": due, "names": names} for (title, due), names in duties.items()],
        "unnamed": max(len(named) - MOST_NAMED, 0),
        "link": f"{settings.BASE_URL}/",
    }


OVERDUE_OTHERS = Notice(
    Kind(KEY, about=OTHERS, states=LATE),
    to="the supervisor, the administrators of the unit, the programme's officers, as the programme says",
    how_often="on the programme's steps of escalation, one letter a day to one reader",
    subject=_subject,
    called=gettext_lazy("Overdue trainings of others"),
    more=_more,
)
