"""The office has answered what somebody asked: goes once for each answer, and says only that there is one (row B14).

The same words for whatever was asked: neither its kind nor its course, so that it can be read over a shoulder.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, gettext_lazy

from upstander.actions.sending import Subject
from upstander.core.case_letters import CASE_ANSWERED as KEY
from upstander.core.case_letters import why_no_news
from upstander.core.days import Moment
from upstander.core.decision import Reason
from upstander.core.notices import CASE, Kind
from upstander.models import Notice as Row
from upstander.notices.letter import Notice, office_of


def _subject(words: Mapping[str, Any]) -> str:
    return gettext("There is an answer for you: request %(number)s") % words


def _more(about: Subject) -> Mapping[str, Any]:
    """The institution's office for every case: a programme's own would tell which one it is about."""
    case, office = about.notice.case, office_of(None, about.language)
    return {
        "number": case.number,
        "link": f"{settings.BASE_URL}/cases/{case.pk}/",
        "title": "",
        "office": office,
        "office_name": office["name"],
    }


def _still(notice: Row, moment: Moment) -> Reason | None:
    if notice.case is None or notice.case.person_id != notice.person_id:
        return Reason("not-theirs")
    entries = sorted(notice.case.entries.all(), key=lambda entry: (entry.at, entry.pk))
    code = why_no_news(entry.move for entry in entries)
    return Reason(code) if code else None


CASE_ANSWERED = Notice(
    Kind(KEY, asks=False, about=CASE, at_once=True),
    to="the person",
    how_often="once for each answer that they have not seen",
    subject=_subject,
    called=gettext_lazy("Answer to a request"),
    more=_more,
    still=_still,
    reads=("case__entries",),
)
