"""The whole course for paper: as a page that prints well, and as a tagged PDF (rows A07, A15)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from upstander.core.duty import DUTIES
from upstander.delivery.native.paper import as_data, paper
from upstander.web.contact import contact_lines
from upstander.web.guard import signed_in
from upstander.web.learner.player_questions import VERDICT_WORDS
from upstander.web.learner.player_visit import Visit, visit
from upstander.words.reading_paper import labels, paper_pdf


def _duty(request: HttpRequest, here: Visit) -> str:
    """The duty that the feedback speaks to: the reader's own, or the one of whom it is printed for."""
    asked = request.GET.get("duty", "")
    return asked if asked in DUTIES else here.duty()


@signed_in
@require_safe
def page(request: HttpRequest, course: str) -> HttpResponse:
    """The course in reading order on one page."""
    here = visit(request, course)
    duty = _duty(request, here)
    context = {
        "visit": here,
        "course": here.course,
        "paper": paper(here.course, duty, VERDICT_WORDS),
        "duty": duty,
        "goals": tuple(here.course.goals.values()) or tuple(here.course.objectives.values()),
        "contact": contact_lines(here.course.lang),
        "section": "courses",
    }
    return render(request, "player/reading_print.html", context)


@signed_in
@require_safe
def pdf(request: HttpRequest, course: str) -> HttpResponse:
    """The same as a tagged PDF."""
    here = visit(request, course)
    lang = here.course.lang
    with override(lang):
        data = as_data(paper(here.course, _duty(request, here), VERDICT_WORDS))
    data |= {"words": labels(lang), "institution": settings.INSTITUTION["name"], "contact": contact_lines(lang)}
    response = HttpResponse(paper_pdf(data), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{here.course.key}-{lang}.pdf"'
    return response
