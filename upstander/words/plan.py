"""The first sentences of "My training": one answer for all duties, then how much and how long."""

from collections.abc import Sequence
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext

from upstander.words.dates import long_date, weekday_date

#: dates further away than this are written with their year
_NEAR_DAYS = 300


def _language() -> str:
    return get_language() or "en"


def near_date(day: date, today: date) -> str:
    """The day without its year where nobody could mistake it, else with it."""
    written = weekday_date if abs((day - today).days) <= _NEAR_DAYS else long_date
    return written(day, _language())


def number_word(count: int) -> str:
    """A small number as a word, a larger one in digits."""
    words = {
        2: gettext("two"), 3: gettext("three"), 4: gettext("four"), 5: gettext("five"), 6: gettext("six"),
        7: gettext("seven"), 8: gettext("eight"), 9: gettext("nine"), 10: gettext("ten"),
    }  # fmt: skip
    return words.get(count, str(count))


def headline_to_do(count: int, due_on: date | None, today: date) -> str:
    """What is to be done now, by the earliest date of all duties that can be acted on."""
    facts = {"number": capfirst(number_word(count))}
    if due_on is None:
        return ngettext("One training to finish", "%(number)s trainings to finish", count) % facts
    facts["date"] = near_date(due_on, today)
    if due_on < today:
        return (
            ngettext(
                "One training to finish; it was due on %(date)s",
                "%(number)s trainings to finish; the first was due on %(date)s",
                count,
            )
            % facts
        )
    if due_on == today:
        return (
            ngettext("One training to finish today", "%(number)s trainings to finish; the first is due today", count)
            % facts
        )
    return (
        ngettext("One training to finish by %(date)s", "%(number)s trainings to finish, the first by %(date)s", count)
        % facts
    )


def headline_at_rest(states: Sequence[str], opens_on: date | None, today: date) -> str:
    """What to say when nothing can be done today; `opens_on` is the first day on which something opens."""
    if "undecided" in states:
        return gettext("We need one fact before we can tell you")
    if "deferred" in states:
        return gettext("Nothing to do while you are on leave")
    if opens_on is not None and "scheduled" in states:
        return gettext("Nothing to do until %(date)s") % {"date": near_date(opens_on, today)}
    if "satisfied" in states:
        return gettext("You are done for now")
    return gettext("You have nothing to take")


def time_sentence(due_on: date | None, today: date, duties: int) -> str:
    """How much time there is; empty where no date is set. Of several duties each says its own days."""
    if due_on is None:
        return ""
    count = (due_on - today).days
    if duties > 1:
        return gettext("What is late can still be finished, and it counts.") if count < 0 else ""
    if count == 0:
        return gettext("Today is the last day.")
    if count > 0:
        return ngettext("You have %(count)d day.", "You have %(count)d days.", count) % {"count": count}
    return ngettext(
        "It is %(count)d day late. You can still finish it, and it counts.",
        "It is %(count)d days late. You can still finish it, and it counts.",
        -count,
    ) % {"count": -count}


def choice_sentence(need: int, minutes: Sequence[int]) -> str:
    """How many courses to choose among, and how long one takes; empty where no course is known."""
    if not minutes:
        return ""
    low, high, total = min(minutes), max(minutes), len(minutes)
    facts = {"total": number_word(total), "need": number_word(need), "low": low, "high": high}
    if total == 1:
        return gettext("It takes about %(high)d minutes.") % facts
    if need >= total:
        return gettext("It has %(total)s courses; each takes %(low)d to %(high)d minutes.") % facts
    if low == high:
        one = gettext("Choose one of %(total)s courses; each takes about %(high)d minutes.")
        several = gettext("Choose %(need)s of %(total)s courses; each takes about %(high)d minutes.")
    else:
        one = gettext("Choose one of %(total)s courses; each takes %(low)d to %(high)d minutes.")
        several = gettext("Choose %(need)s of %(total)s courses; each takes %(low)d to %(high)d minutes.")
    return (one if need == 1 else several) % facts


def at_rest_sentence() -> str:
    """What follows when nothing can be done today."""
    return gettext("Below stands why. If anything is asked of you later, you get a message, and it stands here.")


def working_hours_sentence() -> str:
    """Row B12."""
    return gettext("You may take it in working hours.")
