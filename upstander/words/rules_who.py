"""Whom a programme is for, as sentences: its routes, endings, exemptions, and the leave that lets the clock stand."""

from collections.abc import Iterator

from django.utils.translation import get_language, gettext, gettext_noop

from upstander.core.programme import OnboardingExemption, Programme
from upstander.words.dates import plain_date
from upstander.words.leaves import KINDS, other_kinds
from upstander.words.lists import and_list
from upstander.words.rules_conditions import Names, category_list, clause

Said = Iterator[tuple[str, str]]
_ONBOARDED = {
    "employee": gettext_noop(
        "Whoever was onboarded as an employee on %(since_on)s or later is exempt, whatever else holds."
    ),
    "student": gettext_noop(
        "Whoever was onboarded as a student on %(since_on)s or later is exempt, whatever else holds."
    ),
}


def audience(rules: Programme, names: Names) -> Said:
    """Each way in; one is enough."""
    for route in rules.routes:
        yield (
            route.key,
            gettext("It is for everybody with an appointment for which this holds: %(clause)s.")
            % {"clause": clause(route.when, names)},
        )


def endings(rules: Programme, names: Names) -> Said:
    if rules.ending_by_due_excludes:
        yield "", gettext("An appointment that ends on or before the due day of its group carries no duty.")
    else:
        yield "", gettext("An appointment carries the duty until it ends.")


def exemptions(rules: Programme, names: Names) -> Said:
    for exemption in rules.exemptions:
        yield exemption.key, _exemption(exemption)


def _exemption(exemption: OnboardingExemption) -> str:
    since_on = plain_date(exemption.since_on, get_language() or "en")
    plain = _ONBOARDED.get(exemption.onboarded_as)
    if exemption.onboarded_as == "employee" and exemption.if_blank_with_category:
        return gettext(
            "Whoever was onboarded as an employee on %(since_on)s or later is exempt, whatever else holds. Where the "
            "roster does not say in which capacity, a qualifying appointment in one of these categories is enough: "
            "%(categories)s."
        ) % {"since_on": since_on, "categories": category_list(exemption.if_blank_with_category)}
    facts = {"capacity": exemption.onboarded_as, "since_on": since_on}
    if plain and not exemption.if_blank_with_category:
        return gettext(plain) % facts
    if not exemption.if_blank_with_category:
        said = gettext(
            "Whoever was onboarded as “%(capacity)s” on %(since_on)s or later is exempt, whatever else holds."
        )
        return said % facts
    return gettext(
        "Whoever was onboarded as “%(capacity)s” on %(since_on)s or later is exempt, whatever else holds. Where the "
        "roster does not say in which capacity, a qualifying appointment in one of these categories is enough: "
        "%(categories)s."
    ) % {**facts, "categories": category_list(exemption.if_blank_with_category)}


def leave(rules: Programme, names: Names) -> Said:
    deferring = [gettext(word) for kind, word in KINDS.items() if kind in rules.deferring_leave]
    others = [gettext(KINDS[kind]) for kind in other_kinds(rules.deferring_leave)]
    if deferring and not others:
        yield (
            "",
            gettext("During leave of every kind the clock stands: its days do not count, and no reminders go out."),
        )
    elif not deferring:
        yield "", gettext("No kind of leave changes anything: the clock runs on.")
    else:
        yield (
            "defers",
            gettext("During leave of these kinds the clock stands, and no reminders go out: %(kinds)s.")
            % {"kinds": and_list(deferring)},
        )
        yield (
            "continues",
            gettext("Leave of these kinds changes nothing: %(kinds)s.") % {"kinds": and_list(others)},
        )
