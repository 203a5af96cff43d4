"""The next period's draft has been made by itself: goes once to each officer of the programme (row B13)."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, gettext_lazy

from upstander.actions.sending import Subject
from upstander.core.days import Moment
from upstander.core.decision import Reason
from upstander.core.notices import DRAFT, Kind
from upstander.core.notices import DRAFT_READY as KEY
from upstander.models import Notice as Row
from upstander.models import ProgrammeVersion
from upstander.notices.letter import Notice
from upstander.queries.roles import is_officer_of


def _subject(words: Mapping[str, Any]) -> str:
    return gettext("%(title)s: the draft of the next period is ready") % words


def _draft_of(notice: Row) -> ProgrammeVersion | None:
    """The draft that the letter is about: its number is the notice's turn."""
    number = int(notice.dedupe_key.rpartition(":")[2])
    return next((version for version in notice.programme.versions.all() if version.number == number), None)


def _more(about: Subject) -> Mapping[str, Any]:
    draft = _draft_of(about.notice)
    return {"number": draft.number, "link": f"{settings.BASE_URL}/office/drafts/{draft.pk}/"}


def _still(notice: Row, moment: Moment) -> Reason | None:
    if not is_officer_of(notice.person, notice.programme_id):
        return Reason("not-theirs")
    draft = _draft_of(notice)
    if draft is None or draft.discarded_at is not None or draft.published_at is not None:
        return Reason("no-longer-due")
    return Reason("seen-already") if draft.revision > 1 or draft.requested_at else None


DRAFT_READY = Notice(
    Kind(KEY, asks=False, about=DRAFT),
    to="the programme’s officers",
    how_often="once for each draft that was made by itself",
    subject=_subject,
    called=gettext_lazy("Draft of the next period"),
    more=_more,
    still=_still,
    reads=("programme__versions", "person__grants"),
)
