"""What was known on a past day, as a sentence."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext, override

from upstander.words.dates import plain_date


def known_sentence(day: date, version: int, published_at: datetime, roster_at: datetime | None, lang: str) -> str:
    """Which version of the rules and which roster an answer "as known on the day" rests on."""
    facts = {"day": plain_date(day, lang), "version": version, "published": _day_of(published_at, lang)}
    with override(lang):
        if roster_at is None:
            return gettext(
                "As it was known at the end of %(day)s: by version %(version)s of the rules, published on "
                "%(published)s. No roster had been imported by then."
            ) % facts  # fmt: skip
        return gettext(
            "As it was known at the end of %(day)s: by version %(version)s of the rules, published on %(published)s, "
            "from what the roster last said on %(roster)s."
        ) % {**facts, "roster": _day_of(roster_at, lang)}  # fmt: skip


def _day_of(at: datetime, lang: str) -> str:
    return plain_date(at.astimezone(ZoneInfo(settings.INSTITUTION_ZONE)).date(), lang)
