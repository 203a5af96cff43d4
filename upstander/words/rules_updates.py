"""Seat time, what a new edition asks for, and the survey before the needs page, as sentences."""

from collections.abc import Iterator

from django.utils.translation import get_language, gettext, ngettext

from upstander.core.programme import Programme
from upstander.core.requirement import Option, Update
from upstander.words.dates import plain_date
from upstander.words.lists import or_list
from upstander.words.rules_conditions import Names

Said = Iterator[tuple[str, str]]


def survey(rules: Programme, names: Names) -> Said:
    if rules.survey:
        said = gettext("Before their needs page people meet the survey “%(survey)s” once; they may skip all of it.")
        yield "", said % {"survey": rules.survey}


def seat_time(option: Option, course: str) -> Said:
    """The least time that a law wants spent in the course."""
    if option.minimum_minutes is None:
        return
    said = ngettext(
        "At least %(minutes)s minute has to be spent in “%(course)s”.",
        "At least %(minutes)s minutes have to be spent in “%(course)s”.",
        option.minimum_minutes,
    )
    facts = {"course": course, "minutes": option.minimum_minutes}
    yield f"{option.course_key}#minimum", said % facts


def updates(option: Option, course: str) -> Said:
    """What each new edition asks of those who completed an older one."""
    for update in option.updates:
        yield f"{option.course_key}#update-{update.edition}", _update(update, course)


def _update(update: Update, course: str) -> str:
    named = [edition for edition in update.older if edition]
    if not named:
        said = ngettext(
            "From %(since)s on, whoever completed “%(course)s” without an edition on record has %(days)s day to read "
            "what changed in edition %(edition)s.",
            "From %(since)s on, whoever completed “%(course)s” without an edition on record has %(days)s days to read "
            "what changed in edition %(edition)s.",
            update.days,
        )
    elif "" in update.older:
        said = ngettext(
            "From %(since)s on, whoever completed “%(course)s” in edition %(older)s, or without an edition on record, "
            "has %(days)s day to read what changed in edition %(edition)s.",
            "From %(since)s on, whoever completed “%(course)s” in edition %(older)s, or without an edition on record, "
            "has %(days)s days to read what changed in edition %(edition)s.",
            update.days,
        )
    else:
        said = ngettext(
            "From %(since)s on, whoever completed “%(course)s” in edition %(older)s has %(days)s day to read what "
            "changed in edition %(edition)s.",
            "From %(since)s on, whoever completed “%(course)s” in edition %(older)s has %(days)s days to read what "
            "changed in edition %(edition)s.",
            update.days,
        )
    since = plain_date(update.since_on, get_language() or "en")
    facts = {"since": since, "course": course, "days": update.days, "edition": update.edition}
    return said % {**facts, "older": or_list(named)}
