"""Courses that nobody asks of the reader: the page that says so, with one button to ask for them (row B20)."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from upstander.core.requests import UNSETTLED, VOLUNTARY_ACCESS
from upstander.models import Case
from upstander.queries.course_access import closed_by
from upstander.web.people import in_words


def where_open(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The page of a course itself, or for somebody to whom it stays closed the page on which they can ask for it."""

    @wraps(view)
    def first_ask(request: HttpRequest, *args: object, course: str, **kwargs: object) -> HttpResponse:
        person = getattr(request.user, "person", None) if request.user.is_authenticated else None
        closed = closed_by(person.pk, course, request.moment.day) if person else None
        if closed is None:
            return view(request, *args, course=course, **kwargs)
        asked = Case.objects.filter(
            person=person, programme_id=closed.key, kind=VOLUNTARY_ACCESS, state__in=UNSETTLED
        ).first()
        context = {"section": "courses", "programme": closed, "title": in_words(closed.title), "asked": asked}
        answer = render(request, "learner/case_access.html", context, status=403)
        add_never_cache_headers(answer)
        return answer

    return first_ask
