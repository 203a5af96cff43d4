"""The assessment: one question a page, each answer kept as given, one look before submitting (row A14)."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from upstander.actions import completion
from upstander.core.errors import Refusal
from upstander.core.marking import is_answered
from upstander.models import Attempt
from upstander.queries.doors import learner as doors
from upstander.web.learner.assessment_form import given, item_view
from upstander.web.learner.player_arrivals import arrive, kept_for_reader
from upstander.web.learner.player_seat import meanwhile
from upstander.web.learner.player_visit import Visit, frame, of_attempt, visit


@kept_for_reader
@require_http_methods(["GET", "HEAD", "POST"])
def intro(request: HttpRequest, course: str) -> HttpResponse:
    """What the assessment is, and one button; earlier attempts with their Review."""
    here = visit(request, course)
    if here.enrolment is None:
        return redirect("learn-start", course=here.course.key)
    if not here.can_be_assessed:
        messages.info(request, _("The questions open after the last page. This is where you are."))
        return redirect(here.resume_address)
    attempts = list(here.enrolment.attempts.all())
    current = next((attempt for attempt in attempts if attempt.submitted_at is None), None)
    if request.method == "POST":
        begin = partial(completion.begin_attempt, here.enrolment.pk, here.outline, here.course.lang, request.moment)
        attempt = arrive(request, here.enrolment, lambda sent: begin(), says=False) or current
        if attempt is None:
            return redirect("learn-assessment", course=here.course.key)
        return redirect("learn-question", course=here.course.key, number=_first_open(here, attempt))
    context = {
        "attempts": [attempt for attempt in attempts if attempt.submitted_at],
        "current": current,
        "current_answered": len(current.answers) if current else 0,
        "length": here.outline.assessment.length,
        "needed": _needed(here),
        "minutes": max(1, round(here.course.assessment_seconds / 60)),
    }
    return render(request, "player/assessment.html", {**_frame(here, current), **context})


def _needed(here: Visit) -> int:
    """How many of the items must be right, where each counts one point."""
    assessment = here.outline.assessment
    return -(-assessment.length * assessment.pass_percent // 100)


def _frame(here: Visit, attempt: Attempt | None) -> dict:
    open_share = 1.0
    if attempt is not None:
        open_share = len(completion.open_items(attempt, here.outline)) / max(len(attempt.form), 1)
    return frame(here, "assessment", here.minutes_left(open_share))


def _first_open(here: Visit, attempt: Attempt) -> int:
    still = completion.open_items(attempt, here.outline)
    names = [row["item"] for row in attempt.form]
    return names.index(still[0]) + 1 if still else len(names)


def _current(here: Visit) -> Attempt | None:
    """The open attempt, if its items still stand in the bank."""
    if here.enrolment is None:
        return None
    attempt = here.enrolment.attempts.filter(submitted_at=None).first()
    bank = here.outline.assessment.bank
    return attempt if attempt and all(row["item"] in bank for row in attempt.form) else None


@kept_for_reader
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, course: str, number: int) -> HttpResponse:
    """One item of the open attempt."""
    here = visit(request, course)
    if request.method == "POST":
        return _answer(request, here, number)
    attempt = _current(here)
    if attempt is None:
        return redirect("learn-assessment", course=here.course.key)
    return _show(request, here, attempt, number)


def _show(request: HttpRequest, here: Visit, attempt: Attempt, number: int) -> HttpResponse:
    form = completion.form_of(attempt)
    if not 1 <= number <= len(form):
        raise Http404
    shown = form[number - 1]
    item = here.outline.assessment.bank[shown.item]
    context = {
        "attempt": attempt,
        "number": number,
        "count": len(form),
        "shown": item_view(item, shown, attempt.answers.get(item.id)),
        "is_last": number == len(form),
        "to_before": _address(here, number - 1, len(form)),
        "to_after": _address(here, number + 1, len(form)),
        "answered": len(form) - len(completion.open_items(attempt, here.outline)),
    }
    return render(request, "player/item.html", {**_frame(here, attempt), **context})


def _answer(request: HttpRequest, here: Visit, number: int) -> HttpResponse:
    """Keeps the posted answer; goes on, back, or stays (a moved step, a story that goes on)."""
    attempt = _attempt_of_form(request, here)
    here = of_attempt(here, attempt)
    form = completion.form_of(attempt)
    if not 1 <= number <= len(form) or form[number - 1].item not in here.outline.assessment.bank:
        raise Http404
    item = here.outline.assessment.bank[form[number - 1].item]
    before = attempt.answers.get(item.id)
    save = partial(completion.save_answer, attempt.pk, item.id, given(item, request.POST), here.outline)
    try:
        attempt = arrive(request, attempt.enrolment, lambda sent: save(sent.given_at)) or attempt
    except Refusal as refusal:
        return _refused(request, here, attempt, refusal, number)
    if request.htmx and request.POST.get("keep") == "yes":
        return HttpResponse(status=204)
    if request.POST.get("move"):
        return redirect("learn-question", course=here.course.key, number=number)
    response = attempt.answers.get(item.id)
    story_goes_on = item.kind == "branching" and response != before and not is_answered(item, response)
    if story_goes_on:
        return redirect("learn-question", course=here.course.key, number=number)
    return _onwards(request, here, number, len(form))


def _onwards(request: HttpRequest, here: Visit, number: int, count: int) -> HttpResponse:
    to = number - 1 if request.POST.get("go") == "back" else number + 1
    return redirect(_address(here, count + 1 if request.POST.get("go") == "answers" else to, count))


def _address(here: Visit, number: int, count: int) -> str:
    """Where a question stands; before the first the assessment's own page, after the last one the look at all."""
    if 1 <= number <= count:
        return reverse("learn-question", args=[here.course.key, number])
    return reverse("learn-assessment" if number < 1 else "learn-answers", args=[here.course.key])


def _attempt_of_form(request: HttpRequest, here: Visit) -> Attempt:
    """The attempt that the posted page belongs to, which may be an old one."""
    try:
        name = UUID(request.POST.get("attempt", ""))
    except ValueError as problem:
        raise Http404 from problem
    return doors.attempt_for(here.person, name, here.course.key)


def _refused(request: HttpRequest, here: Visit, attempt: Attempt, refusal: Refusal, number: int) -> HttpResponse:
    if refusal.code == "already-submitted":
        messages.info(request, _("This attempt was submitted before. It was counted once, and nothing has changed."))
        return redirect("learn-result", course=here.course.key, attempt=attempt.pk)
    messages.error(request, _("That answer could not be read. What you had chosen before is kept. Choose again."))
    return redirect("learn-question", course=here.course.key, number=number)


@kept_for_reader
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest, course: str) -> HttpResponse:
    """One look at everything before submitting; the post submits."""
    here = visit(request, course)
    if request.method == "POST":
        return _submit(request, here)
    attempt = _current(here)
    if attempt is None:
        return redirect("learn-assessment", course=here.course.key)
    still = set(completion.open_items(attempt, here.outline))
    bank = here.outline.assessment.bank
    lines = [(i, bank[row["item"]], row["item"] not in still) for i, row in enumerate(attempt.form, 1)]
    count = len(lines)
    context = {
        "attempt": attempt,
        "lines": lines,
        "missing": len(still),
        "count": count,
        "answered": count - len(still),
        "meanwhile": meanwhile(here) if here.seat and not here.seat.is_reached else (),
    }
    return render(request, "player/answers.html", {**_frame(here, attempt), **context})


def _submit(request: HttpRequest, here: Visit) -> HttpResponse:
    attempt = _attempt_of_form(request, here)
    submit = partial(completion.submit_attempt, attempt.pk, of_attempt(here, attempt).outline, request.moment)
    try:
        outcome = arrive(request, attempt.enrolment, lambda sent: submit())
    except Refusal:  # a law's time is not over yet; every answer stays
        return redirect("learn-answers", course=here.course.key)
    if outcome and outcome.counted_before:
        messages.info(request, _("This attempt was submitted before. It was counted once, and nothing has changed."))
    return redirect("learn-result", course=here.course.key, attempt=attempt.pk)
