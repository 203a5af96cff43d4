"""An officer's own words, tried on themself alone: marked as a test, about nobody's duty, counted nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from upstander.actions.sending import Subject, Written
from upstander.core.days import Moment
from upstander.core.decision import Reason
from upstander.core.errors import Refusal
from upstander.core.notices import DRAFT, TEST_LETTER, Kind
from upstander.models import Notice as Row
from upstander.models import NoticeText, Standing
from upstander.notices.letter import Notice, Writer
from upstander.notices.own_preview import trial_letter
from upstander.queries.naming import unit_names
from upstander.queries.programmes import published
from upstander.queries.standings import in_cycle
from upstander.queries.wording import tested


def _subject(words: Mapping[str, Any]) -> str:
    return gettext("TEST: your words")


def _still(notice: Row, moment: Moment) -> Reason | None:
    return None if tested(notice.dedupe_key)[0] else Reason("kind-retired")


@dataclass(frozen=True, slots=True)
class Trial(Writer):
    """The test of any other letter; `others` are their writers."""

    others: Mapping[str, Writer] = field(default_factory=dict)

    def compose(self, about: Subject) -> Written:
        """The other letter in the words that are tried, with the officer's own facts or made-up ones."""
        text, programme = tested(about.notice.dedupe_key)
        writer = self.others.get(text.kind) if text else None
        if text is None or writer is None:
            return Writer.compose(self, about)
        written = trial_letter(writer, text.subject, text.text, _of_officer(about, text, programme))
        if written is None:
            return Writer.compose(self, about)
        return replace(written, language=text.language, calendar="", calendar_method="")


def _of_officer(about: Subject, text: NoticeText, programme: str) -> Subject:
    """The officer as a reader of the letter: their own standing in the programme, where they have one."""
    try:
        rules = published(programme)
    except Refusal:
        return replace(about, language=text.language)
    rows = Standing.objects.filter(in_cycle(rules.cycle_on(about.moment.day).key))
    standing = rows.filter(person=about.person, programme_id=programme).first()
    units = unit_names(standing.reasons) if standing else {}
    return replace(about, language=text.language, rules=rules, standing=standing, units=units)


TRIED = Notice(
    Kind(TEST_LETTER, asks=False, about=DRAFT, at_once=True),
    to="the officer who asked for it",
    how_often="when an officer tries their words",
    subject=_subject,
    still=_still,
    called=gettext_lazy("Test of the office’s words"),
)
