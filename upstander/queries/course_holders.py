"""How many people of a programme have completed a course, by edition."""

from django.db.models import Count

from upstander.models import Completion, Standing


def holders_by_edition(course_key: str, programme_id: str) -> dict[str, int]:
    """Edition ("" where a completion names none) -> people in the programme who have completed the course in it."""
    people = Standing.objects.filter(programme_id=programme_id).exclude(state="not-required").values("person_id")
    held = Completion.objects.filter(course_key=course_key, retracted_at=None, person_id__in=people).order_by()
    return dict(held.values_list("edition").annotate(number=Count("person_id", distinct=True)))
