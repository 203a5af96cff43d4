"""One request in confidence as its custodian handles it: what would help, the thread, the moves, who has looked."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from upstander.actions.another_way import NOTHING_LEFT, coming, looked_at
from upstander.actions.cases import move, seen
from upstander.actions.standing import refresh
from upstander.core.errors import Refusal
from upstander.core.requests import OFFICER, ONLY_HERE, UNSETTLED, moves_open
from upstander.models import AuditLine, Case, Standing
from upstander.queries.cases import thread_of
from upstander.queries.doors.confidence import case_for_custodian
from upstander.queries.roles import roles_of
from upstander.web.case_upload import listed_files
from upstander.web.case_view import is_overdue, names_of, steps_of, view_of
from upstander.web.guard import signed_in
from upstander.words.confidence import audit_word, ways_words
from upstander.words.request_refusals import refusal_words


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The page of a request; POST makes a move. Every look at it is a line that only custodians read."""
    roles = roles_of(request.user)
    found, by = case_for_custodian(roles, case_id), f"person:{roles.person_id}"
    chosen, said = request.POST.get("move", ""), request.POST.get("text", "")
    if request.method == "POST":
        try:
            move(found.pk, chosen, OFFICER, request.moment, by, said)
        except Refusal as refusal:
            messages.error(request, refusal_words(refusal))
        else:
            messages.success(request, _done(chosen))
            return redirect("confidence-case", case_id=case_id)
    refresh(found.person_id, request.moment)
    found.refresh_from_db()
    seen([found], request.moment, by)
    return render(request, "confidence/case.html", {**_context(found, request), "chosen": chosen, "said": said})


def _context(found: Case, request: HttpRequest) -> dict:
    possible = moves_open(found.kind, found.state, OFFICER)
    standing = Standing.objects.filter(
        person_id=found.person_id, programme_id=found.programme_id, cycle=found.cycle
    ).first()
    lines = looked_at(found)
    names = names_of(line.actor for line in lines)
    return {
        "section": "confidence",
        "view": view_of(found, to_person=False),
        "who": found.person,
        "only_here": found.asked.get("told") == ONLY_HERE,
        "ways": ways_words(found.asked.get("ways", "").split(",")),
        "steps": steps_of(thread_of(found, as_person=False), found, to_person=False),
        "late": is_overdue(found, request.moment.day),
        "moves": [(name, _button(name)) for name in possible if name != "note"],
        "is_open": found.state in UNSETTLED,
        "standing": standing,
        "files": listed_files(found, OFFICER, f"person:{request.user.person_id}"),
        "coming": coming(found),
        "may_decide": found.state in UNSETTLED and standing is not None and standing.state not in NOTHING_LEFT,
        "looks": [(audit_word(line.verb), _who(line, names), line.at) for line in lines],
        "reads": found.language or "en",
    }


def _who(line: AuditLine, names: dict[str, str]) -> str:
    return gettext("the person") if line.actor == "person" else names.get(line.actor, "")


def _button(move_name: str) -> str:
    words = {
        "reply": gettext("Write to the person"),
        "ask": gettext("Ask the person something"),
        "arrange": gettext("Say what is arranged"),
        "settle": gettext("Close it"),
    }
    return words[move_name]


def _done(move_name: str) -> str:
    words = {
        "reply": gettext("The person can read it now."),
        "ask": gettext("The person can read your question now; the clock of your promise stands until they answer."),
        "arrange": gettext("The person can read it now. Reminders rest until it is done or you close it."),
        "settle": gettext("Closed. Reminders go on."),
        "note": gettext("The note is kept, for custodians only."),
    }
    return words[move_name]
