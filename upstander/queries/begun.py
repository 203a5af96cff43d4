"""What people have begun: courses that a new version must not take from under them."""

from datetime import date

from django.db.models import QuerySet

from upstander.core.people_difference import NO_DUTY
from upstander.core.programme import Programme
from upstander.models import Completion, CourseStart, Standing


def begun_options(old: Programme, new: Programme, day: date) -> dict[str, int]:
    """Course key -> how many people of the programme began or completed it in the cycle of the day, for courses that
    the new version no longer names. One that is withdrawn by its date (`withdrawn_on`) is still named.
    """
    since = _since(old, day)
    found = {}
    for course in sorted(old.course_keys - {option.course_key for option in new.options}):
        concerned = _owing(old, day)
        starts = CourseStart.objects.filter(course_key=course, person_id__in=concerned)
        done = Completion.objects.filter(course_key=course, person_id__in=concerned, retracted_at=None)
        if since:
            starts, done = starts.filter(started_on__gte=since), done.filter(completed_on__gte=since)
        people = set(starts.values_list("person_id", flat=True)) | set(done.values_list("person_id", flat=True))
        if people:
            found[course] = len(people)
    return found


def _owing(rules: Programme, day: date) -> QuerySet:
    rows = Standing.objects.filter(programme_id=rules.key).exclude(state__in=NO_DUTY)
    rows = rows.filter(ongoing=True) if rules.has_own_cycles else rows.filter(cycle=rules.cycle_on(day).key)
    return rows.values("person_id")


def _since(rules: Programme, day: date) -> date | None:
    """The first day of the cycle; None where each person has their own."""
    return None if rules.has_own_cycles else rules.cycle_on(day).first_on
