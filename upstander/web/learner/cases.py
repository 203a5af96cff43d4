"""My requests: what the reader has asked, how it stands, and what they can still say or do."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from upstander.actions.case_letters import has_read
from upstander.actions.cases import look_again, move, seen
from upstander.core.errors import Refusal
from upstander.core.requests import (
    ANOTHER_WAY,
    ASKED_HERE,
    CONTENT_QUESTION,
    KINDS,
    MOVES,
    NEEDED,
    ONLY_HERE,
    PERSON,
    UNSETTLED,
    moves_open,
)
from upstander.models import Case
from upstander.queries.cases import decline_count, own_cases, thread_of
from upstander.queries.doors.cases import case_for_person
from upstander.queries.doors.learner import person_of
from upstander.web.away import neutral_site
from upstander.web.case_upload import listed_files
from upstander.web.case_view import steps_of, view_of
from upstander.web.context import office_for
from upstander.web.guard import signed_in
from upstander.words.confidence import ways_words
from upstander.words.request_kinds import asked_words
from upstander.words.request_refusals import refusal_words
from upstander.words.requests import next_for_person


@signed_in
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Every request of the reader, unsettled ones first."""
    person = person_of(request.user)
    look_again(request.moment, [person.pk])
    views = [view_of(case, to_person=True) for case in own_cases(person.pk)]
    context = {
        "section": "my-training",
        "open_ones": [view for view in views if view.case.state in UNSETTLED],
        "settled": [view for view in views if view.case.state not in UNSETTLED],
    }
    return render(request, "learner/cases.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One request: what happens next, what was said, and what the reader can do; POST makes a move."""
    person = person_of(request.user)
    found = case_for_person(person, case_id)
    by = f"person:{person.pk}"
    said, refused = request.POST.get("text", ""), ""
    if request.method == "POST":
        try:
            move(found.pk, request.POST.get("move", ""), PERSON, request.moment, by, said)
        except Refusal as refusal:
            refused = refusal_words(refusal)
        else:
            return redirect("case", case_id=case_id)
    look_again(request.moment, [person.pk])
    found.refresh_from_db()
    seen([found], request.moment, by)
    if request.method != "HEAD":
        has_read(found)
    if refused:
        messages.error(request, refused)
    return render(request, "learner/case.html", {**_context(found), "said": said})


def _context(found: Case) -> dict:
    declines = decline_count(found)
    possible = moves_open(found.kind, found.state, PERSON, declines)
    return {
        "section": "my-training",
        "view": view_of(found, to_person=True),
        "next": next_for_person(found),
        "steps": steps_of(thread_of(found, as_person=True), found, to_person=True),
        "say": next((name for name in possible if MOVES[name].text == NEEDED), ""),
        "may_withdraw": "withdraw" in possible,
        "files": listed_files(found, PERSON, f"person:{found.person_id}"),
        "takes_files": KINDS[found.kind].files and found.state in UNSETTLED,
        "for_good": found.state == "declined" and "reopen" not in possible,
        **_of_kind(found),
        **office_for(found.programme_id),
    }


def _of_kind(found: Case) -> dict:
    """What the pages of some kinds show instead of a fact in question."""
    if found.kind == CONTENT_QUESTION:
        return {"claim": "confidence/question_claim.html"}
    if found.kind == ANOTHER_WAY:
        ways = ways_words(found.asked.get("ways", "").split(","))
        only_here = found.asked.get("told") == ONLY_HERE
        return {
            "claim": "confidence/way_claim.html",
            "ways": ways,
            "only_here": only_here,
            "neutral_site": neutral_site(),
        }
    if found.kind in ASKED_HERE:
        return {"claim": "parts/case_asked.html", "pairs": asked_words(found)}
    return {}
