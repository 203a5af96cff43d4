"""One case as an officer handles it: what was known, what the record says now, the thread, and the moves."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from upstander.actions.cases import look_again, move, seen
from upstander.core.errors import Refusal
from upstander.core.requests import (
    ASKED_HERE,
    CONTENT_QUESTION,
    MOVES,
    OFFICER,
    TECHNICAL,
    UNSETTLED,
    VOLUNTARY_ACCESS,
    kind_of,
    moves_open,
)
from upstander.core.what_if import NOT_OWED
from upstander.models import AdjustmentRecord, Case, CaseEntry, Standing
from upstander.queries.case_hands import hands_for, taken_by
from upstander.queries.cases import thread_of
from upstander.queries.doors.cases import case_for_officer
from upstander.queries.roles import roles_of
from upstander.web.case_upload import listed_files
from upstander.web.case_view import Step, is_overdue, steps_of, view_of
from upstander.web.guard import signed_in
from upstander.words.request_answers import ready_answers, ready_words
from upstander.words.request_kinds import asked_words
from upstander.words.request_refusals import refusal_words
from upstander.words.requests import kind_word


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The page of a case; POST makes a move with what was written."""
    roles = roles_of(request.user)
    found, by = case_for_officer(roles, case_id), f"person:{roles.person_id}"
    chosen, said = request.POST.get("move", ""), request.POST.get("text", "")
    if request.method == "POST":
        try:
            move(found.pk, chosen, OFFICER, request.moment, by, said)
        except Refusal as refusal:
            messages.error(request, refusal_words(refusal))
        else:
            messages.success(request, _done(chosen))
            return redirect("office-case", case_id=case_id)
    elif request.GET.get("words"):
        chosen, said = ready_words(request.GET["words"], found.language or "en")
    look_again(request.moment, [found.person_id])
    found.refresh_from_db()
    seen([found], request.moment, by)
    return render(request, "office/case.html", {**_context(found, request), "chosen": chosen, "said": said})


def _context(found: Case, request: HttpRequest) -> dict:
    possible = moves_open(found.kind, found.state, OFFICER)
    entries = thread_of(found, as_person=False)
    steps = steps_of(entries, found, to_person=False)
    standing = Standing.objects.filter(
        person_id=found.person_id, programme_id=found.programme_id, cycle=found.cycle
    ).first()
    return {
        "section": "office",
        "view": view_of(found, to_person=False),
        "who": found.person,
        "kind": kind_word(found.kind),
        "steps": steps,
        "late": is_overdue(found, request.moment.day),
        "moves": [(name, _button(name), MOVES[name].to) for name in possible if name not in {"note", "share"}],
        "may_share": "share" in possible,
        "claim": _claim(found),
        "pairs": asked_words(found),
        "grants": kind_of(found.kind).grants,
        "may_note": "note" in possible,
        "answers": [answer for answer in ready_answers(found.kind) if answer.move in possible],
        "settled_by": _settled_by(entries, steps) if "settle" in possible else None,
        "standing": standing,
        "may_adjust": standing is not None and standing.state not in NOT_OWED and "settle" in possible,
        "files": listed_files(found, OFFICER, f"person:{request.user.person_id}"),
        "hands": taken_by(found),
        "could_take": hands_for(found) if found.state in UNSETTLED else [],
        "viewer_id": request.user.person_id,
        "asks_access": found.kind == VOLUNTARY_ACCESS,
        "adjustments": AdjustmentRecord.objects.filter(case=found).exclude(kind="alternative"),
        "reads": found.language or "en",
    }


def _claim(found: Case) -> str:
    """The template that shows what a case is about; "" for a fact in question."""
    if found.kind == CONTENT_QUESTION:
        return "confidence/question_claim.html"
    if found.kind == TECHNICAL:
        return "parts/case_technical.html"
    return "parts/case_asked.html" if found.kind in ASKED_HERE else ""


def _settled_by(entries: list[CaseEntry], steps: list[Step]) -> Step | None:
    """The last step that says that what was claimed is so by now, or that the office has acted on it.

    None where a later step takes that back.
    """
    told: Step | None = None
    for entry, step in zip(entries, steps, strict=True):
        if entry.move in {"now-right", "adjusted"}:
            told = step
        elif entry.move in {"changed-otherwise", "adjustment-ended"}:
            told = None
    return told


def _button(move_name: str) -> str:
    words = {
        "reply": gettext("Write to the person"),
        "ask": gettext("Ask the person something"),
        "accept": gettext("Accept: the person is right"),
        "decline": gettext("Decline, with the reason"),
        "settle": gettext("Close as settled"),
        "respond": gettext("Answer the question"),
    }
    return words[move_name]


def _done(move_name: str) -> str:
    words = {
        "reply": gettext("The person can read it now."),
        "ask": gettext("The person can read your question now; the clock of your promise stands until they answer."),
        "accept": gettext("Accepted. Reminders rest until the correction is here or you close the case."),
        "decline": gettext("Declined. Reminders go on."),
        "settle": gettext("Closed. Reminders go on."),
        "respond": gettext("Answered. The person is told on their training page and on the page they asked about."),
        "note": gettext("The note is kept, for the office only."),
    }
    return words[move_name]
