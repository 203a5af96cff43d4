"""When, as sentences: cycles, how they recur, groups with their windows, days of grace, reminders."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from babel.dates import format_date
from django.utils.translation import get_language, gettext, ngettext

from upstander.core.programme import Cycle, EveryCycles, Group, NamedCycles, OwnCycles, Programme, YearlyCycles
from upstander.words.dates import plain_date
from upstander.words.lists import and_list
from upstander.words.rules_conditions import Names, clause
from upstander.words.rules_text import in_active

Said = Iterator[tuple[str, str]]


def _day(day: date) -> str:
    return plain_date(day, get_language() or "en")


def _month_and_day(month: int, day: int) -> str:
    lang = (get_language() or "en").split("-")[0]
    return format_date(date(2001, month, day), "d 'de' MMMM" if lang == "es" else "d MMMM", locale=lang)


def cycle(rules: Programme, names: Names) -> Said:
    cycles = rules.cycles
    if isinstance(cycles, YearlyCycles):
        facts = {"day": _month_and_day(cycles.month, cycles.day), "year": cycles.first_year}
        yield "", gettext("A new cycle begins every year on %(day)s, the first in %(year)s.") % facts
    elif isinstance(cycles, NamedCycles):
        for period in cycles.periods:
            facts = {"key": period.key, "first_on": _day(period.first_on), "last_on": _day(period.last_on)}
            yield period.key, gettext("The cycle “%(key)s” runs from %(first_on)s to %(last_on)s.") % facts
            yield from _kept_windows(rules, period)
    elif isinstance(cycles, EveryCycles):
        yield (
            "",
            ngettext(
                "A new cycle begins for everybody every month, the first on %(starts_on)s.",
                "A new cycle begins for everybody every %(months)s months, the first on %(starts_on)s.",
                cycles.every_months,
            )
            % {"months": cycles.every_months, "starts_on": _day(cycles.starts_on)},
        )
        yield from _rounding(cycles.rounding, "rounding")
    elif isinstance(cycles, OwnCycles):
        yield from _own_cycles(cycles)


def _kept_windows(rules: Programme, period: Cycle) -> Said:
    """The windows that a period keeps beside those of the groups."""
    said = gettext("In the cycle “%(key)s”, “%(title)s” opens on %(opens_on)s and is due on %(due_on)s.")
    for group in rules.groups:
        window = rules.period_windows.get((period.key, group.key))
        if window:
            facts = {"key": period.key, "title": in_active(group.title)}
            days = {"opens_on": _day(window.opens_on), "due_on": _day(window.due_on)}
            yield f"{period.key}#{group.key}", said % {**facts, **days}


def _own_cycles(cycles: OwnCycles) -> Said:
    facts = {"months": cycles.every_months, "starts_on": _day(cycles.starts_on), "days": cycles.renewal_days}
    if cycles.every_months is None:
        yield "", gettext("It is asked of everybody once, from their day of hire on.")
    elif cycles.counted_from == "hire":
        yield (
            "",
            ngettext(
                "Everybody has cycles of their own: a new one begins every month, counted from the day of hire.",
                "Everybody has cycles of their own: a new one begins every %(months)s months, counted from the day "
                "of hire.",
                cycles.every_months,
            )
            % facts,
        )
    else:
        yield (
            "",
            ngettext(
                "Everybody has cycles of their own: it is due again one month after it was completed.",
                "Everybody has cycles of their own: it is due again %(months)s months after it was completed.",
                cycles.every_months,
            )
            % facts,
        )
        yield (
            "renewal",
            ngettext(
                "The renewal opens %(days)s day before it is due.",
                "The renewal opens %(days)s days before it is due.",
                cycles.renewal_days,
            )
            % facts,
        )
    yield "starts", gettext("Nothing opens before %(starts_on)s.") % facts
    yield from _rounding(cycles.rounding, "rounding")


def _rounding(rounding: str, key: str) -> Said:
    if rounding == "next-day":
        yield key, gettext("Where a month has no such day, the first day of the next month stands for it.")
    else:
        yield key, gettext("Where a month has no such day, its last day stands for it.")


def recurrence(rules: Programme, names: Names) -> Said:
    if rules.every_months is not None:
        yield (
            "",
            ngettext("It comes again every month.", "It comes again every %(months)s months.", rules.every_months)
            % {"months": rules.every_months},
        )
        if rules.recurrence_rounding != "last-day":
            yield from _rounding(rules.recurrence_rounding, "rounding")


def groups(rules: Programme, names: Names) -> Said:
    """Each group with its window; in this order, or by rank, where an appointment would match several."""
    for group in rules.groups:
        yield group.key, _group(group, names)
        if group.rank is not None:
            yield (
                f"{group.key}#rank",
                gettext("“%(title)s” has rank %(rank)s; of the groups that match, the lowest rank is the one.")
                % {"title": in_active(group.title), "rank": group.rank},
            )
    if len(rules.groups) > 1 and all(group.rank is None for group in rules.groups):
        titles = [gettext("“%(title)s”") % {"title": in_active(group.title)} for group in rules.groups]
        yield (
            "#order",
            gettext("Where several groups match, the first in this order is the one: %(groups)s.")
            % {"groups": and_list(titles)},
        )


def _group(group: Group, names: Names) -> str:
    facts = {"title": in_active(group.title)}
    if group.window:
        facts |= {"opens_on": _day(group.window.opens_on), "due_on": _day(group.window.due_on)}
    if group.when is None:
        return (
            gettext("“%(title)s” opens on %(opens_on)s and is due on %(due_on)s. It takes everybody who is left.")
            if group.window
            else gettext("“%(title)s” takes everybody who is left.")
        ) % facts
    facts["clause"] = clause(group.when, names)
    return (
        gettext(
            "“%(title)s” opens on %(opens_on)s and is due on %(due_on)s. It takes appointments for which this holds: "
            "%(clause)s."
        )
        if group.window
        else gettext("“%(title)s” takes appointments for which this holds: %(clause)s.")
    ) % facts


def group_moves(old: Group | None, new: Group | None) -> list[str]:
    """How a group's days move, where nothing else of it changes; empty where something else does."""
    if not (old and new and old.window and new.window) or replace(old, window=new.window) != new:
        return []
    title = in_active(new.title)
    moved = []
    if old.window.opens_on != new.window.opens_on:
        facts = {"title": title, "before": _day(old.window.opens_on), "after": _day(new.window.opens_on)}
        moved.append(gettext("“%(title)s” opens on %(after)s instead of %(before)s.") % facts)
    if old.window.due_on != new.window.due_on:
        facts = {"title": title, "before": _day(old.window.due_on), "after": _day(new.window.due_on)}
        moved.append(gettext("“%(title)s” is due on %(after)s instead of %(before)s.") % facts)
    return moved


def window(rules: Programme, names: Names) -> Said:
    if rules.window_months is not None:
        yield (
            "length",
            ngettext(
                "The window opens with the cycle, or on the day on which somebody begins to qualify if that is later; "
                "it is due one month after that.",
                "The window opens with the cycle, or on the day on which somebody begins to qualify if that is later; "
                "it is due %(months)s months after that.",
                rules.window_months,
            )
            % {"months": rules.window_months},
        )
        yield from _rounding(rules.window_rounding, "rounding")
    elif rules.window_days is not None:
        yield (
            "length",
            ngettext(
                "The window opens with the cycle, or on the day on which somebody begins to qualify if that is later; "
                "it is due %(days)s day after that.",
                "The window opens with the cycle, or on the day on which somebody begins to qualify if that is later; "
                "it is due %(days)s days after that.",
                rules.window_days,
            )
            % {"days": rules.window_days},
        )
    elif rules.groups:
        yield (
            "late",
            gettext("Whoever begins to qualify after their group has opened gets its full length from that day."),
        )
    yield "grace", _grace(rules.grace_days)


def _grace(days: int) -> str:
    if days == 0:
        return gettext("Whatever is not done by the end of its due day is overdue.")
    return ngettext(
        "After its due day it is accepted for %(days)s more day; then it is overdue.",
        "After its due day it is accepted for %(days)s more days; then it is overdue.",
        days,
    ) % {"days": days}


def reminders(rules: Programme, names: Names) -> Said:
    before = sorted((days for days in rules.reminders if days > 0), reverse=True)
    after = sorted(-days for days in rules.reminders if days < 0)
    if before:
        yield (
            "before",
            ngettext(
                "A reminder goes out %(days)s day before it is due.",
                "Reminders go out before it is due, by so many days: %(days)s.",
                2 if len(before) > 1 or before != [1] else 1,
            )
            % {"days": and_list([str(days) for days in before])},
        )
    if 0 in rules.reminders:
        yield "on", gettext("A reminder goes out on the due day.")
    if after:
        yield (
            "after",
            ngettext(
                "A reminder goes out %(days)s day after it was due.",
                "Reminders go out after it was due, by so many days: %(days)s.",
                2 if len(after) > 1 or after != [1] else 1,
            )
            % {"days": and_list([str(days) for days in after])},
        )
    if not rules.reminders:
        yield "", gettext("No reminders go out.")
