"""The floor that a law sets to the time in a course, for the people who owe it."""

from functools import lru_cache

from upstander.core.seat_time import SeatTime
from upstander.models import Enrolment, Standing
from upstander.queries.in_force import look
from upstander.queries.programmes import rules_in_force

#: Whoever stands so owes the course, or may turn out to owe it.
OWED = ("scheduled", "deferred", "open", "in-progress", "in-grace", "overdue", "undecided")


def seat_time_of(enrolment: Enrolment | None) -> SeatTime | None:
    """The floor of the person's duties to the time in this course, and the time spent; None where there is none.

    The longest of several floors holds. None too for whoever completed an earlier edition and reads what changed.
    """
    if enrolment is None or enrolment.holds:
        return None
    asked = asked_minutes(enrolment.person_id, enrolment.course_key)
    return SeatTime(asked, enrolment.seat_seconds) if asked else None


def asked_minutes(person_id: str, course_key: str) -> int:
    """The longest time in this course that a law asks of the person; 0 where none does."""
    floors = _floors(look().versions).get(course_key, {})
    if not floors:
        return 0
    owed = Standing.objects.filter(person_id=person_id, programme_id__in=floors, state__in=OWED)
    return max((floors[key] for key in owed.values_list("programme_id", flat=True)), default=0)


@lru_cache(maxsize=4)
def _floors(versions: tuple[tuple[str, str], ...]) -> dict[str, dict[str, int]]:
    """Course -> programme -> minutes, for the options of these versions that have a floor."""
    floors: dict[str, dict[str, int]] = {}
    for rules in rules_in_force(versions):
        for option in rules.options:
            if option.minimum_minutes:
                floors.setdefault(option.course_key, {})[rules.key] = option.minimum_minutes
    return floors
