"""What the office has arranged, for the person and for whoever helps: when, where, the calendar file."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from upstander.actions.arrangements import cannot_come
from upstander.actions.paper import form_of, result_of
from upstander.core.arrangements import CANCELLED, MISSED, PAPER, PLANNED
from upstander.core.duty import default_duty
from upstander.core.errors import Refusal
from upstander.core.paper import on_paper
from upstander.core.review import Reviewed, review_item
from upstander.delivery import catalogue
from upstander.delivery.native.pieces import Page
from upstander.models import Arrangement, PaperSheet
from upstander.queries.arrangements import helped_by, void_numbers
from upstander.queries.doors.arrangements import arrangement_for_helper, arrangement_for_person, marked_sheets
from upstander.queries.doors.learner import held_by, newest_certificate_for, person_of
from upstander.web.arrangement_print import course_file, sheet_file, waiting_sheet
from upstander.web.arrangement_view import arrangement_view
from upstander.web.guard import signed_in
from upstander.web.people import language
from upstander.words.arrangement_calendar import arrangement_entry
from upstander.words.arrangements import arrangement_refusal
from upstander.words.calendar import CANCEL, CONTENT_TYPE, PUBLISH, calendar_text


@dataclass(frozen=True, slots=True)
class ReviewedItem:
    """One question of a sheet with what was answered, its objective and the page that tells of it."""

    number: int
    reviewed: Reviewed
    objective: str
    page: Page | None


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def arrangement(request: HttpRequest, arrangement_id: UUID) -> HttpResponse:
    """One arrangement of the reader's; POST: they cannot come."""
    person = person_of(request.user)
    found = arrangement_for_person(person, arrangement_id)
    if request.method == "POST":
        try:
            _, case = cannot_come(found.pk, request.moment, language())
        except Refusal as refusal:
            messages.error(request, arrangement_refusal(refusal))
            return redirect("arrangement", arrangement_id=arrangement_id)
        messages.success(
            request, gettext("Thank you for saying so. The office knows, and finds another time with you.")
        )
        return redirect("case", case.pk)
    sheets = marked_sheets(found)
    said_so = found.state == CANCELLED and found.ended_by == f"person:{person.pk}"
    context = {
        "section": "my-training",
        "view": arrangement_view(found),
        "may_cancel": found.state == PLANNED,
        "said_so": said_so,
        "wants_another": found.state in (CANCELLED, MISSED) and not said_so,
        "sheets": sheets,
        "certificate": newest_certificate_for(person, found.course_key) if found.completion_id else None,
        "is_paper": found.kind == PAPER,
    }
    return render(request, "learner/arrangement.html", context)


@signed_in
@require_safe
def calendar(request: HttpRequest, arrangement_id: UUID) -> HttpResponse:
    """The arrangement as a calendar file; called off, the file takes the entry away again."""
    found = arrangement_for_person(person_of(request.user), arrangement_id)
    if found.starts_at is None:
        raise Http404
    entry = arrangement_entry(found, request.moment.at)
    return HttpResponse(
        calendar_text(entry),
        content_type=f"{CONTENT_TYPE}; method={CANCEL if entry.is_cancelled else PUBLISH}",
        headers={"Content-Disposition": 'attachment; filename="training.ics"'},
    )


@signed_in
@require_safe
def review(request: HttpRequest, arrangement_id: UUID, number: str) -> HttpResponse:
    """Every answer of a marked sheet with what is said about it, for the reader alone, as after an attempt online."""
    person = person_of(request.user)
    found = arrangement_for_person(person, arrangement_id)
    sheet = next((one for one in marked_sheets(found) if one.number == number), None)
    if sheet is None or not sheet.keyings.exists():
        raise Http404
    try:
        items, right = _reviewed(found, sheet)
    except Refusal as refusal:
        raise Http404 from refusal
    wrong = {item.page.ref: item.page for item in items if item.page and not item.reviewed.right}
    context = {
        "section": "my-training",
        "view": arrangement_view(found),
        "sheet": sheet,
        "items": items,
        "right": right,
        "again": list(wrong.values()),
        "keep_days": settings.KEEP_ATTEMPTS_DAYS,
    }
    return render(request, "learner/arrangement_review.html", context)


def _reviewed(found: Arrangement, sheet: PaperSheet) -> tuple[list[ReviewedItem], int]:
    course = catalogue.edition(found.course_key, language(), sheet.edition)
    bank, duty = on_paper(course.outline.assessment).bank, default_duty(held_by(found.person))
    given = sheet.keyings.first().answers
    result, responses = result_of(sheet, course.outline, given)
    items = [
        ReviewedItem(
            number,
            review_item(bank[shown.item], shown, responses.get(shown.item), duty),
            course.objectives.get(bank[shown.item].objective, ""),
            course.page(bank[shown.item].page),
        )
        for number, shown in enumerate(form_of(sheet), 1)
        if shown.item in bank
    ]
    return items, result.right


@signed_in
@require_safe
def helping(request: HttpRequest) -> HttpResponse:
    """Whom the reader helps: names, times, places, and what to print."""
    rows = helped_by(person_of(request.user).pk)
    void = void_numbers(one for one in rows if one.state == PLANNED)
    lines = [(arrangement_view(one), waiting_sheet(one), void.get(one.pk, [])) for one in rows]
    return render(request, "learner/arrangement_helping.html", {"section": "my-training", "lines": lines})


@signed_in
@require_safe
def helping_sheet(request: HttpRequest, arrangement_id: UUID) -> HttpResponse:
    """The sheet that the office has made, for the helper to print."""
    found = arrangement_for_helper(person_of(request.user), arrangement_id)
    sheet = waiting_sheet(found)
    if sheet is None:
        raise Http404
    return sheet_file(request, found, sheet)


@signed_in
@require_safe
def helping_course(request: HttpRequest, arrangement_id: UUID) -> HttpResponse:
    """The course on paper, for the helper to print."""
    return course_file(arrangement_for_helper(person_of(request.user), arrangement_id))
