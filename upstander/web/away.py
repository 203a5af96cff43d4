"""Stepping away: after a pause the way back leads to the pause, not into the lesson; and the quick exit (row B15)."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

#: In the session: the course from which the reader has stepped away.
AWAY = "stepped_away"
#: Pages that show something of a lesson or of answers.
LESSONS = frozenset({
    "learn-page", "learn-print", "learn-search", "learn-changed", "learn-assessment", "learn-question", "learn-answers",
    "learn-result", "learn-review",
})  # fmt: skip
#: Where the quick exit leads where the institution names no other site.
NEUTRAL = "https://www.weather.gov/"


def stepped_away(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """While the reader has stepped away from a course, its lessons lead to the pause; only they themself go on."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view: object, args: object, kwargs: dict) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match else ""
        if name not in LESSONS or request.method not in {"GET", "HEAD"}:
            return None
        if request.session.get(AWAY) != kwargs.get("course"):
            return None
        return redirect("learn-pause", course=kwargs["course"])

    middleware.process_view = process_view
    return middleware


def step_away(request: HttpRequest, course: str) -> None:
    request.session[AWAY] = course


def come_back(request: HttpRequest) -> None:
    request.session.pop(AWAY, None)


def neutral_site() -> str:
    """Where the quick exit leads: the site that the institution names."""
    return settings.INSTITUTION.get("quick_exit") or NEUTRAL


@never_cache
@require_GET
def leave(request: HttpRequest) -> HttpResponse:
    """The quick exit: signs out and goes to the neutral site; a link, so that it works without scripts.

    Another site that links here signs nobody out. Browsers that can forget what they keep of our pages.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}:
        logout(request)
    answer = redirect(neutral_site())
    answer["Clear-Site-Data"] = '"cache"'
    return answer
