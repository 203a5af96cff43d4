"""Dates written out, in every language, as that language writes them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_timezone_name
from django.utils.translation import gettext, gettext_noop, ngettext, override

#: the names that people use for the zones of the United States; others come from the locale data
_ZONES = {
    "America/New_York": gettext_noop("Eastern time"),
    "America/Chicago": gettext_noop("Central time"),
    "America/Denver": gettext_noop("Mountain time"),
    "America/Phoenix": gettext_noop("Arizona time"),
    "America/Los_Angeles": gettext_noop("Pacific time"),
    "America/Anchorage": gettext_noop("Alaska time"),
    "Pacific/Honolulu": gettext_noop("Hawaii time"),
    "America/Puerto_Rico": gettext_noop("Atlantic time"),
}
_LONG = {"en": "EEEE d MMMM y", "es": "EEEE d 'de' MMMM 'de' y"}
_PLAIN = {"en": "d MMMM y", "es": "d 'de' MMMM 'de' y"}
_NO_YEAR = {"en": "EEEE d MMMM", "es": "EEEE d 'de' MMMM"}
_SHORT = {"en": "d MMM y", "es": "d MMM y"}


def _written(patterns: dict[str, str], day: date, lang: str) -> str:
    code = lang.split("-")[0]
    code = code if code in patterns else "en"
    return format_date(day, patterns[code], locale=code)


def long_date(day: date, lang: str) -> str:
    """The day with its weekday: "Wednesday 17 February 2027", "miércoles 17 de febrero de 2027"."""
    return _written(_LONG, day, lang)


def plain_date(day: date, lang: str) -> str:
    """The day without its weekday, for running text: "17 February 2027", "17 de febrero de 2027"."""
    return _written(_PLAIN, day, lang)


def weekday_date(day: date, lang: str) -> str:
    """The day without its year, for a headline about the near future: "Wednesday 17 February"."""
    return _written(_NO_YEAR, day, lang)


def short_date(day: date, lang: str) -> str:
    """The day for tables: "17 Feb 2027", "17 feb 2027"."""
    return _written(_SHORT, day, lang)


def zone_words(zone: str, lang: str) -> str:
    """What people call the zone: "Eastern time", "hora del Este"."""
    with override(lang):
        if zone in _ZONES:
            return gettext(_ZONES[zone])
    return get_timezone_name(ZoneInfo(zone), width="long", zone_variant="generic", locale=lang.split("-")[0])


def deadline(day: date, lang: str, zone: str) -> str:
    """A due date as a promise: "Wednesday 17 February 2027, end of day, Eastern time" (the day is included)."""
    with override(lang):
        return gettext("%(date)s, end of day, %(zone)s") % {
            "date": long_date(day, lang),
            "zone": zone_words(zone, lang),
        }


def days_left(due_on: date, today: date, lang: str) -> str:
    """How long there is until a due date, or how long ago it was, in whole days."""
    with override(lang):
        return days_phrase((due_on - today).days)


def days_phrase(count: int) -> str:
    """So many whole days to a due date (negative after it), in the active language."""
    if count == 0:
        return gettext("today is the last day")
    if count > 0:
        return ngettext("%(count)d day left", "%(count)d days left", count) % {"count": count}
    return ngettext("%(count)d day late", "%(count)d days late", -count) % {"count": -count}


def moment_words(at: datetime, lang: str, zone: str) -> str:
    """An instant in the institution's zone: "22 November 2026, 02:00"."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{plain_date(local.date(), lang)}, {local:%H:%M}"


def deadline_rest(lang: str, zone: str) -> str:
    """What follows a due date that is set apart: "end of day, Eastern time"."""
    with override(lang):
        return gettext("end of day, %(zone)s") % {"zone": zone_words(zone, lang)}


def month_year(day: date, lang: str) -> str:
    """The month alone: "July 2027", "julio de 2027"."""
    return _written({"en": "MMMM y", "es": "MMMM 'de' y"}, day, lang)
