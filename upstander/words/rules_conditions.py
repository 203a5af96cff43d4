"""Conditions of a programme as clauses that can follow "if", of any depth, in the active language.

A clause is a whole sentence but for its capital and its full stop. All of several are joined by the language's "and",
any of several by its "or"; what is nested stands in brackets, so that nobody has to guess what belongs together.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext, gettext_noop, ngettext, pgettext_lazy

from upstander.core.conditions import AllOf, AnyOf, Condition, Not, Test
from upstander.words.lists import and_list, or_list

_CATEGORIES = {
    "faculty": pgettext_lazy("category", "faculty"),
    "staff": pgettext_lazy("category", "staff"),
    "postdoc": pgettext_lazy("category", "postdoctoral researcher"),
    "graduate_student": pgettext_lazy("category", "graduate student"),
    "undergraduate": pgettext_lazy("category", "undergraduate student"),
    "affiliate": pgettext_lazy("category", "affiliate"),
}
_FLAGS = {
    "paid": (gettext_noop("the appointment is paid"), gettext_noop("the appointment is unpaid")),
    "benefits_eligible": (
        gettext_noop("the appointment is eligible for benefits"),
        gettext_noop("the appointment is not eligible for benefits"),
    ),
    "supervises": (gettext_noop("the person supervises others"), gettext_noop("the person supervises nobody")),
    "confidential_role": (
        gettext_noop("the person holds a confidential role"),
        gettext_noop("the person does not hold a confidential role"),
    ),
}
_LISTS = {
    "category": (
        gettext_noop("the category is %(values)s"),
        gettext_noop("the category is not %(values)s"),
    ),
    "area": (
        gettext_noop("the unit belongs to the area %(values)s"),
        gettext_noop("the unit does not belong to the area %(values)s"),
    ),
    "unit_within": (
        gettext_noop("the unit is %(values)s or stands below it"),
        gettext_noop("the unit neither is %(values)s nor stands below it"),
    ),
    "work_state": (
        gettext_noop("the state in which the person works is %(values)s"),
        gettext_noop("the state in which the person works is not %(values)s"),
    ),
    "work_country": (
        gettext_noop("the country in which the person works is %(values)s"),
        gettext_noop("the country in which the person works is not %(values)s"),
    ),
}


@dataclass(frozen=True, slots=True)
class Names:
    """The names behind the ids that rules carry, in the reader's language; an id without one is shown itself."""

    units: Mapping[str, str] = field(default_factory=dict)
    courses: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    presets: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)


def category_list(categories: Sequence[str]) -> str:
    """ "faculty, staff or postdoctoral researcher"."""
    return or_list([str(_CATEGORIES.get(category, category)) for category in categories])


def clause(condition: Condition, names: Names) -> str:
    """The condition as one clause."""
    if isinstance(condition, Test):
        return _test(condition, names, True)
    if isinstance(condition, Not):
        if isinstance(condition.part, Test):
            return _test(condition.part, names, False)
        if isinstance(condition.part, Not):
            return clause(condition.part.part, names)
        return gettext("it is not so that %(clause)s") % {"clause": _inner(condition.part, names)}
    if not condition.parts:
        return gettext("nothing more is asked") if isinstance(condition, AllOf) else gettext("nothing can be met")
    if len(condition.parts) == 1:
        return clause(condition.parts[0], names)
    joined = and_list if isinstance(condition, AllOf) else or_list
    return joined([_inner(part, names) for part in condition.parts])


def _inner(condition: Condition, names: Names) -> str:
    """A clause among others: in brackets where it is itself made of several."""
    said = clause(condition, names)
    made_of_several = isinstance(condition, AllOf | AnyOf) and len(condition.parts) > 1
    return gettext("(%(clause)s)") % {"clause": said} if made_of_several else said


def _test(test: Test, names: Names, holds: bool) -> str:
    if test.key in _FLAGS:
        return gettext(_FLAGS[test.key][0 if test.wanted is holds else 1])
    if test.key in _COUNTED:
        return _COUNTED[test.key](test.wanted, holds)
    pattern = gettext(_LISTS[test.key][0 if holds else 1])
    return pattern % {"values": _values(test.key, test.wanted, names)}


def _values(key: str, wanted: Sequence[str], names: Names) -> str:
    if key == "category":
        return category_list(wanted)
    named: Mapping[str, str] = {"area": names.areas, "unit_within": names.units}.get(key, {})
    return or_list([gettext("“%(name)s”") % {"name": named.get(value, value)} for value in wanted])


def _student_year(wanted: Any, holds: bool) -> str:
    if holds:
        return gettext("the student is in year %(year)s or a later one") % {"year": wanted}
    return gettext("the student is in a year before %(year)s") % {"year": wanted}


def _graduates(wanted: Any, holds: bool) -> str:
    if holds:
        said = ngettext("the degree ends within %(days)s day", "the degree ends within %(days)s days", wanted)
    else:
        said = ngettext(
            "the degree does not end within %(days)s day", "the degree does not end within %(days)s days", wanted
        )
    return said % {"days": wanted}


_COUNTED: Mapping[str, Callable[[Any, bool], str]] = {
    "student_year_at_least": _student_year,
    "graduates_within_days": _graduates,
}
