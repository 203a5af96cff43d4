"""The way over a survey: the first way in of a learner leads over it once, then straight on (rows B04, B26)."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from upstander.queries.survey import Owed, asks_by_survey, survey_owed
from upstander.web.learner.freshness import freshened

#: In the session: not now; the next sign-in may ask again. Nothing else of a survey is ever kept in a session.
LATER = "survey_later"


def owed_to(request: HttpRequest) -> Owed | None:
    """The survey that this reader has neither taken nor declined and still has a duty behind."""
    person = getattr(request.user, "person", None) if request.user.is_authenticated else None
    programmes = asks_by_survey() if person else []
    if not programmes:
        return None
    freshened(request, person.pk)
    return survey_owed(person.pk, programmes, request.moment.day)


def over_survey(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The page itself, or first the survey, which leads on to the page."""

    @wraps(view)
    def first_the_survey(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "GET" and not request.htmx and not request.session.get(LATER):
            owed = owed_to(request)
            if owed is not None:
                there = reverse("survey", kwargs={"name": owed.survey.key})
                return redirect(f"{there}?{urlencode({'next': request.get_full_path()})}")
        return view(request, *args, **kwargs)

    return first_the_survey
