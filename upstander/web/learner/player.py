"""The player: before you start, the lesson pages, pausing, and asking (rows A03, A06, A15, B15, B16)."""

from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from upstander.actions import learning
from upstander.actions.carrying import begin_anew
from upstander.core.errors import Refusal
from upstander.delivery.catalogue import course as course_card
from upstander.delivery.native.pieces import Page, Question
from upstander.queries.doors import learner as doors
from upstander.web.away import come_back
from upstander.web.guard import signed_in
from upstander.web.learner.confidence_question import about_page
from upstander.web.learner.player_arrivals import arrive, kept_for_reader
from upstander.web.learner.player_changes import changes_of, finished
from upstander.web.learner.player_edition import is_of_older_text
from upstander.web.learner.player_questions import QuestionView, question_view, scenario_counts
from upstander.web.learner.player_visit import Visit, frame, place_in_section, visit


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, course: str) -> HttpResponse:
    """Before you start: goals, content note, minutes, languages, and one button (rows A03, A06)."""
    here = visit(request, course)
    if request.method == "POST" and here.completed:
        return redirect(here.resume_address)
    if request.method == "POST":
        enrolment = learning.begin(here.person.pk, here.outline, request.moment)
        seen = Visit(here.person, here.course, enrolment, here.seen)
        return redirect(seen.resume_address)
    come_back(request)
    card = course_card(here.course.key, here.course.lang)
    certificate = doors.newest_certificate_for(here.person, here.course.key)
    context = {"card": card, "certificate": certificate, "minutes_total": here.course.minutes}
    context["changes"] = changes_of(here, request.moment.day)
    return render(request, "player/start.html", {**frame(here, "", here.minutes_left()), **context})


@signed_in
@require_POST
def again(request: HttpRequest, course: str) -> HttpResponse:
    """A completed course from its first page on."""
    here = visit(request, course)
    try:
        begin_anew(here.person.pk, here.outline, request.moment)
    except Refusal:
        return redirect("learn-start", course=here.course.key)
    return redirect(here.page_address(here.outline.pages[0]))


@kept_for_reader
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, course: str, section: str, page: str) -> HttpResponse:
    """One page of a lesson: shown, answered, read to its end."""
    here = visit(request, course)
    shown = here.course.page(f"{section}/{page}")
    if request.method == "POST" and is_of_older_text(request, here.course, f"{section}/{page}"):
        messages.info(request, _("This page has changed since you opened it. Here it is as it reads now."))
        address = here.page_address(shown.ref) if shown else here.resume_address
        return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
    if shown is None:
        raise Http404
    if here.enrolment is None:
        return redirect("learn-start", course=here.course.key)
    if not here.outline.may_open(shown.ref, here.seen, here.completed):
        messages.info(request, _("That page opens after this one. This is where you are."))
        return redirect(here.resume_address)
    if request.method == "POST":
        return _posted(request, here, shown)
    learning.keep_place(here.enrolment, shown.ref)
    return _show(request, here, shown)


def _posted(request: HttpRequest, here: Visit, shown: Page) -> HttpResponse:
    if "block" in request.POST:
        return _answered(request, here, shown)
    seen = partial(learning.page_seen, here.enrolment, shown.ref, here.outline, request.moment)
    arrive(request, here.enrolment, lambda sent: seen(), says=False)
    following = here.outline.after(shown.ref)
    if following:
        return redirect(here.page_address(following))
    if here.enrolment.holds and not here.outline.assessment.length:
        return finished(request, here.course.key, here.enrolment.pk, here.outline)
    return redirect("learn-assessment", course=here.course.key)


def _answered(request: HttpRequest, here: Visit, shown: Page) -> HttpResponse:
    """One choice in a scenario or check: kept at once, answered in place or on the page again."""
    asked = next((one for one in shown.questions if one.id == request.POST["block"]), None)
    if asked is None or asked.answer(request.POST.get("answer", "")) is None:
        raise Http404
    answer = partial(learning.answer_lesson, here.enrolment, asked.id, request.POST["answer"], request.moment)
    arrive(request, here.enrolment, lambda sent: answer(sent.given_at))
    if not request.htmx:
        return redirect(f"{here.page_address(shown.ref)}#{asked.id}")
    return _question_alone(request, here, shown, asked)


def _question_alone(request: HttpRequest, here: Visit, shown: Page, asked: Question) -> HttpResponse:
    if request.method == "POST":
        here.answers = doors.kept_of(here.enrolment)[1]
    views = _questions(request, here, shown)
    context = {
        "question": views[asked.id],
        "course": here.course,
        "visit": here,
        "page_address": here.page_address(shown.ref),
    }
    return render(request, "player/question.html", context)


def _questions(request: HttpRequest, here: Visit, shown: Page) -> dict[str, QuestionView]:
    """The questions of the page with what the reader chose, by id."""
    if not shown.questions:
        return {}
    kept = here.answers
    counts, duty, others = scenario_counts(here.course, shown.section), here.duty(), request.GET.get("others", "")
    return {
        question.id: question_view(question, kept.get(question.id, ""), duty, question.id == others, counts)
        for question in shown.questions
    }


def _show(request: HttpRequest, here: Visit, shown: Page) -> HttpResponse:
    questions = _questions(request, here, shown)
    if request.htmx and request.GET.get("others") in questions:
        asked = next(one for one in shown.questions if one.id == request.GET["others"])
        return _question_alone(request, here, shown, asked)
    number, count = place_in_section(here, shown)
    before, after = here.outline.before(shown.ref), here.outline.after(shown.ref)
    context = {
        "page": shown,
        "blocks": [(block, questions.get(block.id) if isinstance(block, Question) else None) for block in shown.blocks],
        "page_number": number,
        "page_count": count,
        "page_address": here.page_address(shown.ref),
        "before_address": here.page_address(before) if before else reverse("learn-start", args=[here.course.key]),
        "after_page": here.course.page(after) if after else None,
        "about": urlencode({"page": shown.ref}),
        **about_page(here, shown.ref),
    }
    return render(request, "player/page.html", {**frame(here, shown.section, here.minutes_left()), **context})
