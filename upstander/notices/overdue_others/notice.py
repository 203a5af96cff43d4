"""Others have not finished a training: goes to whom the programme names, one letter a day with all of them (row B12).

It says names, trainings and due dates, and that the time may be working time; nothing of reasons, leave, scores, cases.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy, ngettext

from upstander.actions.bundles import Carried
from upstander.actions.sending import Subject
from upstander.core.escalation import OFFICER, UNIT_ADMINISTRATOR, reader_of
from upstander.core.notices import LATE, OTHERS, Kind
from upstander.core.notices import OVERDUE_OTHERS as KEY
from upstander.notices.letter import Notice, in_language
from upstander.words.dates import long_date

#: So many are named in one letter; the rest are counted, and stand on the page to which it leads. Whoever stands on no
#: page of the reader's (a supervisor has none) is named in any case, so that nobody's mention is lost.
MOST_NAMED = 50
#: Where the reader finds everybody, by the kind of reader that the step means.
PAGES = {
    UNIT_ADMINISTRATOR: "/department/{key}/?status=late#people",
    OFFICER: "/office/programmes/{key}/people/?state=overdue",
}


@dataclass(frozen=True, slots=True, order=True)
class _Line:
    """One person's overdue training; `page` is where the reader finds it too ("": nowhere)."""

    due_on: date
    title: str
    name: str
    page: str


def _subject(words: Mapping[str, Any]) -> str:
    return ngettext(
        "Not finished yet: a training of %(people)s person",
        "Not finished yet: trainings of %(people)s people",
        words["people"],
    ) % {"people": words["people"]}


def _more(about: Subject) -> Mapping[str, Any]:
    lang, lines = about.language, _lines(about)
    on_a_page = [line for line in lines if line.page]
    nowhere_else = [line for line in lines if not line.page]
    named = sorted([*nowhere_else, *on_a_page[: max(MOST_NAMED - len(nowhere_else), 0)]])
    shown = [{"name": line.name, "title": line.title, "due": long_date(line.due_on, lang)} for line in named]
    duties: dict[tuple[str, str], list[str]] = {}
    for line in shown:
        duties.setdefault((line["title"], line["due"]), []).append(line["name"])
    pages = [f"{settings.BASE_URL}{page}" for page in dict.fromkeys(line.page for line in on_a_page)]
    return {
        "people": len({each.person.pk for each in about.carried}),
        "lines": shown,
        "duties": [{"title": title, "due": due, "names": names} for (title, due), names in duties.items()],
        "unnamed": len(lines) - len(named),
        "pages": pages,
        "link": pages[0] if pages else f"{settings.BASE_URL}/",
    }


def _lines(about: Subject) -> list[_Line]:
    """Each person and training once, whichever steps tell of it, in order."""
    found: dict[tuple[str, str], _Line] = {}
    for each in about.carried:
        place, page = (each.person.pk, each.rules.key), _page(each, about.moment.day)
        title = in_language(each.rules.title, about.language)
        so_far = found.get(place)
        page = page or (so_far.page if so_far else "")
        found[place] = _Line(each.standing.due_on, title, each.person.called, page)
    return sorted(found.values())


def _page(each: Carried, day: date) -> str:
    """The page of the reader's that lists the person; it shows the cycle of the day."""
    in_view = each.rules.has_own_cycles or each.standing.cycle == each.rules.cycle_on(day).key
    to = reader_of(each.notice.dedupe_key.rpartition(":")[2])
    return PAGES[to].format(key=each.rules.key) if in_view and to in PAGES else ""


OVERDUE_OTHERS = Notice(
    Kind(KEY, about=OTHERS, states=LATE),
    to="the supervisor, the administrators of the unit, the programme's officers, as the programme says",
    how_often="on the programme's steps of escalation, one letter a day to one reader",
    subject=_subject,
    called=gettext_lazy("Overdue trainings of others"),
    more=_more,
)
