"""The time that a law asks for in a course: signs of life, and what is worth reading while it is not over."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from upstander.web.guard import signed_in
from upstander.web.learner.player_visit import Visit, visit

#: How many pages are offered to whoever is done before the time is.
OFFERED = 5


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """A page with a scenario whose other answers can be read."""

    title: str
    address: str


def meanwhile(here: Visit) -> list[Meanwhile]:
    """Pages that are worth the time until the floor is reached: what the other answers would have led to."""
    pages = [page for page in here.course.pages if any(one.kind == "scenario" for one in page.questions)]
    return [
        Meanwhile(page.title, f"{here.page_address(page.ref)}?others={page.questions[0].id}#{page.questions[0].id}")
        for page in pages[:OFFERED]
    ]


@signed_in
@require_POST
def beat(request: HttpRequest, course: str) -> HttpResponse:
    """The page says that it is looked at and used, or (`away`) that the reader turns from it."""
    here = visit(request, course)
    if request.POST.get("away") == "yes":
        here.sign_of_life(request.moment.at, stays=False)
    said = render_to_string("player/seat_said.html", {"seat": here.seat}, request) if here.seat else ""
    return JsonResponse({"said": said.strip()})
