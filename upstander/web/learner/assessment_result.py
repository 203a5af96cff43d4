"""After submitting: what it came to, what it counts for, and the Review of every answer (rows A14, B05, B18)."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from upstander.actions.completion import form_of
from upstander.core.marking import share
from upstander.core.review import Reviewed, review_item
from upstander.delivery.native.pieces import Page
from upstander.models import Attempt
from upstander.queries.completion import what_it_meets
from upstander.queries.doors import learner as doors
from upstander.web.guard import signed_in
from upstander.web.learner.player_visit import Visit, frame, of_attempt, visit


@dataclass(frozen=True, slots=True)
class ReviewedItem:
    """One reviewed item with its number, its objective and the page to read again."""

    number: int
    reviewed: Reviewed
    objective: str
    page: Page | None
    page_address: str


def _submitted(request: HttpRequest, here: Visit, attempt_id: UUID) -> Attempt | None:
    attempt = doors.attempt_for(here.person, attempt_id, here.course.key)
    return attempt if attempt.submitted_at else None


@signed_in
@require_safe
def result(request: HttpRequest, course: str, attempt: UUID) -> HttpResponse:
    """Passed: the confirmation, its certificate and what it counts for. Below: what to read again, and no penalty."""
    here = visit(request, course)
    submitted = _submitted(request, here, attempt)
    if submitted is None:
        return redirect("learn-assessment", course=here.course.key)
    minutes_left, here = here.minutes_left(), of_attempt(here, submitted)
    context = {"attempt": submitted, **_counts(here, submitted)}
    certificate = doors.newest_certificate_for(here.person, here.course.key)
    completing = certificate is not None and submitted.passed and _completed_by(submitted, certificate.made_at)
    if completing and submitted.enrolment.holds:
        return redirect("learn-changed", course=here.course.key)
    if completing:
        lang = (get_language() or "en").split("-")[0]
        context |= {
            "certificate": certificate,
            "verify_address": settings.BASE_URL + reverse("verify", args=[certificate.code]),
            "meets": what_it_meets(here.person.pk, str(certificate.completion_id), lang),
        }
    template = "player/confirmation.html" if completing else "player/result.html"
    return render(request, template, {**frame(here, "assessment", minutes_left), **context})


def _completed_by(attempt: Attempt, made_at: object) -> bool:
    """True where this attempt, and not a later one for practice, completed the course."""
    completed_at = attempt.enrolment.completed_at
    return completed_at is not None and attempt.submitted_at == completed_at and made_at is not None


def _counts(here: Visit, attempt: Attempt) -> dict:
    bank = here.outline.assessment.bank
    items = [bank[row["item"]] for row in attempt.form if row["item"] in bank]
    right = sum(share(item, attempt.answers.get(item.id)) == 1 for item in items)
    percent = here.outline.assessment.pass_percent
    return {
        "right": right,
        "total": len(attempt.form),
        "needed": -(-len(attempt.form) * percent // 100),
        "is_practice": bool(attempt.enrolment.completed_at) and attempt.submitted_at > attempt.enrolment.completed_at,
    }


@signed_in
@require_safe
def review(request: HttpRequest, course: str, attempt: UUID) -> HttpResponse:
    """Every response with its feedback, and the pages to read again (row A14)."""
    here = visit(request, course)
    submitted = _submitted(request, here, attempt)
    if submitted is None:
        return redirect("learn-assessment", course=here.course.key)
    current, minutes_left = here.outline.pages, here.minutes_left()
    here = of_attempt(here, submitted)
    items = _reviewed(here, submitted, current)
    if not items:
        raise Http404
    wrong = [item for item in items if not item.reviewed.right and item.page]
    again = {item.page.ref: item for item in wrong}
    context = {"attempt": submitted, "items": items, "again": list(again.values()), **_counts(here, submitted)}
    context["keep_days"] = settings.KEEP_ATTEMPTS_DAYS
    return render(request, "player/review.html", {**frame(here, "assessment", minutes_left), **context})


def _reviewed(here: Visit, attempt: Attempt, current: tuple[str, ...]) -> list[ReviewedItem]:
    """The items as they were asked; a page leads on where the edition that the reader has now still has it."""
    bank, duty = here.outline.assessment.bank, here.duty()
    rows = []
    for number, shown in enumerate(form_of(attempt), 1):
        item = bank.get(shown.item)
        if item is None:
            continue
        page = here.course.page(item.page) if item.page in current else None
        rows.append(
            ReviewedItem(
                number=number,
                reviewed=review_item(item, shown, attempt.answers.get(item.id), duty),
                objective=here.course.objectives.get(item.objective, ""),
                page=page,
                page_address=here.page_address(page.ref) if page else "",
            )
        )
    return rows
