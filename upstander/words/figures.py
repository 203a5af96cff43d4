"""Words for counted lines, missing facts and kinds of message, as an office or a department reads them."""

from collections.abc import Iterable, Mapping
from datetime import date

from babel.dates import format_date
from django.utils.translation import gettext, gettext_noop

from upstander.core.figures import missing_code

_LINES = {
    "finished": gettext_noop("Finished"),
    "open": gettext_noop("Open, in time"),
    "late": gettext_noop("Past due"),
    "coming": gettext_noop("Opens later"),
    "on-leave": gettext_noop("On leave"),
    "needs-a-fact": gettext_noop("Needs a fact"),
    "not-asked": gettext_noop("Exempt or released"),
    "not-finished": gettext_noop("Not finished"),
}
#: reason code -> the question that the missing fact leaves open
_MISSING = {
    "paid-unknown": gettext_noop("paid or unpaid?"),
    "benefits-eligible-unknown": gettext_noop("eligible for benefits?"),
    "student-year-unknown": gettext_noop("which year of study?"),
    "area-unknown": gettext_noop("which area does the unit belong to?"),
    "no-group": gettext_noop("which training group?"),
    "supervises-unknown": gettext_noop("supervises anybody?"),
    "confidential-role-unknown": gettext_noop("a confidential role?"),
    "place-unknown": gettext_noop("where is the work done?"),
    "graduation-unknown": gettext_noop("when is the graduation?"),
}


def line_word(line: str) -> str:
    """The word for a line of the figures, in the active language."""
    return gettext(_LINES[line])


def missing_word(code: str) -> str:
    """The open question behind a reason code: "paid or unpaid?"."""
    return gettext(_MISSING[code]) if code in _MISSING else gettext("another fact")


def undecided_word(reasons: Iterable[Mapping]) -> str:
    """ "Needs a fact: paid or unpaid?" for an undecided standing's reasons."""
    code = missing_code(reasons)
    if not code:
        return line_word("needs-a-fact")
    return gettext("Needs a fact: %(question)s") % {"question": missing_word(code)}


def day_month(day: date, lang: str) -> str:
    """The day beside an axis: "17 Dec", "17 dic"."""
    code = lang.split("-")[0]
    return format_date(day, "d MMM", locale=code)
