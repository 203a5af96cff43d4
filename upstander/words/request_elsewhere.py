"""Trainings from elsewhere in words: from whom they can come, and what a programme's limits say to whoever asks."""

from django.utils.translation import get_language, gettext, gettext_noop, ngettext

from upstander.core.cycles import Cycle
from upstander.core.elsewhere import ElsewhereLimits
from upstander.words.dates import plain_date

_SOURCES = {
    "university": gettext_noop("from another university or college"),
    "employer": gettext_noop("from another employer"),
    "public-agency": gettext_noop("from a public agency"),
    "professional-body": gettext_noop("from a professional association"),
    "this-institution": gettext_noop("from another part of this institution"),
}


def source_word(source: str) -> str:
    """From whom a training comes, as a sentence and a choice say it."""
    return gettext(_SOURCES.get(source, source))


def what_can_count(limits: ElsewhereLimits, cycle: Cycle) -> list[str]:
    """What can count, before anything is typed."""
    lang = get_language() or "en"
    said = []
    if limits.within_cycle:
        days = {"from": plain_date(cycle.first_on, lang), "to": plain_date(cycle.last_on, lang)}
        said.append(gettext("It was completed from %(from)s to %(to)s.") % days)
    if limits.minutes:
        said.append(
            ngettext("It took at least %(minutes)s minute.", "It took at least %(minutes)s minutes.", limits.minutes)
            % {"minutes": limits.minutes}
        )
    return said
