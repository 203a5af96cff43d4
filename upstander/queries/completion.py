"""What one completion counts for, from the standings as stored."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from upstander.core.cycles import NamedCycles, YearlyCycles
from upstander.core.programme import Programme
from upstander.models import Standing
from upstander.queries.programmes import all_published
from upstander.queries.standings import current

OWED = ("open", "in-progress", "in-grace", "overdue")


#: What a completion by one of our own courses carries as its source, and by our sessions and sheets with a number.
HERE, IN_PERSON, ON_PAPER = "upstander", "in-person", "paper"


def taken_here() -> Q:
    """Completions of what we gave ourselves: on this site, in person, on paper; others are history from a file.

    A file may name any source, so that of the last two only what has our certificate is ours.
    """
    beside_a_screen = Q(source__startswith=IN_PERSON) | Q(source__startswith=ON_PAPER)
    return Q(source=HERE) | (beside_a_screen & Q(certificate__isnull=False))


@dataclass(frozen=True, slots=True)
class Met:
    """A requirement that a completion meets: the programme's title in the reader's language, and its cycle.

    `cycle` is empty where cycles have no name that a reader would know.
    """

    programme: str
    title: str
    cycle: str


def what_it_meets(person_id: str, completion_ref: str, lang: str) -> list[Met]:
    """The requirements that this completion satisfies, as the stored standings say it."""
    rules = {programme.key: programme for programme in all_published()}
    rows = Standing.objects.filter(person_id=person_id, state="satisfied", satisfied_ref=completion_ref)
    return [
        Met(row.programme_id, _title(rules[row.programme_id], lang), _name_of(rules[row.programme_id], row.cycle))
        for row in rows.order_by("programme_id")
        if row.programme_id in rules
    ]


def asks_for_whole(person_id: str, course_key: str, day: date) -> bool:
    """Whether a duty of the person that this course can meet asks for the whole course, and not for its changes."""
    offering = [rules for rules in all_published() if rules.option(course_key)]
    rows = Standing.objects.filter(current(offering, day), person_id=person_id, state__in=OWED)
    return any(not _asks_for_changes(row, course_key) for row in rows) if offering else False


def _asks_for_changes(standing: Standing, course_key: str) -> bool:
    return any(
        reason["code"] == "edition-changed" and reason["facts"].get("course") == course_key
        for reason in standing.reasons
    )


def _title(rules: Programme, lang: str) -> str:
    return rules.title.get(lang) or rules.title["en"]


def _name_of(rules: Programme, cycle: str) -> str:
    return cycle if isinstance(rules.cycles, YearlyCycles | NamedCycles) else ""
