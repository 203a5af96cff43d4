"""What people have begun: courses that a new version must not take from under them."""

from datetime import date

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
        concerned = Standing.objects.filter(programme_id=old.key).exclude(state__in=NO_DUTY).values("person_id")
        starts = CourseStart.objects.filter(course_key=course, person_id__in=concerned)
        done = Completion.objects.filter(course_key=course, person_id__in=concerned, retracted_at=None)
        if since:
            starts, done = starts.filter(started_on__gte=since), done.filter(completed_on__gte=since)
        people = set(starts.values_list("person_id", flat=True)) | set(done.values_list("person_id", flat=True))
        if people:
            found[course] = len(people)
    return found


def _since(rules: Programme, day: date) -> date | None:
    """The first day of the cycle; None where each person has their own."""
    return None if getattr(rules, "has_own_cycles", False) else rules.cycle_on(day).first_on
